"""The routes of REST: for each resource a list, and its single things."""

from __future__ import annotations

import json
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Protocol
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from entente.api.addresses import document_path, quoted
from entente.api.answers import while_connected
from entente.api.negotiation import entity_tag, is_known, wants_html
from entente.api.rest.dyads import Dyad, DyadAsked, Dyads
from entente.api.rest.events import Event, Events
from entente.api.rest.items import Items, item_model
from entente.api.rest.lists import Lists, Page
from entente.api.rest.pages import PageOut
from entente.api.rest.parameters import Day, Format, asked_of, chosen_fields, parameters
from entente.api.rest.resource import Resource
from entente.api.rest.states import Known, StateTable
from entente.api.rest.writing import FORMATS, choose_format, jsonld_collection, jsonld_context, jsonld_thing, table
from entente.api.settings import Settings
from entente.consensus import Choice
from entente.model.terms import ent
from entente.version import __version__

__all__ = ["DyadQuery", "Pages", "Rest", "client_of", "router"]

HTML = "html"

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~:/-]*$", max_length=500)]
"""An id within a list; it may have slashes."""

Pair = Annotated[str, Path(pattern=r"^[A-Za-z0-9.]+(-[A-Za-z0-9.]+)+$", max_length=200, examples=["CHN-RUS", "365-710"])]
"""Two states, in either order."""

Notation = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)]
"""A concept by its last name."""


class DyadQuery(BaseModel):
    """What can be asked of a pair of states."""

    model_config = ConfigDict(extra="forbid")

    on: Day | None = Field(None, description="tell the agreements in force on this day, not today")
    by: Literal["month", "year"] = Field("year", description="what a period of the series is")
    from_: Day | None = Field(None, alias="from", description="only what ends on that day or later, or is not dated")
    to: Day | None = Field(None, description="only what begins on that day or earlier, or is not dated")
    sources: int | None = Field(None, ge=0, le=10**9, description="only events that so many independent sources tell of")
    type: Notation | None = Field(None, description="a timeline of events of this type only, such as exercise")
    mode: Notation | None = Field(None, description="a timeline of events of this mode only, such as planned")
    policy: Choice = Field(Choice.CONSENSUS, description="whose claims count, and how it is decided, for events in conflict")
    limit: int = Field(50, ge=1, le=500, description="how many events, exercises and conflicts are told, the newest first")
    format: Format | None = Field(None, description="goes before the header Accept; CSV and JSON-LD tell the events only")


class Pages(Protocol):
    """What shows lists and pairs of states to those who would rather read a page."""

    async def list(self, request: Request, resource: Resource, given: BaseModel, page: Page) -> Response:
        """Show a page of a list."""
        ...

    async def dyad(self, request: Request, given: DyadQuery, found: Dyad) -> Response:
        """Show a pair of states."""
        ...


