"""Articles that copy one another: signatures that bring copies together, and their likeness, which is worked out exactly.

The signature is a one-permutation MinHash (Li, Owen and Zhang, One permutation hashing, NIPS 2012) of the text's runs of
five words, cut into bands: two texts that share a band are compared in full. Every word run is hashed once, by BLAKE2b,
so that equal texts have equal signatures in every process (docs/decisions/0007-copies.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b

from entente.model import Iri

__all__ = ["COPIED", "Copy", "Report", "all_copies", "compare", "keys", "keys_around", "signature"]

COPIED = 0.5
"""Least share of common word runs, among all of both, at which two texts are near copies."""
_TAKEN_OVER = 0.8
"""Least share of the shorter text's word runs that the longer holds, at which it takes the shorter over."""
_RUN = 5
_BANDS, _ROWS = 32, 3
_LEAST_RUNS = 20
_PERIOD = 14
"""Copies appear soon: articles are compared that are published within half as many days, or more, but not twice as many."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Report:
    """What copies of an article are found by: its text, and when it was published, if that is known."""

    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that are near copies: the share of common word runs, and that of the shorter text's."""

    pair: tuple[Iri, Iri]
    likeness: float
    overlap: float


@lru_cache(maxsize=512)
def _runs(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


@lru_cache(maxsize=512)
def signature(text: str) -> tuple[str, ...]:
    """The bands of a text's signature, as keys to look copies up by; none for a text too short to tell."""
    runs = _runs(text)
    if len(runs) < _LEAST_RUNS:
        return ()
    size = _BANDS * _ROWS
    least: list[int | None] = [None] * size
    for run in runs:
        value = int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big")
        place, rest = value % size, value // size
        known = least[place]
        if known is None or rest < known:
            least[place] = rest
    filled = _fill(least)
    rows = (filled[n : n + _ROWS] for n in range(0, size, _ROWS))
    return tuple(f"{n:02d}-{blake2b(repr(row).encode(), digest_size=6).hexdigest()}" for n, row in enumerate(rows))


def keys(report: Report) -> tuple[str, ...]:
    """The keys under which an article is filed: its bands, in its period of publication."""
    period = "undated" if report.published is None else str(report.published.toordinal() // _PERIOD)
    return tuple(f"{band}-{period}" for band in signature(report.text))


def keys_around(report: Report) -> tuple[str, ...]:
    """The keys under which copies of an article are looked for: its own, and those of the period nearest to it."""
    if report.published is None:
        return keys(report)
    nearer = -_PERIOD if report.published.toordinal() % _PERIOD < _PERIOD // 2 else _PERIOD
    return (*keys(report), *keys(replace(report, published=report.published + timedelta(days=nearer))))


def _fill(least: list[int | None]) -> list[tuple[int, int]]:
    """Fill empty places from the next one that is not, marked by the distance (Shrivastava and Li, ICML 2014)."""
    filled: list[tuple[int, int]] = []
    nearest: tuple[int, int] | None = None
    for value in (*reversed(least), *reversed(least)):
        nearest = (value, 0) if value is not None else (nearest[0], nearest[1] + 1) if nearest is not None else None
        filled.append(nearest or (0, 0))
    return filled[: len(least) - 1 : -1]


def compare(one: tuple[Iri, str], other: tuple[Iri, str]) -> Copy | None:
    """Compare the texts of two articles word for word; None where they are no copies. Either order gives the same."""
    (first, text), (second, other_text) = sorted((one, other))
    runs, others = _runs(text), _runs(other_text)
    if min(len(runs), len(others)) < _LEAST_RUNS:
        return None
    common = len(runs & others)
    likeness, overlap = common / len(runs | others), common / min(len(runs), len(others))
    if likeness < COPIED and overlap < _TAKEN_OVER:
        return None
    return Copy((first, second), round(likeness, 3), round(overlap, 3))


def all_copies(reports: Mapping[Iri, Report]) -> tuple[Copy, ...]:
    """Find all near copies among articles that share a key, in the order of their pairs."""
    filed: dict[str, list[Iri]] = {}
    for article in sorted(reports):
        for key in keys(reports[article]):
            filed.setdefault(key, []).append(article)
    pairs = {
        (min(article, other), max(article, other))
        for article in reports
        for key in keys_around(reports[article])
        for other in filed.get(key, ())
        if other != article
    }
    texts = {article: report.text for article, report in reports.items()}
    return tuple(c for one, other in sorted(pairs) if (c := compare((one, texts[one]), (other, texts[other]))))
