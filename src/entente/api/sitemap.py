"""What search engines look for: /robots.txt, and a site map in parts that lists the documents (sitemaps.org 0.9)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from entente.api.addresses import document_path
from entente.api.settings import Settings
from entente.api.statistics import Statistics, Summary
from entente.errors import QueryError
from entente.model import Iri, Store
from entente.model.terms import ent, skos

__all__ = ["PART", "router"]

PART = 50_000
"""How many addresses a part holds at most, as the protocol has it."""

_LISTED: Mapping[str, Iri] = MappingProxyType(
    {
        "agents": ent.Agent,
        "agreements": ent.Agreement,
        "articles": ent.Article,
        "events": ent.Event,
        "places": ent.Place,
        "series": ent.ExerciseSeries,
        "vessels": ent.Vessel,
        "vessel-classes": ent.VesselClass,
        "vocabularies": skos.ConceptScheme,
    }
)
_PAGES = ("/", "/about", "/schema", "/doc/ns")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Robots follow links without end; what runs queries, filters, turns pages or needs a person is not for them.
_UNLISTED = ("/*?", "/sparql", "/queries/", "/reconcile", "/validate", "/review", "/dumps/")


def router(store: Store, statistics: Statistics, settings: Settings) -> APIRouter:
    """The routes over one store and its statistics."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/robots.txt")
    def robots(request: Request) -> Response:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in _UNLISTED), ""]
        lines.append(f"Sitemap: {settings.address(request, '/sitemap.xml')}")
        return Response("\n".join(lines) + "\n", media_type="text/plain")

    @routes.get("/sitemap.xml")
    async def index(request: Request) -> Response:
        parts = _parts(await asyncio.to_thread(statistics.summary))
        return _written("sitemapindex", "sitemap", (settings.address(request, f"/sitemaps/{part}.xml") for part in parts))

    @routes.get("/sitemaps/{name}.xml")
    async def part(request: Request, name: str) -> Response:
        parts = _parts(await asyncio.to_thread(statistics.summary))
        if name not in parts:
            raise QueryError(862, f"the site map has no part {name!r}", "see /sitemap.xml for those it has", status=404)
        paths = await asyncio.to_thread(_paths, store, *parts[name])
        return _written("urlset", "url", (settings.address(request, path) for path in paths))

    return routes


def _parts(summary: Summary) -> Mapping[str, tuple[Iri | None, int]]:
    """The parts by name: the class of the things that each lists, and how many of them stand in earlier parts."""
    found: dict[str, tuple[Iri | None, int]] = {"pages": (None, 0)}
    for name, kind in _LISTED.items():
        for first in range(0, summary.classes.get(kind, 0), PART):
            found[f"{name}-{first // PART + 1}"] = (kind, first)
    return found


def _paths(store: Store, kind: Iri | None, first: int) -> Iterable[str]:
    """The paths of the documents of a part, in the order of the store's index: of a million things none is sorted."""
    if kind is None:
        return _PAGES
    rows = store.select(f"SELECT ?s WHERE {{ ?s a {kind.n3()} }} LIMIT {PART} OFFSET {first}").rows
    return [path for (iri,) in rows if isinstance(iri, Iri) and (path := document_path(iri))]


def _written(root: str, entry: str, addresses: Iterable[str]) -> Response:
    lines = "".join(f"<{entry}><loc>{escape(address)}</loc></{entry}>\n" for address in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{lines}</{root}>\n'
    return Response(text, media_type="application/xml")
