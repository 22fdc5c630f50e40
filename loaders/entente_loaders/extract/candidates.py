"""Candidates: what a rule's match in one sentence says of an event, before the document's events are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from entente.model import (
    AttributionLevel,
    During,
    EventStatus,
    EventType,
    Fact,
    Iri,
    Mention,
    Mode,
    Naming,
    Participant,
    Role,
    Span,
    StatusIs,
    When,
)
from entente.model.iri import entity
from entente_loaders.extract.behind import behind
from entente_loaders.extract.dating import event_date
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.facts import details, evidence, parties, since, wording
from entente_loaders.extract.frames import Frame, Reading, frame_of, passes_over
from entente_loaders.extract.grammar import mode_at, status_at
from entente_loaders.extract.patterns import Match
from entente_loaders.extract.placing import locations
from entente_loaders.extract.rules import Rule
from entente_loaders.extract.slots import naming
from entente_loaders.extract.times import moment, spoken_bound
from entente_loaders.extract.units import Unit

__all__ = ["Candidate", "read_match"]

_STAGED = frozenset(
    {event for event in EventType if event.lasting}
    | {EventType.AGREEMENT, EventType.VISIT, EventType.TALKS, EventType.ARMS_TRANSFER, EventType.PORT_CALL}
)
# What a body's council decides is the body's act: "UN sanctions" are those that the Security Council adopted.
_WHOLES: Mapping[Iri, Iri] = {
    entity("organisation", organ): entity("organisation", whole)
    for organ, whole in (("UNSC", "UN"), ("UNGA", "UN"), ("CEU", "EU"), ("EUCO", "EU"), ("EC", "EU"), ("NAC", "NATO"))
}
_EVENT_NOUNS = {
    "N.EXERCISE": EventType.EXERCISE,
    "N.PATROL": EventType.JOINT_PATROL,
    "N.TRANSIT": EventType.TRANSIT,
    "N.PORT_CALL": EventType.PORT_CALL,
    "N.VISIT": EventType.VISIT,
    "N.TALKS": EventType.TALKS,
    "N.AGREEMENT": EventType.AGREEMENT,
    "N.ARMS_DEAL": EventType.ARMS_TRANSFER,
    "N.ATTACK": EventType.ATTACK,
    "N.INCURSION": EventType.INCURSION,
    "N.SANCTION": EventType.SANCTION,
}
# A noun alone ("after the summit") speaks of something that is over, unless the words around it say otherwise.
_UNMARKED = {
    EventType.TALKS: EventStatus.CONCLUDED,
    EventType.VISIT: EventStatus.CONCLUDED,
    EventType.AGREEMENT: EventStatus.AGREED,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One match: the parties by role, the facts it states, and who states them.

    `nominal` tells that a noun alone speaks of the event, `behind` that its clause puts it behind the news. `guessed` tells
    that the match names no recipient, and the state most spoken of stands for one; `about` is then the type of the event
    that the act is about, where it names it ("condemned the drills"). `since` is when a relation began, by date or by an
    event.
    """

    rule: Rule
    type: EventType | None
    parties: tuple[tuple[Role, Mention], ...]
    facts: tuple[Fact, ...]
    mode: Mode
    evidence: Span
    trigger: Span
    speaker: Mention | None
    level: AttributionLevel
    said: tuple[Unit, ...]
    time: When | None
    name: Naming | None
    definite: bool
    label: str
    nominal: bool
    behind: bool
    guessed: bool
    about: EventType | None = None
    since: tuple[When | None, Mention | None] = (None, None)

    def states(self, *roles: Role) -> frozenset[Iri]:
        """Give the states (or organisations) in these roles, or in any."""
        owners = (Discourse.owner(agent) for role, agent in self.parties if not roles or role in roles)
        return frozenset(_WHOLES.get(owner, owner) for owner in owners if owner is not None)


