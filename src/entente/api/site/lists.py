"""Lists of REST, and pairs of states, as pages: tables with the filters that the list has."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from pydantic import BaseModel

from entente.api.describing import Describer
from entente.api.rendering import Renderer
from entente.api.rest import Dyad, DyadQuery, Lists, Page, Resource
from entente.api.site.dyads import NARROWING, count_narrowing, read_dyad
from entente.api.site.tables import SHOWN_AS_TITLE, spoken, tabulate
from entente.query import Param, ParamType

__all__ = ["Filter", "ListPages"]

_TITLES = {"search": "Found in the graph"}


@dataclass(frozen=True, slots=True)
class Filter:
    """A field of the form that narrows a list."""

    name: str
    help: str
    kind: str
    value: str


class ListPages:
    """Shows what REST answers to those who would rather read a page."""

    def __init__(self, renderer: Renderer, lists: Lists, describer: Describer) -> None:
        self._renderer = renderer
        self._lists = lists
        self._describer = describer

    async def list(self, request: Request, resource: Resource, given: BaseModel, page: Page) -> Response:
        """Show a page of a list as a table."""
        return await asyncio.to_thread(self._list, request, resource, given, page)

    async def dyad(self, request: Request, given: DyadQuery, found: Dyad) -> Response:
        """Show a pair of states."""
        counted = {}
        for name in NARROWING:
            known = await self._lists.count_by("events", {"dyad": found.iri}, name)
            counted[name] = (
                known if known is not None else await asyncio.to_thread(count_narrowing, self._describer, found.iri, name)
            )
        return await asyncio.to_thread(self._dyad, request, given, found, counted)

    def _list(self, request: Request, resource: Resource, given: BaseModel, page: Page) -> Response:
        said = {_alias(given, name): str(value) for name, value in given.model_dump(exclude_none=True).items()}
        card, listing = self._lists.card(resource)
        columns = tuple(name for name in resource.shapes() if name not in SHOWN_AS_TITLE)
        shown: dict[str, Any] = {
            "title": _TITLES.get(resource.name, resource.name.capitalize()),
            "path": self._renderer.root(request) + request.url.path,
            "filters": [_filter(param, said) for param in card.params if param.name != listing.key],
            "sorts": [word for name in listing.sorts for word in (name, f"-{name}")],
            "sort": said.get("sort", ""),
            "table": tabulate(self._describer, page.entries, columns),
            "total": page.total,
            "next": page.next and f"{request.url.path}?{urlencode({**said, 'cursor': page.next})}",
            "first": "cursor" not in said,
        }
        return self._renderer.page(request, "list.html", shown)

    def _dyad(
        self, request: Request, given: DyadQuery, found: Dyad, counted: Mapping[str, Sequence[tuple[str, int]]]
    ) -> Response:
        path = self._renderer.root(request) + request.url.path
        page = read_dyad(self._describer, found, given, path, self._renderer.linker(request), counted=counted)
        # A form that narrows by days keeps what else narrows.
        kept = {name: given.model_dump(exclude_none=True).get(name) for name in ("type", "mode", "sources", "by", "policy")}
        kept = {name: value for name, value in kept.items() if value is not None}
        shown = {"found": found, "dyad": page, "given": given, "path": path, "kept": kept, "spoken": spoken}
        return self._renderer.page(request, "dyad.html", shown)


def _filter(param: Param, said: dict[str, str]) -> Filter:
    kind = {ParamType.DATE: "date", ParamType.INTEGER: "number"}.get(param.type, "text")
    return Filter(param.name, param.help, kind, said.get(param.name, ""))


def _alias(given: BaseModel, name: str) -> str:
    return type(given).model_fields[name].alias or name
