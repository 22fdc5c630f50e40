"""Folds a sentence to its skeleton: asides out, dates aside, parties joined, left-out subjects put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from entente.model import Kind
from entente_loaders.extract.asides import (
    fold_inclusions,
    fold_places,
    tidy,
    without_asides,
    without_dates,
    without_participials,
)
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.forms import NAMES
from entente_loaders.extract.measures import without_measures
from entente_loaders.extract.ships import fold_ships
from entente_loaders.extract.subjects import OPENERS, finite, subordinate, with_subjects
from entente_loaders.extract.units import Unit

__all__ = ["Clause", "fold"]


_SHIPS = frozenset({"N.WARSHIP", "N.SHIP"})
_INTERRUPTING = frozenset({"PART", "N.EXERCISE"})
_PLACED = frozenset({"STATE", "LOCATED"})
_INCLUDING = frozenset({"N.COUNTRY", "N.AFLOAT"})
_POSTS = frozenset({"N.ORGAN", "N.OFFICIAL", "N.FORCE", *_SHIPS})
_SIDES = frozenset({"SIDE", "SIDE.LAND", "SIDE.FIRM"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence's skeleton, and the dates taken out of it (with the preposition that led them)."""

    units: tuple[Unit, ...]
    dates: tuple[Unit, ...]


_INSTITUTIONS = frozenset({Kind.ORGAN, Kind.FORCE})


def fold(units: Sequence[Unit], discourse: Discourse, *, headline: bool = False) -> Clause:
    """Fold the units of a sentence; nothing is moved, only taken out, joined or repeated."""
    kinds = {unit.kind for unit in units}
    classes = frozenset[str]().union(*[unit.classes for unit in units])
    # Each step is taken only where the sentence has what it looks for, for most have not.
    commas, leads, joined = "COMMA" in kinds, "PREP" in kinds, "AND" in kinds
    kept = without_asides(units) if kinds & {"OPEN", "CLOSE"} else list(units)
    dates: list[Unit] = []
    if "DATE" in kinds:
        kept, dates = without_dates(kept)
    if commas:
        kept = tidy(kept)
    if commas and not classes.isdisjoint(_INTERRUPTING):
        kept = without_participials(kept)
    if leads and "N.MEASURE" in classes:
        kept = without_measures(kept)
    if commas and not classes.isdisjoint(_PLACED):
        kept = fold_places(kept)
    if not classes.isdisjoint(_SHIPS):
        kept = fold_ships(kept, discourse)
    if (commas or joined) and "PARTY" in classes:
        kept = _join_parties(kept, discourse, headline=headline)
    if leads and commas and not classes.isdisjoint(_INCLUDING):
        kept = fold_inclusions(kept)
    if leads and joined and "OWNED" in classes:
        kept = _shared_possession(kept)
    if "V.DESCRIBE" in classes:
        kept = _without_labels(kept)
    if leads and not classes.isdisjoint(_POSTS):
        kept = _of_states(kept, discourse)
    if commas and "N.OFFICIAL" in classes:
        kept = _join_appositions(kept, discourse)
    if not classes.isdisjoint(OPENERS):
        kept = subordinate(kept)
    if "EDFORM" in classes:
        kept = finite(kept)
    kept = [_sided(unit) if unit.kind == "NP" else unit for unit in kept]
    return Clause(tuple(with_subjects(kept)), tuple(dates))


def _without_labels(units: Sequence[Unit]) -> list[Unit]:
    """Take out the words that put a distance: "condemned | what it called | US aggression"."""
    kept: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        begins = bool(kept) and (kept[-1].kind == "PREP" or kept[-1].has("V.CONDEMN", "V.PROTEST", "V.REJECT"))
        if begins and unit.kind == "NP" and at + 1 < len(units) and units[at + 1].has("V.DESCRIBE") and _short(unit):
            at += 2
            if at < len(units) and units[at].preposition == "as":
                at += 1
            continue
        kept.append(unit)
        at += 1
    return kept


def _short(unit: Unit) -> bool:
    """Tell whether a noun group is a pronoun or a bare name of a party."""
    return len(unit.tokens) == 1 and ("PRON" in unit.classes or bool(unit.agents))


