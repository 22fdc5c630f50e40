"""Takes out words that only measure an event: "two days of talks", "a new round of sanctions"."""

from __future__ import annotations

from collections.abc import Sequence

from entente_loaders.extract.units import Unit

__all__ = ["without_measures"]

_EVENTS = (
    "N.EXERCISE",
    "N.TRAINING",
    "N.PATROL",
    "N.PORT_CALL",
    "N.VISIT",
    "N.TALKS",
    "N.MEETING",
    "N.AGREEMENT",
    "N.SANCTION",
    "N.ATTACK",
    "N.ATTACK_STRONG",
    "N.TRANSIT",
)


def without_measures(units: Sequence[Unit]) -> list[Unit]:
    """Let an event's noun stand for its measure as well; what is definite or owned there is so of the event."""
    kept: list[Unit] = []
    for unit in units:
        if _measured(kept, unit):
            kept.pop()
            kept.append(_with_measure(unit, kept.pop()))
        else:
            kept.append(unit)
    return kept


def _measured(kept: Sequence[Unit], unit: Unit) -> bool:
    if unit.kind != "NP" or len(kept) < 2 or kept[-1].preposition != "of" or not unit.has(*_EVENTS):
        return False
    measure = kept[-2]
    return measure.kind == "NP" and "N.MEASURE" in measure.classes and not measure.agents and not unit.agents


def _with_measure(event: Unit, measure: Unit) -> Unit:
    owned = () if event.owners else measure.owners
    bare = event.tokens[0].tag != "DT"
    classes = {name for name in measure.classes if (bare and name == "DEF") or (owned and name.startswith("OWNED"))}
    return event.but(start=measure.start, classes=event.classes | classes, owners=owned or event.owners)
