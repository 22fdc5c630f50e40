"""The types that texts are matched with, and the properties that their entities have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from entente.model import Kind

__all__ = ["KINDS", "PROPERTIES", "Property"]


@dataclass(frozen=True, slots=True)
class Property:
    """A property by which candidates are ranked and tables are extended; `entity` where its values are entities.

    `code` where a value of it may stand for the entity itself, `kinds` the types that have it, all where there are none.
    """

    id: str
    name: str
    description: str
    entity: bool = False
    code: bool = False
    kinds: tuple[str, ...] = ()


KINDS: Mapping[str, tuple[Kind, str, str]] = {
    "state": (Kind.STATE, "State", "A state, recognised by all or by some"),
    "force": (Kind.FORCE, "Military force", "The armed forces of a state, a branch or a formation of them"),
    "organ": (Kind.ORGAN, "Organ of a state", "A government, a ministry or another organ of a state"),
    "vessel": (Kind.VESSEL, "Vessel", "A ship or a submarine"),
    "place": (Kind.PLACE, "Place", "A sea, a strait, a port, a base or another place"),
    "organisation": (Kind.ORGANISATION, "International organisation", "An organisation or a coalition of states"),
    "series": (Kind.SERIES, "Exercise series", "A series of military exercises of one name"),
}
"""The types by their identifiers: kind of entity, name and description."""

_OF_STATE = "of the state: the entity itself, or the one that it belongs to"

PROPERTIES: Mapping[str, Property] = {
    each.id: each
    for each in (
        Property("label", "Label", "English name"),
        Property("state", "State", "The state itself, or the one that the entity belongs to", entity=True),
        Property("cow", "COW number", f"Correlates of War number {_OF_STATE}", code=True),
        Property("cow-abbreviation", "COW abbreviation", f"Correlates of War abbreviation {_OF_STATE}", code=True),
        Property("gw", "GW number", f"Gleditsch and Ward number {_OF_STATE}", code=True),
        Property("iso-alpha2", "ISO alpha-2", f"ISO 3166-1 alpha-2 code {_OF_STATE}", code=True),
        Property("iso-alpha3", "ISO alpha-3", f"ISO 3166-1 alpha-3 code {_OF_STATE}", code=True),
        Property("iso-numeric", "ISO numeric", f"ISO 3166-1 numeric code {_OF_STATE}", code=True),
        Property("wikidata", "Wikidata QID", "Item of Wikidata that is the same", code=True),
        Property("pennant", "Pennant number", "Pennant or hull number of the vessel", code=True, kinds=("vessel",)),
    )
}
"""The properties by their identifiers."""
