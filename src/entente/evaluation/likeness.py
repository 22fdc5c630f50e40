"""How alike two records are, between 0 and 1 (../shared/gold/README.md, 'Scoring')."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from entente.evaluation.entries import Entry, Tie
from entente.evaluation.words import jaccard, words

__all__ = ["date_likeness", "evidence_overlap", "pair_count", "same_place", "type_credit", "weight"]

# Types that careful coders mix up, which earn half a hit.
_NEAR = frozenset(
    frozenset(pair)
    for pair in (
        ("visit", "talks"),
        ("accusation", "threat"),
        ("demand", "threat"),
        ("transit", "deployment"),
        ("agreement", "arms_transfer"),
    )
)
_LEAST_WORDS = 0.2
_T = TypeVar("_T")


def type_credit(first: str | None, second: str | None) -> float:
    """1 for equal types, a half for two that are easily confused, else 0."""
    if first == second:
        return 1.0
    return 0.5 if frozenset((first, second)) in _NEAR else 0.0


def date_likeness(first: str | None, second: str | None) -> float | None:
    """1 for equal dates, a half where one is the coarser form of the other, else 0; None where neither is given."""
    if not first and not second:
        return None
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    return 0.5 if first.startswith(second) or second.startswith(first) else 0.0


def same_place(first: str, second: str) -> bool:
    """Tell whether the words of one name are among those of the other."""
    mine, theirs = words(first), words(second)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def pair_count(gold: Iterable[_T], predicted: Iterable[_T], same: Callable[[_T, _T], bool]) -> int:
    """Count the pairs when each item takes the first on the other side that is the same and still free."""
    free, pairs = list(predicted), 0
    for item in gold:
        at = next((at for at, other in enumerate(free) if same(item, other)), None)
        if at is not None:
            del free[at]
            pairs += 1
    return pairs


def evidence_overlap(gold: Entry | Tie, predicted: Entry | Tie) -> float:
    """Best intersection over union of the spans; of the words where one side cannot be placed in the text."""
    if gold.spans and predicted.spans:
        return max(_overlap(one, other) for one in gold.spans for other in predicted.spans)
    alike = jaccard(gold.quote, predicted.quote, both_empty=0.0)
    return alike if alike >= _LEAST_WORDS else 0.0


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def weight(gold: Entry, predicted: Entry) -> float:
    """How well a prediction answers to a gold event; 0 where they may not be matched at all."""
    credit = type_credit(gold.type, predicted.type)
    if not credit:
        return 0.0
    mine, theirs = gold.keys, predicted.keys
    evidence = evidence_overlap(gold, predicted)
    if not mine & theirs and not evidence:
        return 0.0
    parties = jaccard(mine, theirs, both_empty=1.0)
    return credit * (
        0.2 + 0.4 * parties + 0.15 * _dates(gold, predicted) + 0.15 * evidence + 0.1 * _places(gold.places, predicted.places)
    )


def _dates(gold: Entry, predicted: Entry) -> float:
    sides = (date_likeness(gold.record.get(side), predicted.record.get(side)) for side in ("start", "end"))
    given = [value for value in sides if value is not None]
    return sum(given) / len(given) if given else 1.0


def _places(gold: Sequence[str], predicted: Sequence[str]) -> float:
    if not gold and not predicted:
        return 1.0
    pairs = pair_count(gold, predicted, same_place)
    return pairs / (len(gold) + len(predicted) - pairs)
