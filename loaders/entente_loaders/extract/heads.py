"""What a noun group says: its head and its classes, how many it counts, and the name that follows its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from entente_loaders.extract.forms import COMMON_NOUNS, NAMES
from entente_loaders.extract.lemmas import lemma
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.quantities import quantity_of
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Quantity, Unit, one_set

__all__ = ["head_of", "is_demonym", "noun_unit", "pronoun_unit", "split_names"]

_NAME_ENDS = NAMES | {"CD"}
_WORDS_REMEMBERED = 1 << 14
# "F-16s", "Su-27", "S-400": what weapons are called by.
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,3}-\d{1,3}[A-Z]{0,2}s?\Z")
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})


def is_demonym(token: Token) -> bool:
    """Tell whether a token is a known name used as an adjective ("Chinese", "US")."""
    if token.hit is None:
        return False
    return any(name.use == "demonym" for name in token.hit.names) or token.text.replace(".", "").isupper()


def pronoun_unit(token: Token) -> Unit:
    """Make the unit of a pronoun."""
    return Unit("NP", token.start, token.end, (token,), _pronoun_classes(token.lower), token.lower)


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _pronoun_classes(word: str) -> frozenset[str]:
    closed = lexicon().closed
    names = [name for name in ("singular", "thing", "plural", "first") if word in closed[f"pronouns.{name}"]]
    return one_set(frozenset(("NP", "PRON", *[f"PRON.{name.upper()}" for name in names])))


def head_of(words: Sequence[Token]) -> tuple[str, int]:
    """Give the longest lexicon noun that ends the words, else the last word's lemma; and how many words it takes."""
    if not words:
        return "", 0
    last, longest = _last_lemma(words[-1].lower)
    if longest > 1:
        # A known name of several words may lend its last ones: "Turkish military | campaign".
        spelled = [part for word in words[-longest:] for part in word.lower.split()]
        for size in range(min(longest, len(spelled)), 1, -1):
            phrase = " ".join([*spelled[-size:-1], last])
            if phrase in lexicon().nouns:
                return phrase, min(size, len(words))
    return last, 1


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _last_lemma(words: str) -> tuple[str, int]:
    """Give the lemma of the last word, and how many words the lexicon's longest noun that ends in it has."""
    last = lemma(words.rsplit(maxsplit=1)[-1], "N")
    return last, _longest_ending_in().get(last, 1)


@cache
def _longest_ending_in() -> Mapping[str, int]:
    """Give, by last word, how many words the lexicon's longest noun of several words has."""
    longest: dict[str, int] = {}
    for noun in lexicon().nouns:
        *_, last = parts = noun.split()
        longest[last] = max(longest.get(last, 1), len(parts))
    return longest


_SHORT = 2
# What groups of one or two words come to: most are an article and a noun, and the same come again and again.
_short_groups: dict[tuple[str, str, str, str], tuple[frozenset[str], str, Quantity | None]] = {}
_ARMAMENT = frozenset({"N.WEAPON", "N.ARMAMENT"})
_PLURAL, _DEF, _OWN = frozenset({"PLURAL"}), frozenset({"DEF"}), frozenset({"DEF", "OWN"})
_OURS, _NEGATIVE, _NAMED = frozenset({"OURS"}), frozenset({"NEGATIVE"}), frozenset({"NAMED"})


def noun_unit(words: Sequence[Token]) -> Unit:
    """Make the unit of a noun group from its words."""
    first, last = words[0], words[-1]
    if len(words) <= _SHORT and first.hit is None and last.hit is None:
        key = (first.text, first.tag, last.text if last is not first else "", last.tag)
        if (read := _short_groups.get(key)) is None:
            if len(_short_groups) >= _WORDS_REMEMBERED:
                _short_groups.clear()
            read = _short_groups[key] = _read_group(words)
    else:
        read = _read_group(words)
    classes, head, quantity = read
    return Unit("NP", first.start, last.end, tuple(words), classes, head, quantity=quantity)


