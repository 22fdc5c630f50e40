"""Facts that follow from the merged ones: states involved, dyads, PLOVER and CAMEO codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations, product

from entente.model import EventType, Iri, Triple
from entente.model.iri import vocab
from entente.model.terms import ent

__all__ = ["derive"]

_LARGEST_MEETING = 12
"""Beyond so many states a meeting tells nothing about each pair; dyads are not derived (domain.md §1.8)."""

_PLOVER: Mapping[EventType, str] = {
    EventType.JOINT_PATROL: "cooperate",
    EventType.PORT_CALL: "cooperate",
    EventType.TRANSIT: "mobilize",
    EventType.DEPLOYMENT: "mobilize",
    EventType.VISIT: "consult",
    EventType.TALKS: "consult",
    EventType.ARMS_TRANSFER: "aid",
    EventType.AID: "aid",
    EventType.SUPPORT: "support",
    EventType.ACCUSATION: "accuse",
    EventType.DEMAND: "request",
    EventType.THREAT: "threaten",
    EventType.SANCTION: "sanction",
    EventType.INCURSION: "coerce",
    EventType.ATTACK: "assault",
}
_AGREEMENT: Mapping[str, str] = {
    "signed": "support",
    "ratified": "support",
    "in_force": "support",
    "extended": "support",
    "suspended": "retreat",
    "terminated": "retreat",
}
_MILITARY = frozenset(
    {
        EventType.EXERCISE,
        EventType.JOINT_PATROL,
        EventType.PORT_CALL,
        EventType.TRANSIT,
        EventType.DEPLOYMENT,
        EventType.ARMS_TRANSFER,
        EventType.INCURSION,
        EventType.ATTACK,
    }
)


def derive(
    event: Iri,
    event_type: EventType,
    roles: Mapping[Iri, frozenset[str]],
    *,
    mode: str,
    status: str | None,
    dyad: Callable[[Iri, Iri], Iri],
) -> frozenset[Triple]:
    """Derive what follows from the states involved and the roles they play.

    Codes are those of the PLOVER 0.8 manual and, for joint exercises, CAMEO 062; the rule that a joint exercise is
    COOPERATE, a single state's MOBILIZE and a planned joint one AGREE is the manual's (section COOPERATE).
    """
    triples = {Triple(event, ent.involvesState, state) for state in roles}
    triples |= {Triple(event, ent.dyad, dyad(*pair)) for pair in _pairs(event_type, roles)}
    joint = len(roles) > 1
    code: str | None
    if event_type is EventType.EXERCISE:
        code = ("agree" if mode == "planned" else "cooperate") if joint else "mobilize"
    elif event_type is EventType.AGREEMENT:
        code = _AGREEMENT.get(status or "", "agree")
    else:
        code = _PLOVER.get(event_type)
    if code:
        triples.add(Triple(event, ent.plover, vocab("plover-event", code)))
    if event_type in _MILITARY:
        triples.add(Triple(event, ent.ploverContext, vocab("plover-context", "military")))
    if event_type is EventType.EXERCISE and code == "cooperate":
        triples.add(Triple(event, ent.cameo, vocab("cameo", "062")))
    return frozenset(triples)


def _pairs(event_type: EventType, roles: Mapping[Iri, frozenset[str]]) -> set[tuple[Iri, Iri]]:
    if len(roles) > _LARGEST_MEETING:
        return set()
    if event_type.symmetric:
        return set(combinations(sorted(roles), 2))
    actors = [state for state, held in roles.items() if "actor" in held]
    recipients = [state for state, held in roles.items() if "recipient" in held]
    return {(min(pair), max(pair)) for pair in product(actors, recipients) if pair[0] != pair[1]}
