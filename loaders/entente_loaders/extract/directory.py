"""The index as the extractor asks it: readings of names, and what a state's forces and organs are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol

from entente.model import Entity, EntityIndex, Iri, Kind, Mention, Name, Span
from entente.model.iri import entity
from entente_loaders.extract.leaders import Leader, read_leaders
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Hit

__all__ = ["Directory", "TermIndex", "british"]


_NAMES_REMEMBERED = 1 << 14
_Reading = tuple[Kind, tuple[Iri, ...], Iri | None, Iri | None, str]
"""Kind, entities, state, concept and use of the mention that a name makes."""


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


_ANY_SHIP = frozenset({"ship", "vessel", "warship", "naval ship", "naval vessel"})


def _ship_name(surface: str) -> str:
    """Give a ship's name without prefix and disambiguation: "CNS Qiqihar", "Rezky (corvette)"."""
    words = surface.split(" (", 1)[0].split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in lexicon().ship_prefixes else words).lower()


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
        self._ships: dict[str, list[Iri]] = defaultdict(list)
        for name in index.names():
            known = index.entity(name.entity)
            if known is None:
                continue
            self._surfaces[british(name.surface.lower())].append(name.entity)
            if name.use in {"demonym", "name"}:
                self._adjectives[name.entity].append(name.surface.lower())
            if known.kind is Kind.VESSEL:
                self._ships[_ship_name(name.surface)].append(name.entity)
        self._vessels = index.terms("vessel-type")
        self._materiel = index.terms("materiel-type")
        # The same few thousand names come again and again.
        self._best = lru_cache(maxsize=_NAMES_REMEMBERED)(self._reading)
        self._leaders = read_leaders(lexicon().leaders, self.state)

    def entity(self, iri: Iri) -> Entity | None:
        """Give the entity with this IRI."""
        return self._index.entity(iri)

    def concept(self, noun: str) -> Iri | None:
        """Give the vessel or materiel type that a noun's lemma names, by its last words where it is finer than any."""
        words = noun.split()
        phrases = (" ".join(words[at:]) for at in range(len(words)))
        return next((found for one in phrases if (found := self._vessels.get(one) or self._materiel.get(one))), None)

    def state(self, code: str) -> Iri | None:
        """Give the state with this code, if it is known."""
        iri = entity("state", code)
        return iri if self._index.entity(iri) is not None else None

    def leaders(self, surname: str) -> tuple[Leader, ...]:
        """Give the heads of state and government with this surname."""
        return self._leaders.get(surname, ())

    def ship_state(self, hit: Hit) -> Iri | None:
        """Give the state of the ship that a name can only mean; None where it is no ship's name or several bear it."""
        known = [self.entity(name.entity) for name in hit.names]
        states = {one.state if one is not None and one.kind is Kind.VESSEL else None for one in known}
        return states.pop() if len(states) == 1 else None

    def ships(self, name: str, state: Iri, noun: str) -> tuple[Iri, ...]:
        """Give the ship of this state that a bare name means; none where the noun before it speaks of another type."""
        kind = self.concept(noun)
        found: dict[Iri, None] = {}
        for iri in self._ships.get(_ship_name(name), ()):
            known = self.entity(iri)
            if known is not None and known.state == state and (noun in _ANY_SHIP or kind == known.concept):
                found[iri] = None
        return tuple(found) if len(found) == 1 else ()

    def read(self, hit: Hit, text: str, *, adjective: bool = False, place: bool = False) -> Mention | None:
        """Make a mention of a name; None where it has no reading of the kind that is asked for.

        Of several readings the most state-like counts; with `adjective` a demonym goes first, with `place` only places do.
        A name that several entities of one kind bear has all of them, and stands for no state.
        """
        best = self._best(hit.names, adjective, place)
        if best is None:
            return None
        kind, entities, state, concept, use = best
        return Mention(Span(hit.start, hit.end), text[hit.start : hit.end], kind, entities, state, concept=concept, use=use)

    def _reading(self, names: tuple[Name, ...], adjective: bool, place: bool) -> _Reading | None:
        readings = [(name, known) for name in names if (known := self.entity(name.entity)) is not None]
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
        concept = best.concept if best.kind is Kind.VESSEL else None
        return best.kind, same, state if len(same) == 1 else None, concept, name.use

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
