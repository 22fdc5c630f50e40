"""Tokens with their places in the text, and the tokeniser that makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from entente.model import Name, Span

__all__ = ["Hit", "Token", "tokenise"]

_TOKEN = re.compile(
    r"""
    (?P<number>\d++(?:[.,]\d++)*+(?:st|nd|rd|th)?\b)
  | (?P<title>(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Adm|Capt|Cmdr|Sgt|Sen|Rep|Gov|St)\.(?=\s))
  | (?P<dotted>(?:[^\W\d_]\.){2,}+)
  | (?P<negated>[^\W\d_]{2,}+(?<=n)(?=['’]t\b))
  | (?P<clitic>['’](?:s|re|ve|ll|d|m|t)\b)
  | (?P<word>[^\W_]++(?:[-/][^\W_]++|['’](?!(?:s|re|ve|ll|d|m|t)\b)[^\W\d_]++)*+)
  | (?P<dots>\.{2,}+|…)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)
_HYPHENS = "-\u2010\u2011"
_SUFFIX = re.compile(r"[-\u2010\u2011][^\W_]++(?:-[^\W_]++)*+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in the text; `names` lists its readings, empty for a name that only keeps others from matching."""

    start: int
    end: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of the text; a known name of several words is one token."""

    start: int
    end: int
    text: str
    hit: Hit | None = None
    tag: str = ""
    lemma: str = ""
    lower: str = field(default="", compare=False)

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)

    @property
    def capital(self) -> bool:
        """Whether the token begins with a capital letter."""
        return self.text[0].isupper()


def tokenise(text: str, start: int, end: int, hits: Sequence[Hit] = ()) -> list[Token]:
    """Cut text[start:end] into tokens; each hit within is one token.

    "US-led" is one plain word, for the state it names is no party to what follows; "US-Japanese" is two names.
    """
    tokens: list[Token] = []
    at = start
    for number, hit in enumerate(hits):
        tokens.extend(_words(text, at, hit.start))
        at = hit.end
        if hit.end + 1 < end and text[hit.end] in _HYPHENS and text[hit.end + 1].isalpha():
            if number + 1 < len(hits) and hits[number + 1].start == hit.end + 1:
                at = hit.end + 1
            else:
                suffix = _SUFFIX.match(text, hit.end, end)
                at = suffix.end() if suffix else hit.end
        tokens.append(_token(text, hit.start, at, hit if hit.names else None) if at <= hit.end else _hyphened(text, hit, at))
    tokens.extend(_words(text, at, end))
    return tokens


def _hyphened(text: str, hit: Hit, at: int) -> Token:
    return _token(text, hit.start, hit.end, hit) if at == hit.end + 1 else _token(text, hit.start, at)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        if match.lastgroup == "negated":
            yield _token(text, begin, stop - 1)
        elif match.lastgroup == "clitic" and match.group()[1:] == "t":
            yield _token(text, begin - 1, stop)
        else:
            yield _token(text, begin, stop)


def _token(text: str, start: int, end: int, hit: Hit | None = None) -> Token:
    word = text[start:end]
    return Token(start, end, word, hit, lower=word.lower().replace("’", "'"))
