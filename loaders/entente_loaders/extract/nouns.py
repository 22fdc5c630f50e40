"""Noun groups: determiner, number, modifiers and head as one unit, with its classes."""

from __future__ import annotations

from collections.abc import Sequence

from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.quantities import quantity_of
from entente_loaders.extract.tagger import lemma
from entente_loaders.extract.tokens import Token
from entente_loaders.extract.units import Unit

__all__ = ["head_of", "is_demonym", "noun_group"]

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "CD", "NN", "NNS", "NNP", "NNPS", "$"})
_PRONOUNS = frozenset({"PRP"})
_MAX_LENGTH = 24
_YEAR_LENGTH = 4


def is_demonym(token: Token) -> bool:
    """Tell whether a token is a known name used as an adjective ("Chinese", "US")."""
    if token.hit is None:
        return False
    return any(name.use == "demonym" for name in token.hit.names) or token.text.replace(".", "").isupper()


def noun_group(tokens: Sequence[Token], at: int, limit: int) -> tuple[Unit, int] | None:
    """Read the noun group that begins at `at`, with the token after it; None when there is none."""
    first = tokens[at]
    if first.tag in _PRONOUNS or first.lower in lexicon().closed["pronouns.plural"]:
        return _pronoun(first), at + 1
    begin = at
    limit = min(limit, at + _MAX_LENGTH)
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
        tag = tokens[at].tag
        if tag == "POS":
            if head is None:
                break
            head, at = None, at + 1
            continue
        if tag in {"VBG", "VBN", "RB"} and head is None and _adjectival(tokens, at, limit, begin):
            at += 1
            continue
        if (
            tag in {"VBG", "VBN"}
            and at > begin
            and at + 1 < limit
            and tokens[at].lower in lexicon().closed["emphatic_modifiers"]
            and tokens[at + 1].tag in {"NN", "NNS"}
        ):
            at += 1
            continue
        if (tokens[at].lower in {"and", ",", "&"}) and (joined := _joined_modifiers(tokens, at, limit)):
            at, head = joined, None
            continue
        if tag == "DT" and head is not None:
            break
        if (
            tag == "CD"
            and head is not None
            and tokens[at - 1].hit is not None
            and not is_demonym(tokens[at - 1])
            and len(tokens[at].text) < _YEAR_LENGTH
        ):
            break
        if tokens[at].lower == "several" and head is not None:
            break
        if tag not in _MODIFIERS and not tag.startswith("NN"):
            break
        if tag in _NOUNS or tokens[at].hit is not None:
            head = at
        at += 1
    end = (head + 1) if head is not None else at
    if head is not None:
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


def _department(tokens: Sequence[Token], end: int, limit: int) -> int:
    """Take "of Defence" with "Ministry", "of Foreign Affairs" with "Minister"."""
    if (
        tokens[end - 1].lower not in {"ministry", "minister", "department", "ministers"}
        or end + 1 >= limit
        or tokens[end].lower != "of"
    ):
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
    closed = lexicon().closed
    classes = {"NP", "PRON"}
    for name in ("singular", "thing", "plural", "first"):
        if token.lower in closed[f"pronouns.{name}"]:
            classes.add(f"PRON.{name.upper()}")
    return Unit("NP", token.start, token.end, (token,), frozenset(classes), token.lower)


def head_of(words: Sequence[Token]) -> tuple[str, int]:
    """Give the longest lexicon noun that ends the words, else the last word's lemma; and how many words it takes."""
    nouns, length = lexicon().nouns, lexicon().noun_length
    if not words:
        return "", 0
    # A known name of several words may lend its last ones: "Turkish military | campaign".
    spelled = [part for word in words for part in word.lower.split()]
    last = lemma(spelled[-1], "N")
    for size in range(min(length, len(spelled)), 0, -1):
        phrase = " ".join([*spelled[-size:-1], last])
        if phrase in nouns:
            return phrase, min(size, len(words))
    return last, 1


def _group(words: Sequence[Token]) -> Unit:
    lex = lexicon()
    core, tail = split_names(words)
    head, size = head_of(core)
    department = next((at for at, word in enumerate(words) if word.lower == "of"), None)
    if department is not None and department > 0:
        core, tail = words[:department], ()
        head, size = (
            f"{' '.join(word.lower for word in words[department + 1 :])} {lemma(words[department - 1].lower, 'N')}",
            1,
        )
    classes = {"NP"}
    if core:
        classes.update(f"N.{name}" for name in lex.nouns.get(head, lex.nouns.get(head.rsplit(" ", 1)[-1], frozenset())))
        for word in core[: len(core) - size] if core[-1].hit is None else core:
            modifier = lemma(word.lower, "N")
            classes.update(f"M.{name}" for name in lex.modifiers.get(word.lower, lex.modifiers.get(modifier, frozenset())))
            if word.lower in lex.nouns or modifier in lex.nouns:
                classes.update(f"MN.{name}" for name in lex.nouns.get(word.lower, lex.nouns.get(modifier, frozenset())))
    if core and size > 1:
        for word in core[-size:-1]:
            classes.update(f"M.{name}" for name in lex.modifiers.get(word.lower, frozenset()))
    if core and core[-1].tag == "NNS":
        classes.add("PLURAL")
    if words[0].lower in {"the", "this", "these", "those", "that"} or words[0].tag == "PRP$":
        classes.add("DEF")
    if words[0].lower == "no":
        classes.add("NEGATIVE")
    if tail:
        classes.add("NAMED")
    quantity = quantity_of(core, head_plural=bool(core) and core[-1].tag == "NNS")
    return Unit("NP", words[0].start, words[-1].end, tuple(words), frozenset(classes), head, quantity=quantity)


def split_names(words: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Part "Foreign Minister | Sergei Lavrov" and "destroyers | Qiqihar": the words, and the name that follows them."""
    nouns = lexicon().nouns
    for at in range(len(words) - 1):
        plain = words[at].tag in {"NN", "NNS"} and not words[at].capital
        if plain and (words[at].lower in nouns or lemma(words[at].lower, "N") in nouns):
            tail = words[at + 1 :]
            if all(word.tag in {"NNP", "NNPS", "CD"} and not is_demonym(word) for word in tail) and tail[0].tag != "CD":
                return words[: at + 1], tail
    at = len(words)
    while at > 0 and words[at - 1].tag in {"NNP", "NNPS"} and not is_demonym(words[at - 1]):
        word = words[at - 1]
        if word.hit is None and (word.lower in nouns or lemma(word.lower, "N") in nouns):
            break
        at -= 1
    if 0 < at < len(words) and words[at - 1].tag != "POS" and words[at - 1].hit is None:
        last = words[at - 1]
        if last.lower in nouns or lemma(last.lower, "N") in nouns:
            return words[:at], words[at:]
    return words, ()
