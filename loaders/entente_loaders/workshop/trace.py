"""Where claims come from: the rule, the groups of words that it matched, and the clause they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from entente.model import Claim, Document, EventType, Extraction, Span
from entente_loaders.extract import RuleExtractor
from entente_loaders.extract.candidates import Candidate, read_match
from entente_loaders.extract.frames import Reading
from entente_loaders.extract.patterns import Match

__all__ = ["Group", "Trace", "origins", "traces"]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of words that a rule matched; `role` is empty where the pattern names none."""

    role: str
    span: Span
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trace:
    """One match of a rule: its groups in the order of the text, and the words in which somebody speaks of it, if any.

    `said` is the stretch that is handed on as somebody's words, `saying` the words that hand it on.
    """

    candidate: Candidate
    groups: tuple[Group, ...]
    sentence: Span
    said: Span | None
    saying: Span | None

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.candidate.rule.id


def traces(extractor: RuleExtractor, document: Document) -> Iterator[Trace]:
    """Give all matches of the extractor's rules, also those that lose against a fuller one of the same words."""
    for reading in extractor.readings(document):
        present = frozenset().union(*(unit.classes for unit in reading.clause.units))
        for rule in extractor.rules.possible(present):
            for match in rule.pattern.find(reading.clause.units):
                candidate = read_match(rule, match, reading)
                if candidate is not None:
                    yield _trace(candidate, match, reading)


def _trace(candidate: Candidate, match: Match, reading: Reading) -> Trace:
    role_at = {at: name.split("__")[0] for name, (first, last) in match.roles.items() for at in range(first, last)}
    units = reading.clause.units
    groups = tuple(
        Group(role_at.get(at, ""), units[at].span, units[at].classes)
        for at in range(match.start, match.end)
        if not units[at].virtual
    )
    scope = reading.attribution.scope_at(candidate.trigger.start)
    said = Span(scope.start, scope.end) if scope is not None and scope.start < scope.end else None
    saying = Span(*scope.frame) if scope is not None and scope.frame[0] < scope.frame[1] else None
    return Trace(candidate, groups, reading.span, said, saying)


def origins(extraction: Extraction, found: Sequence[Trace]) -> Mapping[Claim, tuple[Trace, ...]]:
    """Give the matches behind each claim of the rules, at least one for every stretch of its evidence."""
    by_words: defaultdict[Span, list[Trace]] = defaultdict(list)
    for trace in found:
        by_words[trace.candidate.evidence].append(trace)
    claims: list[tuple[Claim, EventType | None]] = [
        (claim, event.type) for event in extraction.events for claim in event.claims
    ]
    claims += [(claim, None) for claim in (*(relation.claim for relation in extraction.relations), *extraction.remarks)]
    origin: dict[Claim, tuple[Trace, ...]] = {}
    for claim, kind in ((claim, kind) for claim, kind in claims if claim.extractor in {None, RuleExtractor.name}):
        origin[claim] = tuple(
            trace
            for span in claim.evidence
            for trace in _behind(claim, [one for one in by_words[span] if one.candidate.type in {kind, None}])
        )
    return origin


def _behind(claim: Claim, fitting: Sequence[Trace]) -> Sequence[Trace]:
    # Where several sentences make one claim, it keeps the rule of the first only.
    same_rule = [trace for trace in fitting if trace.rule == claim.rule]
    return same_rule or fitting
