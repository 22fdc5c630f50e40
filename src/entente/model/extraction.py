"""What an extractor finds in a document: mentions, and events with the claims that state them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from entente.model.document import Document, Span
from entente.model.rdf import Iri
from entente.model.time import When

__all__ = [
    "Activity",
    "ActivityCount",
    "Aim",
    "AttributionLevel",
    "Claim",
    "Concerns",
    "Content",
    "Contribution",
    "CountQualifier",
    "Detachment",
    "During",
    "Event",
    "EventStatus",
    "EventType",
    "Extraction",
    "Fact",
    "Kind",
    "Link",
    "Location",
    "Mention",
    "Modality",
    "Mode",
    "Naming",
    "Participant",
    "Rejection",
    "Relation",
    "Resolution",
    "Role",
    "StatusIs",
]


class Kind(StrEnum):
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


class EventType(StrEnum):
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


class Mode(StrEnum):
    """Whether the event is said to have happened (scheme `mode`; guideline, rule 3)."""

    ACTUAL = "actual"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"

    @property
    def modality(self) -> Modality:
        """In what sense a statement about an event of this mode is put forward."""
        return _MODALITY[self]


class EventStatus(StrEnum):
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


class Role(StrEnum):
    """The part a participant plays (scheme `role-type`)."""

    PARTICIPANT = "participant"
    HOST = "host"
    OBSERVER = "observer"
    ACTOR = "actor"
    RECIPIENT = "recipient"


class AttributionLevel(StrEnum):
    """How the text hands on a statement (scheme `attribution-level`)."""

    DIRECT_QUOTE = "direct-quote"
    INDIRECT_SPEECH = "indirect-speech"
    NARRATION = "narration"
    HEADLINE = "headline"


class Modality(StrEnum):
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


class CountQualifier(StrEnum):
    """How exactly a number is meant (scheme `count-qualifier`)."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at-least"
    UNSPECIFIED_PLURAL = "unspecified-plural"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or description of an entity in the text.

    `entities` are the index's candidates, best first, empty for a name that the index does not know. `state` owns a
    force or organ that was composed from a state and a noun ("Russian navy"); `head` is that noun's lemma, or the noun
    that betrayed the type of an unknown name ("destroyer"). `concept` is the vessel or materiel type of that noun.
    `use` is the kind of name that matched (`name`, `demonym`, `seat`, `alias`, `composed`, `unknown`).
    """

    span: Span
    text: str
    kind: Kind
    entities: tuple[Iri, ...] = ()
    state: Iri | None = None
    head: str | None = None
    concept: Iri | None = None
    use: str = "name"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody takes part in the event in a role."""

    agent: Mention
    role: Role


@dataclass(frozen=True, slots=True)
class Location:
    """The event takes place there."""

    place: Mention


@dataclass(frozen=True, slots=True)
class Naming:
    """The event bears this name, in the text's own spelling; `series` is the exercise series it belongs to, if known."""

    text: str
    span: Span
    series: Mention | None = None


@dataclass(frozen=True, slots=True)
class StatusIs:
    """The event stands at this point of its life."""

    status: EventStatus


@dataclass(frozen=True, slots=True)
class During:
    """The event happens then."""

    when: When


@dataclass(frozen=True, slots=True)
class Contribution:
    """A counted, typed or named force at the event: `noun` as lemma ("anti-submarine ship"), `concept` its type.

    For "auxiliary ships" count is None and qualifier unspecified-plural. `vessels` are the ships named.
    """

    owner: Mention | None
    noun: str
    concept: Iri | None
    count: int | None
    qualifier: CountQualifier
    span: Span
    vessels: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """The exercise comprised so many single activities."""

    count: int
    qualifier: CountQualifier
    span: Span


@dataclass(frozen=True, slots=True)
class Activity:
    """A phase or activity inside an exercise: its type and what it was aimed at (concepts)."""

    activity: Iri
    targets: tuple[Iri, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Detachment:
    """Ships or troops were put together for the event, in the text's words ("joint detachment of ships")."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim that is stated for the event, in the text's words."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Content:
    """What a speech act says or an agreement provides for, in the text's words; never itself a fact."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Concerns:
    """The content of a speech act is about this place or agent."""

    about: Mention


Fact = (
    Participant
    | Location
    | Naming
    | StatusIs
    | During
    | Contribution
    | ActivityCount
    | Activity
    | Detachment
    | Aim
    | Content
    | Concerns
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One speaker's statement of facts about one event, with the words that make it.

    `speaker` is None where the outlet itself speaks (narration, headline). `said` is when the statement was made.
    `evidence` lists the spans, more than one where the text repeats itself. `confidence` lies in [0, 1]. `extractor` is
    the one among the extraction's `parts` that found it, None where there is but one.
    """

    speaker: Mention | None
    level: AttributionLevel
    modality: Modality
    facts: tuple[Fact, ...]
    evidence: tuple[Span, ...]
    rule: str
    confidence: float
    said: When | None = None
    extractor: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An interstate event of a document: all the claims that the text makes about it.

    `key` is unique within the document ("e1", in order of first evidence); `evidence` is the best single span.
    """

    key: str
    type: EventType
    mode: Mode
    background: bool
    claims: tuple[Claim, ...]
    evidence: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """A lasting state of affairs between states that the text labels ("no limits" partnership); no event, no treaty.

    `since` is the time from which it holds; where the text dates it by an event ("since the war began"), `begins_with` is
    that event's mention and the bounds of `since` stay open.
    """

    key: str
    parties: tuple[Mention, ...]
    label: str
    claim: Claim
    since: When | None = None
    begins_with: Mention | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """What an extractor proposed and the text does not bear out: the slot ("evidence"), the words, and why."""

    slot: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one extractor found in one document; `ruleset` is the digest of the rules that it used.

    `remarks` are claims about no event: judgements that the text itself makes, whose only facts are their words and whom
    they concern. `rejected` lists what it proposed and then dropped. `parts` gives the digests by the names of the
    extractors that the claims come from, where they are several.
    """

    document: Document
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    extractor: str
    ruleset: str
    remarks: tuple[Claim, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """The entity that a mention was resolved to; `candidate` marks an entity minted for an unknown name."""

    iri: Iri
    confidence: float
    basis: str
    candidate: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """An extraction with its mentions linked; what could not be linked is listed, never dropped."""

    extraction: Extraction
    links: Mapping[Mention, Link] = field(default_factory=dict)
    unresolved: tuple[Mention, ...] = ()
