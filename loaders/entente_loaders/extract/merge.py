"""Turns the accounts of a document into its events, each with the claims that state it, and into its relations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from entente.model import (
    AttributionLevel,
    Claim,
    DateBasis,
    During,
    Event,
    Fact,
    Mention,
    Modality,
    Mode,
    Relation,
    Span,
    When,
)
from entente_loaders.extract.accounts import Account, gather
from entente_loaders.extract.anchor import Anchor
from entente_loaders.extract.background import is_background
from entente_loaders.extract.candidates import Candidate
from entente_loaders.extract.ellipsis import complete
from entente_loaders.extract.times import moment

__all__ = ["Merged", "merge"]

_LEVEL_ORDER = {
    AttributionLevel.NARRATION: 0,
    AttributionLevel.INDIRECT_SPEECH: 0,
    AttributionLevel.DIRECT_QUOTE: 1,
    AttributionLevel.HEADLINE: 2,
}
_REFERENCE_DISCOUNT = 0.9
_ANCHOR_DISCOUNT = 0.2
_LEAST_CONFIDENCE = 0.05
_PLACES_OF_WORDS = re.compile(r"Span\(start=\d+, end=\d+\)")


@dataclass(frozen=True, slots=True)
class Merged:
    """What the candidates of a document come to: its events, its relations, and the remarks of the text itself."""

    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    remarks: tuple[Claim, ...]


def merge(candidates: Sequence[Candidate], anchor: Anchor, text: str) -> Merged:
    """Put candidates, given in the order of the text, together."""
    accounts = gather(complete(candidates), anchor, text)
    events = tuple(_event(f"e{number}", account, anchor) for number, account in enumerate(accounts, start=1))
    relations = _relations([candidate for candidate in candidates if candidate.rule.kind == "relation"])
    return Merged(events, relations, _claims([candidate for candidate in candidates if candidate.rule.kind == "remark"]))


def _event(key: str, account: Account, anchor: Anchor) -> Event:
    mode = _mode(account)
    best = min(
        account.candidates,
        key=lambda c: (_LEVEL_ORDER[c.level], -len(c.parties), c.definite, -c.rule.prior, c.evidence.start),
    )
    claims = _claims([*account.candidates, *account.details])
    return Event(key, account.type, mode, is_background(account, anchor), claims, best.evidence)


def _mode(account: Account) -> Mode:
    """Give the mode that most is known by: a noun alone ("the drills") does not yet say that anything has happened."""
    told = {candidate.mode for candidate in account.candidates if not candidate.nominal} or account.modes
    return next(mode for mode in Mode if mode in told)


def _claims(candidates: Sequence[Candidate]) -> tuple[Claim, ...]:
    """Make the claims: candidates by whom the same is said of the same are one, with all their evidence."""
    first: dict[object, tuple[Candidate, tuple[Fact, ...]]] = {}
    evidence: dict[object, dict[Span, None]] = {}
    for candidate in sorted(candidates, key=lambda c: (c.evidence.start, c.evidence.end, c.rule.id)):
        told = sorted(((_fact_key(fact), fact) for fact in candidate.facts), key=itemgetter(0))
        if told:
            said = tuple(key for key, _ in told)
            key = (_speaker_key(candidate.speaker), candidate.level, _modality(candidate), said)
            first.setdefault(key, (candidate, tuple(fact for _, fact in told)))
            evidence.setdefault(key, {})[candidate.evidence] = None
    return tuple(_claim(candidate, facts, tuple(evidence[key])) for key, (candidate, facts) in first.items())


def _claim(candidate: Candidate, facts: tuple[Fact, ...], evidence: tuple[Span, ...]) -> Claim:
    return Claim(
        speaker=candidate.speaker,
        level=candidate.level,
        modality=_modality(candidate),
        facts=facts,
        evidence=evidence,
        rule=candidate.rule.id,
        confidence=_confidence(candidate),
        said=_said(candidate),
    )


def _speaker_key(mention: Mention | None) -> object:
    if mention is None:
        return None
    return mention.kind, mention.entities or mention.text, mention.state, mention.head


def _fact_key(fact: Fact) -> str:
    """Spell a fact without the places of its words, so that a repeated sentence says the same."""
    return _PLACES_OF_WORDS.sub("", repr(fact))


def _modality(candidate: Candidate) -> Modality:
    return candidate.rule.give or candidate.mode.modality


def _said(candidate: Candidate) -> When | None:
    return next((moment(unit.date) for unit in candidate.said if unit.date is not None), None)


def _confidence(candidate: Candidate) -> float:
    value = candidate.rule.prior
    if any(agent.use == "reference" for _, agent in candidate.parties):
        value *= _REFERENCE_DISCOUNT
    if any(isinstance(fact, During) and fact.when.basis is DateBasis.ANCHOR_RULE for fact in candidate.facts):
        value -= _ANCHOR_DISCOUNT
    return round(max(_LEAST_CONFIDENCE, value), 3)


def _relations(candidates: Sequence[Candidate]) -> tuple[Relation, ...]:
    found: dict[object, Relation] = {}
    for candidate in candidates:
        key = (candidate.states(), candidate.label.lower())
        if len(candidate.states()) > 1 and key not in found:
            parties = tuple(agent for _, agent in candidate.parties)
            claim = _claim(candidate, (), (candidate.evidence,))
            found[key] = Relation(f"r{len(found) + 1}", parties, candidate.label, claim, *candidate.since)
    return tuple(found.values())