def _sided(unit: Unit) -> Unit:
    """Mark a noun group that is a party, belongs to one, or names an armed group, so that force may be used against it.

    Beside SIDE, which they all are, SIDE.LAND also takes in a state that is only a place, and SIDE.FIRM a state's firms.
    """
    classes = unit.classes
    if unit.agents or unit.owners or "GROUP" in classes:
        return unit.with_classes(classes | _SIDES)
    if "N.NONSTATE" in classes and any(name.kind is Kind.STATE for name in unit.names):
        return unit.with_classes(classes | {"SIDE.FIRM"})
    return unit.with_classes(classes | {"SIDE.LAND"}) if "LOCATED" in classes else unit


def _join_parties(units: Sequence[Unit], discourse: Discourse, *, headline: bool) -> list[Unit]:
    done: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        stop = _list_end(units, at, headline=headline) if unit.kind == "NP" and unit.agents else None
        if stop is None:
            done.append(unit)
            at += 1
        else:
            parts = tuple(part for part in units[at : stop + 1] if part.kind == "NP")
            done.append(_joined(parts))
            discourse.hear(done[-1].agents, subject=False)
            if all(part.has("N.WARSHIP") for part in parts):
                discourse.sail(done[-1].agents, single=False)
            at = stop + 1
    return done


def _list_end(units: Sequence[Unit], at: int, *, headline: bool) -> int | None:
    """Give the last member of a list of parties that begins at `at`, or None when there is no list."""
    position, joined = at, False
    while position + 1 < len(units) and not (joined and not _ships(units[position])):
        step = position + 1
        if units[step].kind == "COMMA" and step + 1 < len(units) and units[step + 1].kind == "AND":
            step += 1
        if units[step].kind not in {"COMMA", "AND"} or step + 1 >= len(units) or not _party(units[step + 1]):
            break
        if joined and not _ships(units[step + 1]):
            break
        joined = units[step].kind == "AND"
        position = step + 1
    if position == at:
        return None
    follows = units[position + 1] if position + 1 < len(units) else None
    verb = follows is not None and follows.kind == "VP" and "FINITE" in follows.classes
    before = units[at - 1] if at else None
    if joined:
        # "attacked Iran and Iraq said ...": the second party begins a clause of its own.
        object_before = before is not None and before.kind in {"VP", "PREP"}
        of_forces = at > 1 and units[at - 2].has("N.FORCE", "N.ORGAN") and units[at - 1].kind == "PREP"
        new_clause = verb and object_before and before is not None and not _between(before) and not of_forces
        return position - 2 if new_clause and position - 2 > at else None if new_clause else position
    if headline and verb and before is None and position == at + 2:
        return position
    return None


def _ships(unit: Unit) -> bool:
    """Tell whether a list may go on after its "and", as lists of named ships do."""
    return unit.has("N.WARSHIP") and unit.has("NAMED")


def _guessed(unit: Unit, preposition: Unit) -> bool:
    """Tell whether only the text before a group says whose it is, so that "the speaker | of the senate" says it better."""
    unnamed = unit.tokens[0].tag == "DT" and all(token.hit is None for token in unit.tokens)
    return all(agent.use == "reference" for agent in unit.agents) or (unnamed and preposition.preposition == "of")


def _between(unit: Unit) -> bool:
    return unit.kind == "PREP" and unit.preposition in {"between", "of", "by", "among", "from"}


def _party(unit: Unit) -> bool:
    return unit.kind == "NP" and bool(unit.agents)


def _joined(parts: tuple[Unit, ...]) -> Unit:
    agents = tuple(dict.fromkeys(agent for part in parts for agent in part.agents))
    classes = frozenset.union(*(part.classes for part in parts)) - {"DEF", "LOCATED"}
    if len({Discourse.owner(agent) for agent in agents}) > 1:
        classes |= {"MULTI"}
    if not all("STATE" in part.classes for part in parts):
        classes -= {"STATE"}
    return Unit(
        "NP",
        parts[0].start,
        parts[-1].end,
        tuple(token for part in parts for token in part.tokens),
        classes,
        parts[-1].head,
        agents=agents,
        names=tuple(name for part in parts for name in part.names),
        parts=parts,
    )


