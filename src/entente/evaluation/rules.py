"""How often each rule is right: the figures that priors should follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.evaluation.pairing import Alignment
from entente.evaluation.report import Row

__all__ = ["RuleScore", "rule_scores"]

_WEIGHT = 4


@dataclass(frozen=True, slots=True)
class RuleScore:
    """A rule's part in the events predicted: how many it helped to find and how many of these the gold confirms."""

    rule: str
    prior: float
    fired: int
    right: float

    @property
    def wrong(self) -> float:
        """The events that the gold does not have; a half for a type that is only near."""
        return self.fired - self.right

    @property
    def precision(self) -> float | None:
        """The share that is right, None where it never fired."""
        return self.right / self.fired if self.fired else None

    @property
    def proposed(self) -> float:
        """The prior after these articles, the old one weighing as much as four events."""
        return round((self.right + _WEIGHT * self.prior) / (self.fired + _WEIGHT), 2)


def rule_scores(
    rows: Sequence[Row],
    rules: Mapping[tuple[str, str], Sequence[str]],
    priors: Mapping[str, float],
    *,
    located: bool = False,
) -> list[RuleScore]:
    """Score the rules by the evaluation's matching, with `located` by that which needs overlapping evidence.

    `rules` names the rules behind each predicted event by the article's id and the event's, `priors` all rules there are.
    Events that answer to unclear gold are left out.
    """
    fired: Counter[str] = Counter()
    right: dict[str, float] = dict.fromkeys(priors, 0.0)
    for row in rows:
        alignment: Alignment = row.located if located else row.alignment
        credit = {id(pair.predicted): pair.credit for pair in alignment.pairs}
        for entry in alignment.kept:
            for rule in set(rules.get((row.id, str(entry.record.get("id"))), ())) & set(priors):
                fired[rule] += 1
                right[rule] += credit.get(id(entry), 0.0)
    return [RuleScore(rule, prior, fired[rule], right[rule]) for rule, prior in priors.items()]
