"""Which prediction answers to which gold event of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from entente.evaluation.assignment import best_pairs
from entente.evaluation.entries import Entry
from entente.evaluation.likeness import evidence_overlap, type_credit, weight

__all__ = ["Alignment", "Pair", "align"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A clear gold event and the prediction that answers to it; `credit` is a half where the types are only near."""

    gold: Entry
    predicted: Entry
    credit: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was found, what was missed, and what is a false alarm; `kept` are all predictions that count."""

    pairs: tuple[Pair, ...]
    missed: tuple[Entry, ...]
    spurious: tuple[Entry, ...]
    kept: tuple[Entry, ...]

    @property
    def hits(self) -> float:
        """The credit of all pairs."""
        return sum(pair.credit for pair in self.pairs)

    @property
    def wanted(self) -> int:
        """The number of clear gold events."""
        return len(self.pairs) + len(self.missed)


def align(gold: Sequence[Entry], predicted: Sequence[Entry], *, located: bool = False) -> Alignment:
    """Match the events of an article; unclear gold takes part and is then left out with what answers to it.

    With `located` only events whose evidence overlaps may be matched.
    """
    weights = [
        [0.0 if located and not evidence_overlap(one, other) else weight(one, other) for other in predicted] for one in gold
    ]
    answers = dict(best_pairs(weights))
    ignored = {answer for at, answer in answers.items() if gold[at].unclear}
    taken = set(answers.values())
    return Alignment(
        tuple(
            Pair(gold[at], predicted[answer], type_credit(gold[at].type, predicted[answer].type))
            for at, answer in answers.items()
            if not gold[at].unclear
        ),
        tuple(entry for at, entry in enumerate(gold) if at not in answers and not entry.unclear),
        tuple(entry for at, entry in enumerate(predicted) if at not in taken),
        tuple(entry for at, entry in enumerate(predicted) if at not in ignored),
    )
