"""Cuts a text where the spans of claims begin and end, so that each piece can be marked with the claims it makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Piece", "Span", "cut"]


@dataclass(frozen=True, slots=True)
class Span:
    """The words from character `start` to `end`, counted in code points, that make the claim of a number."""

    start: int
    end: int
    claim: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text with the numbers of the claims it belongs to; of those that begin with it, and that end with it."""

    text: str
    claims: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def cut(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a text into pieces that together are the text; spans may nest, overlap, touch or repeat.

    What of a span lies outside the text is left out.
    """
    inside = [Span(max(0, s.start), min(len(text), s.end), s.claim) for s in spans]
    inside = [span for span in inside if span.start < span.end]
    bounds = sorted({0, len(text), *(span.start for span in inside), *(span.end for span in inside)})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for span in inside:
        opening.setdefault(span.start, []).append(span.claim)
        closing.setdefault(span.end, []).append(span.claim)
    # Spans of one claim may overlap: it is left with the last of them.
    open_: dict[int, int] = {}
    met: set[int] = set()
    pieces = []
    for start, end in pairwise(bounds):
        for claim in opening.get(start, ()):
            open_[claim] = open_.get(claim, 0) + 1
        claims = tuple(sorted(claim for claim, count in open_.items() if count))
        begins = tuple(claim for claim in claims if claim not in met)
        met.update(begins)
        ends = []
        for claim in closing.get(end, ()):
            open_[claim] -= 1
            if not open_[claim]:
                ends.append(claim)
        # One that begins anew where another of its spans ends goes on.
        going_on = set(opening.get(end, ()))
        pieces.append(Piece(text[start:end], claims, begins, tuple(sorted(set(ends) - going_on))))
    return tuple(pieces)
