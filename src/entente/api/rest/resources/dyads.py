"""Pairs of states."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about

__all__ = ["RESOURCE", "DyadRow"]


class DyadRow(Row):
    """A pair of states in a list."""

    states: list[Ref] = about("the two states", [], default=[])
    events: int | None = about("how many actual events they have", 12)
    exercises: int | None = about("of these, exercises", 4)
    agreements: int | None = about("of these, agreements", 1)
    first: str | None = about("the earliest day on which one of them may have begun", "2021-08-01")
    last: str | None = about("the latest of these days", "2023-07-20")


RESOURCE = Resource(
    "dyads",
    "list-dyads",
    DyadRow,
    "dyad",
    related={
        "events": "/events?dyad={id}",
        "exercises": "/exercises?dyad={id}",
        "conflicts": "/conflicts?dyad={id}",
    },
    relative=True,
)
