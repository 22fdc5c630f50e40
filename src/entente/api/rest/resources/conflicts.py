"""Claims that contradict one another."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent, rdfs

__all__ = ["RESOURCE", "ConflictRow"]


class ConflictRow(Row):
    """A contradiction in a list."""

    event: Ref | None = about("what it is about", None, ent.onEvent)
    property: str | None = about("what of it is in question, a property of the ontology", "when")
    reason: str | None = about("how they contradict", "2 corvettes against 1 destroyer", rdfs.comment)
    rule: str | None = about("the rule that found it", "time.disjoint-begin.v1", ent.relationRule)
    claims: list[Ref] = about("the claims", [], ent.relates, default=[])
    begin: str | None = about("the earliest day on which the event may have begun", "2023-07-20")


RESOURCE = Resource(
    "conflicts",
    "list-conflicts",
    ConflictRow,
    "claim-relation",
    filters={"event": "", "dyad": "dyad"},
)