def _shared_possession(units: Sequence[Unit]) -> list[Unit]:
    """Read "the US and South Korea's drill" as a drill of both."""
    done: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if (
            at + 2 < len(units)
            and unit.has("STATE")
            and units[at + 1].kind == "AND"
            and units[at + 2].has("OWNED")
            and units[at + 2].has("N.EXERCISE", "N.PATROL", "N.TIES", "N.AGREEMENT", "N.TALKS")
            and any(token.tag == "POS" for token in units[at + 2].tokens)
        ):
            other = units[at + 2]
            owners = tuple(dict.fromkeys((*unit.agents, *other.owners)))
            done.append(other.but(start=unit.start, owners=owners, classes=other.classes | {"OWNED.MULTI"}))
            at += 3
            continue
        done.append(unit)
        at += 1
    return done


def _of_states(units: Sequence[Unit], discourse: Discourse) -> list[Unit]:
    """Compose "the navies of India and Japan", "the president of Russia"."""
    done: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if (
            unit.kind == "NP"
            and at + 2 < len(units)
            and units[at + 1].kind == "PREP"
            and unit.has("N.ORGAN", "N.OFFICIAL", "N.FORCE")
            and not unit.owners
            and (
                (units[at + 1].preposition in {"of", "from"} and units[at + 2].has("STATE"))
                or (units[at + 1].preposition in {"of", "for"} and unit.has("N.OFFICIAL") and _institution(units[at + 2]))
            )
            and (not unit.agents or _guessed(unit, units[at + 1]))
        ):
            owner_unit = units[at + 2]
            kind = Kind.FORCE if "N.FORCE" in unit.classes and "N.OFFICIAL" not in unit.classes else Kind.ORGAN
            agents = tuple(
                agent._replace(kind=kind, entities=(), head=unit.head, use="composed", text=f"{agent.text} {unit.head}")
                if agent.state and units[at + 1].preposition != "for" and owner_unit.has("STATE", "N.ORGAN")
                else agent
                for agent in owner_unit.agents
                if agent.state or agent.kind in _INSTITUTIONS
            )
            if agents:
                classes = unit.classes | {"PARTY"} | (owner_unit.classes & {"MULTI"})
                done.append(
                    unit.but(end=owner_unit.end, tokens=unit.tokens + owner_unit.tokens, classes=classes, agents=agents)
                )
                for agent in agents:
                    discourse.by_head[unit.head] = agent
                at += 3
                continue
        done.append(unit)
        at += 1
    return done


def _institution(unit: Unit) -> bool:
    """Tell whether a noun group is an organ or a force of a state."""
    return bool(unit.agents) and all(agent.kind in _INSTITUTIONS for agent in unit.agents)


def _join_appositions(units: Sequence[Unit], discourse: Discourse) -> list[Unit]:
    """Fold "Sergei Lavrov, the Russian foreign minister," into one party."""
    done: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if (
            at + 2 < len(units)
            and unit.kind == "NP"
            and units[at + 1].kind == "COMMA"
            and units[at + 2].kind == "NP"
            and _same_agent(unit, units[at + 2])
            and (at + 3 == len(units) or units[at + 3].kind in {"COMMA", "VP", "PREP", "SEMI", "AND"})
        ):
            other = units[at + 2]
            best = unit if unit.agents and unit.agents[0].use != "reference" else other
            if not unit.agents:
                discourse.remember_name([token.text for token in unit.tokens], best.agents[0])
            stop = at + 3
            if stop < len(units) and units[stop].kind == "COMMA":
                stop += 1
            done.append(
                best.but(
                    start=unit.start,
                    end=other.end,
                    tokens=unit.tokens + other.tokens,
                    classes=unit.classes | other.classes,
                )
            )
            at = stop
            continue
        done.append(unit)
        at += 1
    return done


def _same_agent(first: Unit, second: Unit) -> bool:
    """Tell whether two noun groups around a comma name one official: by office and name, or by two titles."""
    if not first.has("N.OFFICIAL") and not second.has("N.OFFICIAL"):
        return False
    if len(second.agents) == 1 and not first.agents and not first.owners and not second.has("PLURAL", "PRON"):
        return all(token.tag in NAMES and token.hit is None for token in first.tokens)
    if len(first.agents) != 1 or len(second.agents) != 1:
        return False
    if Discourse.owner(first.agents[0]) != Discourse.owner(second.agents[0]):
        return False
    return not (first.classes | second.classes) & {"STATE", "PRON"}
