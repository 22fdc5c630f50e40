"""Measure the extractor on PLOVER's gold standard records: single sentences with coded sources, targets and event class.

A record's participants are the states among its sources and targets. Ours are those of the first event of two states or more
in which the sentence's leading state takes part, or, where no rule finds one, the states that the sentence tells of
(`entente_loaders.workshop.sides`), because half of the records are domestic and no event of ours. An exact dyad is a record
whose set of states is ours. Types are compared where the record names two states or more and its class maps to types of ours
(`TYPES`): on the event whose parties fit best.

The records are those of openeventdata/PLOVER (CC BY-SA 4.0), one JSON object per line in `plover_gsr.jsonl`. They stay
outside the repository.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entente.index import ReferenceIndex, load_base
from entente.model import Article, Document, Event, Extraction, Participant
from entente.resources import root
from entente_loaders.extract import RuleExtractor
from entente_loaders.text import read
from entente_loaders.workshop import sides

__all__ = ["Outcome", "Scores", "compare", "scores"]

PARTICIPANTS, DYADS, TYPE_AGREEMENT = 0.90, 0.75, 0.60
"""What the extractor shall reach."""

# From the guideline's table of types; what AGREE promises is a planned event of another type.
TYPES = {
    "AGREE": {"agreement", "aid", "arms_transfer", "exercise", "visit", "talks", "support"},
    "CONSULT": {"visit", "talks"},
    "SUPPORT": {"support", "diplomatic_status", "agreement"},
    "COOPERATE": {"exercise", "joint_patrol", "port_call"},
    "AID": {"aid", "arms_transfer"},
    "DISAPPROVE": {"accusation"},
    "REJECT": {"accusation"},
    "DEMAND": {"demand"},
    "THREATEN": {"threat"},
    "SANCTION": {"sanction", "diplomatic_status"},
    "COERCE": {"incursion"},
    "ASSAULT": {"attack"},
    "FIGHT": {"attack"},
    "MOBILIZE": {"exercise", "transit", "deployment"},
    "RETREAT": {"deployment", "agreement"},
}
_STATE = "/id/state/"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One record: the states that it names and those that we find, its class, and the type of our best-fitting event."""

    record: str
    gold: frozenset[str]
    found: frozenset[str]
    event: str
    type: str | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 of participants; the share of exact dyads; agreement on type, and on how many records."""

    precision: float
    recall: float
    f1: float
    dyads: float
    agreement: float
    typed: int
    mapped: int


def compare(record: dict[str, Any], extractor: RuleExtractor) -> Outcome:
    """Extract a record's sentence and set what is found beside what is coded."""
    text = record["text"].strip().strip("{}")
    document = read(Article(record["id"], text.encode(), "record.txt", published=record["date"]))
    extraction = extractor.extract(document)
    gold = frozenset([*record["sources"], *record["targets"]])
    best = max(extraction.events, key=lambda event: _likeness(_states(event), gold), default=None)
    return Outcome(
        record["id"], gold, _found(document, extraction, extractor), record["event"], best.type.value if best else None
    )


def scores(outcomes: Sequence[Outcome]) -> Scores:
    """Sum outcomes up."""
    hits = sum(len(one.gold & one.found) for one in outcomes)
    found, gold = sum(len(one.found) for one in outcomes), sum(len(one.gold) for one in outcomes)
    mapped = [one for one in outcomes if len(one.gold) > 1 and one.event in TYPES]
    typed = [one for one in mapped if one.type is not None]
    return Scores(
        precision=_share(hits, found),
        recall=_share(hits, gold),
        f1=_share(2 * hits, found + gold),
        dyads=_share(sum(one.gold == one.found for one in outcomes), len(outcomes)),
        agreement=_share(sum(one.type in TYPES[one.event] for one in typed), len(typed)),
        typed=len(typed),
        mapped=len(mapped),
    )


def main() -> int:
    """Print the scores; the exit code is 1 when one falls short of what the extractor shall reach."""
    parser = argparse.ArgumentParser(description="Measure the extractor on PLOVER's gold standard records.")
    parser.add_argument("folder", type=Path, help="the folder that holds plover_gsr.jsonl")
    parser.add_argument("--errors", action="store_true", help="also list the records whose states differ from ours")
    options = parser.parse_args()
    extractor = RuleExtractor(ReferenceIndex(load_base(root())))
    lines = (options.folder / "plover_gsr.jsonl").read_text(encoding="utf-8").splitlines()
    outcomes = [compare(json.loads(line), extractor) for line in lines]
    total = scores(outcomes)
    print(f"records        {len(outcomes)}")
    print(f"participants   P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.f1:.3f}   shall be {PARTICIPANTS}")
    print(f"exact dyads    {total.dyads:.3f}   shall be {DYADS}")
    print(
        f"types          {total.agreement:.3f}   shall be {TYPE_AGREEMENT} "
        f"({total.typed} with an event of {total.mapped} interstate records whose class maps to ours)"
    )
    for one in outcomes if options.errors else ():
        if one.gold != one.found:
            print(f"{one.record}  coded {' '.join(sorted(one.gold))}  found {' '.join(sorted(one.found))}")
    return 0 if total.f1 >= PARTICIPANTS and total.dyads >= DYADS and total.agreement >= TYPE_AGREEMENT else 1


def _found(document: Document, extraction: Extraction, extractor: RuleExtractor) -> frozenset[str]:
    told = list(_codes(state for reading in extractor.readings(document) for state in sides(reading)))
    events = sorted(extraction.events, key=lambda event: event.evidence.start)
    acting = (states for event in events if len(states := _states(event)) > 1)
    return next((states for states in acting if told and told[0] in states), frozenset(told))


def _states(event: Event) -> frozenset[str]:
    agents = (fact.agent for claim in event.claims for fact in claim.facts if isinstance(fact, Participant))
    return frozenset(_codes(str(agent.state or next(iter(agent.entities), "")) for agent in agents))


def _codes(names: Iterable[str]) -> Iterator[str]:
    return (name.rpartition("/")[2] for name in names if _STATE in name)


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    return _share(len(first & second), len(first | second))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())
