"""Cuts a tagged sentence into units: dates, noun groups, verb groups, prepositions and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from entente_loaders.extract.dates import DateExpression
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.nouns import noun_group
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit
from entente_loaders.extract.verbs import VERB_OPENERS, verb_group

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
_PREPOSITION_TAGS = frozenset({"IN", "TO", "RP"})
_CLASS_SETS = 1024
_JUDGING = frozenset({"HOSTILE", "BLAMED", "FRIENDLY"})
_JOINERS = {"and": "AND", "&": "AND", "or": "OR", "but": "BUT", "nor": "OR"}


def chunk(tokens: Sequence[Token], dates: Sequence[DateExpression]) -> list[Unit]:
    """Cut the tokens into units; quotation marks and adverbs are left out, for they stand everywhere."""
    special = _uses()
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
        unit, stop = _unit(tokens, at, limit, special)
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


def _unit(tokens: Sequence[Token], at: int, limit: int, special: Mapping[str, _Use]) -> tuple[Unit | None, int]:
    token = tokens[at]
    use = special.get(token.lower)
    if use is not None and (found := _special_unit(use, tokens, at, limit)) is not None:
        return found
    if (token.tag in VERB_OPENERS or token.lower == "to") and (group := verb_group(tokens, at, limit)):
        return group
    if use is not None and use.judging and not (at + 1 < limit and tokens[at + 1].tag.startswith(("NN", "JJ"))):
        return _plain("ADJ", tokens[at : at + 1], *use.judging), at + 1
    if group := noun_group(tokens, at, limit):
        return group
    if token.tag in _PREPOSITION_TAGS or (use is not None and use.preposition):
        return _preposition(tokens[at : at + 1]), at + 1
    return None, at + 1


def _special_unit(use: _Use, tokens: Sequence[Token], at: int, limit: int) -> tuple[Unit, int] | None:
    """Read a mark, a joiner, a complex preposition, or the opener of a clause."""
    token = tokens[at]
    if use.mark:
        return _plain(use.mark, tokens[at : at + 1]), at + 1
    for rest in use.rests:
        stop = at + 1 + len(rest)
        if (
            stop <= len(tokens)
            and tokens[at + 1].lower == rest[0]
            and tuple([following.lower for following in tokens[at + 1 : stop]]) == rest
        ):
            return _preposition(tokens[at:stop]), stop
    if token.lower == "that" and not (at + 1 < limit and tokens[at + 1].tag in {"NN", "JJ"} and token.tag == "DT"):
        return _plain("THAT", tokens[at : at + 1]), at + 1
    if use.relative:
        return _plain("WH", tokens[at : at + 1]), at + 1
    if use.subordinator and token.hit is None:
        return _plain("SUB", tokens[at : at + 1], f"S.{token.lower}"), at + 1
    if use.verbal and _leads_noun(tokens, at):
        return _preposition(tokens[at : at + 1]), at + 1
    return None


@dataclass(frozen=True, slots=True)
class _Use:
    """What a word of the closed classes may be in a sentence; `rests` complete it to a complex preposition."""

    mark: str
    rests: tuple[tuple[str, ...], ...]
    relative: bool
    subordinator: bool
    judging: tuple[str, ...]
    preposition: bool
    verbal: bool


@cache
def _uses() -> Mapping[str, _Use]:
    """Give the uses of all words that are more to a sentence than verbs and nouns."""
    lex = lexicon()
    marks = {**_MARKS, **_JOINERS}
    relatives, subordinators, prepositions = (lex.closed[name] for name in ("relatives", "subordinators", "prepositions"))
    judging = {word: _JUDGING & classes for word, classes in lex.modifiers.items() if _JUDGING & classes}
    words = {"that", *marks, *lex.complex_prepositions, *relatives, *subordinators, *judging, *prepositions}
    return {
        word: _Use(
            marks.get(word, ""),
            lex.complex_prepositions.get(word, ()),
            word in relatives,
            word in subordinators,
            tuple(sorted(f"A.{name}" for name in judging.get(word, ()))),
            word in prepositions,
            word in lex.closed["verbal_prepositions"],
        )
        for word in words
    }


def _leads_noun(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "following" is no verb: not after a form of "be"."""
    return at > 0 and not tokens[at - 1].tag.startswith(("VB", "MD", "RB"))


def _plain(kind: str, tokens: Sequence[Token], *classes: str) -> Unit:
    return Unit(kind, tokens[0].start, tokens[-1].end, tuple(tokens), _class_set(kind, *classes))


@lru_cache(maxsize=_CLASS_SETS)
def _class_set(*classes: str) -> frozenset[str]:
    return frozenset(classes)


def _preposition(tokens: Sequence[Token]) -> Unit:
    name = tokens[0].lower if len(tokens) == 1 else " ".join([token.lower for token in tokens])
    return Unit("PREP", tokens[0].start, tokens[-1].end, tuple(tokens), _preposition_classes(name), preposition=name)


@lru_cache(maxsize=_CLASS_SETS)
def _preposition_classes(name: str) -> frozenset[str]:
    stem = "preposition_classes."
    closed = lexicon().closed
    kinds = [f"P.{key.removeprefix(stem)}" for key in closed if key.startswith(stem) and name in closed[key]]
    return frozenset(("PREP", f"P.{name.replace(' ', '_')}", *kinds))
