"""Armed groups by the people or faith that a text ties them to: "Basque fighters" are the group it calls Basque."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from entente.model import Kind, Mention
from entente_loaders.extract.directory import Directory
from entente_loaders.extract.references import REFERENCE
from entente_loaders.extract.tokens import Hit, Token

__all__ = ["bands_of", "described"]

_REACH = 40
_STEM = 4
_WORD = re.compile(r"(?<![\w’'.-])[A-Z][a-z]{3,}")
_BREAK = re.compile(r"[.;!?\n]")


def bands_of(text: str, hits: Iterable[Hit], directory: Directory) -> dict[str, Mention]:
    """Give the armed groups of a text by the stems of the names that they bear or that stand just before them.

    Of the groups that share a stem the one most named has it: "Kurdish" goes with the Kurdish group the text is about.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Mention] = {}
    for hit in hits:
        name = directory.read(hit, text)
        if name is None or name.kind is not Kind.ARMED_GROUP:
            continue
        key = name.entities[0]
        first.setdefault(key, name)
        before = _BREAK.split(text[max(0, hit.start - _REACH) : hit.start])[-1]
        for stem in {word[:_STEM] for word in _WORD.findall(before + text[hit.start : hit.end])}:
            counts[stem][key] += 1
    return {stem: first[max(named, key=lambda key: (named[key], key))] for stem, named in counts.items()}


def described(tokens: Sequence[Token], bands: Mapping[str, Mention]) -> tuple[Mention, ...]:
    """Give the armed group that a description stands for: "Basque fighters", "the Basque-held town"; no state's people."""
    if not bands:
        return ()
    stems = [token.text[:_STEM] for token in tokens if token.hit is None and token.capital]
    group = next((bands[stem] for stem in stems if stem in bands), None)
    span_of = tokens[0].span
    return (group._replace(span=span_of, use=REFERENCE),) if group is not None else ()
