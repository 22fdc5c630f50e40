"""Noun groups: where determiner, number, modifiers and head begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from entente_loaders.extract.forms import COMMON_NOUNS, NAMES
from entente_loaders.extract.heads import is_demonym, noun_unit, pronoun_unit
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit

__all__ = ["noun_group"]

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "CD", "NN", "NNS", "NNP", "NNPS", "$"})
_PRONOUNS = frozenset({"PRP"})
_NEVER_FIRST = frozenset({"IN", "TO", "RP", "MD", "CC", "WDT", "WRB", ".", "SYM", "VB", "VBD", "VBP", "VBZ"})
# Tags and words that tell at once how a group of an article and a noun begins and ends.
_DETERMINERS = frozenset({"DT", "PRP$"})
_BEFORE_DETERMINERS = frozenset({"all", "both", "half"})
_ENDING = frozenset(
    {"IN", "TO", "RP", "MD", "VB", "VBD", "VBP", "VBZ", "DT", "PRP", "WDT", "WP", "WRB", ".", ",", ":", "(", ")"}
)
_BINDING = frozenset({"of", "and", ",", "&"})
_MAX_LENGTH = 24
_YEAR_LENGTH = 4


def noun_group(tokens: Sequence[Token], at: int, limit: int) -> tuple[Unit, int] | None:
    """Read the noun group that begins at `at`, with the token after it; None when there is none."""
    first = tokens[at]
    opening = first.lower in _openers()
    if first.tag in _NEVER_FIRST and not opening:
        return None
    if (short := _short_group(tokens, at, limit, opening=opening)) is not None:
        return short
    closed = lexicon().closed
    if first.tag in _PRONOUNS or first.lower in closed["pronouns.plural"]:
        return pronoun_unit(first), at + 1
    begin = at
    limit = min(limit, at + _MAX_LENGTH)
    if first.lower in closed["quantifier_words"]:
        at = _quantifier(tokens, at, limit)
    if (
        at < limit
        and tokens[at].lower in {"all", "both", "half"}
        and at + 1 < limit
        and tokens[at + 1].tag in {"DT", "PRP$", "NNS"}
    ):
        at += 1
    if at < limit and (
        tokens[at].tag in {"DT", "PRP$", "WP$", "PDT"} or tokens[at].lower in {"its", "their", "some", "several"}
    ):
        at += 1
    head: int | None = None
    while at < limit:
        token = tokens[at]
        tag = token.tag
        if tag not in _MODIFIERS:
            if tag == "POS" and head is not None:
                head, at = None, at + 1
            elif tag in {"VBG", "VBN", "RB"} and _modifying(tokens, at, limit, begin, headed=head is not None):
                at += 1
            elif token.lower in {"and", ",", "&"} and (joined := _joined_modifiers(tokens, at, limit)):
                at, head = joined, None
            else:
                break
            continue
        if head is not None and (
            token.lower == "several"
            or token.lower in closed["predicates"]
            or (tag == "CD" and _stands_alone(tokens, at, limit))
        ):
            break
        if tag in _NOUNS or token.hit is not None:
            head = at
        at += 1
    end = (head + 1) if head is not None else at
    if head is not None and end + 1 < limit and tokens[end].lower == "of":
        end = _department(tokens, end, limit)
    # "the two", "both", "the injured": a determiner with a number or adjective stands alone.
    if head is None and (
        end == begin
        or tokens[begin].tag not in {"DT", "CD", "PDT"}
        or (end - begin == 1 and tokens[begin].lower not in {"both", "this", "these", "some", "those"})
    ):
        return None
    if end <= begin or (tokens[end - 1].tag == "POS" and end - begin == 1):
        return None
    return noun_unit(tokens[begin:end]), end


def _short_group(tokens: Sequence[Token], at: int, limit: int, *, opening: bool) -> tuple[Unit, int] | None:
    """Read a noun with nothing before it but an article or possessive, where what follows ends the group in any case."""
    noun = at
    if tokens[at].tag in _DETERMINERS:
        if tokens[at].lower in _BEFORE_DETERMINERS:
            return None
        noun += 1
        opening = noun < limit and tokens[noun].lower in _openers()
    if opening or noun >= limit or tokens[noun].tag not in _NOUNS:
        return None
    if noun + 1 < limit and (tokens[noun + 1].tag not in _ENDING or tokens[noun + 1].lower in _BINDING):
        return None
    return noun_unit(tokens[at : noun + 1]), noun + 1


def _modifying(tokens: Sequence[Token], at: int, limit: int, begin: int, *, headed: bool) -> bool:
    """Tell whether a participle or adverb belongs to the noun that follows."""
    if not headed and _adjectival(tokens, at, limit, begin):
        return True
    return (
        tokens[at].tag != "RB"
        and begin < at < limit - 1
        and tokens[at].lower in lexicon().closed["emphatic_modifiers"]
        and tokens[at + 1].tag in COMMON_NOUNS
    )


def _stands_alone(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Tell whether a number is no word of what stands before it ("China 3, Japan 1", "gave the ambassador | 48 hours")."""
    number, before = tokens[at], tokens[at - 1]
    if before.hit is not None:
        return not is_demonym(before) and len(number.text) < _YEAR_LENGTH
    return before.tag in COMMON_NOUNS and at + 1 < limit and tokens[at + 1].tag == "NNS"


