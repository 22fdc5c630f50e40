"""Small documents, events and indexes for tests that start after extraction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from entente.model import (
    Article,
    AttributionLevel,
    Claim,
    Contribution,
    CountQualifier,
    Delta,
    Document,
    During,
    Entity,
    Event,
    EventType,
    Extraction,
    Fact,
    Iri,
    Kind,
    Link,
    Mention,
    Modality,
    Mode,
    Name,
    Naming,
    Participant,
    Relation,
    Resolution,
    Role,
    Sentence,
    Span,
    Triple,
    When,
)
from entente.model.iri import entity, vocab
from entente_loaders.assemble import assemble

__all__ = [
    "SERIES",
    "TEXT",
    "SmallIndex",
    "agent",
    "claim",
    "days",
    "delta",
    "event",
    "naming",
    "ships",
    "takes_part",
    "vessel",
]

TEXT = "A headline of a test\nA sentence that stands for whatever the test needs it to say about states.\n"
SERIES = entity("series", "northern-interaction")
_COW = {"USA": 2, "RUS": 365, "CHN": 710, "IND": 750}


class SmallIndex:
    """An entity index of four states, their navies and one exercise series."""

    version = "test"

    def __init__(self) -> None:
        self._entities = {SERIES: Entity(SERIES, Kind.SERIES, "North/Interaction")}
        for code in _COW:
            state = entity("state", code)
            navy = entity("force", code, "navy")
            self._entities[state] = Entity(state, Kind.STATE, code, code=code)
            self._entities[navy] = Entity(navy, Kind.FORCE, f"{code} navy", code=code, state=state)

    def names(self) -> Iterable[Name]:
        return ()

    def entity(self, iri: Iri) -> Entity | None:
        return self._entities.get(iri)

    def dyad(self, first: Iri, second: Iri) -> Iri:
        numbers = sorted(_COW[state.rsplit("/", 1)[-1]] for state in (first, second))
        return entity("dyad", "-".join(map(str, numbers)))

    def closure(self, iris: Iterable[Iri]) -> Iterable[Triple]:  # noqa: ARG002
        return ()


def agent(*path: str, kind: Kind = Kind.STATE) -> Mention:
    """A mention of a known agent: agent("RUS"), agent("RUS", "navy", kind=Kind.FORCE)."""
    iri = entity("state", *path) if len(path) == 1 else entity(kind.value, *path)
    return Mention(Span(0, 1), "-".join(path), kind, (iri,))


def vessel(name: str) -> Mention:
    """A mention of a ship that the index does not know."""
    return Mention(Span(0, len(name)), name, Kind.VESSEL, state=entity("state", "RUS"), head="corvette", use="unknown")


def takes_part(*codes: str, role: Role = Role.PARTICIPANT) -> tuple[Fact, ...]:
    """The participations of these states."""
    return tuple(Participant(agent(code), role) for code in codes)


def naming(text: str = "North/Interaction-2023") -> Naming:
    """The name of an edition of the series that the index knows."""
    return Naming(text, Span(0, 5), Mention(Span(0, 5), text, Kind.SERIES, (SERIES,)))


def days(begin: str | None = None, end: str | None = None) -> During:
    """Exactly known days of begin and end, in ISO form."""
    first = date.fromisoformat(begin) if begin else None
    last = date.fromisoformat(end) if end else None
    return During(When(first, first, last, last, edtf=f"{begin or ''}/{end or ''}" if begin != end else begin))


def ships(count: int | None, *names: str, noun: str = "corvette", owner: str = "RUS") -> Contribution:
    """So many ships of a state's navy, some of them named."""
    qualifier = CountQualifier.UNSPECIFIED_PLURAL if count is None else CountQualifier.EXACT
    concept = vocab("vessel-type", noun)
    navy = agent(owner, "navy", kind=Kind.FORCE)
    return Contribution(navy, noun, concept, count, qualifier, Span(0, 5), tuple(map(vessel, names)))


def claim(*facts: Fact, speaker: Mention | None = None, modality: Modality = Modality.ASSERTED) -> Claim:
    """A claim of these facts, by the outlet itself where no speaker is given."""
    level = AttributionLevel.INDIRECT_SPEECH if speaker else AttributionLevel.NARRATION
    return Claim(speaker, level, modality, tuple(facts), (Span(21, 50),), "test.rule.v1", 0.9)


def event(key: str, *claims: Claim, type: EventType = EventType.EXERCISE, mode: Mode = Mode.ACTUAL) -> Event:
    """An event of a document."""
    return Event(key, type, mode, False, claims, Span(21, 50))


def delta(
    slug: str,
    *events: Event,
    relations: Iterable[Relation] = (),
    published: str | None = "2023-07-24",
    outlet: str | None = "Test Outlet",
    links: Mapping[Mention, Link] | None = None,
    text: str = TEXT,
) -> Delta:
    """Assemble an article of these events; known mentions link to their entity, unknown ships become candidates."""
    article = Article(slug, text.encode(), f"{slug}.txt", published=published, outlet=outlet)
    document = Document(article, text, "0" * 64, (Sentence(Span(0, 20), headline=True), Sentence(Span(21, len(text) - 1))))
    relations = tuple(relations)
    found: dict[Mention, Link] = {}
    for made in [c for e in events for c in e.claims] + [relation.claim for relation in relations]:
        for mention in _mentions(made):
            if mention.entities:
                found[mention] = Link(mention.entities[0], 1.0, "test")
            else:
                name = mention.text.lower().replace(" ", "-")
                found[mention] = Link(entity("candidate", "vessel", name), 0.5, "test", candidate=True)
    for relation in relations:
        found.update({party: Link(party.entities[0], 1.0, "test") for party in relation.parties})
    extraction = Extraction(document, tuple(found), tuple(events), relations, "rules", "f" * 64)
    return assemble(Resolution(extraction, {**found, **(links or {})}))


def _mentions(made: Claim) -> Iterable[Mention]:
    if made.speaker:
        yield made.speaker
    for fact in made.facts:
        match fact:
            case Participant(agent=found):
                yield found
            case Naming(series=found) if found:
                yield found
            case Contribution(owner=found, vessels=vessels):
                yield from vessels
                if found:
                    yield found
            case _:
                continue
