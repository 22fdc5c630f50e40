"""The figures over a set of articles, in the form of ../shared/gold/score.py's report."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.evaluation.clusters import BCubed, cluster_scores
from entente.evaluation.entries import Entry, Sheet, Tie
from entente.evaluation.likeness import evidence_overlap, pair_count
from entente.evaluation.pairing import Alignment, Pair, align
from entente.evaluation.slots import slot_counts
from entente.evaluation.words import jaccard

__all__ = ["Row", "as_data", "evaluate"]

_SAME_LABEL = 0.34
_SAMPLES = 1000
_SEED = 20240101
_Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """An article with its gold, what answers to it, and the same where evidence must overlap as well."""

    id: str
    gold: Sheet
    predicted: Sheet | None
    alignment: Alignment
    located: Alignment

    @property
    def clear(self) -> list[Entry]:
        """The gold events that are demanded."""
        return [entry for entry in self.gold.events if not entry.unclear]


def evaluate(gold: Mapping[str, Sheet], predicted: Mapping[str, Sheet]) -> tuple[Row, ...]:
    """Align the predictions of each article with its gold, in the order of the ids; a missing prediction counts as empty."""
    rows = []
    for key in sorted(gold):
        wanted, given = gold[key].events, predicted.get(key, Sheet()).events
        rows.append(Row(key, gold[key], predicted.get(key), align(wanted, given), align(wanted, given, located=True)))
    return tuple(rows)


def as_data(rows: Sequence[Row]) -> _Figures:
    """Give all figures of the rows as plain data, rounded to four places."""
    pairs = [pair for row in rows for pair in row.alignment.pairs]
    given = sum(len(row.alignment.kept) for row in rows)
    wanted = sum(row.alignment.wanted for row in rows)
    hits = sum(row.alignment.hits for row in rows)
    return {
        "articles": len(rows),
        "missing_predictions": sum(row.predicted is None for row in rows),
        "event": _figures(hits, given, wanted),
        "event_f1_ci95": _interval(rows),
        "event_macro": _macro(rows),
        "event_located": _figures(
            sum(row.located.hits for row in rows),
            sum(len(row.located.kept) for row in rows),
            sum(row.located.wanted for row in rows),
        ),
        "tuple": _figures(_tuples(rows), given, wanted),
        "recall_news": _recall(rows, background=False),
        "recall_background": _recall(rows, background=True),
        "slots": {name: _figures(*counts) for name, counts in slot_counts(pairs).items()},
        "mode": _accuracy(pair.gold.record.get("mode") == pair.predicted.record.get("mode") for pair in pairs),
        "status": _accuracy(
            pair.gold.record.get("status") == pair.predicted.record.get("status")
            for pair in pairs
            if pair.gold.record.get("status")
        ),
        "background": _accuracy(pair.gold.background == pair.predicted.background for pair in pairs),
        "relations": _relations(rows),
        "by_type": _by_type(rows, pairs),
        "clusters": _clusters(rows),
    }


def _figures(hits: float, given: int, wanted: int) -> _Figures:
    precision, recall = hits / given if given else 0.0, hits / wanted if wanted else 0.0
    return {**_rounded(precision, recall), "tp": round(hits, 2), "pred": given, "gold": wanted}


def _rounded(precision: float, recall: float) -> _Figures:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def _macro(rows: Sequence[Row]) -> _Figures:
    # An article without events for which nothing is predicted is wholly right.
    each = [
        _figures(row.alignment.hits, len(row.alignment.kept), row.alignment.wanted)
        if row.alignment.wanted or row.alignment.kept
        else {"p": 1.0, "r": 1.0, "f1": 1.0}
        for row in rows
    ]
    return {name: round(sum(one[name] for one in each) / len(rows), 4) if rows else 0.0 for name in ("p", "r", "f1")}


def _interval(rows: Sequence[Row]) -> list[float]:
    """The 95 % interval of the events' F1 over samples of the articles, drawn with replacement and a fixed seed."""
    if not rows:
        return [0.0, 0.0]
    draw = random.Random(_SEED)
    counts = [(row.alignment.hits, len(row.alignment.kept), row.alignment.wanted) for row in rows]
    values: list[float] = []
    for _ in range(_SAMPLES):
        hits, given, wanted = zip(*(counts[draw.randrange(len(counts))] for _ in counts), strict=True)
        values.append(_figures(sum(hits), sum(given), sum(wanted))["f1"])
    values.sort()
    return [values[int(0.025 * _SAMPLES)], values[int(0.975 * _SAMPLES)]]


def _tuples(rows: Iterable[Row]) -> int:
    """Count the predictions whose type and participants are exactly those of a clear gold event of their article."""
    return sum(sum((_tuple_counts(row.clear) & _tuple_counts(row.alignment.kept)).values()) for row in rows)


def _tuple_counts(entries: Iterable[Entry]) -> Counter[tuple[str | None, frozenset[str]]]:
    return Counter((entry.type, entry.keys) for entry in entries)


def _recall(rows: Sequence[Row], *, background: bool) -> _Figures:
    hits = sum(pair.credit for row in rows for pair in row.alignment.pairs if pair.gold.background == background)
    wanted = sum(entry.background == background for row in rows for entry in row.clear)
    return {"r": round(hits / wanted, 4) if wanted else None, "gold": wanted}


def _accuracy(right: Iterable[bool]) -> _Figures:
    flags = list(right)
    return {"accuracy": round(sum(flags) / len(flags), 4) if flags else None, "n": len(flags)}


def _relations(rows: Sequence[Row]) -> _Figures:
    sheets = [(row.gold.relations, row.predicted.relations if row.predicted else ()) for row in rows]
    return _figures(
        sum(pair_count(gold, predicted, _same_relation) for gold, predicted in sheets),
        sum(len(predicted) for _, predicted in sheets),
        sum(len(gold) for gold, _ in sheets),
    )


def _same_relation(gold: Tie, predicted: Tie) -> bool:
    return gold.states == predicted.states and (
        evidence_overlap(gold, predicted) > 0 or jaccard(gold.label, predicted.label, both_empty=0.0) >= _SAME_LABEL
    )


def _by_type(rows: Sequence[Row], pairs: Sequence[Pair]) -> dict[str, _Figures]:
    wanted = Counter(str(entry.type) for row in rows for entry in row.clear)
    given = Counter(str(entry.type or "?") for row in rows for entry in row.alignment.kept)
    figures = {}
    for name in sorted({*wanted, *given}):
        found = sum(pair.credit for pair in pairs if pair.gold.type == name)
        right = sum(pair.credit for pair in pairs if pair.predicted.type == name)
        precision, recall = right / given[name] if given[name] else 0.0, found / wanted[name] if wanted[name] else 0.0
        figures[name] = {**_rounded(precision, recall), "pred": given[name], "gold": wanted[name]}
    return figures


def _clusters(rows: Sequence[Row]) -> _Figures | None:
    pairs = [(f"{row.id}#{number}", pair) for row in rows for number, pair in enumerate(row.alignment.pairs)]
    wanted = sum(bool(entry.record.get("cluster_event")) for row in rows for entry in row.clear)
    scores = cluster_scores(pairs, wanted)
    if scores is None:
        return None
    return {
        "all matched events": _b_cubed(scores.every),
        "events with cluster_event": _b_cubed(scores.merged),
        "coverage": scores.coverage,
    }


def _b_cubed(score: BCubed) -> _Figures:
    return {**_rounded(score.precision, score.recall), "items": score.items}
