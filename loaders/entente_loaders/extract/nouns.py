"""Noun groups: determiner, number, modifiers and head as one unit, with its classes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from entente_loaders.extract.lemmas import lemma
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.quantities import quantity_of
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Quantity, Unit, one_set

__all__ = ["head_of", "is_demonym", "noun_group"]

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
_COMMON = frozenset({"NN", "NNS"})
_NAMES = frozenset({"NNP", "NNPS"})
_NAME_ENDS = _NAMES | {"CD"}
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
_WORDS_REMEMBERED = 1 << 14
_YEAR_LENGTH = 4
# "F-16s", "Su-27", "S-400": what weapons are called by.
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,3}-\d{1,3}[A-Z]{0,2}s?\Z")
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})


def is_demonym(token: Token) -> bool:
    """Tell whether a token is a known name used as an adjective ("Chinese", "US")."""
    if token.hit is None:
        return False
    return any(name.use == "demonym" for name in token.hit.names) or token.text.replace(".", "").isupper()


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
        return _pronoun(first), at + 1
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
    return _group(tokens[begin:end]), end


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
    return _group(tokens[at : noun + 1]), noun + 1


def _modifying(tokens: Sequence[Token], at: int, limit: int, begin: int, *, headed: bool) -> bool:
    """Tell whether a participle or adverb belongs to the noun that follows."""
    if not headed and _adjectival(tokens, at, limit, begin):
        return True
    return (
        tokens[at].tag != "RB"
        and begin < at < limit - 1
        and tokens[at].lower in lexicon().closed["emphatic_modifiers"]
        and tokens[at + 1].tag in {"NN", "NNS"}
    )


def _stands_alone(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Tell whether a number is no word of what stands before it ("China 3, Japan 1", "gave the ambassador | 48 hours")."""
    number, before = tokens[at], tokens[at - 1]
    if before.hit is not None:
        return not is_demonym(before) and len(number.text) < _YEAR_LENGTH
    return before.tag in _COMMON and at + 1 < limit and tokens[at + 1].tag == "NNS"


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
    while stop < limit and tokens[stop].tag in {"NNP", "NNPS"} and tokens[stop].hit is None:
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


def _pronoun(token: Token) -> Unit:
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


def _group(words: Sequence[Token]) -> Unit:
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
        if word.tag in _COMMON and words[at + 1].tag in _NAMES and not word.capital and _is_known(word.lower):
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
    return word.tag in _NAMES and not is_demonym(word)
