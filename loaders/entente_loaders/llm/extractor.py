"""The extractor: takes over of a model's reply what the text bears out, and lists the rest as rejected."""

from __future__ import annotations

from collections.abc import Iterator

from entente.model import (
    Claim,
    Content,
    Document,
    During,
    Event,
    Extraction,
    Fact,
    Location,
    Mention,
    Modality,
    Naming,
    Participant,
    Rejection,
    Relation,
    Span,
    StatusIs,
)
from entente_loaders.extract import RuleExtractor, TermIndex, all_mentions
from entente_loaders.grounding import Grounding, numbered
from entente_loaders.llm.client import Client, Settings
from entente_loaders.llm.schema import ReplyEvent, ReplyRelation

__all__ = ["LlmExtractor"]

_RULE = "llm.quote.v1"
_PRIOR = 0.7
_NOT_FOUND = "not in the text"
_NOBODY = "names no known party"


class LlmExtractor:
    """Finds events through a language model.

    A slot whose words do not stand in the text verbatim is rejected, an event whose evidence or parties are rejected is too.
    What the words stand for is decided by the reference data and the text, never by the model. `settings` are read from
    the environment unless given; `index` is as for the rules.
    """

    name = "llm"

    def __init__(self, index: TermIndex, settings: Settings | None = None) -> None:
        self._client = Client(settings or Settings.from_environment())
        self._rules = RuleExtractor(index)
        self.version = self._client.digest

    def extract(self, document: Document) -> Extraction:
        """Extract the events of a document. Raises ArticleError where the model gives no usable reply."""
        reply = self._client.reply(document)
        readings = tuple(self._rules.readings(document))
        text = _Text(Grounding(readings, document.text), document.text)
        found = [event for proposed in reply.events if (event := text.event(proposed)) is not None]
        found.sort(key=lambda event: (event.evidence, event.type))
        events = numbered(found, "e")
        related = [relation for proposed in reply.relations if (relation := text.relation(proposed)) is not None]
        related.sort(key=lambda relation: relation.claim.evidence)
        relations = numbered(related, "r")
        named = [mention for reading in readings for mention in reading.mentions]
        mentions = all_mentions(named, events, relations)
        return Extraction(document, mentions, events, relations, self.name, self.version, rejected=tuple(text.rejected))


class _Text:
    """Holds proposals against one text."""

    def __init__(self, grounding: Grounding, text: str) -> None:
        self._grounding = grounding
        self._text = text
        self.rejected: list[Rejection] = []

    def event(self, proposed: ReplyEvent) -> Event | None:
        evidence = self._find("evidence", proposed.evidence, None)
        if evidence is None:
            return None
        before = len(self.rejected)
        parties = list(self._parties(proposed, evidence))
        if not parties:
            self._reject("participants", proposed.evidence, _NOBODY)
            return None
        facts: list[Fact] = [*parties]
        facts += [Content(evidence.of(self._text), evidence)] if proposed.type.speech_act else []
        facts += [
            Location(place)
            for words in proposed.places
            if (span := self._find("places", words, evidence)) is not None
            for place in self._grounding.places(span)
        ]
        if proposed.name and (span := self._find("name", proposed.name, evidence)) is not None:
            facts.append(Naming(span.of(self._text), span, self._grounding.series(span)))
        facts += [StatusIs(proposed.status)] if proposed.status is not None else []
        facts += self._dates(proposed, evidence)
        facts += self._forces(proposed, evidence)
        facts = list(dict.fromkeys(facts))
        claim = self._claim(proposed.speaker, evidence, tuple(facts), proposed.mode.modality, before)
        return Event("e0", proposed.type, proposed.mode, proposed.background, (claim,), evidence)

    def relation(self, proposed: ReplyRelation) -> Relation | None:
        evidence = self._find("evidence", proposed.evidence, None)
        label = self._find("label", proposed.label, evidence)
        if evidence is None or label is None:
            return None
        before = len(self.rejected)
        spans = [span for words in proposed.parties if (span := self._find("parties", words, evidence)) is not None]
        parties = {agent.state: agent for span in spans for agent in self._grounding.agents(span) if agent.state}
        if len(parties) < 2:
            self._reject("parties", proposed.evidence, "names fewer than two known states")
            return None
        claim = self._claim(proposed.speaker, evidence, (), Modality.ASSERTED, before)
        return Relation("r0", tuple(parties.values()), label.of(self._text), claim)

    def _parties(self, proposed: ReplyEvent, evidence: Span) -> Iterator[Participant]:
        for participant in proposed.participants:
            span = self._find("participants", participant.quote, evidence)
            agents = self._grounding.agents(span) if span is not None else ()
            if span is not None and not agents:
                self._reject("participants", participant.quote, _NOBODY)
            yield from (Participant(agent, participant.role) for agent in agents)

    def _dates(self, proposed: ReplyEvent, evidence: Span) -> Iterator[Fact]:
        for words in proposed.dates:
            span = self._find("dates", words, evidence)
            if span is not None:
                when = self._grounding.when(span, proposed.status, proposed.mode, lasting=proposed.type.lasting)
                if when is None:
                    self._reject("dates", words, "is no date that can be resolved")
                else:
                    yield During(when)

    def _forces(self, proposed: ReplyEvent, evidence: Span) -> Iterator[Fact]:
        for force in proposed.forces:
            span = self._find("forces", force.quote, evidence)
            if span is None:
                continue
            held = self._find("forces.owner", force.owner, evidence) if force.owner else None
            owners = self._grounding.agents(held) if held is not None else ()
            found = self._grounding.forces(span, owners[0] if len(owners) == 1 else None)
            if not found:
                self._reject("forces", force.quote, "names no forces")
            yield from found

    def _claim(
        self, speaker: str | None, evidence: Span, facts: tuple[Fact, ...], modality: Modality, rejected_before: int
    ) -> Claim:
        said_by = self._speaker(speaker, evidence) if speaker else None
        kept = len(facts) + 1
        return Claim(
            speaker=said_by,
            level=self._grounding.level(evidence, spoken=said_by is not None),
            modality=modality,
            facts=facts,
            evidence=(evidence,),
            rule=_RULE,
            confidence=round(_PRIOR * kept / (kept + len(self.rejected) - rejected_before), 3),
        )

    def _speaker(self, words: str, evidence: Span) -> Mention | None:
        span = self._find("speaker", words, evidence)
        agents = self._grounding.agents(span) if span is not None else ()
        if span is not None and not agents:
            self._reject("speaker", words, _NOBODY)
        return agents[0] if agents else None

    def _find(self, slot: str, words: str, near: Span | None) -> Span | None:
        span = self._grounding.find(words, near)
        if span is None:
            self._reject(slot, words, _NOT_FOUND)
        return span

    def _reject(self, slot: str, words: str, reason: str) -> None:
        self.rejected.append(Rejection(slot, words, reason))
