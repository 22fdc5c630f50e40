"""Ships and aircraft: the names that noun groups give them, lists of them, and what "the ship" refers back to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entente.model import Kind, Mention
from entente.model.iri import BASE
from entente_loaders.extract.directory import Directory
from entente_loaders.extract.discourse import Discourse
from entente_loaders.extract.forms import NAMES
from entente_loaders.extract.heads import split_names
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit

__all__ = ["GENERIC", "bare_ship_name", "flag_of", "fold_ships", "ship_words"]

GENERIC = frozenset({"ship", "vessel", "warship", "naval ship", "naval vessel", "navy ship", "navy vessel", "war ship"})
"""Nouns that say nothing of a ship's type."""

_STATES = f"{BASE}id/state/"
_HULL = re.compile(r"[A-Z]{1,4}[- ]?\d{1,4}\Z|Hull\b.*|\d{1,4}\Z")


def flag_of(words: Sequence[Token], directory: Directory) -> tuple[Mention, ...]:
    """Read the state off a ship's prefix ("USS", "HMAS") or off a known ship's name."""
    codes = lexicon().ship_prefixes
    for word in words:
        if word.hit is None and word.text not in codes:
            continue
        prefix = word.text.split(" ", 1)[0] if word.hit is not None else word.text
        code = codes.get(prefix) if word is not words[-1] or word.hit is not None else None
        state = directory.state(code) if code is not None else None
        if state is None and word.hit is not None:
            state = directory.ship_state(word.hit)
        if state is not None:
            return (Mention(word.span, word.text, Kind.STATE, (state,), state, use="prefix"),)
    return ()


def ship_words(unit: Unit) -> Sequence[Token]:
    """Give the words of the ship's name that ends a group ("destroyer | JS Foo", "the | USS Bar"), or none."""
    _, tail = split_names(unit.tokens)
    if tail and not _names_state(tail):
        return tail
    codes = lexicon().ship_prefixes
    last = unit.tokens[-1]
    if last.hit is not None and any(name.kind is Kind.VESSEL and name.span.start == last.start for name in unit.names):
        return (last,)
    for at, word in enumerate(unit.tokens[:-1]):
        if word.text in codes and word.hit is None:
            return unit.tokens[at:]
    return ()


def _names_state(words: Sequence[Token]) -> bool:
    """Tell whether a state's own name stands among the words ("warships of | Russia and China"), and no ship's prefix."""
    named = (name for word in words if word.hit is not None for name in word.hit.names)
    state = any(name.use == "name" and name.entity.startswith(_STATES) for name in named)
    return state and not any(word.text in lexicon().ship_prefixes for word in words)


def bare_ship_name(unit: Unit) -> bool:
    """Tell whether a group is a name alone, known as a ship's or not known at all."""
    if unit.kind != "NP" or unit.virtual or unit.has("N.OFFICIAL", "N.ORGAN", "PRON", "N.EXERCISE"):
        return False
    words = [token for token in unit.tokens if token.tag != "DT"]
    ship = any(name.kind is Kind.VESSEL for name in unit.names)
    return bool(words) and all(token.tag in NAMES and (ship or token.hit is None) for token in words)


def fold_ships(units: Sequence[Unit], discourse: Discourse) -> list[Unit]:
    """Fold lists and appositions of ships: names join their noun, a bare type joins the name, ownerless ones their list."""
    done: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if unit.kind == "NP" and unit.has("N.COLLECTIVE") and not unit.agents and _of_ships(units, at):
            # "A fleet of three Chinese ships": the ships say whose they are and how many.
            unit, at = units[at + 2].but(start=unit.start), at + 2
        if _ship(unit):
            unit, at = _with_names(units, at)
            unit, at = _with_type(unit, units, at)
            if not unit.agents and (owner := _listed_owner(done)) is not None:
                unit = _owned(unit, owner, discourse)
        done.append(unit)
        at += 1
    return done


def _of_ships(units: Sequence[Unit], at: int) -> bool:
    of = at + 2 < len(units) and units[at + 1].preposition == "of"
    return of and _ship(units[at + 2]) and bool(units[at + 2].agents)


def _ship(unit: Unit) -> bool:
    return unit.kind == "NP" and unit.has("N.WARSHIP", "N.SHIP") and not unit.has("PRON")


def _joiner(units: Sequence[Unit], at: int) -> int | None:
    """Give the place after a comma, an "and", or both, that stands at `at`."""
    stop = at
    if stop < len(units) and units[stop].kind == "COMMA":
        stop += 1
    if stop < len(units) and units[stop].kind == "AND":
        stop += 1
    return stop if stop > at else None


