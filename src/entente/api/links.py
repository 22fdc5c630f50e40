"""The linksets for download: /linksets lists them, /linksets/{name} gives one in any format of graphs."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from entente.api.models import LinksetItem
from entente.api.negotiation import entity_tag, is_known, pick
from entente.api.settings import Settings
from entente.api.signposts import LICENSE
from entente.api.sparql import Querying
from entente.api.statistics import Statistics
from entente.engine import Engine
from entente.errors import QueryError
from entente.query.linksets import statements
from entente.store import GRAPH_SUFFIXES, GRAPH_TYPES, Question
from entente.version import __version__

__all__ = ["router"]

_SUFFIXES = {"nt": GRAPH_SUFFIXES["nt"], **GRAPH_SUFFIXES}
_GRAPHS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The links, in the format that the suffix or Accept names",
        "content": {media_type: {"schema": {"type": "string"}} for media_type in GRAPH_TYPES},
    }
}


def router(engine: Engine, querying: Querying, statistics: Statistics, settings: Settings) -> APIRouter:
    """The routes over one engine and its statistics."""
    routes = APIRouter(tags=["linked data"])

    @routes.get("/linksets", summary="The datasets that the graph is linked to, with counts")
    def linksets(request: Request) -> list[LinksetItem]:
        return [
            LinksetItem(
                name=each.target.name,
                title=each.target.title,
                predicates=list(each.predicates),
                links=each.links,
                triples=each.triples,
                download=settings.address(request, f"/linksets/{each.target.name}.nt"),
            )
            for each in statistics.summary().linksets
            if each.target.name
        ]

    @routes.head("/linksets/{name}", include_in_schema=False)
    @routes.get("/linksets/{name}", summary="The links to one dataset", response_class=Response, responses=_GRAPHS)
    async def linkset(request: Request, name: str) -> Response:
        stem, _, suffix = name.partition(".")
        known = {each.target.name: each.target for each in (await asyncio.to_thread(statistics.summary)).linksets}
        if not stem or stem not in known or (suffix and suffix not in _SUFFIXES):
            there = ", ".join(filter(None, known)) or "none"
            hint = f"there are: {there}; as .{', .'.join(_SUFFIXES)}"
            raise QueryError(860, f"there is no linkset {name!r}", hint, status=404)
        accept = request.headers.get("accept")
        found = (_SUFFIXES[suffix],) if suffix else pick(accept, _SUFFIXES.values())
        if not found:
            raise QueryError(
                861, f"no links are written as {accept}", f"ask for: {', '.join(_SUFFIXES.values())}", status=406
            )
        headers = {"Vary": "Accept", "Cache-Control": "no-cache", "Link": f'<{LICENSE}>; rel="license"'}
        tag = None
        if (version := engine.version) is not None:
            tag = entity_tag(engine, version, f"{stem} {found[0]} {__version__}")
            if is_known(tag, request.headers.get("if-none-match")):
                return Response(status_code=304, headers={**headers, "ETag": tag})
        return await querying.respond(request, Question(statements(known[stem]), found[:1]), headers, tag)

    return routes