class ItemQuery(BaseModel):
    """What can be asked of a single thing."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["json", "jsonld"] | None = Field(None, description="goes before the header Accept")


class EventQuery(ItemQuery):
    """What can be asked of an event."""

    policy: Choice = Field(Choice.CONSENSUS, description="whose claims count, and how it is decided between them")


class Rest:
    """Answers requests for lists and things."""

    def __init__(self, lists: Lists, dyads: Dyads, settings: Settings, pages: Pages) -> None:
        self.lists = lists
        self.dyads = dyads
        self.events = Events(lists)
        self.items = Items(lists)
        self.settings = settings
        self.pages = pages
        self._states: tuple[int | None, StateTable] | None = None

    async def states(self, client: str) -> StateTable:
        """The states of the dataset as it is now."""
        version = self.lists.engine.version
        if self._states is None or version is None or self._states[0] != version:
            self._states = (version, StateTable(await self.lists.rows("list-states", {}, client)))
        return self._states[1]

    async def list(self, request: Request, resource: Resource, given: BaseModel) -> Response:
        """Give a page of a list."""
        said = given.model_dump(exclude_none=True)
        word = self.word(request, said.get("format"))
        fields = chosen_fields(resource, given)
        # Where it is indexed later than it is told, a page is of two versions, and its tag tells both.
        if (fresh := self.fresh(request, word, str(self.lists.engine.version))) is not None:
            return fresh
        client = client_of(request)
        asked = asked_of(resource, self.lists.card(resource)[0], given, await self.states(client))
        page = await self.lists.page(resource.name, asked, client)
        next = None
        if page.next is not None:
            next = f"/{resource.name}?{urlencode({**said, 'cursor': page.next})}"
        headers = self.headers(request, word, page.version, str(page.told)) | {"Entente-Total": str(page.total)}
        if next is not None:
            headers["Link"] = f'<{self.settings.address(request, next)}>; rel="next"'
        if word == HTML:
            return _with(await self.pages.list(request, resource, given, page), headers)
        if word == "csv":
            return _written(table(resource, page.entries, fields), word, headers)
        if word == "jsonld":
            here = self.settings.address(request, request.url.path) + (f"?{request.url.query}" if request.url.query else "")
            following = next and self.settings.address(request, next)
            whole = jsonld_collection(resource, page.entries, fields, here, total=page.total, next=following)
            return _json(whole, word, headers)
        rows = [entry.row.model_dump(mode="json", include={*fields, "id", "iri", "link"}) for entry in page.entries]
        return _json({"items": rows, "total": page.total, "next": next, "version": page.version}, word, headers)

    async def item(self, request: Request, resource: Resource, id: str, given: ItemQuery) -> Response:
        """Give one thing of a list."""
        word = self.word(request, given.format, ("json", "jsonld"))
        if (fresh := self.fresh(request, word)) is not None:
            return fresh
        client = client_of(request)
        if resource.name == "states":
            id = (await self.states(client)).find(id).code
        version = self.lists.engine.version
        entry = await self.lists.item(resource.name, id, client)
        headers = self.headers(request, word, version) | {"Link": f'<{quoted(entry.row.iri)}>; rel="describes"'}
        if word == HTML:
            # The page about a thing is its document.
            return RedirectResponse(self.settings.address(request, document_path(entry.row.iri) or "/"), 303, headers)
        if word == "jsonld":
            fields = tuple(resource.shapes())
            if isinstance(given, EventQuery):
                entry = await self.events.entry(resource, entry, given.policy, client)
            return _json(
                {"@context": jsonld_context(resource, fields), **jsonld_thing(resource, entry, fields)}, word, headers
            )
        if isinstance(given, EventQuery):
            told: BaseModel = await self.events.event(resource, entry, given.policy, client)
        else:
            told = await self.items.item(resource, entry, client)
        return _json(told.model_dump(mode="json"), word, headers)

    async def dyad(self, request: Request, pair: str, given: DyadQuery) -> Response:
        """Tell of two states."""
        # As documents have it, the address may end in the format.
        stem, _, ending = pair.rpartition(".")
        if ending in FORMATS:
            pair = stem
        word = self.word(request, given.format or (ending if ending in FORMATS else None))
        # Without a day, what is in force is told of today, so that an answer of yesterday is not fresh.
        today = datetime.now(UTC).date().isoformat()
        now = f"{today} {self.lists.engine.version}"
        if (fresh := self.fresh(request, word, now)) is not None:
            return fresh
        client = client_of(request)
        one, other = (await self.states(client)).pair(pair)
        asked = DyadAsked(
            on=given.on or today,
            by=given.by,
            from_=given.from_,
            to=given.to,
            sources=given.sources,
            type=given.type,
            mode=given.mode,
            policy=given.policy,
            limit=given.limit,
        )
        if word in ("csv", "jsonld"):
            return await self._timeline(request, (one, other), asked, word, now)
        found = await self.dyads.dyad(one, other, asked, client)
        headers = self.headers(request, word, found.timeline.version, now)
        headers["Link"] = f'<{found.iri}>; rel="describes"'
        if word == HTML:
            return _with(await self.pages.dyad(request, given, found), headers)
        return _json(found.model_dump(mode="json"), word, headers)

    async def _timeline(
        self, request: Request, pair: tuple[Known, Known], asked: DyadAsked, word: str, now: str
    ) -> Response:
        """Give the events of two states as a table, or as what the pair is the subject matter of."""
        iri, page = await self.dyads.timeline(*pair, asked, client_of(request))
        resource = self.lists.resources["events"]
        fields = tuple(resource.shapes())
        headers = self.headers(request, word, page.version, now) | {"Entente-Total": str(page.total)}
        headers["Link"] = f'<{quoted(iri)}>; rel="describes"'
        if word == "csv":
            return _written(table(resource, page.entries, fields), word, headers)
        context = {"events": {"@reverse": str(ent.dyad)}, **jsonld_context(resource, fields)}
        events = [jsonld_thing(resource, entry, fields) for entry in page.entries]
        return _json({"@context": context, "@id": iri, "events": events}, word, headers)

    @staticmethod
    def word(request: Request, said: str | None, offered: tuple[str, ...] = tuple(FORMATS)) -> str:
        """What to answer in: a page for those who want one, else a format."""
        accept = request.headers.get("accept")
        if said is None and wants_html(accept, (FORMATS[word] for word in offered)):
            return HTML
        return choose_format(accept, said, offered)

    def fresh(self, request: Request, word: str, more: str = "") -> Response | None:
        """The answer that the client has it already (RFC 9110 §13.1.2), if it has."""
        headers = self.headers(request, word, self.lists.engine.version, more)
        known = is_known(headers.get("ETag"), request.headers.get("if-none-match"))
        return Response(status_code=304, headers=headers) if known else None

    def headers(self, request: Request, word: str, version: int | None, more: str = "") -> dict[str, str]:
        """The headers that HTTP wants: the tag is made of the dataset's version, the address, the format and `more`."""
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        if version is not None:
            asked = f"{request.url.path}?{request.url.query} {word} {more} {__version__}"
            tag = entity_tag(self.lists.engine, version, asked)
            headers |= {"ETag": tag, "Entente-Dataset-Version": str(version)}
        return headers

    def add_to(self, routes: APIRouter) -> None:
        """Add the routes of every resource."""

        async def dyad(request: Request, pair: Pair, given: Annotated[DyadQuery, Query()]) -> Response:
            return await _awaited(request, self.dyad(request, pair, given))

        if "dyads" in self.lists.resources:
            _add(routes, "/dyads/{pair}", dyad, "All that there is between two states", Dyad, "jsonld", "csv")
        for resource in self.lists.resources.values():
            self._add_list(routes, resource)
            if resource.kind is not None and resource.name != "dyads":
                self._add_item(routes, resource)

    def _add_list(self, routes: APIRouter, resource: Resource) -> None:
        card, listing = self.lists.card(resource)

        async def listed(request: Request, given: BaseModel) -> Response:
            return await _awaited(request, self.list(request, resource, given))

        listed.__annotations__["given"] = Annotated[parameters(resource, card, listing), Query()]
        _add(routes, f"/{resource.name}", listed, card.summary, PageOut[resource.model], "jsonld", "csv")  # type: ignore[name-defined]

    def _add_item(self, routes: APIRouter, resource: Resource) -> None:
        async def one(request: Request, id: Id, given: ItemQuery) -> Response:
            return await _awaited(request, self.item(request, resource, id, given))

        model = item_model(resource)
        query = EventQuery if issubclass(model, Event) else ItemQuery
        one.__annotations__["given"] = Annotated[query, Query()]
        _add(routes, f"/{resource.name}/{{id:path}}", one, f"One of /{resource.name} in full", model, "jsonld")


