"""Articles read into text: decoded, normalised, and cut into sentences whose offsets count code points."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files

import yaml

from entente.errors import ArticleError
from entente.model import Article, Document, Sentence, Span
from entente_loaders.language import ENGLISH, english

__all__ = ["SIZE_LIMIT", "read", "too_large"]

SIZE_LIMIT = 10_000_000
"""The largest article that is read, in bytes; the longest newspaper article is a hundredth of it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n?")
# The look-behind lets a run of stops be tried once only, which keeps the search linear.
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)")
_NEXT = re.compile(r"\s*+[\"'“‘«(\[]*+(\S)?")
_LAST_WORD = re.compile(r"(?:[^\W\d_]|\.)+\Z")
_WORD_WINDOW = 24
_QUOTE_WINDOW = 30


@cache
def _abbreviations() -> frozenset[str]:
    source = files("entente_loaders").joinpath("lexicon/abbreviations.yaml").read_text(encoding="utf-8")
    return frozenset(word for words in yaml.safe_load(source).values() for word in words)


def read(article: Article) -> Document:
    """Read an article into a document.

    Raises ArticleError when the bytes are too many (204), no UTF-8 (201), binary (203) or hold no text (202), and when the
    text is declared or found to be in another language than English (213).
    """
    if len(article.content) > SIZE_LIMIT:
        raise too_large(article.origin)
    try:
        text = article.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            201,
            f"{article.origin} is no UTF-8: byte 0x{article.content[error.start]:02x} at offset {error.start}",
            f"convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 {article.origin}",
        ) from error
    text = _LINE_END.sub("\n", text)
    if control := _CONTROL.search(text):
        raise ArticleError(
            203,
            f"{article.origin} is no text: control character U+{ord(control.group()):04X} at character {control.start()}",
            "give plain text, not a word processor's or a compressed file",
        )
    if not text.strip():
        raise ArticleError(202, f"{article.origin} holds no text", "give an article with at least one sentence")
    _check_language(article, text)
    return Document(article, text, hashlib.sha256(text.encode()).hexdigest(), tuple(_sentences(text)))


def too_large(
    what: str, remedy: str = "give one article a file, or a line of a .jsonl file", limit: int = SIZE_LIMIT
) -> ArticleError:
    """The error (204) for an article, or a file of several, that has more bytes than the limit."""
    return ArticleError(204, f"{what}: more than {limit:,} bytes are too many", remedy)


def _check_language(article: Article, text: str) -> None:
    hint = "give an English translation: the rules read no other language"
    if article.lang.lower().replace("_", "-").split("-")[0] != ENGLISH:
        raise ArticleError(213, f"{article.origin} is declared to be in {article.lang!r}, not in English", hint)
    if not english(text):
        raise ArticleError(213, f"{article.origin} is not in English", hint)


def _sentences(text: str) -> list[Sentence]:
    found: list[Sentence] = []
    lines = _lines(text)
    for number, (start, end) in enumerate(lines):
        spans = _split(text, start, end)
        headline = number == 0 and len(lines) > 1 and len(spans) == 1 and not _closed(text, spans[0])
        found.extend(Sentence(span, headline) for span in spans)
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    """Give the text's lines without outer white space; a line that goes on in lower case is joined to the one before."""
    lines: list[tuple[int, int]] = []
    at = 0
    blank = True
    for line in text.split("\n"):
        body = line.strip()
        if body:
            start = at + line.index(body[0])
            end = start + len(body)
            if not blank and body[0].islower() and not _closed(text, Span(*lines[-1])):
                lines[-1] = (lines[-1][0], end)
            else:
                lines.append((start, end))
        blank = not body
        at += len(line) + 1
    return lines


def _closed(text: str, span: Span) -> bool:
    return text[max(span.start, span.end - 4) : span.end].rstrip("\"'”’»)]").endswith((".", "!", "?", "…"))


def _split(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        following = _NEXT.match(text, stop.end(), end)
        first = following.group(1) if following else None
        if first is None:
            break
        if (
            first.islower()
            or _within_short_quote(text, stop.start(), stop.end())
            or (text[stop.start()] == "." and _abbreviated(text, begin, stop, first))
        ):
            continue
        spans.append(Span(begin, stop.end()))
        begin = stop.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        spans.append(Span(begin, end))
    return spans


def _within_short_quote(text: str, stop: int, after: int) -> bool:
    """Tell whether a stop lies inside a quoted name, such as "North. Interaction"."""
    for opening, closing in (("“", "”"), ('"', '"')):
        before, following = text[max(0, stop - _QUOTE_WINDOW) : stop], text[after : after + _QUOTE_WINDOW]
        if " " + opening in before and closing not in before.rsplit(opening, 1)[1] and closing in following:
            return " " not in before.rsplit(opening, 1)[1] and following.index(closing) < _QUOTE_WINDOW
    return False


def _abbreviated(text: str, begin: int, stop: re.Match[str], first: str) -> bool:
    if stop.group() != ".":
        return False
    window = text[max(begin, stop.start() - _WORD_WINDOW) : stop.start()]
    match = _LAST_WORD.search(window)
    if match is None:
        return first.isdigit() and window.endswith(("No", "no"))
    word = match.group()
    if word in _abbreviations() or (len(word) == 1 and word.isupper()):
        return True
    # "U.S. Navy" goes on, "in the U.S. The" ends: only a following function word tells, so dotted capitals go on.
    return "." in word and not _function_word(text, stop.end())


def _function_word(text: str, at: int) -> bool:
    following = re.match(r"\s*+[\"'“‘(]?([^\W\d_]+)", text[at : at + 40])
    return following is not None and following.group(1) in {
        "The",
        "A",
        "An",
        "In",
        "On",
        "It",
        "He",
        "She",
        "They",
        "But",
        "At",
        "For",
    }
