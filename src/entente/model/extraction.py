"""What an extractor finds in a document: mentions, and events with the claims that state them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from entente.model.document import Document, Span
from entente.model.kinds import AttributionLevel, CountQualifier, EventStatus, EventType, Kind, Modality, Mode, Role
from entente.model.rdf import Iri
from entente.model.time import When

__all__ = [
    "Activity",
    "ActivityCount",
    "Aim",
    "Claim",
    "Concerns",
    "Content",
    "Contribution",
    "Detachment",
    "During",
    "Event",
    "Extraction",
    "Fact",
    "Link",
    "Location",
    "Mention",
    "Naming",
    "Participant",
    "Rejection",
    "Relation",
    "Resolution",
    "StatusIs",
]


# A tuple for the same reason as Span.
class Mention(NamedTuple):
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
