"""Places."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent, skos

__all__ = ["RESOURCE", "PlaceRow"]


class PlaceRow(Row):
    """A place in a list."""

    label: str | None = about("its English name", "Sea of Japan", skos.prefLabel)
    kind: list[str] = about("its closest classes in the ontology", ["Sea"], default=[])
    state: list[Ref] = about(
        "the state that administers it; more than one where that is contested", [], ent.placeInState, default=[]
    )


RESOURCE = Resource(
    "places",
    "list-places",
    PlaceRow,
    "place",
    related={"events": "/events?place={id}", "exercises": "/exercises?place={id}"},
)
