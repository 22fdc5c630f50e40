"""How names and quotes are compared: without case, accents, punctuation and little words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache
from typing import Any

__all__ = ["jaccard", "plain", "words"]

_LITTLE = frozenset({"the", "a", "an", "of", "and", "in", "on", "to", "its", "his", "her", "s"})
_OTHER = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    # Full stops vanish, so that "U.S." is "us"; the dotless i is no combination and needs its own line.
    spaced = _OTHER.sub(" ", bare.lower().replace(".", "").replace("ı", "i")).strip()
    return spaced.removeprefix("the ")


def plain(text: Any) -> str:
    """Spell a text in lower-case ASCII words, without a leading article."""
    return _plain(text or "")


def words(text: Any) -> frozenset[str]:
    """Give the words of a text that say something."""
    return frozenset(plain(text).split()) - _LITTLE


def jaccard(first: Set[str], second: Set[str], *, both_empty: float) -> float:
    """Share of what either holds that both hold; `both_empty` where there is nothing to compare."""
    if not first and not second:
        return both_empty
    return len(first & second) / len(first | second)
