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
from entente.api.rest.lists import Asked, Entry, Lists, Page, rows_of
from entente.api.rest.pages import PageOut
from entente.api.rest.resource import Row
from entente.api.rest.resources.claims import ClaimRow
from entente.api.rest.resources.conflicts import ConflictRow
from entente.api.rest.resources.dyads import DyadRow
from entente.api.rest.resources.events import EventRow
from entente.api.rest.rows import text_of
from entente.api.rest.states import Known
from entente.model import Iri, Term

__all__ = ["Conflict", "Dyad", "DyadAsked", "Dyads", "InForce", "Period", "with_claims"]

_Row = TypeVar("_Row", bound=Row)
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


class Conflict(ConflictRow):
    """A contradiction with the claims side by side."""

    sides: list[ClaimRow] = Field(description="the claims, with their words")


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
    related: dict[str, str] = Field(description="lists that tell more")


@dataclass(frozen=True, slots=True)
class DyadAsked:
    """What is asked of a pair: the agreements in force `on` a day, the span of days, periods, the least independent sources.

    `type` and `mode` narrow the timeline only.
    `limit` is how many events, exercises and conflicts are told, the newest first.
    """

    on: str
    by: Literal["month", "year"] = "year"
    from_: str | None = None
    to: str | None = None
    sources: int | None = None
    type: str | None = None
    mode: str | None = None
    limit: int = 50


class Dyads:
    """Tells of pairs of states."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    async def dyad(self, one: Known, other: Known, asked: DyadAsked, client: str) -> Dyad:
        """Tell of two states. Raises what the engine raises."""
        first, second = sorted((one, other), key=lambda state: state.code)
        iri = self._lists.reader.index.dyad(first.iri, second.iri)
        span = {name: day for name, day in (("from", asked.from_), ("to", asked.to)) if day is not None}
        if asked.sources is not None:
            span["sources"] = str(asked.sources)
        newest = Asked({"dyad": iri, **span}, "-begin", limit=asked.limit)
        narrowed = {name: said for name, said in (("type", asked.type), ("mode", asked.mode)) if said is not None}
        timed = replace(newest, filters={**newest.filters, **narrowed})
        events = await self._lists.page("events", timed, client)
        exercises = await self._lists.page("exercises", newest, client)
        days = {name: day for name, day in newest.filters.items() if name != "sources"}
        contested = await self._lists.page("conflicts", replace(newest, filters=days), client)
        counted, _ = await self._lists.entries(self._lists.resources["dyads"], [iri], client)
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
            related={
                "events": f"/events?dyad={id}",
                "exercises": f"/exercises?dyad={id}",
                "conflicts": f"/conflicts?dyad={id}",
                "agreements": f"/agreements?{more}",
            },
        )

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


async def with_claims(lists: Lists, conflicts: Sequence[Entry], client: str) -> list[Conflict]:
    """Put the claims of contradictions side by side."""
    wanted = {entry.row.iri: [Iri(text_of(term)) for term in entry.terms.get("claims", ())] for entry in conflicts}
    keys = sorted({claim for claims in wanted.values() for claim in claims})
    entries, _ = await lists.entries(lists.resources["claims"], keys, client)
    rows = {row.iri: row for row in rows_of(ClaimRow, entries)}
    return [
        Conflict(
            **entry.row.model_dump(),
            sides=[rows[claim] for claim in wanted[entry.row.iri] if claim in rows],
        )
        for entry in conflicts
    ]
