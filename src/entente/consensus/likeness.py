"""How likely two accounts tell of one event: weights of evidence that add up, and the conflicts that exclude it.

The weights are binary logarithms of likelihood ratios, as in record linkage after Fellegi and Sunter (A theory for record
linkage, JASA 64, 1969): what speaks for identity adds bits, what speaks against it takes some away, and what one account
does not tell counts nothing (docs/decisions/0006-event-identity.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from entente.consensus.identity import Descriptor, Window, notation
from entente.consensus.wording import weight
from entente.model import EventType, Iri

__all__ = ["LINKED", "PROPOSED", "RULE", "Match", "Part", "conflict", "match"]

LINKED = 0.8
"""Least probability at which two accounts are linked without a person's word."""
PROPOSED = 0.35
"""Least probability at which a person is asked."""
RULE = "evidence-weights.v3"
"""Name and version of these weights; a change of them gives it a new number."""

_PRIOR, _PRIOR_FREQUENT = -5.0, -6.0
_FREQUENT = {EventType.ATTACK, EventType.INCURSION, EventType.DEPLOYMENT}
"""What two states may do to one another several times in a month, as they may speak."""
_EDITION = 12.0
_OTHER_NAME = -6.0
_LASTING_GAP, _BRIEF_GAP = 45, 3
_TOLD = ((3, 5.0), (10, 4.0), (31, 3.0), (92, 2.0), (366, 1.0))
_CONCLUDED = ((10, 2.0), (31, 1.5), (92, 1.0), (366, 0.5))
_CONCLUDED_GAP = ((1, 1.0), (_BRIEF_GAP, -1.0), (92, -2.0), (366, -4.0), (3660, -6.0))
_FEWEST_WORDS = 3
_WORDS = ((0, -1.0), (1, 0.0), (2, 0.5), (3, 1.0), (5, 2.0), (8, 3.0), (11, 4.0), (999, 5.0))
_OTHER_SPEECH = -2.5
_STORY = ((2, -0.5), (6, 0.0), (9, 1.0), (999, 2.0))
_SHARES = ((0.5, 2.0), (0.3, 1.0), (0.2, 0.5), (0.0, 0.0))
"""More bits where the common words are at least such a share of the shorter report's."""
_UNLIKELY_DAYS = -4.0


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of evidence: its kind, its weight in bits, and in words what it rests on."""

    kind: str
    bits: float
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """Two accounts that may tell of one event: the probability, from the parts of the evidence."""

    pair: tuple[Iri, Iri]
    score: float
    parts: tuple[Part, ...]

    @property
    def linked(self) -> bool:
        """Whether the score alone links them; else they are proposed to a person."""
        return self.score >= LINKED


def match(one: Descriptor, other: Descriptor) -> Match | None:
    """Weigh the evidence for a pair; None below PROPOSED, and for pairs that exclude one another.

    The result is the same for the pair in either order.
    """
    one, other = sorted((one, other), key=lambda descriptor: descriptor.iri)
    # Accounts of one edition are matched even where they exclude one another, so that they get names of their own.
    if conflict(one, other) is not None and not one.editions & other.editions:
        return None
    prior = _PRIOR_FREQUENT if one.type.speech_act or one.type in _FREQUENT else _PRIOR
    found = (_name(one, other), _dates(one, other), _parties(one, other), _places(one, other), _vessels(one, other))
    more = (_words(one, other), _story(one, other), _mode(one, other))
    parts = (Part("prior", prior, "two accounts of one block"), *(part for part in (*found, *more) if part is not None))
    if one.editions & other.editions:
        # What the accounts of one edition tell differently is for the consensus to list, no ground to tell them apart.
        parts = tuple(part for part in parts if part.bits > 0)
    score = round(1 / (1 + 2 ** -sum(part.bits for part in parts)), 3)
    return Match((one.iri, other.iri), score, parts) if score >= PROPOSED else None


def conflict(one: Descriptor, other: Descriptor) -> str | None:
    """Say why two accounts cannot tell of one event; None where they can.

    Two accounts of one article are two events, since the extractor tells them apart, but for editions of one name. Dates
    that exclude one another are a conflict of brief events only: the days of an exercise are often told differently.
    """
    if one.type is not other.type:
        return "types differ"
    if one.records and other.records and not one.records & other.records:
        return "a data set tells them apart"
    if one.editions & other.editions:
        return None
    if one.article == other.article:
        return "one article tells of both"
    if _series(one) & _series(other):
        return "editions of different years"
    if not one.agents & other.agents:
        return "no party in common"
    if _reversed(one, other):
        return "the parties' roles are reversed"
    gap = _gap(one, other)
    if gap is not None and gap > _longest_gap(one, other) and _both_told(one, other):
        return f"{gap} days lie between them"
    return None


def _both_told(one: Descriptor, other: Descriptor) -> bool:
    return bool(one.window and other.window and one.window.told and other.window.told)


def _longest_gap(one: Descriptor, other: Descriptor) -> int:
    """The days that may lie between two accounts of one event: more where a date is told by week or month only."""
    if one.type.lasting:
        return _LASTING_GAP
    vague = max((d.window.days for d in (one, other) if d.window), default=1)
    return _BRIEF_GAP + (vague - 1) // 2


def _series(one: Descriptor) -> frozenset[str]:
    return frozenset(edition.rsplit("-", 1)[0] for edition in one.editions)


def _reversed(one: Descriptor, other: Descriptor) -> bool:
    def only(descriptor: Descriptor, role: str) -> set[Iri]:
        return {p for p, r in descriptor.parties if r == role} - {p for p, r in descriptor.parties if r != role}

    return bool(only(one, "actor") & only(other, "recipient")) and bool(only(one, "recipient") & only(other, "actor"))


def _gap(one: Descriptor, other: Descriptor) -> int | None:
    """The days between the two windows, at most 0 where they overlap; None where one has none."""
    if one.window is None or other.window is None:
        return None
    return max((one.window.low - other.window.high).days, (other.window.low - one.window.high).days)


def _name(one: Descriptor, other: Descriptor) -> Part | None:
    if not (one.editions and other.editions):
        return None
    if common := sorted(one.editions & other.editions):
        return Part("name", _EDITION, f"both tell of {common[0]}")
    ones, others = sorted(one.editions)[0], sorted(other.editions)[0]
    # The year is left out: all exercises of a block have it in common.
    tokens = [set(edition.rsplit("-", 1)[0].split("-")) for edition in (ones, others)]
    likeness = 2 * len(tokens[0] & tokens[1]) / (len(tokens[0]) + len(tokens[1]))
    bits = 6 * likeness if likeness > 0.6 else _OTHER_NAME
    return Part("name", round(bits, 1), f"{ones} against {others}")


def _dates(one: Descriptor, other: Descriptor) -> Part | None:
    gap = _gap(one, other)
    if gap is None or one.window is None or other.window is None:
        return None
    told, longest = _both_told(one, other), max(one.window.days, other.window.days)
    if told:
        bits = _told_bits(gap, longest, _longest_gap(one, other))
    elif gap <= 0:
        bits = _tier(_CONCLUDED, _apart(one, other) or longest)
    else:
        bits = _tier(_CONCLUDED_GAP, gap)
    basis = "" if told else ", concluded from publication"
    windows = " and ".join(f"{window.low}/{window.high}" for window in (one.window, other.window))
    return Part("dates", bits, f"{windows}{basis}") if bits else None


def _apart(one: Descriptor, other: Descriptor) -> int | None:
    """The days between two publications, or between the days told and a publication; None where these are not known."""
    found: list[Window] = []
    for each in (one, other):
        if each.window is not None and each.window.told:
            found.append(each.window)
        elif each.published is not None:
            found.append(Window(each.published, each.published, False))
    if len(found) < 2:
        return None
    gap = max((found[0].low - found[1].high).days, (found[1].low - found[0].high).days)
    return max(gap, *(window.days for window in found))


def _told_bits(gap: int, longest: int, most: int) -> float:
    if gap <= 0:
        return _tier(_TOLD, longest)
    return 2.0 if gap == 1 else -1.0 if gap <= most and gap <= longest + _BRIEF_GAP else _UNLIKELY_DAYS


def _tier(tiers: Sequence[tuple[int, float]], value: float) -> float:
    """The bits of the first tier that the value does not exceed."""
    return next((bits for most, bits in tiers if value <= most), tiers[-1][1])


def _parties(one: Descriptor, other: Descriptor) -> Part:
    common, union = one.agents & other.agents, one.agents | other.agents
    if one.parties == other.parties and len(union) > 1:
        bits = 3.0 if one.type.symmetric else 4.0
    elif one.agents == other.agents:
        bits = 3.0 if len(union) > 1 else 1.5
    elif common in (one.agents, other.agents):
        # What one account leaves out counts nothing, and the actor tells more than who suffers it.
        bits = 2.5 if len(common) > 1 else 1.5 if _acts(one) == _acts(other) else 0.5
    else:
        bits = 0.5 if len(common) / len(union) >= 0.5 else -1.5
    names = ", ".join(sorted(map(notation, common)))
    return Part("parties", bits, f"{names or 'none'} of {len(union)} in common")


def _acts(one: Descriptor) -> frozenset[Iri]:
    return frozenset(party for party, role in one.parties if role == "actor")


def _places(one: Descriptor, other: Descriptor) -> Part | None:
    if not (one.places and other.places):
        return None
    if common := one.sites & other.sites:
        return Part("place", 3.0, ", ".join(sorted(map(notation, common))))
    if common := one.places & other.places:
        return Part("place", 1.0, ", ".join(sorted(map(notation, common))))
    return Part("place", -1.5, "different places") if one.sites and other.sites else None


def _vessels(one: Descriptor, other: Descriptor) -> Part | None:
    if not (one.vessels and other.vessels):
        return None
    if common := one.vessels & other.vessels:
        return Part("vessels", 4.0, ", ".join(sorted(map(notation, common))))
    return Part("vessels", -2.0 if one.type.lasting else -4.0, "different ships")


def _words(one: Descriptor, other: Descriptor) -> Part | None:
    fewest = min(weight(one.words), weight(other.words))
    if fewest < _FEWEST_WORDS:
        return None
    common = weight(one.words & other.words)
    bits = _OTHER_SPEECH if one.type.speech_act and not common else _tier(_WORDS, common)
    if bits > 0:
        bits += next(more for least, more in _SHARES if common / fewest >= least)
    return Part("words", bits, f"weight {common} of {fewest} in common") if bits else None


def _story(one: Descriptor, other: Descriptor) -> Part | None:
    """Articles of one story; several speech acts may belong to it."""
    fewest = min(weight(one.lead), weight(other.lead))
    if fewest < _FEWEST_WORDS:
        return None
    common = weight(one.lead & other.lead)
    bits = _tier(_STORY, common)
    if one.type.speech_act:
        bits = min(bits, 1.0)
    return Part("story", bits, f"weight {common} of {fewest} in common") if bits else None


def _mode(one: Descriptor, other: Descriptor) -> Part | None:
    if (one.mode == "hypothetical") != (other.mode == "hypothetical"):
        return Part("mode", -2.0, f"{one.mode} against {other.mode}")
    if one.mode == other.mode == "planned":
        return Part("mode", 1.0, "both planned")
    return None
