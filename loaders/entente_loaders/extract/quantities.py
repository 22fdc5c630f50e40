"""Numbers of things: digits, number words, and what softens them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entente.model import CountQualifier
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Quantity

__all__ = ["number_of", "quantity_of"]

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_LONGEST_LEAD = 4
_SEVERAL = Quantity(None, CountQualifier.UNSPECIFIED_PLURAL)
_ONE = Quantity(1, CountQualifier.EXACT)


def number_of(words: Sequence[str]) -> int | None:
    """Read a number written in digits or words ("2,000", "twenty", "two dozen", "twenty-five"); None if it is none."""
    lex = lexicon()
    total: int | None = None
    for word in words:
        if _DIGITS.fullmatch(word):
            total = (total or 0) + int(word.replace(",", ""))
        elif word in lex.numbers:
            total = (total or 0) + lex.numbers[word]
        elif word in lex.multipliers:
            total = (1 if total is None else total) * lex.multipliers[word]
        elif "-" in word and all(part in lex.numbers for part in word.split("-")):
            total = (total or 0) + sum(lex.numbers[part] for part in word.split("-"))
        else:
            return None
    return total


def quantity_of(words: Sequence[Token], *, head_plural: bool) -> Quantity | None:
    """Read the quantity at the head of a noun group; None where it says nothing of number."""
    if not words:
        return None
    tags = [word.tag for word in words[: _LONGEST_LEAD + 1]]
    if "CD" in tags:
        stop = first_number = tags.index("CD")
        while stop < len(words) and words[stop].tag == "CD":
            stop += 1
        count = number_of([word.lower for word in words[first_number:stop]])
        if count is not None:
            before = " ".join(word.lower for word in words[:first_number])
            return Quantity(count, _qualifier(before))
    vague = lexicon().closed["vague"]
    if head_plural or words[0].lower in vague or (len(words) > 1 and words[1].lower in vague):
        return _SEVERAL
    return _ONE if words[0].lower in {"a", "an", "one"} else None


def _qualifier(before: str) -> CountQualifier:
    closed = lexicon().closed
    padded = f" {before} "
    if any(f" {phrase} " in padded for phrase in closed["at_least"]):
        return CountQualifier.AT_LEAST
    if any(f" {phrase} " in padded for phrase in closed["approximate"]):
        return CountQualifier.APPROXIMATE
    return CountQualifier.EXACT
