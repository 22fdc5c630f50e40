"""Takes out of a sentence what stands aside: brackets, dates, participles and names between commas."""

from __future__ import annotations

from collections.abc import Sequence

from entente.model import Kind
from entente_loaders.extract.forms import NAMES
from entente_loaders.extract.units import Unit

__all__ = ["fold_inclusions", "fold_places", "tidy", "without_asides", "without_dates", "without_participials"]

_DATE_PREPOSITIONS = frozenset(
    {
        "on",
        "in",
        "since",
        "by",
        "from",
        "until",
        "till",
        "through",
        "during",
        "after",
        "before",
        "of",
        "for",
        "as",
        "to",
        "at",
    }
)


_LONGEST_ASIDE = 12


def without_asides(units: Sequence[Unit]) -> list[Unit]:
    """Take out bracketed asides; a name in brackets is kept as the alias of what stands before."""
    kept: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if unit.kind == "OPEN":
            stop = next(
                (to for to in range(at + 1, min(len(units), at + _LONGEST_ASIDE)) if units[to].kind == "CLOSE"), None
            )
            if stop is not None:
                inner = units[at + 1 : stop]
                if len(inner) == 1 and inner[0].kind == "NP" and kept and kept[-1].kind == "NP":
                    kept[-1] = kept[-1].but(alias=" ".join(token.text for token in inner[0].tokens))
                at = stop + 1
                continue
        elif unit.kind == "CLOSE":
            at += 1
            continue
        if unit.kind != "OPEN":
            kept.append(unit)
        at += 1
    return kept


