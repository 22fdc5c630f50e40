"""The descriptions that programs look for: /.well-known/void and /.well-known/sparql-examples."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping

from fastapi import APIRouter, Request, Response

from entente.api.downloads import DUMP_PREFIXES, describe_dumps
from entente.api.negotiation import accepted
from entente.api.settings import Settings
from entente.api.statistics import PREFIXES, Statistics, describe_numbers
from entente.engine import Engine
from entente.errors import QueryError
from entente.model import Iri, Literal, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import rdf, rdfs, sh, xsd
from entente.query import Card, Catalogue
from entente.store import GRAPH_TYPES, choose, serialise
from entente.store.sparql import service_iris

__all__ = ["respond_graph", "router"]

_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_SH, _SCHEMA = VOCABULARIES["sh"], VOCABULARIES["schema"]


def respond_graph(request: Request, triples: Iterable[Triple], prefixes: Mapping[str, str], version: int | None) -> Response:
    """Answer with a small graph in the format that the client prefers."""
    media_type = choose(accepted(request.headers.get("accept"), request.query_params.get("format")), GRAPH_TYPES)
    if media_type is None:
        raise QueryError(313, "this is written in RDF only", f"ask for: {', '.join(GRAPH_TYPES)}", status=406)
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    headers = {"Vary": "Accept", "Content-Type": media_type + charset}
    if version is not None:
        headers["Entente-Dataset-Version"] = str(version)
    return Response(serialise(triples, media_type, prefixes), headers=headers)


def router(engine: Engine, catalogue: Catalogue, settings: Settings, statistics: Statistics) -> APIRouter:
    """The routes over one engine and its statistics."""
    routes = APIRouter(tags=["service"])

    @routes.get("/.well-known/void", summary="What the data is made of, in VoID", response_class=Response)
    async def void(request: Request) -> Response:
        root = settings.address(request, "")
        numbers = await asyncio.to_thread(statistics.numbers)
        triples = describe_numbers(numbers, root, settings.title)
        version = engine.version
        dumps = await asyncio.to_thread(lambda: list(describe_dumps(engine, root, version)))
        declared = list(_prefixes(Iri(f"{root}/.well-known/void#prefixes")))
        return respond_graph(request, (*triples, *dumps, *declared), DUMP_PREFIXES, numbers.version)

    @routes.get("/.well-known/sparql-examples", summary="Example queries, in SHACL", response_class=Response)
    def examples(request: Request) -> Response:
        triples = list(_examples(catalogue, settings.address(request, "")))
        return respond_graph(request, triples, {**PREFIXES, "spex": _SPEX}, engine.version)

    return routes


def _prefixes(owner: Iri) -> Iterator[Triple]:
    """The prefixes of the data, as SHACL declares them (SHACL §5.2.1)."""
    for name, namespace in sorted(VOCABULARIES.items()):
        declaration = Iri(f"{owner}-{name}")
        yield Triple(owner, sh.declare, declaration)
        yield Triple(declaration, sh.prefix, Literal(name))
        yield Triple(declaration, sh.namespace, Literal(namespace, xsd.anyURI))


def _examples(catalogue: Catalogue, root: str) -> Iterator[Triple]:
    """The questions of the catalogue, in the form of sib-swiss/sparql-examples.

    Each is asked at its own address too, but those that call other servers.
    """
    for card in catalogue.cards:
        yield from _example(card, Iri(f"{root}/queries/{card.name}"), root)
    for card in catalogue.federated:
        example = Iri(f"{root}/.well-known/sparql-examples#{card.name}")
        yield from _example(card, example, root)
        for server in sorted({iri for _, _, iri in service_iris(card.text)}):
            yield Triple(example, Iri(_SPEX + "federatesWith"), Iri(server))


def _example(card: Card, example: Iri, root: str) -> Iterator[Triple]:
    yield Triple(example, rdf.type, Iri(_SH + "SPARQLExecutable"))
    yield Triple(example, rdf.type, Iri(_SH + "SPARQLSelectExecutable"))
    yield Triple(example, rdfs.comment, Literal(card.summary, lang="en"))
    yield Triple(example, sh.select, Literal(card.text))
    yield Triple(example, Iri(_SCHEMA + "target"), Iri(f"{root}/sparql"))
    for tag in card.tags:
        yield Triple(example, Iri(_SCHEMA + "keywords"), Literal(tag))