@cache
def _openers() -> frozenset[str]:
    """Give the words that may open a noun group whatever their tags."""
    closed = lexicon().closed
    return (
        closed["quantifier_words"] | closed["pronouns.plural"] | {"all", "both", "half", "its", "their", "some", "several"}
    )


def _department(tokens: Sequence[Token], end: int, limit: int) -> int:
    """Take the "of Defence" at `end` with "Ministry", "of Foreign Affairs" with "Minister", "of State" with "Heads"."""
    if tokens[end - 1].lower in {"head", "heads"}:
        return end + 2 if tokens[end + 1].lower in {"state", "government"} else end
    if tokens[end - 1].lower not in {"ministry", "minister", "department", "ministers"}:
        return end
    stop = end + 1
    while stop < limit and tokens[stop].tag in NAMES and tokens[stop].hit is None:
        stop += 1
    return stop if stop > end + 1 else end


def _quantifier(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Pass over "more than", "some", "an estimated" where a number follows."""
    stop = at
    while stop < limit and stop - at < 4 and tokens[stop].lower in lexicon().closed["quantifier_words"]:
        stop += 1
    return stop if stop > at and stop < limit and tokens[stop].tag == "CD" else at


def _adjectival(tokens: Sequence[Token], at: int, limit: int, begin: int) -> bool:
    if at == begin and tokens[at].lower not in lexicon().closed["emphatic_modifiers"]:
        return False
    return at + 1 < limit and (tokens[at + 1].tag in {"NN", "NNS", "JJ", "NNP"} or tokens[at + 1].tag in {"VBG", "VBN"})


def _adjective(token: Token) -> bool:
    return token.tag == "JJ" or is_demonym(token) or (token.tag != "NNS" and token.lower in lexicon().modifiers)


def _joined_modifiers(tokens: Sequence[Token], at: int, limit: int) -> int | None:
    """Give the place of the last adjective of "maritime, coastal and air targets" when `at` is its comma or "and"."""
    before = tokens[at - 1] if at else None
    if before is None or not (
        _adjective(before) or (before.hit is not None and at + 1 < limit and is_demonym(tokens[at + 1]))
    ):
        return None
    position, joined = at, False
    while position + 1 < limit and tokens[position].lower in {"and", ",", "&"} and not joined:
        if tokens[position].lower == "," and tokens[position + 1].lower == "and":
            position += 1
        joined = tokens[position].lower in {"and", "&"}
        position += 1
        while position + 1 < limit and _adjective(tokens[position]) and _adjective(tokens[position + 1]):
            position += 1
        if position >= limit or not _adjective(tokens[position]):
            return None
        position += 1
    if (
        not joined
        or position >= limit
        or not tokens[position].tag.startswith(("NN", "VBG"))
        or (tokens[position].hit is not None)
    ):
        return None
    # "visited China and Russian forces": a bare state before the joiner is a noun unless an adjective follows it.
    return position
