"""Cuts a tagged sentence into units: dates, noun groups, verb groups, prepositions and marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from entente_loaders.extract.dates import DateExpression
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.nouns import noun_group
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit
from entente_loaders.extract.verbs import verb_group

__all__ = ["QUOTE_MARKS", "chunk"]

QUOTE_MARKS = frozenset("\"“”«»‘’'")
_MARKS = {
    ",": "COMMA",
    ";": "SEMI",
    ":": "COLON",
    "(": "OPEN",
    ")": "CLOSE",
    "[": "OPEN",
    "]": "CLOSE",
    "-": "DASH",
    "–": "DASH",
    "—": "DASH",
    "--": "DASH",
}
_CLASS_SETS = 1024
_JUDGING = frozenset({"HOSTILE", "BLAMED", "FRIENDLY"})
_JOINERS = {"and": "AND", "&": "AND", "or": "OR", "but": "BUT", "nor": "OR"}


def chunk(tokens: Sequence[Token], dates: Sequence[DateExpression]) -> list[Unit]:
    """Cut the tokens into units; quotation marks and adverbs are left out, for they stand everywhere."""
    closed = lexicon().closed
    relatives, subordinators = closed["relatives"], closed["subordinators"]
    tokens = [token for token in tokens if token.text not in QUOTE_MARKS]
    dated = _by_token(tokens, dates)
    starts = [*dated, len(tokens)]
    units: list[Unit] = []
    at = coming = 0
    while at < len(tokens):
        while starts[coming] < at:
            coming += 1
        limit = starts[coming]
        if at == limit:
            date, stop = dated[at]
            units.append(Unit("DATE", date.start, date.end, tuple(tokens[at:stop]), frozenset({"DATE"}), date=date))
            at = stop
            if at < len(tokens) and tokens[at].tag == "POS":
                at += 1
            continue
        unit, stop = _unit(tokens, at, limit, relatives, subordinators)
        if unit is not None:
            units.append(unit)
        at = stop
    return units


def _by_token(tokens: Sequence[Token], dates: Sequence[DateExpression]) -> dict[int, tuple[DateExpression, int]]:
    """Map the first token of each date to the date and the token after it."""
    found: dict[int, tuple[DateExpression, int]] = {}
    at = 0
    for date in dates:
        while at < len(tokens) and tokens[at].end <= date.start:
            at += 1
        stop = at
        while stop < len(tokens) and tokens[stop].start < date.end:
            stop += 1
        if stop > at:
            found[at] = (date, stop)
            at = stop
    return found


def _unit(
    tokens: Sequence[Token], at: int, limit: int, relatives: frozenset[str], subordinators: frozenset[str]
) -> tuple[Unit | None, int]:
    token = tokens[at]
    lower = token.lower
    if lower in _MARKS:
        return _plain(_MARKS[lower], tokens[at : at + 1]), at + 1
    if lower in _JOINERS:
        return _plain(_JOINERS[lower], tokens[at : at + 1]), at + 1
    if length := _complex_preposition(tokens, at):
        return _preposition(tokens[at : at + length]), at + length
    if lower == "that" and not (at + 1 < limit and tokens[at + 1].tag in {"NN", "JJ"} and token.tag == "DT"):
        return _plain("THAT", tokens[at : at + 1]), at + 1
    if lower in relatives:
        return _plain("WH", tokens[at : at + 1]), at + 1
    if lower in subordinators and token.hit is None:
        return _plain("SUB", tokens[at : at + 1], f"S.{lower}"), at + 1
    if group := verb_group(tokens, at, limit):
        return group
    judged = _JUDGING & lexicon().modifiers.get(lower, frozenset())
    if judged and not (at + 1 < limit and tokens[at + 1].tag.startswith(("NN", "JJ"))):
        return _plain("ADJ", tokens[at : at + 1], *sorted(f"A.{name}" for name in judged)), at + 1
    if group := noun_group(tokens, at, limit):
        return group
    if token.tag in {"IN", "TO", "RP"} or lower in lexicon().closed["prepositions"]:
        return _preposition(tokens[at : at + 1]), at + 1
    return None, at + 1


def _plain(kind: str, tokens: Sequence[Token], *classes: str) -> Unit:
    return Unit(kind, tokens[0].start, tokens[-1].end, tuple(tokens), _class_set(kind, *classes))


@lru_cache(maxsize=_CLASS_SETS)
def _class_set(*classes: str) -> frozenset[str]:
    return frozenset(classes)


def _preposition(tokens: Sequence[Token]) -> Unit:
    name = " ".join([token.lower for token in tokens])
    classes = _class_set("PREP", f"P.{name.replace(' ', '_')}", *_preposition_classes(name))
    return Unit("PREP", tokens[0].start, tokens[-1].end, tuple(tokens), classes, preposition=name)


@cache
def _preposition_classes(name: str) -> tuple[str, ...]:
    stem = "preposition_classes."
    closed = lexicon().closed
    return tuple(f"P.{key.removeprefix(stem)}" for key in closed if key.startswith(stem) and name in closed[key])


def _complex_preposition(tokens: Sequence[Token], at: int) -> int:
    for rest in lexicon().complex_prepositions.get(tokens[at].lower, ()):
        if tuple(token.lower for token in tokens[at + 1 : at + 1 + len(rest)]) == rest:
            return 1 + len(rest)
    return 0
