"""The index as the extractor asks it: readings of names, and what a state's forces and organs are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Protocol

from entente.model import Entity, EntityIndex, Iri, Kind, Mention, Span
from entente_loaders.extract.tokens import Hit

__all__ = ["Directory", "TermIndex", "british"]


class TermIndex(EntityIndex, Protocol):
    """An index that also knows the concepts of its vocabularies by the lemmas of their names."""

    def terms(self, scheme: str) -> Mapping[str, Iri]:
        """The concepts of a scheme (`vessel-type`, `materiel-type`, `activity-type`, `target-type`) by lemma."""


_SPELLINGS = (("defense", "defence"), ("theater", "theatre"), ("maneuver", "manoeuvre"))


_KIND_ORDER = {
    kind: order
    for order, kind in enumerate(
        (
            Kind.STATE,
            Kind.ORGAN,
            Kind.FORCE,
            Kind.ORGANISATION,
            Kind.ARMED_GROUP,
            Kind.SERIES,
            Kind.AGREEMENT,
            Kind.VESSEL,
            Kind.PERSON,
            Kind.PLACE,
        )
    )
}


def british(phrase: str) -> str:
    """Spell a noun the British way, so that "defense" and "defence" are one head."""
    for american, british in _SPELLINGS:
        phrase = phrase.replace(american, british)
    return phrase


class Directory:
    """The index as the extractor asks it: readings of a name, and what a state's forces and organs are called."""

    def __init__(self, index: TermIndex) -> None:
        self._index = index
        self._surfaces: dict[str, list[Iri]] = defaultdict(list)
        self._adjectives: dict[Iri, list[str]] = defaultdict(list)
        for name in index.names():
            self._surfaces[british(name.surface.lower())].append(name.entity)
            if name.use in {"demonym", "name"}:
                self._adjectives[name.entity].append(name.surface.lower())
        self._vessels = index.terms("vessel-type")
        self._materiel = index.terms("materiel-type")

    def entity(self, iri: Iri) -> Entity | None:
        """Give the entity with this IRI."""
        return self._index.entity(iri)

    def concept(self, noun: str) -> Iri | None:
        """Give the vessel or materiel type that a noun's lemma names."""
        return self._vessels.get(noun) or self._materiel.get(noun)

    def read(self, hit: Hit, text: str, *, adjective: bool = False, place: bool = False) -> Mention | None:
        """Make a mention of a name; None where it has no reading of the kind that is asked for.

        Of several readings the most state-like counts; with `adjective` a demonym goes first, with `place` only places do.
        A name that several entities of one kind bear has all of them, and stands for no state.
        """
        readings = [(name, known) for name in hit.names if (known := self.entity(name.entity)) is not None]
        if place:
            readings = [(name, known) for name, known in readings if known.kind is Kind.PLACE]
        if not readings:
            return None
        unfit = "people" if not adjective else None
        readings.sort(
            key=lambda pair: (
                adjective and pair[0].use != "demonym",
                pair[0].use == unfit,
                _KIND_ORDER[pair[1].kind],
                pair[0].use,
                pair[1].iri,
            )
        )
        name, best = readings[0]
        same = tuple(dict.fromkeys(other.iri for _, other in readings if other.kind is best.kind))
        state = best.iri if best.kind is Kind.STATE else best.state
        return Mention(
            span=Span(hit.start, hit.end),
            text=text[hit.start : hit.end],
            kind=best.kind,
            entities=same,
            state=state if len(same) == 1 else None,
            concept=best.concept if best.kind is Kind.VESSEL else None,
            use=name.use,
        )

    def known(self, state: Iri, phrase: str) -> tuple[Iri, ...]:
        """Give the known forces or organs that this state's adjective and the phrase name together."""
        phrase = british(phrase)
        found: dict[Iri, None] = {}
        for adjective in self._adjectives.get(state, ()):
            for joint in (f"{adjective} {phrase}", f"{adjective}'s {phrase}"):
                for iri in self._surfaces.get(joint, ()):
                    if (known := self.entity(iri)) is not None and known.kind in {Kind.FORCE, Kind.ORGAN}:
                        found[iri] = None
        return tuple(found)
