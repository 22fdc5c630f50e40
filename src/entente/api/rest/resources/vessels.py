"""Ships."""

from __future__ import annotations

from entente.api.models import Ref
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent, skos

__all__ = ["RESOURCE", "VesselRow"]


class VesselRow(Row):
    """A ship in a list."""

    label: str | None = about("its name", "Qiqihar", skos.prefLabel)
    state: Ref | None = about("the state that it belongs to", None, ent.belongsToState)
    type: str | None = about("notation of the scheme vessel-type", "frigate", ent.vesselType)
    design: Ref | None = about("its class", None, ent.vesselClass)
    operator: Ref | None = about("the force that operates it", None, ent.operatedBy)
    pennant: str | None = about("its pennant number", "548", ent.pennantNumber)


RESOURCE = Resource(
    "vessels",
    "list-vessels",
    VesselRow,
    "vessel",
)
