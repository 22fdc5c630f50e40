"""Several extractors as one: the union of what they find, each claim under the name of the one that found it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from entente.errors import InputError
from entente.model import Document, Event, Extraction, Extractor, Iri, Participant, Relation, Span
from entente_loaders.extract import all_mentions
from entente_loaders.grounding import numbered

__all__ = ["Ensemble"]


class Ensemble:
    """Runs extractors one after the other over each document; what one says never overwrites what another says.

    Two of them speak of one event where type, mode and states agree and the words of their evidence overlap; it then has
    the claims of both. Raises InputError (137) for fewer than two extractors, or two of one name.
    """

    def __init__(self, extractors: Sequence[Extractor]) -> None:
        names = [extractor.name for extractor in extractors]
        if len(names) < 2 or len(set(names)) < len(names):
            raise InputError(
                137, f"'{'+'.join(names)}' is no ensemble", "join two or more different extractors, as rules+llm"
            )
        self.extractors = tuple(extractors)
        self.name = "+".join(names)
        versions = "\n".join(f"{extractor.name} {extractor.version}" for extractor in extractors)
        self.version = hashlib.sha256(versions.encode()).hexdigest()

    def extract(self, document: Document) -> Extraction:
        """Extract with all of them. Raises whatever one of them raises."""
        found = [extractor.extract(document) for extractor in self.extractors]
        events: list[Event] = []
        relations: list[Relation] = []
        for extraction in found:
            _join(events, [_signed(event, extraction.extractor) for event in extraction.events])
            relations += [
                replace(relation, claim=replace(relation.claim, extractor=extraction.extractor))
                for relation in extraction.relations
            ]
        events.sort(key=lambda event: (event.evidence, event.type, event.mode))
        relations.sort(key=lambda relation: (relation.claim.evidence, relation.claim.extractor))
        named = [mention for extraction in found for mention in extraction.mentions]
        return Extraction(
            document,
            all_mentions(named, events, relations),
            numbered(events, "e"),
            numbered(relations, "r"),
            self.name,
            self.version,
            remarks=tuple(
                replace(remark, extractor=extraction.extractor) for extraction in found for remark in extraction.remarks
            ),
            rejected=tuple(rejection for extraction in found for rejection in extraction.rejected),
            parts={extraction.extractor: extraction.ruleset for extraction in found},
        )


def _signed(event: Event, name: str) -> Event:
    return replace(event, claims=tuple(replace(claim, extractor=name) for claim in event.claims))


def _join(known: list[Event], new: Sequence[Event]) -> None:
    """Add the claims of each new event to the known one it speaks of, or the event where there is none."""
    before = len(known)
    taken: set[int] = set()
    for event in new:
        at = next((at for at in range(before) if at not in taken and _same(known[at], event)), None)
        if at is None:
            known.append(event)
        else:
            taken.add(at)
            known[at] = replace(known[at], claims=known[at].claims + event.claims)


def _same(one: Event, other: Event) -> bool:
    return (
        (one.type, one.mode) == (other.type, other.mode)
        and _states(one) == _states(other)
        and any(first.overlaps(second) for first in _evidence(one) for second in _evidence(other))
    )


def _states(event: Event) -> frozenset[Iri]:
    return frozenset(
        owner
        for claim in event.claims
        for fact in claim.facts
        if isinstance(fact, Participant)
        for owner in ((fact.agent.state,) if fact.agent.state else fact.agent.entities)
    )


def _evidence(event: Event) -> tuple[Span, ...]:
    return tuple(span for claim in event.claims for span in claim.evidence)