def without_dates(units: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Set the dates aside, each with the preposition that leads it."""
    kept: list[Unit] = []
    dates: list[Unit] = []
    for at, unit in enumerate(units):
        if unit.kind in {"AND", "OR"} and 0 < at < len(units) - 1 and units[at - 1].kind == units[at + 1].kind == "DATE":
            continue
        if unit.kind != "DATE":
            kept.append(unit)
        elif kept and kept[-1].kind == "PREP" and kept[-1].preposition in _DATE_PREPOSITIONS:
            dates.append(unit.but(preposition=kept.pop().preposition))
        else:
            dates.append(unit)
    return kept, dates


def tidy(units: Sequence[Unit]) -> list[Unit]:
    """Drop commas that stand first or double."""
    kept: list[Unit] = []
    for unit in units:
        if unit.kind == "COMMA" and (not kept or kept[-1].kind == "COMMA"):
            continue
        kept.append(unit)
    return kept


def without_participials(units: Sequence[Unit]) -> list[Unit]:
    """Take out ", dubbed X," between a noun and its verb; the name it gives stays with the noun.

    Any other participle (", signed by X and Y,") becomes a clause behind the sentence, with the noun as its subject.
    """
    kept: list[Unit] = []
    behind: list[Unit] = []
    at = 0
    while at < len(units):
        if (
            units[at].kind == "COMMA"
            and at + 1 < len(units)
            and "PART" in units[at + 1].classes
            and kept
            and not _led(units[at + 1], kept)
        ):
            stop = next(
                (to for to in range(at + 2, min(len(units), at + _LONGEST_ASIDE)) if units[to].kind == "COMMA"), None
            )
            after = units[stop + 1] if stop is not None and stop + 1 < len(units) else None
            if stop is not None and after is not None and after.has("FINITE", "EDFORM"):
                head = _chain_at(kept)
                if "V.NAME" in units[at + 1].classes and units[at + 2].kind == "NP" and head is not None:
                    kept[head] = kept[head].but(
                        parts=(*kept[head].parts, units[at + 2]), classes=kept[head].classes | {"CALLED"}
                    )
                elif head is not None:
                    # No finite verb of its own: "-ed" stays a participle there.
                    verb = units[at + 1].but(classes=units[at + 1].classes - {"EDFORM"})
                    behind += [_break(units[-1].end), kept[head], verb, *units[at + 2 : stop]]
                at = stop + 1
                continue
        if _name_aside(units, at, kept):
            head = _chain_at(kept)
            if head is not None and "N.EXERCISE" in kept[head].classes:
                kept[head] = kept[head].but(
                    parts=(*kept[head].parts, units[at + 1]), classes=kept[head].classes | {"CALLED"}
                )
                at += 3
                continue
        kept.append(units[at])
        at += 1
    return kept + behind


def _break(at: int) -> Unit:
    return Unit("SEMI", at, at, classes=frozenset({"SEMI"}), virtual=True)


def _led(verb: Unit, kept: Sequence[Unit]) -> bool:
    """Tell whether a participle says who hosts or leads an exercise, which its rules read."""
    head = _chain_at(kept)
    return verb.has("V.HOST", "V.LEAD") and head is not None and kept[head].has("N.EXERCISE")


def _name_aside(units: Sequence[Unit], at: int, kept: Sequence[Unit]) -> bool:
    """Tell whether ", North/Interaction-2023," begins at `at`: a bare name between commas before a verb."""
    return (
        units[at].kind == "COMMA"
        and at + 3 < len(units)
        and units[at + 1].kind == "NP"
        and not units[at + 1].agents
        and all(token.tag in {"NNP", "NNPS", "CD"} for token in units[at + 1].tokens)
        and units[at + 2].kind == "COMMA"
        and units[at + 3].kind == "VP"
        and bool(kept)
    )


def _chain_at(done: Sequence[Unit]) -> int | None:
    at = len(done) - 1
    while (
        at >= 0
        and done[at].kind in {"NP", "AND", "PREP"}
        and not (done[at].kind == "NP" and (at == 0 or done[at - 1].kind not in {"PREP", "AND"}))
    ):
        at -= 1
    return at if at >= 0 and done[at].kind == "NP" else None


def fold_places(units: Sequence[Unit]) -> list[Unit]:
    """Fold "Split, Croatia," into one place that lies in its state."""
    kept: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if kept and kept[-1].kind in {"PREP", "VP"} and _town_and_state(units, at):
            state = units[at + 2]
            classes = (unit.classes | {"PLACE", "LOCATED"}) - {"PARTY", "STATE"}
            named = (*unit.names, *(name for name in state.names if name not in unit.names))
            kept.append(unit.but(end=state.end, classes=classes, agents=(), names=named, alias=_words(unit)))
            closing = at + 3 < len(units) and units[at + 3].kind == "COMMA"
            at += 4 if closing else 3
            continue
        kept.append(unit)
        at += 1
    return kept


def _words(unit: Unit) -> str:
    return " ".join(token.text for token in unit.tokens)


def _town_and_state(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a place, a comma and the state that it can lie in begin at `at`, and no list of states."""
    if at + 2 >= len(units) or units[at + 1].kind != "COMMA":
        return False
    town, state = units[at], units[at + 2]
    if town.kind != "NP" or state.kind != "NP" or len(state.tokens) != 1 or not state.has("STATE", "LOCATED"):
        return False
    owners = {name.state for name in state.names if name.kind is Kind.STATE and name.use in {"name", "alias"}}
    if not owners or town.tokens[-1].tag not in NAMES or town.has("N.FORCE", "N.ORGAN", "N.OFFICIAL"):
        return False
    lies_in = {name.state for name in town.names if name.kind in {Kind.STATE, Kind.PLACE} and name.use != "demonym"}
    known = bool(lies_in & owners) and not any(
        name.kind is Kind.STATE and name.use in {"name", "alias"} for name in town.names
    )
    unknown = not town.names and not town.agents
    follows = units[at + 3] if at + 3 < len(units) else None
    return known or (unknown and (follows is None or follows.kind in {"COMMA", "PREP", "VP", "SEMI"}))


def fold_inclusions(units: Sequence[Unit]) -> list[Unit]:
    """Fold "several countries, including X and Y," and "a fleet, including the frigate Z," into one group."""
    kept: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if unit.kind == "NP" and unit.has("N.COUNTRY", "N.AFLOAT") and _included(units, at):
            inner = units[at + 3]
            agents = unit.agents or inner.agents
            classes = unit.classes | {"PARTY"} | (inner.classes & {"MULTI", "NAMED", "N.SHIP", "N.FORCE"})
            kept.append(unit.but(end=inner.end, agents=agents, classes=classes, parts=(inner,)))
            at += 4
            if at < len(units) and units[at].kind == "COMMA":
                at += 1
            continue
        kept.append(unit)
        at += 1
    return kept


def _included(units: Sequence[Unit], at: int) -> bool:
    if at + 3 >= len(units) or units[at + 1].kind != "COMMA" or units[at + 3].kind != "NP" or not units[at + 3].agents:
        return False
    lead = units[at + 2]
    including = lead.verb is not None and lead.verb.lemma in {"include", "comprise"} and "GER" in lead.classes
    return including or lead.preposition in {"such as", "among them"}
