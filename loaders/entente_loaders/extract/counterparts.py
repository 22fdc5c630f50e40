"""The other side of a speech act that names none: "China denied the report" answers whoever accused China."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from entente.model import EventType, Mention, Participant, Role
from entente_loaders.extract.candidates import Candidate
from entente_loaders.extract.discourse import Discourse

__all__ = ["with_counterparts"]

# Only the nearest quarrels are compared, so that a text of any length costs in proportion.
_COMPARED = 50
_DOING = frozenset({Role.ACTOR, Role.PARTICIPANT, Role.HOST})
_QUARRELS = frozenset({EventType.ACCUSATION, EventType.DEMAND, EventType.THREAT})


def with_counterparts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates, in their order, with the recipients that were only guessed put right by the rest of the text.

    What is said of an event ("condemned the drills") is said to those who act in it. An answer goes to who made the charge,
    another act without a named recipient to whom its actor last quarrelled with.
    """
    acts: dict[EventType | None, Candidate] = {}
    named = (one for one in candidates if one.type in _QUARRELS and not one.guessed and one.states(Role.RECIPIENT))
    quarrels = sorted(named, key=_place)
    done: list[Candidate] = []
    for candidate in candidates:
        if not candidate.guessed:
            done.append(candidate)
            if candidate.parties and candidate.rule.kind == "event":
                acts[candidate.type] = candidate
        elif others := _actors(acts.get(candidate.about), candidate) or _others(candidate, quarrels):
            done.append(_with_recipients(candidate, others))
        else:
            done.append(candidate)
    return done


def _actors(act: Candidate | None, candidate: Candidate) -> tuple[Mention, ...]:
    """Give who else takes part in the event that a speech act is about."""
    mine = candidate.states(Role.ACTOR)
    parties = act.parties if act is not None and candidate.about is not None else ()
    return tuple(agent for role, agent in parties if role in _DOING and Discourse.owner(agent) not in mine)


def _place(candidate: Candidate) -> int:
    return candidate.trigger.start


def _others(candidate: Candidate, quarrels: Sequence[Candidate]) -> tuple[Mention, ...]:
    """Give the other side of the quarrel nearest before the candidate, else nearest after it."""
    mine = candidate.states(Role.ACTOR)
    at = candidate.trigger.start
    here = bisect_left(quarrels, at, key=_place)
    quarrels = quarrels[max(0, here - _COMPARED) : here + _COMPARED]
    answered = [one for one in quarrels if one.states(Role.RECIPIENT) & mine and not one.states(Role.ACTOR) & mine]
    own = [] if candidate.rule.answers else [one for one in quarrels if one.states(Role.ACTOR) & mine]
    fitting = answered + own
    if not fitting:
        return ()
    nearest = min(fitting, key=lambda one: (one.trigger.start > at, abs(one.trigger.start - at)))
    side = Role.RECIPIENT if nearest in own else Role.ACTOR
    return tuple(agent for role, agent in nearest.parties if role is side)


def _with_recipients(candidate: Candidate, others: Sequence[Mention]) -> Candidate:
    kept = tuple((role, agent) for role, agent in candidate.parties if role is not Role.RECIPIENT)
    facts = tuple(fact for fact in candidate.facts if not (isinstance(fact, Participant) and fact.role is Role.RECIPIENT))
    parties = tuple((Role.RECIPIENT, other) for other in others)
    return replace(candidate, parties=kept + parties, facts=(*(Participant(agent, role) for role, agent in parties), *facts))
