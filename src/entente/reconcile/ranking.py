"""Ranks the entities that a text may mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz, process

from entente.model import EntityIndex
from entente.reconcile.gazetteer import IDS, Gazetteer, Record, Use
from entente.reconcile.kinds import KINDS, PROPERTIES
from entente.reconcile.spelling import fold, readings, sort_words

__all__ = ["Candidate", "Condition", "Query", "Reconciler"]

_LIKE = 72
_LIKE_NAMES = 60
_FUZZY_WORTH = 0.9
_WITH_STATE = 0.97
_MOST_PLACED = 3
_CERTAIN = 90
_MARGIN = 4
_DIFFERS = 0.7
_SHORTEST = 4
_OTHER_TYPE = 0.8


@dataclass(frozen=True, slots=True)
class Condition:
    """A property with the values that the entity should have: texts, or identifiers of entities."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a text (None: the conditions alone decide), the types allowed, conditions, and how many at most.

    `preferred` makes other types possible, behind those that are named.
    """

    text: str | None
    kinds: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limit: int = 5
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity with its score from 0 to 100, the tier (`exact`, `alias`, `code`, `fuzzy`, `property`), and certainty.

    `match` is true only where a name or a code meets the text as it is, no condition fails and no other entity is near.
    """

    record: Record
    score: float
    tier: str
    match: bool = False


class Reconciler:
    """Finds candidates over one index; what it needs of the index is read with the first question."""

    def __init__(self, index: EntityIndex) -> None:
        self._index = index

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names and codes."""
        return Gazetteer(self._index)

    @cached_property
    def _names_of_kind(self) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
        """The folded names that entities of each type bear, and the same with their words in alphabetic order."""
        names: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for name in self.gazetteer.names:
            for kind in {self.gazetteer.records[identifier].kind for identifier in self.gazetteer.named(name)}:
                names[kind].append(name)
        return {kind: (known, [sort_words(name) for name in known]) for kind, known in names.items()}

    def record(self, identifier: str) -> Record | None:
        """The entity of an identifier such as `state/RUS`, or of the IRI; None where there is none."""
        return self.gazetteer.records.get(identifier.removeprefix(IDS))

    def candidates(self, query: Query) -> list[Candidate]:
        """The candidates, best first; those of equal score by label and identifier."""
        ranked = []
        wanted = self._wanted(query.conditions)
        for identifier, use in self._found(query).items():
            record = self.gazetteer.records[identifier]
            if query.kinds and record.kind not in query.kinds:
                if not query.preferred:
                    continue
                use = Use(use.tier, use.score * _OTHER_TYPE)  # noqa: PLW2901
            met = [_meets(record, condition.property, values) for condition, values in wanted]
            score = use.score
            for fits in met if query.text else ():
                score = score + (100 - score) / 2 if fits else score * _DIFFERS
            ranked.append((Candidate(record, round(score, 1), use.tier), all(met)))
        ranked.sort(key=lambda pair: (-pair[0].score, pair[0].record.label, pair[0].record.id))
        if ranked and _certain(*ranked[0]) and (len(ranked) == 1 or ranked[0][0].score - ranked[1][0].score >= _MARGIN):
            ranked[0] = replace(ranked[0][0], match=True), True
        return [candidate for candidate, _ in ranked[: query.limit]]

    def beginning(self, text: str, kinds: Sequence[str] = ()) -> list[Record]:
        """The entities with a name that begins so, those that are named shortest first."""
        found: dict[str, int] = {}
        for name in self.gazetteer.beginning(fold(text)):
            for identifier in self.gazetteer.named(name):
                if not kinds or self.gazetteer.records[identifier].kind in kinds:
                    found[identifier] = min(len(name), found.get(identifier, len(name)))
        return [self.gazetteer.records[identifier] for identifier in sorted(found, key=lambda each: (found[each], each))]

    def _found(self, query: Query) -> Mapping[str, Use]:
        if query.text is None:
            return self._of_properties(query.conditions)
        found: dict[str, Use] = {}
        placed = islice(self._with_states(query.text, query.conditions), _MOST_PLACED)
        for text, worth in (*readings(query.text), *placed):
            for identifier, use in self._named(fold(text), query):
                read = Use(use.tier, use.score * worth)
                found[identifier] = max(read, found.get(identifier, read), key=lambda each: each.score)
        return found

    def _with_states(self, text: str, conditions: Sequence[Condition]) -> Iterator[tuple[str, float]]:
        """The text with the states that it should belong to: an `East Sea Fleet` of North Korea bears that name only so."""
        for condition in conditions if text else ():
            if condition.property == "state":
                states = (self.record(identifier) for value in condition.values for identifier in self._meant(value))
                yield from ((f"{text} of {state.label}", _WITH_STATE) for state in states if state and state.kind == "state")

    def _named(self, folded: str, query: Query) -> Iterator[tuple[str, Use]]:
        """The entities of a folded name, and of names that are like it."""
        yield from self.gazetteer.named(folded).items()
        if len(folded) < _SHORTEST:
            return
        turned = sort_words(folded)
        for kind in KINDS if query.preferred or not query.kinds else query.kinds:
            names, sorted_names = self._names_of_kind[kind]
            for given, known, worse in ((folded, names, 0), (turned, sorted_names, 1)):
                near = process.extract(given, known, scorer=fuzz.ratio, limit=_LIKE_NAMES, score_cutoff=_LIKE)
                for _, likeness, position in near:
                    for identifier, use in self.gazetteer.named(names[position]).items():
                        yield identifier, Use("fuzzy", (likeness - worse) * _FUZZY_WORTH * use.score / 100)

    def _of_properties(self, conditions: Sequence[Condition]) -> Mapping[str, Use]:
        found = {}
        wanted = self._wanted(conditions)
        for identifier, record in self.gazetteer.records.items():
            share = sum(_meets(record, condition.property, values) for condition, values in wanted) / len(wanted)
            if share:
                found[identifier] = Use("property", 100 * share)
        return found

    def _wanted(self, conditions: Sequence[Condition]) -> Sequence[tuple[Condition, frozenset[str]]]:
        """The conditions with what they allow: identifiers of entities, or folded texts."""
        return [
            (condition, frozenset(each for value in condition.values for each in self._meant(value)))
            if PROPERTIES[condition.property].entity
            else (condition, frozenset(map(fold, condition.values)))
            for condition in conditions
        ]

    def _meant(self, value: str) -> Iterator[str]:
        """The identifiers that a value of a property may stand for: itself, or those of the entities so named."""
        yield value.removeprefix(IDS)
        yield from self.gazetteer.named(fold(value))


def _meets(record: Record, name: str, allowed: frozenset[str]) -> bool:
    own = record.values.get(name, ())
    return not allowed.isdisjoint(own if PROPERTIES[name].entity else map(fold, own))


def _certain(candidate: Candidate, met: bool) -> bool:
    return met and candidate.tier != "fuzzy" and candidate.score >= _CERTAIN
