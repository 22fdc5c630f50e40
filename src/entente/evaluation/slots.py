"""The slots of a matched event: what each side fills in, and when two fillings are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from entente.evaluation.entries import Entry
from entente.evaluation.likeness import date_likeness, pair_count, same_place
from entente.evaluation.pairing import Pair
from entente.evaluation.words import jaccard, plain, words

__all__ = ["SLOTS", "Slot", "slot_counts", "slot_faults"]

_SAME_SOURCE = 0.5


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot: its items in an event, and whether two items are the same; `variant` for a laxer view of another slot."""

    items: Callable[[Entry], Iterable[Any]]
    same: Callable[[Any, Any], bool]
    variant: bool = False


def _equal(first: Any, second: Any) -> bool:
    return bool(first == second)


def _near_date(first: tuple[str, str], second: tuple[str, str]) -> bool:
    return first[0] == second[0] and bool(date_likeness(first[1], second[1]))


def _same_name(first: str, second: str) -> bool:
    mine, theirs = plain(first), plain(second)
    return bool(mine and theirs) and (mine in theirs or theirs in mine)


def _same_source(first: str, second: str) -> bool:
    return jaccard(words(first), words(second), both_empty=0.0) >= _SAME_SOURCE


def _same_force(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    mine, theirs = _kind(first), _kind(second)
    return (
        first.get("state") == second.get("state")
        and first.get("count") == second.get("count")
        and bool(mine and theirs)
        and (mine <= theirs or theirs <= mine)
    )


def _kind(force: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words(force.get("kind")))


SLOTS: Mapping[str, Slot] = {
    "participants+role": Slot(lambda entry: entry.parties, _equal),
    "participants": Slot(lambda entry: [key for key, _ in entry.parties], _equal, variant=True),
    "dates": Slot(lambda entry: entry.dates, _equal),
    "dates (lenient)": Slot(lambda entry: entry.dates, _near_date, variant=True),
    "places": Slot(lambda entry: entry.places, same_place),
    "name": Slot(lambda entry: [entry.record["name"]] if entry.record.get("name") else [], _same_name),
    "forces": Slot(lambda entry: entry.record.get("forces") or [], _same_force),
    "attributed_to": Slot(lambda entry: entry.record.get("attributed_to") or [], _same_source),
}


def slot_counts(pairs: Iterable[Pair]) -> dict[str, tuple[int, int, int]]:
    """Count for each slot the items that agree, those predicted and those of the gold, over matched events."""
    counts = dict.fromkeys(SLOTS, (0, 0, 0))
    for pair in pairs:
        for name, slot in SLOTS.items():
            gold, predicted = list(slot.items(pair.gold)), list(slot.items(pair.predicted))
            hits, given, wanted = counts[name]
            counts[name] = hits + pair_count(gold, predicted, slot.same), given + len(predicted), wanted + len(gold)
    return counts


def slot_faults(pair: Pair) -> dict[str, tuple[Any, Any]]:
    """Give the slots that do not agree, each with what the gold has and what was predicted."""
    faults: dict[str, tuple[Any, Any]] = {}
    for name, slot in SLOTS.items():
        gold, predicted = list(slot.items(pair.gold)), list(slot.items(pair.predicted))
        if not slot.variant and pair_count(gold, predicted, slot.same) < max(len(gold), len(predicted)):
            faults[name] = gold, predicted
    for name in ("mode", "status"):
        if pair.gold.record.get(name) != pair.predicted.record.get(name):
            faults[name] = pair.gold.record.get(name), pair.predicted.record.get(name)
    if pair.gold.background != pair.predicted.background:
        faults["background"] = pair.gold.background, pair.predicted.background
    return faults
