"""The kinds that mentions, events, claims and their facts are sorted into; each is a scheme of the vocabulary."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "AttributionLevel",
    "CountQualifier",
    "EventStatus",
    "EventType",
    "Kind",
    "Modality",
    "Mode",
    "Role",
]


class _Kinds(StrEnum):
    """Kinds that equal their names in the vocabulary, and hash like them; an enumeration's own hash is slow besides."""

    __hash__ = str.__hash__


class Kind(_Kinds):
    """What sort of thing a mention names."""

    STATE = "state"
    ORGAN = "organ"
    FORCE = "force"
    ORGANISATION = "organisation"
    ARMED_GROUP = "armed_group"
    PERSON = "person"
    PLACE = "place"
    VESSEL = "vessel"
    SERIES = "series"
    AGREEMENT = "agreement"
    EVENT = "event"


class EventType(_Kinds):
    """Interstate event types (scheme `event-type`; ../shared/gold/GUIDELINES.md, 'Event types')."""

    EXERCISE = "exercise"
    JOINT_PATROL = "joint_patrol"
    PORT_CALL = "port_call"
    TRANSIT = "transit"
    DEPLOYMENT = "deployment"
    VISIT = "visit"
    TALKS = "talks"
    AGREEMENT = "agreement"
    ARMS_TRANSFER = "arms_transfer"
    AID = "aid"
    DIPLOMATIC_STATUS = "diplomatic_status"
    SUPPORT = "support"
    ACCUSATION = "accusation"
    DEMAND = "demand"
    THREAT = "threat"
    SANCTION = "sanction"
    INCURSION = "incursion"
    ATTACK = "attack"

    @property
    def symmetric(self) -> bool:
        """Whether all parties take part alike (guideline, rule 2)."""
        return self in _SYMMETRIC

    @property
    def lasting(self) -> bool:
        """Whether it takes days, so that one date is its begin, its end or a day in between."""
        return self in _LASTING

    @property
    def speech_act(self) -> bool:
        """Whether the event consists in saying something, so that what is said stays a claim of the speaker's."""
        return self in _SPEECH_ACTS


_SYMMETRIC = {EventType.EXERCISE, EventType.JOINT_PATROL, EventType.TALKS, EventType.AGREEMENT}
_LASTING = {EventType.EXERCISE, EventType.JOINT_PATROL}
_SPEECH_ACTS = {EventType.SUPPORT, EventType.ACCUSATION, EventType.DEMAND, EventType.THREAT}


class Mode(_Kinds):
    """Whether the event is said to have happened (scheme `mode`; guideline, rule 3)."""

    ACTUAL = "actual"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"

    @property
    def modality(self) -> Modality:
        """In what sense a statement about an event of this mode is put forward."""
        return _MODALITY[self]


class EventStatus(_Kinds):
    """Where an event stands in its life (scheme `event-status`; guideline, rule 4)."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    PLANNED = "planned"
    STARTED = "started"
    ONGOING = "ongoing"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    AGREED = "agreed"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Role(_Kinds):
    """The part a participant plays (scheme `role-type`)."""

    PARTICIPANT = "participant"
    HOST = "host"
    OBSERVER = "observer"
    ACTOR = "actor"
    RECIPIENT = "recipient"


class AttributionLevel(_Kinds):
    """How the text hands on a statement (scheme `attribution-level`)."""

    DIRECT_QUOTE = "direct-quote"
    INDIRECT_SPEECH = "indirect-speech"
    NARRATION = "narration"
    HEADLINE = "headline"


class Modality(_Kinds):
    """In what sense the speaker puts the statement forward (scheme `modality`)."""

    ASSERTED = "asserted"
    DENIED = "denied"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    ASPIRATION = "aspiration"
    OPINION = "opinion"


_MODALITY = {
    Mode.ACTUAL: Modality.ASSERTED,
    Mode.PLANNED: Modality.PLANNED,
    Mode.HYPOTHETICAL: Modality.CONDITIONAL,
    Mode.NEGATED: Modality.DENIED,
}


class CountQualifier(_Kinds):
    """How exactly a number is meant (scheme `count-qualifier`)."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at-least"
    UNSPECIFIED_PLURAL = "unspecified-plural"
