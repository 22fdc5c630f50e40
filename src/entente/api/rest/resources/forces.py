"""Armed forces, their branches and formations."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent, skos

__all__ = ["RESOURCE", "ForceRow"]


class ForceRow(Row):
    """A force in a list."""

    label: str | None = about("its English name", "Russian Navy", skos.prefLabel)
    kind: str | None = about("its class in the ontology", "ServiceBranch")
    state: Ref | None = about("the state that it belongs to", None, ent.belongsToState)
    within: list[Ref] = about("what it is a branch or formation of", [], default=[])


RESOURCE = Resource(
    "forces",
    "list-forces",
    ForceRow,
    "force",
    related={"claims": "/claims?speaker=force/{id}"},
)
