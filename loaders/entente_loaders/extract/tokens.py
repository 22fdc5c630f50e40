"""Tokens with their places in the text, and the tokeniser that makes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from entente.model import Name, Span
from entente_loaders.extract.forms import Form, form_of

__all__ = ["Hit", "Token", "tokenise"]

_TOKEN = re.compile(
    r"""
    [^\W\d_]++(?![\w.'’/-])
  | (?P<number>\d++(?:[.,]\d++)*+(?:st|nd|rd|th)?(?:-[^\W\d_]++)*+\b)
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


class Hit(NamedTuple):
    """A known name in the text; `names` lists its readings, empty for a name that only keeps others from matching."""

    start: int
    end: int
    names: tuple[Name, ...]


# Not frozen, for a frozen class takes five times as long to make, and there are hundreds in an article.
@dataclass(slots=True)
class Token:
    """A word, number or mark of the text; a known name of several words is one token. The tagger sets `tag`."""

    start: int
    end: int
    text: str
    lower: str
    form: Form
    hit: Hit | None = None
    tag: str = ""

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)

    @property
    def capital(self) -> bool:
        """Whether the token begins with a capital letter."""
        return self.form.capital


def tokenise(text: str, start: int, end: int, hits: Sequence[Hit] = ()) -> list[Token]:
    """Cut text[start:end] into tokens; each hit within is one token.

    "US-led" is one plain word, for the state it names is no party to what follows; "US-Japanese" is two names.
    """
    tokens: list[Token] = []
    at = start
    for number, hit in enumerate(hits):
        _words(text, at, hit.start, tokens)
        at = hit.end
        if hit.end + 1 < end and text[hit.end] in _HYPHENS and text[hit.end + 1].isalpha():
            if number + 1 < len(hits) and hits[number + 1].start == hit.end + 1:
                at = hit.end + 1
            else:
                suffix = _SUFFIX.match(text, hit.end, end)
                at = suffix.end() if suffix else hit.end
        tokens.append(_token(text, hit.start, at, hit if hit.names else None) if at <= hit.end else _hyphened(text, hit, at))
    _words(text, at, end, tokens)
    return tokens


def _hyphened(text: str, hit: Hit, at: int) -> Token:
    return _token(text, hit.start, hit.end, hit) if at == hit.end + 1 else _token(text, hit.start, at)


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        begin, stop = match.span()
        if kind == "negated":
            stop -= 1
        elif kind == "clitic" and text[begin + 1 : stop] == "t":
            begin -= 1
        form = form_of(text[begin:stop])
        tokens.append(Token(begin, stop, form.text, form.lower, form))


def _token(text: str, start: int, end: int, hit: Hit | None = None) -> Token:
    form = form_of(text[start:end])
    return Token(start, end, form.text, form.lower, form, hit)
