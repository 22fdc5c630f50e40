"""Describes the dataset and its files in schema.org's terms, for search engines of data (Google Dataset Search)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from entente.api.settings import Settings
from entente.api.signposts import FORMATS, LICENSE
from entente.api.statistics import Statistics, Summary
from entente.engine import DUMP_TYPES, Engine
from entente.model import Iri
from entente.model.iri import NS

__all__ = ["describe_dataset", "describe_graph", "router"]

# The terms are told here, so that nobody needs to fetch a context.
_CONTEXT = {"@vocab": "https://schema.org/"}
_DESCRIPTION = (
    "What news articles claim about relations between states: military exercises, agreements, meetings, aid, sanctions and"
    " incidents, who took part, where and when, and who says so in which words. Every statement is validated, and leads to"
    " the words in the article that it rests on; states, forces, vessels and places have codes of the lists of the field."
)
_KEYWORDS = ("international relations", "event data", "military exercises", "agreements", "knowledge graph", "RDF", "SPARQL")
_COUNTED = ("State", "Event", "Exercise", "Agreement", "Article", "Claim", "Place", "Vessel")


def describe_dataset(summary: Summary, root: str, title: str, *, dumps: bool) -> Mapping[str, Any]:
    """Describe the dataset that is served at a root address as a schema.org Dataset; `dumps` tells that it makes dumps."""
    files = [_download(f"{root}/sparql", "SPARQL 1.1 endpoint", "application/sparql-results+json")]
    if dumps:
        files += [_download(f"{root}/dumps/latest/{name}", name, kind) for name, kind in DUMP_TYPES.items()]
    return {
        "@context": _CONTEXT,
        "@id": f"{root}/.well-known/void#dataset",
        "@type": "Dataset",
        "name": title,
        "description": _DESCRIPTION,
        "url": f"{root}/",
        "license": LICENSE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "The Entente authors"},
        "keywords": list(_KEYWORDS),
        **({"version": str(summary.version)} if summary.version is not None else {}),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "value": count}
            for name in _COUNTED
            if (count := summary.classes.get(Iri(NS + name), 0))
        ],
        "distribution": files,
        "hasPart": [
            {
                "@type": "Dataset",
                "name": f"Links to {each.target.title}",
                "description": f"The {each.links} things of {title} that have an entry in: {each.target.title}.",
                "license": LICENSE,
                "distribution": [
                    _download(f"{root}/linksets/{each.target.name}.nt", each.target.title, "application/n-triples")
                ],
            }
            for each in summary.linksets
            if each.target.name
        ],
    }


def describe_graph(name: Iri, root: str, files: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    """Describe a graph of the dataset with the files (suffix and address) that it can be downloaded as."""
    return {
        "@context": _CONTEXT,
        "@id": name,
        "@type": "Dataset",
        "name": name,
        "license": LICENSE,
        "isPartOf": {"@id": f"{root}/.well-known/void#dataset"},
        "distribution": [_download(address, suffix, FORMATS[suffix]) for suffix, address in files],
    }


def _download(address: str, name: str, media_type: str) -> Mapping[str, str]:
    return {"@type": "DataDownload", "name": name, "contentUrl": address, "encodingFormat": media_type}


def router(engine: Engine, statistics: Statistics, settings: Settings) -> APIRouter:
    """The route over one engine and its statistics."""
    routes = APIRouter(tags=["service"])

    described: dict[int | str, dict[str, Any]] = {200: {"content": {FORMATS["jsonld"]: {}}, "description": "The dataset"}}

    @routes.get(
        "/dataset.jsonld",
        summary="What the data is, in schema.org's terms",
        response_class=Response,
        responses=described,
    )
    def dataset(request: Request) -> Response:
        root = settings.address(request, "")
        made = describe_dataset(statistics.summary(), root, settings.title, dumps=engine.dumps is not None)
        return JSONResponse(made, media_type=FORMATS["jsonld"])

    return routes