async def _awaited(request: Request, work: Coroutine[Any, Any, Response]) -> Response:
    """Give the answer, unless the client goes before it is there: then its queries end."""
    answer = await while_connected(request, work)
    return Response(status_code=499) if answer is None else answer


def client_of(request: Request) -> str:
    """The name that the engine counts a client's queries under."""
    return request.client.host if request.client else "unknown"


def _add(routes: APIRouter, path: str, handler: Any, summary: str, model: type[BaseModel], *words: str) -> None:
    content: Mapping[str, Any] = {FORMATS[word]: {"schema": {}} for word in words}
    said: dict[int | str, dict[str, Any]] = {200: {"model": model, "content": content, "description": summary}}
    routes.add_api_route(path, handler, methods=["GET"], summary=summary, response_class=Response, responses=said)
    routes.add_api_route(path, handler, methods=["HEAD"], response_class=Response, include_in_schema=False)


def _with(answer: Response, headers: Mapping[str, str]) -> Response:
    answer.headers.update(headers)
    return answer


def _json(said: Any, word: str, headers: Mapping[str, str]) -> Response:
    return _written(json.dumps(said, ensure_ascii=False, separators=(",", ":")), word, headers)


def _written(text: str, word: str, headers: Mapping[str, str]) -> Response:
    charset = "; charset=utf-8" if word == "csv" else ""
    return Response(text.encode("utf-8"), headers={**headers, "Content-Type": FORMATS[word] + charset})


def router(rest: Rest) -> APIRouter:
    """The routes over the lists of one dataset."""
    routes = APIRouter(tags=["lists"])
    rest.add_to(routes)
    return routes