def _read_group(words: Sequence[Token]) -> tuple[frozenset[str], str, Quantity | None]:
    """Give the classes of a noun group, its head and how many it counts."""
    core, tail = split_names(words)
    head, size = head_of(core)
    lowers = [word.lower for word in words]
    if "of" in lowers[1:]:
        department = lowers.index("of", 1)
        core, tail = words[:department], ()
        head, size = f"{' '.join(lowers[department + 1 :])} {lemma(lowers[department - 1], 'N')}", 1
    first, opening = words[0], lowers[0]
    last = core[-1] if core else None
    plural = last is not None and last.tag == "NNS"
    parts: list[frozenset[str]] = []
    if last is not None:
        parts.append(_head_classes(head))
        parts += [
            _modifier_classes(lower) for lower in (lowers[: len(core) - size] if last.hit is None else lowers[: len(core)])
        ]
        if size > 1:
            modifiers = lexicon().modifiers
            parts += [_prefixed("M", modifiers[word.lower]) for word in core[-size:-1] if word.lower in modifiers]
        if last.hit is None and "-" in last.text and _DESIGNATION.match(last.text):
            parts.append(_ARMAMENT)
    if plural:
        parts.append(_PLURAL)
    if opening in _DEFINITE or first.tag == "PRP$":
        parts.append(_OWN if first.tag == "PRP$" else _DEF)
    if opening in lexicon().closed["pronouns.ours"]:
        parts.append(_OURS)
    if opening == "no":
        parts.append(_NEGATIVE)
    if tail:
        parts.append(_NAMED)
    quantity = quantity_of(core, head_plural=plural)
    return _noun_classes(*parts), head, quantity


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _noun_classes(*parts: frozenset[str]) -> frozenset[str]:
    """Give the classes of a noun group that has all of these, for the same come together again and again."""
    return one_set(frozenset({"NP"}).union(*parts))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _head_classes(head: str) -> frozenset[str]:
    nouns = lexicon().nouns
    return _prefixed("N", nouns.get(head) or nouns.get(head.rsplit(" ", 1)[-1], frozenset()))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _modifier_classes(word: str) -> frozenset[str]:
    """Give the classes that a word before the head lends its group: as a modifier, and as a noun."""
    lex, plain = lexicon(), lemma(word, "N")
    modifiers = lex.modifiers.get(word) or lex.modifiers.get(plain, frozenset())
    nouns = lex.nouns.get(word) or lex.nouns.get(plain, frozenset())
    return _prefixed("M", modifiers) | _prefixed("MN", nouns)


def _prefixed(stem: str, names: frozenset[str]) -> frozenset[str]:
    return frozenset([f"{stem}.{name}" for name in names])


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _is_known(word: str) -> bool:
    """Tell whether a word is a noun of the lexicon, in any number."""
    nouns = lexicon().nouns
    return word in nouns or lemma(word, "N") in nouns


def split_names(words: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Part "Foreign Minister | Sergei Lavrov" and "destroyers | Qiqihar": the words, and the name that follows them."""
    last = len(words) - 1
    if not last or words[last].tag not in _NAME_ENDS:
        return words, ()
    for at, word in enumerate(words[:last]):
        if word.tag in COMMON_NOUNS and words[at + 1].tag in NAMES and not word.capital and _is_known(word.lower):
            tail = words[at + 1 :]
            if all(_in_name(word) or word.tag == "CD" for word in tail):
                return words[: at + 1], tail
    at = len(words)
    while at > 0 and _in_name(words[at - 1]) and (words[at - 1].hit is not None or not _is_known(words[at - 1].lower)):
        at -= 1
    if 0 < at <= last and words[at - 1].tag != "POS" and words[at - 1].hit is None and _is_known(words[at - 1].lower):
        return words[:at], words[at:]
    return words, ()


def _in_name(word: Token) -> bool:
    return word.tag in NAMES and not is_demonym(word)
