"""Agreements."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent

__all__ = ["RESOURCE", "AgreementRow"]


class AgreementRow(Row):
    """An agreement in a list."""

    kind: str | None = about("its closest class in the ontology", "InformalUnderstanding")
    name: str | None = about("its name or label", "New START")
    status: str | None = about("how far it has come", "agreed", ent.agreementStatus)
    parties: list[Ref] = about("the states and bodies that are parties", [], ent.party, default=[])
    event: Ref | None = about("what brought it about", None, ent.resultOf)
    begin: str | None = about("the earliest day on which that may have begun", "2022-09-19")


RESOURCE = Resource(
    "agreements",
    "list-agreements",
    AgreementRow,
    "agreement",
)
