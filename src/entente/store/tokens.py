"""Cuts a SPARQL text into tokens, well enough to put clauses in at the right place.

Nothing that keeps anybody safe rests on this: the engine reads the text after us, by its own rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Token", "named", "tokenise"]

_TOKEN = re.compile(
    r"""
    (?P<gap>\s+|\#[^\r\n]*)
  | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
        |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.\-]*[\w\-])
  | (?P<prefixed>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
        (?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*(?<!\.))?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>\d*\.\d+(?:[eE][+-]?\d+)?|\d+(?:\.(?=[eE]))?(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<mark>&&|\|\||!=|<=|>=|\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING = {"{": "}", "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, where it starts, and how many brackets are open around it."""

    kind: str
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals."""
        return self.kind == "word" and self.text.upper() in words


def tokenise(text: str) -> tuple[Token, ...] | None:
    """Cut a text into tokens, without spaces and comments; None where its brackets do not match."""
    tokens = []
    expected: list[str] = []
    for match in _TOKEN.finditer(text):
        kind, found = str(match.lastgroup), match[0]
        if kind == "gap":
            continue
        if kind == "mark" and found in _OPENING.values() and (not expected or expected.pop() != found):
            return None
        tokens.append(Token(kind, found, match.start(), len(expected)))
        if kind == "mark" and found in _OPENING:
            expected.append(_OPENING[found])
    return None if expected else tuple(tokens)


def named(tokens: Sequence[Token]) -> dict[int, str]:
    """What IRIs are named where: by the position of each token that is an absolute IRI, or a name with a declared prefix."""
    prefixes: dict[str, str] = {}
    found = {}
    for at, token in enumerate(tokens):
        stem, colon, local = token.text.partition(":")
        if token.kind == "iri":
            found[at] = token.text[1:-1]
            if at > 1 and tokens[at - 2].is_word("PREFIX"):
                prefixes[tokens[at - 1].text] = found[at]
        elif token.kind == "prefixed" and stem + colon in prefixes:
            found[at] = prefixes[stem + colon] + local
    return found
