"""Events."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent

__all__ = ["RESOURCE", "EventRow"]


class EventRow(Row):
    """An event in a list."""

    type: str | None = about("notation of the scheme event-type", "exercise", ent.eventType)
    mode: str | None = about("notation of the scheme mode: actual, planned, hypothetical ...", "actual", ent.mode)
    status: str | None = about("how far it has come, a notation of the scheme event-status", "concluded", ent.status)
    name: str | None = about("its name, the first of several", "Northern/Interaction-2023", ent.name)
    begin: str | None = about("the earliest day on which it may have begun", "2023-07-20")
    end: str | None = about("the latest day on which it may have ended", "2023-07-23")
    states: list[Ref] = about("the states involved", [], ent.involvesState, default=[])
    places: list[Ref] = about("where it is", [], ent.location, default=[])
    series: list[Ref] = about("the series that it is an edition of", [], ent.editionOf, default=[])
    sources: int | None = about("how many independent sources tell of it", 2, ent.independentSources)


RESOURCE = Resource(
    "events",
    "list-events",
    EventRow,
    "",
    related={"claims": "/claims?event={id}", "conflicts": "/conflicts?event={id}"},
    filters={"place": "place", "series": "series", "dyad": "dyad"},
)
