"""All that the graph says between two states: events, series of scores, agreements in force, exercises, conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from entente.api.addresses import document_path
from entente.api.models import Ref
from entente.api.reader import plain
from entente.api.rest.contradictions import Conflict, with_claims
from entente.api.rest.events import Events
from entente.api.rest.lists import Asked, Lists, Page, rows_of
from entente.api.rest.pages import PageOut
from entente.api.rest.resource import Row
from entente.api.rest.resources.conflicts import ConflictRow
from entente.api.rest.resources.dyads import DyadRow
from entente.api.rest.resources.events import EventRow
from entente.api.rest.rows import text_of
from entente.api.rest.states import Known
from entente.consensus import Choice
from entente.errors import QueryError
from entente.model import Iri, Term

__all__ = ["Dyad", "DyadAsked", "Dyads", "InForce", "Period"]

_Row = TypeVar("_Row", bound=Row)
_MOST_CONTESTED = 1000
_MOST_WEIGHED = 50
"""So many events are merged anew at most, each of which takes the graphs of all its articles."""
_DIGITS: Mapping[str, int] = {"year": 4, "month": 7}


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class Period(_Out):
    """A year or a month: its events, each once however many articles tell of it, and their PLOVER scores."""

    period: str = Field(examples=["2023-07"])
    events: int = Field(description="actual events whose beginning surely lies in the period", examples=[2])
    cooperation: float = Field(description="sum of the scores of cooperation", examples=[12.0])
    conflict: float = Field(description="sum of the scores of conflict, without its sign", examples=[3.0])
    balance: float = Field(description="cooperation less conflict", examples=[9.0])
    sources: int = Field(description="sum over the events of the independent sources that tell of them", examples=[5])


class InForce(_Out):
    """An agreement that was in force."""

    agreement: Ref
    link: str = Field(examples=["/agreements/chn-rus-2022-09-19-a1b2c5/agreement"])
    kind: str = Field(examples=["Treaty"])
    obligation: str | None = Field(None, description="notation of the scheme obligation", examples=["consultation"])
    since: str = Field(description="the day by which it had surely come into force", examples=["2001-07-16"])


class Dyad(_Out):
    """Two states: everything is the same whichever is named first."""

    id: str = Field(examples=["365-710"])
    iri: str = Field(examples=["https://w3id.org/entente/id/dyad/365-710"])
    link: str = Field(examples=["/dyads/CHN-RUS"])
    document: str | None = Field(None, description="the document about the pair", examples=["/doc/id/dyad/365-710"])
    states: list[Ref]
    counts: DyadRow | None = Field(None, description="how much there is of what, over all time; null where there is nothing")
    timeline: PageOut[EventRow]
    exercises: PageOut[EventRow]
    by: Literal["month", "year"] = Field(description="what a period of the series is")
    series: list[Period]
    on: str = Field(description="the day on which the agreements are in force", examples=["2023-07-20"])
    in_force: list[InForce]
    conflicts: list[Conflict]
    policy: Choice = Field(description="how it was decided what stands of the events in conflict", examples=["consensus"])
    undecided: list[str] = Field(description="events in conflict that are told as the consensus has them all the same")
    related: dict[str, str] = Field(description="lists that tell more")


@dataclass(frozen=True, slots=True)
class DyadAsked:
    """What is asked of a pair: the agreements in force `on` a day, the span of days, periods, the least independent sources.

    `type` and `mode` narrow the timeline only. `policy` decides what is told of those events that are in conflict.
    `limit` is how many events, exercises and conflicts are told, the newest first.
    """

    on: str
    by: Literal["month", "year"] = "year"
    from_: str | None = None
    to: str | None = None
    sources: int | None = None
    type: str | None = None
    mode: str | None = None
    policy: Choice = Choice.CONSENSUS
    limit: int = 50


class Dyads:
    """Tells of pairs of states."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._events = Events(lists)

    async def dyad(self, one: Known, other: Known, asked: DyadAsked, client: str) -> Dyad:
        """Tell of two states. Raises what the engine raises."""
        first, second = sorted((one, other), key=lambda state: state.code)
        iri, newest, timed = self._asked(one, other, asked)
        events = await self._lists.page("events", timed, client)
        exercises = await self._lists.page("exercises", newest, client)
        contested = await self._lists.page("conflicts", self._contested(newest), client)
        (events, exercises), undecided = await self._decided((events, exercises), newest, asked.policy, client)
        counted, _ = await self._lists.entries(self._lists.resources["dyads"], [iri], client)
        span = {name: value for name, value in newest.filters.items() if name != "dyad"}
        scores = await self._lists.rows("dyad-series", {"dyad": iri, "digits": str(_DIGITS[asked.by]), **span}, client)
        sides = {"a": first.iri, "b": second.iri}
        standing = await self._lists.rows("agreements-in-force", {**sides, "date": asked.on}, client)
        id = self._lists.resources["dyads"].id_of(iri)
        more = urlencode({"state": first.code, "partner": second.code})
        return Dyad(
            id=id,
            iri=iri,
            link=f"/dyads/{first.code}-{second.code}",
            document=document_path(iri),
            states=[Ref(iri=state.iri, label=state.label) for state in (first, second)],
            counts=next(iter(rows_of(DyadRow, counted)), None),
            timeline=_part(EventRow, "events", events, timed, id),
            exercises=_part(EventRow, "exercises", exercises, newest, id),
            by=asked.by,
            series=[Period.model_validate({name: text_of(term) for name, term in row.items()}) for row in scores],
            on=asked.on,
            in_force=[self._in_force(row) for row in standing],
            conflicts=await with_claims(self._lists, contested.entries, client),
            policy=asked.policy,
            undecided=undecided,
            related={
                "events": f"/events?dyad={id}",
                "exercises": f"/exercises?dyad={id}",
                "conflicts": f"/conflicts?dyad={id}",
                "agreements": f"/agreements?{more}",
            },
        )

    async def timeline(self, one: Known, other: Known, asked: DyadAsked, client: str) -> tuple[Iri, Page]:
        """Give the IRI of two states and their newest events alone. Raises what the engine raises."""
        iri, newest, timed = self._asked(one, other, asked)
        events = await self._lists.page("events", timed, client)
        [told], _ = await self._decided((events,), newest, asked.policy, client)
        return iri, told

    def _asked(self, one: Known, other: Known, asked: DyadAsked) -> tuple[Iri, Asked, Asked]:
        """The IRI of a pair, and what is asked of the lists of what is shared and of events."""
        iri = self._lists.reader.index.dyad(one.iri, other.iri)
        span = {"from": asked.from_, "to": asked.to, "sources": None if asked.sources is None else str(asked.sources)}
        narrow = {"type": asked.type, "mode": asked.mode}
        kept = {"dyad": iri, **{name: value for name, value in span.items() if value is not None}}
        newest = Asked(kept, "-begin", limit=asked.limit)
        narrowed = {name: value for name, value in narrow.items() if value is not None}
        return iri, newest, replace(newest, filters={**kept, **narrowed})

    @staticmethod
    def _contested(newest: Asked) -> Asked:
        return replace(newest, filters={name: value for name, value in newest.filters.items() if name != "sources"})

    async def _decided(
        self, pages: Sequence[Page], newest: Asked, policy: Choice, client: str
    ) -> tuple[list[Page], list[str]]:
        """Tell the events in conflict on some pages as a policy has them, and give those that it cannot be asked about."""
        if policy is Choice.CONSENSUS:
            return list(pages), []
        asked = replace(self._contested(newest), limit=_MOST_CONTESTED)
        conflicts = rows_of(ConflictRow, (await self._lists.page("conflicts", asked, client)).entries)
        contested = {conflict.event.iri for conflict in conflicts if conflict.event is not None}
        shown = {entry.row.iri: entry for page in pages for entry in page.entries if entry.row.iri in contested}
        undecided = list(shown)[_MOST_WEIGHED:]
        told = {}
        for iri, entry in list(shown.items())[:_MOST_WEIGHED]:
            try:
                told[iri] = await self._events.entry(self._lists.resources["events"], entry, policy, client)
            except QueryError:
                undecided.append(iri)
        made = [replace(page, entries=tuple(told.get(entry.row.iri, entry) for entry in page.entries)) for page in pages]
        return made, undecided

    def _in_force(self, row: Mapping[str, Term]) -> InForce:
        agreement = Iri(str(row["agreement"]))
        resource = self._lists.resources["agreements"]
        obligation = row.get("obligation")
        return InForce(
            agreement=self._lists.reader.ref(agreement),
            link=resource.link_of(resource.id_of(agreement)),
            kind=text_of(row["kind"]),
            obligation=None if obligation is None else text_of(obligation),
            since=str(plain(row["since"])),
        )


def _part(kind: type[_Row], name: str, page: Page, asked: Asked, id: str) -> PageOut[_Row]:
    """A list as a part of something: where it goes on is told as an address of the list itself."""
    said = {**asked.filters, "dyad": id, "sort": asked.sort, "limit": asked.limit, "cursor": page.next}
    return PageOut(
        items=rows_of(kind, page.entries),
        total=page.total,
        next=f"/{name}?{urlencode(said)}" if page.next else None,
        version=page.version,
    )
