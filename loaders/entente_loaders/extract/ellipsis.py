"""Supplies whom a measure is against where a sentence leaves it out and the rest of the text leaves no doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from entente.model import EventType, Mention, Participant, Role
from entente_loaders.extract.candidates import Candidate
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.references import REFERENCE

__all__ = ["complete"]

_DIRECTED = frozenset({EventType.SANCTION, EventType.ATTACK})


def complete(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates with the recipients that they leave out ("the sanctions", in a text on those against one state).

    A sanction takes the one state that the document's sanctions are against, an attack the one that the same attacker's
    attacks are; where there are several, nothing is supplied.
    """
    targets: dict[object, dict[object, Mention]] = {}
    for candidate in candidates:
        for role, agent in candidate.parties:
            if candidate.type in _DIRECTED and role is Role.RECIPIENT:
                targets.setdefault(_key(candidate), {}).setdefault(Discourse.owner(agent), agent)
    return [_completed(candidate, targets.get(_key(candidate), {})) for candidate in candidates]


def _key(candidate: Candidate) -> object:
    return candidate.type if candidate.type is EventType.SANCTION else (candidate.type, candidate.states(Role.ACTOR))


def _completed(candidate: Candidate, targets: dict[object, Mention]) -> Candidate:
    directed = candidate.type in _DIRECTED and candidate.rule.kind == "event" and bool(candidate.parties)
    if not directed or len(targets) != 1 or candidate.states(Role.RECIPIENT):
        return candidate
    [(owner, agent)] = targets.items()
    if owner in candidate.states():
        return candidate
    target = agent._replace(use=REFERENCE)
    return replace(
        candidate,
        parties=(*candidate.parties, (Role.RECIPIENT, target)),
        facts=(*candidate.facts, Participant(target, Role.RECIPIENT)),
    )