def read_match(rule: Rule, match: Match, reading: Reading) -> Candidate | None:
    """Read a match into a candidate; None when it lacks a party that the rule needs, or its trigger is only repeated."""
    frame = frame_of(rule, match, reading)
    found = parties(frame)
    if frame.trigger.virtual or found is None or (rule.kind == "event" and passes_over(frame)):
        return None
    sub_facts = tuple(details(frame, found))
    if rule.kind == "detail" and not sub_facts:
        return None
    mode = rule.mode or mode_at(frame.units, match.start, frame.verb_at, frame.trigger_at)
    status = _status(frame, mode)
    span = evidence(frame)
    level, speaker = reading.attribution.level_at(frame.trigger.start)
    if rule.kind == "remark" and level is not AttributionLevel.NARRATION:
        return None
    if rule.speaker:
        # The outlet tells that the party says so; who says it is no source beside the party.
        level, speaker = AttributionLevel.NARRATION, None
    said = frame.scope.said if frame.scope is not None else ()
    time = _time(frame, status, mode, said)
    named = rule.event is not None and rule.event.lasting and frame.trigger.kind == "NP"
    name = naming(frame.units, frame.trigger_at, frame.stop, reading.text) if named else None
    # What a fleet is made of says nothing of its part in the event.
    listed = rule.kind == "detail" and rule.joins
    facts: list[Fact] = [] if listed else [Participant(agent, role) for role, agent in found]
    facts.extend(wording(frame, found) if rule.content else locations(frame, found))
    if name is not None:
        facts.append(name)
    if status is not None:
        facts.append(StatusIs(status))
    if time is not None:
        facts.append(During(time))
    facts.extend(sub_facts)
    guessed = rule.other is not None and rule.other not in {name.split("__")[0] for name in match.roles}
    return Candidate(
        rule=rule,
        type=rule.event,
        parties=found,
        facts=tuple(dict.fromkeys(facts)),
        mode=mode,
        evidence=span,
        trigger=frame.trigger.span,
        speaker=speaker,
        level=level,
        said=said,
        time=time,
        name=name,
        definite="DEF" in frame.trigger.classes,
        label=_label(frame) if rule.kind == "relation" else "",
        nominal=frame.verb_at is None,
        behind=behind(frame, mode),
        guessed=guessed,
        about=_about(frame) if guessed else None,
        since=since(frame) if rule.kind == "relation" else (None, None),
    )


def _about(frame: Frame) -> EventType | None:
    """Give the type of the event that a definite noun after the verb speaks of."""
    after = frame.verb_at if frame.verb_at is not None else frame.trigger_at
    noun = next((unit for unit in frame.units[after + 1 : frame.stop] if unit.kind == "NP"), None)
    if noun is None or "DEF" not in noun.classes:
        return None
    return next((event for cls, event in _EVENT_NOUNS.items() if cls in noun.classes), None)


def _status(frame: Frame, mode: Mode) -> EventStatus | None:
    event = frame.rule.event
    if event not in _STAGED or frame.rule.adds:
        return None
    status = frame.rule.status or status_at(frame.units, frame.verb_at)
    if status is None and frame.verb_at is None and event in _UNMARKED and mode in {Mode.ACTUAL, Mode.PLANNED}:
        return _UNMARKED[event] if mode is Mode.ACTUAL else EventStatus.PLANNED
    return status


def _time(frame: Frame, status: EventStatus | None, mode: Mode, said: tuple[Unit, ...]) -> When | None:
    event = frame.rule.event
    time = event_date(frame, status, mode)
    if time is not None or event is None or not said:
        return time
    if event.lasting:
        verb = frame.units[frame.verb_at] if frame.verb_at is not None else None
        over = status is EventStatus.CONCLUDED and (verb is None or not verb.has("V.END"))
        return spoken_bound(said, None if over else status)
    return moment(said[0].date) if event.speech_act and said[0].date is not None else None


def _label(frame: Frame) -> str:
    """Give the words that label a relation: a noun group, two joined by a preposition, or a deed and its object."""
    first, last = frame.match.roles["label"]
    last = frame.match.roles.get("label__2", (first, last))[1]
    words = [token for unit in frame.units[first:last] for token in unit.tokens]
    deed = frame.role("deed")
    if deed is not None:
        return " ".join(token.text for token in (frame.units[deed].tokens[-1], *words))
    return " ".join(token.text for token in words if token.lower == "no" or token.tag not in {"DT", "PRP$"})
