"""States."""

from __future__ import annotations

from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent, skos

__all__ = ["RESOURCE", "StateRow"]


class StateRow(Row):
    """A state in a list."""

    label: str | None = about("its English name", "Russia", skos.prefLabel)
    code: str | None = about("ISO 3166-1 alpha-3 code, or ours where there is none", "RUS", ent.iso3166alpha3)
    number: int | None = about("COW number, the lowest of several", 365)


RESOURCE = Resource(
    "states",
    "list-states",
    StateRow,
    "state",
    related={
        "events": "/events?state={id}",
        "exercises": "/exercises?state={id}",
        "agreements": "/agreements?state={id}",
        "dyads": "/dyads?state={id}",
        "forces": "/forces?state={id}",
        "vessels": "/vessels?state={id}",
        "places": "/places?state={id}",
        "claims": "/claims?state={id}",
    },
)
