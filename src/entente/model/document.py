"""Articles as they come from a source, and documents: articles read into text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Article", "DateCandidate", "Document", "Sentence", "Span"]


class _Bounds(NamedTuple):
    start: int
    end: int


# A tuple, for an article has hundreds of spans and mentions, which tuples make, compare and hash several times as fast.
class Span(_Bounds):
    """A half-open range of code points [start, end) of a document's text."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Span:
        """Make the range.

        Raises ValueError unless 0 <= start < end.
        """
        if not 0 <= start < end:
            raise ValueError(f"a span needs 0 <= start < end, not {start}, {end}")
        return tuple.__new__(cls, (start, end))

    def of(self, text: str) -> str:
        """Cut the span out of the text it belongs to."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class DateCandidate:
    """A day (YYYY-MM-DD) that the material gives for itself; `origin` says where, such as `json-ld:datePublished`."""

    day: str
    origin: str


@dataclass(frozen=True, slots=True)
class Article:
    """A news report as a source delivers it, its bytes not yet read.

    `slug` is the article's stable name and the last part of its IRI; `published` is an EDTF date (YYYY-MM-DD) or None;
    `outlet` is the publisher's name; `origin` says for messages where the bytes came from and never enters the graph;
    `source` is the IRI of the page that the report itself rests on, `url` that of the report. `dates` are all days that the
    material gives for itself, the one that `published` was taken from first; `authors` and `agency` are its bylines.
    """

    slug: str
    content: bytes
    origin: str
    url: str | None = None
    source: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    licence: str | None = None
    lang: str = "en"
    dates: tuple[DateCandidate, ...] = ()
    authors: tuple[str, ...] = ()
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document; `headline` marks the title line."""

    span: Span
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """An article read into normalised text.

    `text` has LF line ends and no byte-order mark; offsets everywhere count its code points. `sha256` is the hex digest
    of its UTF-8 bytes.
    """

    article: Article
    text: str
    sha256: str
    sentences: tuple[Sentence, ...]
