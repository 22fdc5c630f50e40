"""How well events are recognised across articles: B-cubed (Bagga and Baldwin 1998) over matched events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from entente.evaluation.pairing import Pair

__all__ = ["BCubed", "Clusters", "cluster_scores"]


@dataclass(frozen=True, slots=True)
class BCubed:
    """Mean precision and recall over the items, and how many there are."""

    precision: float
    recall: float
    items: int


@dataclass(frozen=True, slots=True)
class Clusters:
    """B-cubed over all matched events and over those that the gold merges, and which share of the latter was matched."""

    every: BCubed
    merged: BCubed
    coverage: float


def cluster_scores(pairs: Sequence[tuple[str, Pair]], wanted: int) -> Clusters | None:
    """Score the predictions' `canonical` ids; None where no prediction carries one.

    `pairs` come with a key that is unique to each; `wanted` counts the clear gold events with a `cluster_event`.
    """
    if not any(pair.predicted.record.get("canonical") for _, pair in pairs):
        return None
    items = [
        (
            pair.gold.record.get("cluster_event") or f"single:{key}",
            pair.predicted.record.get("canonical") or f"single:{key}",
        )
        for key, pair in pairs
    ]
    merged = [item for item, (_, pair) in zip(items, pairs, strict=True) if pair.gold.record.get("cluster_event")]
    return Clusters(_b_cubed(items), _b_cubed(merged), round(len(merged) / wanted, 4) if wanted else 0.0)


def _b_cubed(items: Sequence[tuple[str, str]]) -> BCubed:
    gold, predicted = Counter(one for one, _ in items), Counter(other for _, other in items)
    both = Counter(items)
    precision = recall = 0.0
    for item in items:
        precision += both[item] / predicted[item[1]]
        recall += both[item] / gold[item[0]]
    number = len(items)
    return BCubed(precision / number, recall / number, number) if number else BCubed(0.0, 0.0, 0)
