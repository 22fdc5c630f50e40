"""Letters without case and accents, for comparing names that people spell in several ways."""

from __future__ import annotations

import unicodedata

__all__ = ["plain_letters"]

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


def plain_letters(text: str) -> str:
    """The text in small letters, compatible forms as the usual ones, and without combining marks."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
