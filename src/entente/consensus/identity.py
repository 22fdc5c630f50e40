"""Which accounts tell of one and the same event: keys that block, a score for pairs, and connected components.

The result depends on the set of accounts only, never on the order in which they arrive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from entente.consensus.account import BEGIN, END, Account, first
from entente.model import EventType, Iri, Literal
from entente.model.iri import digest, entity, slug
from entente.model.terms import ent

__all__ = ["THRESHOLD", "Descriptor", "Match", "all_matches", "canonical_iri", "components", "describe", "match", "notation"]

THRESHOLD = 0.8
"""Least score at which two accounts are taken to tell of one event (../shared/design/extraction.md §3.2, stage 6)."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST = {EventType.EXERCISE: 31, EventType.JOINT_PATROL: 31}
_LONGEST_OTHER = 3
_PLACE_WEIGHT, _DATE_WEIGHT, _STATES_WEIGHT = 0.25, 0.3, 0.45
_UNKNOWN_PLACE = 0.6


def notation(concept: Iri) -> str:
    """The last part of a concept's IRI, its notation."""
    return concept.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What identity is decided on: editions are (series or name, year) pairs, `window` the days it can have lasted."""

    iri: Iri
    article: Iri
    type: EventType
    states: frozenset[Iri]
    editions: frozenset[str]
    window: tuple[date, date] | None
    places: frozenset[Iri]

    @property
    def keys(self) -> tuple[str, ...]:
        """The blocks it belongs to: only accounts that share a key can be one event."""
        keys = [f"{self.type}|{edition}" for edition in sorted(self.editions)]
        if self.window and self.states and not self.type.speech_act:
            states = "+".join(sorted(notation(state) for state in self.states))
            low, high = self.window
            months = {(low + timedelta(days=n)).strftime("%Y-%m") for n in range((high - low).days + 1)}
            keys += [f"{self.type}|{states}|{month}" for month in sorted(months)]
        return tuple(keys)


@dataclass(frozen=True, slots=True)
class Match:
    """Two accounts of one event: with what score and by which rule."""

    pair: tuple[Iri, Iri]
    score: float
    rule: str


def describe(account: Account, state_of: Callable[[Iri], Iri | None]) -> Descriptor:
    """Gather what identity is decided on."""
    event_type = EventType(notation(account.type))
    states = set()
    for value in account.values.values():
        agent = first(value, ent.participant)
        if isinstance(agent, Iri) and (state := state_of(agent)) is not None:
            states.add(state)
    days = _days(account)
    return Descriptor(
        iri=account.iri,
        article=account.article,
        type=event_type,
        states=frozenset(states),
        editions=_editions(account, days),
        window=_window(days, event_type),
        places=frozenset(place for place in account.said(ent.location) if isinstance(place, Iri)),
    )


def _days(account: Account) -> list[date]:
    """All bounds that the account gives for begin and end, sorted."""
    bounds = (first(value, predicate) for value in account.values.values() for predicate in (*BEGIN, *END))
    return sorted(date.fromisoformat(bound.lexical) for bound in bounds if isinstance(bound, Literal))


def _window(days: Sequence[date], event_type: EventType) -> tuple[date, date] | None:
    """The days between the earliest begin and the latest end, None where that is open or too long to tell events apart."""
    if not days or (days[-1] - days[0]).days > _LONGEST.get(event_type, _LONGEST_OTHER):
        return None
    return days[0], days[-1]


def _editions(account: Account, days: Sequence[date]) -> frozenset[str]:
    """Named editions with their year: from the name itself, else from the event's dates, else from the publication."""
    names = [name.lexical for name in account.said(ent.name) if isinstance(name, Literal)]
    series = [notation(s) for s in account.said(ent.editionOf) if isinstance(s, Iri)]
    years = sorted({year for name in names for year in _YEAR.findall(name)})
    day = days[0] if days else account.published
    if not years and day:
        years = [str(day.year)]
    stems = series or [slug(_YEAR.sub("", name)) for name in names]
    return frozenset(f"{stem}-{year}" for stem in stems for year in years)


def match(one: Descriptor, other: Descriptor) -> Match | None:
    """Score a pair; None below THRESHOLD.

    A common edition always matches, so that one edition never has two canonical IRIs. Else accounts of one article are not
    matched, since telling its events apart is the extractor's work, nor are speech acts, since one government may say two
    things on a day.
    """
    if one.type is not other.type:
        return None
    pair = (min(one.iri, other.iri), max(one.iri, other.iri))
    if one.editions and other.editions:
        return Match(pair, 1.0, "edition.v1") if one.editions & other.editions else None
    if one.article == other.article or one.type.speech_act:
        return None
    if not one.states or one.states != other.states or not (one.window and other.window):
        return None
    if one.window[0] > other.window[1] or other.window[0] > one.window[1]:
        return None
    place = _UNKNOWN_PLACE if not (one.places and other.places) else float(bool(one.places & other.places))
    score = _STATES_WEIGHT + _DATE_WEIGHT + _PLACE_WEIGHT * place
    return Match(pair, score, "states-dates-place.v1") if score >= THRESHOLD else None


def all_matches(descriptors: Mapping[Iri, Descriptor]) -> tuple[Match, ...]:
    """Match all accounts that share a block with one another, in the order of their pairs."""
    blocks: dict[str, list[Descriptor]] = {}
    for descriptor in descriptors.values():
        for key in descriptor.keys:
            blocks.setdefault(key, []).append(descriptor)
    pairs: dict[tuple[Iri, Iri], Match] = {}
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if found := match(one, other):
                pairs[found.pair] = found
    return tuple(pairs[pair] for pair in sorted(pairs))


def components(nodes: Iterable[Iri], links: Iterable[tuple[Iri, Iri]]) -> tuple[tuple[Iri, ...], ...]:
    """Part the nodes into connected components, each sorted, in the order of their first members."""
    neighbours: dict[Iri, set[Iri]] = {node: set() for node in nodes}
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    seen: set[Iri] = set()
    found = []
    for start in sorted(neighbours):
        if start in seen:
            continue
        component, edge = {start}, [start]
        while edge:
            fresh = neighbours[edge.pop()] - component
            component |= fresh
            edge += fresh
        seen |= component
        found.append(tuple(sorted(component)))
    return tuple(found)


def canonical_iri(members: Sequence[Descriptor]) -> Iri:
    """Name a component: by its edition where it has one, else by states, date and a digest of its first member."""
    kind = members[0].type.replace("_", "-")
    editions = Counter(edition for member in members for edition in member.editions)
    if editions:
        [best] = sorted(editions, key=lambda edition: (-editions[edition], edition))[:1]
        return entity(kind, best)
    states = sorted({notation(state).lower() for member in members for state in member.states})
    days = [member.window[0] for member in members if member.window]
    when = min(days).isoformat() if days else "undated"
    anchor = digest(min(member.iri for member in members), length=6)
    return entity(kind, "-".join([*states[:4], when, anchor]))
