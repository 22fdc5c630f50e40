"""Who a sentence tells of, whether or not a rule finds an event in it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from entente.model import Iri, Kind, Mention
from entente_loaders.extract.frames import Reading
from entente_loaders.extract.units import Unit

__all__ = ["sides"]

_ENOUGH = 2
# What these lead is no part of what is told: it gives its reason or its occasion.
_OCCASIONS = frozenset({"because of", "in response to", "despite", "ahead of", "following", "amid", "after", "since"})
# A frame that begins further into the sentence closes it ("..., the Thai army said"); its speaker only reports.
_LEAD = 25


class _Rank(IntEnum):
    """How a state stands in its sentence, the closest to what is told first."""

    PARTY = 0
    OWNER = 1
    NAMED = 2
    ASIDE = 3
    REPORTER = 4


def sides(reading: Reading) -> tuple[Iri, ...]:
    """Give the states that a sentence tells of, in the order of the text.

    Parties come first, up to the noun group that makes them two; where there are fewer, also the states that things belong
    to, then those that are places, then those that only by-clauses name. A state that merely reports counts where there is
    no other.
    """
    best: dict[Iri, _Rank] = {}
    for states, rank in _standing(reading):
        acting = sum(standing is _Rank.PARTY for standing in best.values())
        late = rank is _Rank.PARTY and acting >= _ENOUGH
        for state in states:
            best[state] = min(_Rank.ASIDE if late else rank, best.get(state, _Rank.REPORTER))
    chosen: set[Iri] = set()
    for rank in _Rank:
        if len(chosen) < _ENOUGH and (rank is not _Rank.REPORTER or not chosen):
            chosen.update(state for state, standing in best.items() if standing is rank)
    return tuple(state for state in best if state in chosen)


def _standing(reading: Reading) -> Iterator[tuple[list[Iri], _Rank]]:
    """Give the states of each noun group by how they stand in it."""
    units, first = reading.clause.units, reading.span.start
    closing = [scope.frame for scope in reading.attribution.scopes if scope.frame[0] > first + _LEAD]
    aside = min((unit.start for unit in units if unit.start > first and _opens_aside(unit)), default=reading.span.end)
    for unit in units:
        reports = any(start <= unit.start < end for start, end in closing)
        for rank, mentions in ((_Rank.PARTY, unit.agents), (_Rank.OWNER, unit.owners), (_Rank.NAMED, unit.names)):
            states = [state for mention in mentions if (state := _state(mention)) is not None]
            if states:
                yield states, _Rank.REPORTER if reports else _Rank.ASIDE if unit.start > aside else rank


def _state(mention: Mention) -> Iri | None:
    if mention.state is None and mention.kind is Kind.STATE:
        return next(iter(mention.entities), None)
    return mention.state


def _opens_aside(unit: Unit) -> bool:
    return unit.kind in {"SUB", "WH"} or unit.preposition in _OCCASIONS
