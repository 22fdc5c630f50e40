"""Sentences that name two states and in which no rule finds an event: what new rules could be written for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from entente.model import Document, Extraction, Iri, Span
from entente_loaders.extract import RuleExtractor
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.units import Unit

__all__ = ["NO_VERB", "Miss", "find_misses"]

NO_VERB = "-"
"""Stands for the verb of a sentence that has none."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence, the lemma of the verb that most likely says what the states do, and the states."""

    verb: str
    document: Document
    sentence: Span
    states: tuple[Iri, ...]


def find_misses(extractor: RuleExtractor, documents: Iterable[Document], *, least: int = 2) -> Iterator[Miss]:
    """Find the sentences with at least `least` states and organisations, and no claim of an event."""
    for document in documents:
        spoken = _claimed(extractor.extract(document))
        for reading in extractor.readings(document):
            states = _states(reading.clause.units)
            if len(states) >= least and not any(reading.span.overlaps(span) for span in spoken):
                yield Miss(_verb(reading.clause.units), document, reading.span, states)


def _claimed(extraction: Extraction) -> list[Span]:
    return [span for event in extraction.events for claim in event.claims for span in claim.evidence]


def _states(units: Sequence[Unit]) -> tuple[Iri, ...]:
    owners = (Discourse.owner(agent) for unit in units for agent in (*unit.agents, *unit.owners))
    return tuple(dict.fromkeys(owner for owner in owners if owner is not None))


def _verb(units: Sequence[Unit]) -> str:
    """Choose the first verb after the first state that is no saying, else any verb after it, else the first verb."""
    first = next(at for at, unit in enumerate(units) if unit.agents or unit.owners)
    verbs = [(at, unit) for at, unit in enumerate(units) if unit.verb is not None and not unit.virtual]
    after = [(at, unit) for at, unit in verbs if at > first]
    deeds = [(at, unit) for at, unit in after if not unit.has("V.SAY")]
    chosen = next(iter(deeds or after or verbs), None)
    return chosen[1].verb.name if chosen is not None and chosen[1].verb is not None else NO_VERB
