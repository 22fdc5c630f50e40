"""Brings spellings of one name together: case, accents, punctuation, abbreviations and the order of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from entente.model.letters import plain_letters

__all__ = ["bare_name", "fold", "readings", "sort_words"]

# A hull number alone ranks above all misspellings, and is never certain: the name beside it may be another ship's.
_REWRITTEN, _HULL_NUMBER, _QUALIFIER = 0.97, 0.945, 0.75
_MOST_BRACKETS = 3
_GONE = re.compile(r"[.'’ʼ`´]")
_GAP = re.compile(r"[\W_]+")
_SPACED_LETTERS = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_LETTERED_NUMBER = re.compile(r"[A-Za-z].*\d")
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_PREFIX = re.compile(r"^(?:[A-Z]{2,5}|HNoMS|HSwMS|HNLMS|HDMS)\s+(?=\S)")
_SAME = {
    "center": "centre",
    "defense": "defence",
    "dem": "democratic",
    "dept": "department",
    "fed": "federation",
    "govt": "government",
    "harbor": "harbour",
    "intl": "international",
    "is": "islands",
    "min": "ministry",
    "organization": "organisation",
    "rep": "republic",
    "st": "saint",
    "theater": "theatre",
}


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """The text in small letters without accents and punctuation, with usual abbreviations written out."""
    plain = _GONE.sub("", plain_letters(text).replace("&", " and "))
    words = [_SAME.get(word, word) for word in _GAP.split(plain) if word]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return _SPACED_LETTERS.sub(r"\1", " ".join(words))


def sort_words(folded: str) -> str:
    """The words of a folded text in alphabetic order, without the smallest ones."""
    return " ".join(sorted(word for word in folded.split() if word not in {"of", "the", "and"}))


def bare_name(ship: str) -> str | None:
    """A ship's name without prefix and brackets (USS, HMAS), or None where it has neither."""
    bare = _PREFIX.sub("", _BRACKETS.sub(" ", ship).strip())
    return bare if bare != ship else None


def readings(text: str) -> Iterator[tuple[str, float]]:
    """What a text may mean, each with what that is worth, 0 to 1: itself, outside of brackets, inside, turned at a comma.

    What brackets hold tells namesakes apart (a state) more often than it names the thing, unless it is a hull number.
    """
    yield text, 1
    inside = _BRACKETS.findall(text)[:_MOST_BRACKETS]
    if inside:
        yield _BRACKETS.sub(" ", text), _REWRITTEN
        yield from ((part, _HULL_NUMBER if _LETTERED_NUMBER.search(part) else _QUALIFIER) for part in inside)
    first, comma, last = text.partition(",")
    if comma and "," not in last:
        yield f"{last} {first}", _REWRITTEN
