"""Exercises."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, about
from entente.api.rest.resources.events import EventRow
from entente.model.terms import ent

__all__ = ["RESOURCE", "ExerciseRow"]


class ExerciseRow(EventRow):
    """An exercise in a list."""

    series: list[Ref] = about("the series that it is an edition of", [], ent.editionOf, default=[])


RESOURCE = Resource(
    "exercises",
    "list-exercises",
    ExerciseRow,
    "exercise",
    related={"claims": "/claims?event=exercise/{id}", "conflicts": "/conflicts?event=exercise/{id}"},
    filters={"place": "place", "series": "series", "dyad": "dyad"},
)
