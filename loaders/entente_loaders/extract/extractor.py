"""The rule extractor: from a document to its mentions, events, claims and relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from entente.model import Document, Extraction, Mention, Sentence, Span
from entente_loaders.extract.agents import identify
from entente_loaders.extract.anchor import anchor_of
from entente_loaders.extract.attribution import attribute, with_later_speakers
from entente_loaders.extract.bands import bands_of
from entente_loaders.extract.candidates import Candidate, read_match
from entente_loaders.extract.clauses import fold
from entente_loaders.extract.composition import Scene
from entente_loaders.extract.counterparts import with_counterparts
from entente_loaders.extract.dates import DateFinder
from entente_loaders.extract.directory import Directory, TermIndex
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.frames import Reading
from entente_loaders.extract.gazetteer import Gazetteer
from entente_loaders.extract.lexicon import lexicon, ruleset_digest
from entente_loaders.extract.mentions import all_mentions
from entente_loaders.extract.merge import merge
from entente_loaders.extract.persons import introduce
from entente_loaders.extract.phrases import chunk
from entente_loaders.extract.rules import RuleSet, load_rules
from entente_loaders.extract.tagger import tag
from entente_loaders.extract.tokens import Hit, Token, tokenise

__all__ = ["ENGINE_VERSION", "RuleExtractor"]

ENGINE_VERSION = "1"
_LONGEST_SENTENCE = 1000
_TITLE_CASE = 0.7
_SPOKEN_OF = 12


class RuleExtractor:
    """Finds events and claims by rules over noun and verb groups; the same document always gives the same extraction.

    `index` gives the names to look for and, by `terms`, the vocabularies; `rules` are those of the package unless given.
    `like` is an extractor with the same index, whose names need not be made ready again.
    """

    name = "rules"

    def __init__(self, index: TermIndex, rules: RuleSet | None = None, like: RuleExtractor | None = None) -> None:
        self.version = ruleset_digest(ENGINE_VERSION)
        self._index = index
        self._rules = rules or load_rules()
        self._directory: Directory = like._directory if like else Directory(index)
        self._gazetteer: Gazetteer = like._gazetteer if like else Gazetteer(index.names(), lexicon().traps)
        self._activities = index.terms("activity-type")
        self._targets = index.terms("target-type")

    @property
    def rules(self) -> RuleSet:
        """The rules that it goes by."""
        return self._rules

    def with_rules(self, rules: RuleSet) -> RuleExtractor:
        """Give an extractor with other rules that shares this one's names and vocabularies."""
        return RuleExtractor(self._index, rules, self)

    def extract(self, document: Document) -> Extraction:
        """Extract the events of a document."""
        candidates: list[Candidate] = []
        mentions: dict[Mention, None] = {}
        for reading in _attributed(list(self.readings(document))):
            mentions.update(dict.fromkeys(reading.mentions))
            candidates.extend(self._match(reading))
        merged = merge(with_counterparts(candidates), anchor_of(document), document.text)
        return Extraction(
            document,
            all_mentions(mentions, merged.events, merged.relations),
            merged.events,
            merged.relations,
            self.name,
            self.version,
            remarks=merged.remarks,
        )

    def readings(self, document: Document) -> Iterator[Reading]:
        """Read a document's sentences one after the other, each with what it stands for after those before it."""
        anchor = anchor_of(document)
        hits = self._gazetteer.find(document.text)
        discourse = Discourse(by_name=introduce(document.text, hits, self._directory, anchor.year))
        bands = bands_of(document.text, hits, self._directory)
        finder = DateFinder(document.text, anchor)
        at = 0
        for sentence in document.sentences:
            for span in _windows(sentence, document.text):
                while at < len(hits) and hits[at].start < span.start:
                    at += 1
                first = at
                while at < len(hits) and hits[at].end <= span.end:
                    at += 1
                yield self._read(document.text, span, hits[first:at], finder, discourse, bands, headline=sentence.headline)

    def _read(  # noqa: PLR0917 - all that surrounds a sentence
        self,
        text: str,
        span: Span,
        hits: Sequence[Hit],
        finder: DateFinder,
        discourse: Discourse,
        bands: Mapping[str, Mention],
        *,
        headline: bool,
    ) -> Reading:
        tokens = tokenise(text, span.start, span.end, hits)
        shouting = headline and _shouting(tokens)
        dates = finder.find(span.start, span.end, discourse.day)
        discourse.day = next((date.last for date in reversed(dates) if date.day), discourse.day)
        units = identify(
            chunk(tag(tokens, headline=headline, title_case=shouting), dates), Scene(text, self._directory, discourse)
        )
        clause = fold(units, discourse, headline=headline)
        attribution = attribute(clause, text, span.start, span.end, discourse, headline=headline)
        spoken_of = tuple(discourse.states[-_SPOKEN_OF:])
        named = [unit for unit in units if unit.agents or unit.owners or unit.names]
        mentions = tuple(name for unit in named for name in (*unit.agents, *unit.owners, *unit.names) if name.entities)
        return Reading(
            text, span, clause, attribution, self._directory, self._activities, self._targets, mentions, spoken_of, bands
        )

    def _match(self, reading: Reading) -> list[Candidate]:
        classes = [unit.classes for unit in reading.clause.units]
        found: list[Candidate] = []
        for rule in self._rules.possible(frozenset().union(*classes)):
            for match in rule.pattern.match(classes):
                candidate = read_match(rule, match, reading)
                if candidate is not None:
                    found.append(candidate)
        return _best(found)


def _shouting(tokens: Sequence[Token]) -> bool:
    """Tell whether a headline writes most of its words with capitals, so that they tell no names."""
    words = [token for token in tokens if token.hit is None and token.text[0].isalpha()]
    return bool(words) and sum(token.capital for token in words) / len(words) > _TITLE_CASE


def _attributed(readings: Sequence[Reading]) -> Iterator[Reading]:
    attributions = with_later_speakers([reading.attribution for reading in readings])
    for reading, attribution in zip(readings, attributions, strict=True):
        yield reading if attribution is reading.attribution else replace(reading, attribution=attribution)


def _windows(sentence: Sentence, text: str) -> list[Span]:
    """Cut an overlong sentence at white space, so that no step ever sees more than a bounded stretch."""
    span = sentence.span
    if span.end - span.start <= _LONGEST_SENTENCE:
        return [span]
    cuts = [span.start]
    while span.end - cuts[-1] > _LONGEST_SENTENCE:
        limit = cuts[-1] + _LONGEST_SENTENCE
        blank = text.rfind(" ", cuts[-1] + 1, limit)
        cuts.append(blank if blank > cuts[-1] else limit)
    return [Span(first, last) for first, last in pairwise([*cuts, span.end])]


def _best(found: Sequence[Candidate]) -> list[Candidate]:
    """Of the matches that read one trigger as one type, keep the one that says most."""
    kept: dict[tuple[object, ...], Candidate] = {}
    for candidate in found:
        key = (
            candidate.rule.kind,
            candidate.type,
            candidate.trigger,
            candidate.rule.id if candidate.rule.kind == "detail" else "",
        )
        known = kept.get(key)
        if known is None or _weight(candidate) > _weight(known):
            kept[key] = candidate
    return sorted(kept.values(), key=lambda c: (c.trigger.start, c.evidence.start, c.rule.id))


def _weight(candidate: Candidate) -> tuple[int, float, int]:
    return len(candidate.parties), candidate.rule.prior, len(candidate.facts)