def _with_names(units: Sequence[Unit], at: int) -> tuple[Unit, int]:
    """Take the further names of "the frigates A, B and C" into the group; give it and its last unit's index."""
    unit = units[at]
    if "PLURAL" not in unit.classes or not ship_words(unit):
        return unit, at
    names: list[Unit] = []
    position = at
    while (step := _joiner(units, position + 1)) is not None and step < len(units):
        other = units[step]
        own_noun = lexicon().nouns.get(other.head) is not None
        prefixed = other.has("N.WARSHIP") and not own_noun and bool(ship_words(other))
        if not prefixed and (not bare_ship_name(other) or other.has("N.SHIP") or other.agents):
            break
        names.append(other.but(classes=other.classes - {"N.SHIP", "N.WARSHIP"}))
        position = step
    if not names:
        return unit, at
    parts = (*(unit.parts or (unit,)), *names)
    tokens = (*unit.tokens, *(token for name in names for token in name.tokens))
    return unit.but(end=names[-1].end, tokens=tokens, parts=parts), position


def _with_type(unit: Unit, units: Sequence[Unit], at: int) -> tuple[Unit, int]:
    """Fold "USS A, a destroyer of the US navy," and "the destroyers, USS A and USS B," into one group."""
    if at + 2 >= len(units) or units[at + 1].kind not in {"COMMA", "DASH"}:
        return unit, at
    other = units[at + 2]
    if other.kind == "NP" and not other.agents and _HULL.match(" ".join(token.text for token in other.tokens)):
        return _with_type(unit, units, at + 2)
    if not _ship(other) and not ship_words(unit):
        return _with_counted(unit, units, at)
    theirs, mine = ({agent.state for agent in one.agents} for one in (other, unit))
    if not _ship(other) or (mine and theirs and mine != theirs):
        return unit, at
    stop = at + 3
    if ship_words(unit) and not ship_words(other) and other.tokens[0].lower in {"a", "an", "one", "the"}:
        while stop + 1 < len(units) and units[stop].kind == "PREP" and units[stop + 1].kind == "NP":
            stop += 2
        if stop < len(units) and units[stop].kind not in {"COMMA", "DASH", "VP", "WH"}:
            return unit, at
        closing = stop < len(units) and units[stop].kind in {"COMMA", "DASH"}
        typed = unit.but(head=unit.head if lexicon().nouns.get(unit.head) and unit.head not in GENERIC else other.head)
        if not typed.agents and other.agents:
            typed = typed.but(agents=other.agents, classes=typed.classes | {"PARTY"})
        return typed.but(classes=typed.classes | other.classes - {"PLURAL", "DEF"}), stop if closing else stop - 1
    if "PLURAL" in unit.classes and not ship_words(unit) and ship_words(other):
        named, last = _named_list(units, at + 2)
        closing = last + 1 < len(units) and units[last + 1].kind in {"COMMA", "DASH"}
        if len(named) > 1 and (closing or last + 1 == len(units)):
            agents = unit.agents or tuple(dict.fromkeys(agent for name in named for agent in name.agents))[:1]
            classes = unit.classes | {"NAMED"} | ({"PARTY"} if agents else frozenset())
            alike = (one if lexicon().nouns.get(one.head) else one.but(head=unit.head) for one in named)
            whole = unit.but(end=named[-1].end, parts=(unit, *alike), agents=agents, classes=classes)
            return whole, last + 1 if closing else last
    return unit, at


def _with_counted(unit: Unit, units: Sequence[Unit], at: int) -> tuple[Unit, int]:
    """Take "two frigates, the A and B" for named where there are as many names as ships."""
    names: list[Unit] = []
    position = at + 1
    while position + 1 < len(units) and bare_ship_name(units[position + 1]) and not units[position + 1].agents:
        names.append(units[position + 1])
        if (step := _joiner(units, position + 2)) is None:
            position += 2
            break
        position = step - 1
    if not names or unit.quantity is None or unit.quantity.count != len(names):
        return unit, at
    last = units.index(names[-1])
    closing = last + 1 < len(units) and units[last + 1].kind in {"COMMA", "DASH"}
    whole = unit.but(end=names[-1].end, parts=(unit, *names), classes=unit.classes | {"NAMED"})
    return whole, last + 1 if closing else last


def _named_list(units: Sequence[Unit], at: int) -> tuple[list[Unit], int]:
    named, position = [units[at]], at
    while (step := _joiner(units, position + 1)) is not None and step < len(units):
        if not _ship(units[step]) or not ship_words(units[step]):
            break
        named.append(units[step])
        position = step
    return named, position


def _listed_owner(done: Sequence[Unit]) -> Mention | None:
    """Give the owner of the ships that an ownerless group is joined to by a comma or "and"."""
    at = len(done) - 1
    while at >= 0 and done[at].kind in {"COMMA", "AND"}:
        at -= 1
    if at < 0 or at == len(done) - 1 or not _ship(done[at]) or len(done[at].agents) != 1:
        return None
    return done[at].agents[0]


def _owned(unit: Unit, owner: Mention, discourse: Discourse) -> Unit:
    words = " ".join(token.text for token in unit.tokens if token.tag != "DT")
    agent = owner._replace(span=unit.span, text=words, use="composed")
    if names := ship_words(unit):
        discourse.remember_name([token.text for token in names], agent)
    own = {"PARTY", "N.FORCE"}
    parts = tuple(part.but(agents=(agent,), classes=part.classes | own) if _ship(part) else part for part in unit.parts)
    return unit.but(agents=(agent,), parts=parts, classes=unit.classes | own)
