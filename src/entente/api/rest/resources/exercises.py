"""Exercises: events of that type."""

from __future__ import annotations

from entente.api.rest.resource import Resource
from entente.api.rest.resources.events import EventRow

__all__ = ["RESOURCE"]

RESOURCE = Resource(
    "exercises",
    "list-events",
    EventRow,
    "exercise",
    related={"claims": "/claims?event=exercise/{id}", "conflicts": "/conflicts?event=exercise/{id}"},
    filters={"place": "place", "series": "series", "dyad": "dyad"},
    preset={"type": "exercise"},
)
