"""Finds the names of the reference data in a text: longest match, at word edges, in the right case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from entente.model import Name
from entente_loaders.extract.tokens import Hit

__all__ = ["Gazetteer"]

_KEEPS_OUT = ("anti-", "non-", "trans-", "sino-")
_MIN_CAPITALS = 4
_NAMES_REMEMBERED = 1 << 14
_EDITION = re.compile(r"-(?:19|20)?\d\d\b")


class _Listed(NamedTuple):
    """A listed surface as it is spelled, with the names that it may be; none for what only shields its words."""

    spelling: str
    names: tuple[Name, ...]


class Gazetteer:
    """An Aho-Corasick automaton over names; `traps` are names that shield their words from shorter ones."""

    def __init__(self, names: Iterable[Name], traps: Iterable[str] = ()) -> None:
        readings: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            if name.surface:
                readings[_fold(name.surface)].append(name)
        self._listed = {_fold(trap): _Listed(trap, ()) for trap in traps}
        for surface, found in readings.items():
            self._listed[surface] = _Listed(found[0].surface, tuple(dict.fromkeys(found)))
        automaton = ahocorasick.Automaton()
        for surface in self._listed:
            automaton.add_word(surface, (len(surface), surface))
        automaton.make_automaton()
        self._automaton = automaton
        # The same few thousand names come again and again.
        self._written = lru_cache(maxsize=_NAMES_REMEMBERED)(self._read)

    def find(self, text: str) -> list[Hit]:
        """Give the names in the text, left to right, longest first, none within another."""
        if not self._listed:
            return []
        best: dict[int, Hit] = {}
        adjectives: dict[int, Hit] = {}
        folded = _fold(text)
        for last, (length, surface) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            # Most names found stand within longer words.
            if (start and folded[start - 1].isalpha()) or not _edges(text, start, end):
                continue
            fitting = self._written(text[start:end], surface)
            if fitting is None:
                continue
            if any(name.use == "demonym" for name in fitting):
                adjectives[start] = Hit(start, end, fitting)
            known = best.get(start)
            if known is None or end > known.end:
                best[start] = Hit(start, end, fitting)
        hits: list[Hit] = []
        for start in sorted(best):
            if not hits or start >= hits[-1].end:
                hits.append(best[start])
            elif best[start].end > hits[-1].end and hits[-1].end - hits[-1].start < best[start].end - start:
                hits[-1] = best[start]
        return [_with_edition(text, _unjoined(text, hits, at, adjectives)) for at, hit in enumerate(hits)]

    def _read(self, written: str, surface: str) -> tuple[Name, ...] | None:
        """Give the names that a listed surface has where it is written so; None where it is none of them."""
        listed = self._listed[surface]
        fitting = tuple(name for name in listed.names if _case(written, name.surface))
        # "Visited Russia today" is no newspaper, so what shields must be spelled as it is or in capitals.
        shields = not listed.names and (written.isupper() or _plain(written) == listed.spelling)
        return fitting if fitting or shields else None


def _unjoined(text: str, hits: list[Hit], at: int, adjectives: dict[int, Hit]) -> Hit:
    """In "Russian and Chinese naval forces" read "Chinese" alone, so that the noun serves both adjectives."""
    hit = hits[at]
    if (
        at
        and hit.start in adjectives
        and hits[at - 1].start in adjectives
        and text[hits[at - 1].end : hit.start] in {" and ", ", ", ", and ", "-"}
    ):
        return adjectives[hit.start]
    return hit


def _with_edition(text: str, hit: Hit) -> Hit:
    """Let a name take the year that is hyphened to it ("Interaction-2023")."""
    edition = _EDITION.match(text, hit.end)
    return Hit(hit.start, edition.end(), hit.names) if edition and hit.names else hit


def _fold(text: str) -> str:
    """Make letter case and apostrophes alike, character for character."""
    # The capital I with a dot is the one letter whose small form is two characters.
    low = text.lower() if "İ" not in text else "İ".join([part.lower() for part in text.split("İ")])
    return _plain(low)


def _plain(text: str) -> str:
    """Write apostrophes and white space in one way, character for character."""
    return text.replace("’", "'").replace("\n", " ").replace("\u00a0", " ")


def _edges(text: str, start: int, end: int) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        return False
    if text[end : end + 2].strip().startswith("$"):
        # "US $50 million" is a sum.
        return False
    return not (start > 4 and text[start - 1] == "-" and text[max(0, start - 6) : start].lower().endswith(_KEEPS_OUT))


def _case(written: str, surface: str) -> bool:
    written = _plain(written)
    surface = _plain(surface)
    if written == surface:
        return True
    if written.isupper():
        return len(surface) >= _MIN_CAPITALS or "." in surface
    # "Defense ministry" for "Defense Ministry", never "turkey" for "Turkey" or "us" for "US".
    return " " in surface and written[0].isupper() and written.lower() == surface.lower() and not surface.isupper()
