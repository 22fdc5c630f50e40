"""Series of exercises."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent, skos

__all__ = ["RESOURCE", "SeriesRow"]


class SeriesRow(Row):
    """A series in a list."""

    label: str | None = about("its English name", "Northern/Interaction", skos.prefLabel)
    note: str | None = about("who usually takes part", "Usual participants: Russia, China.", skos.note)
    editions: int | None = about("how many editions the graph knows", 3)
    exercises: list[Ref] = about("these editions", [], ent.hasEdition, default=[])


RESOURCE = Resource(
    "series",
    "list-series",
    SeriesRow,
    "series",
    related={"exercises": "/exercises?series={id}"},
)
