"""The lines on which the statements of a Turtle, TriG, N-Triples or N-Quads document stand.

The RDF parser tells no positions, so the document is scanned a second time, after the parser has read it without complaint:
positions come in the order in which the parser gives the statements, and nothing but their count and order connects the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["StatementLines", "statement_lines"]

_SCANNED = frozenset({"text/turtle", "application/trig", "application/n-triples", "application/n-quads"})

# The characters that end a name; in a local name they stand behind a backslash.
_IN_NAME = r"""[^\s<>"'()\[\]{},;.#^`|\\%@~!$&*+=/?:]"""
_LOCAL_PART = rf"(?:{_IN_NAME}|:|%[0-9A-Fa-f]{{2}}|\\.)"
_LOCAL = rf"{_LOCAL_PART}++(?:\.++{_LOCAL_PART}++)*+"
_LABEL = rf"{_IN_NAME}++(?:\.++{_IN_NAME}++)*+"
_TOKEN = re.compile(
    rf"""
      (?P<newline>\r\n|\n|\r)
    | (?P<space>[ \t]++|\#[^\r\n]*+)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
                |"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\\\r\n]|\\.)*+')
    | (?P<term><(?!<)[^<>\r\n]*+>
              |_:{_LABEL}
              |[+-]?(?:[0-9]++\.[0-9]*+[eE][+-]?[0-9]++|\.[0-9]++[eE][+-]?[0-9]++|[0-9]++[eE][+-]?[0-9]++
                      |[0-9]*+\.[0-9]++|[0-9]++)
              |(?:[^\W\d_](?:{_IN_NAME}|\.)*+)?:(?:{_LOCAL})?)
    | (?P<word>[A-Za-z]++)
    | (?P<at>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<mark>\^\^|[.,;\[\](){{}}])
    """,
    re.VERBOSE | re.DOTALL,
)
_BREAK = re.compile(r"\r\n|\n|\r")
_DIRECTIVES = {"@prefix": 3, "@base": 2, "@version": 2, "prefix": 2, "base": 1, "version": 1}


class StatementLines(NamedTuple):
    """The lines, from 1 on, on which the terms of a statement begin."""

    subject: int
    predicate: int
    object: int


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


class _UnknownSyntaxError(Exception):
    """The document uses syntax that is not scanned, such as the annotations of RDF 1.2."""


def statement_lines(data: bytes, media_type: str, expected: int) -> Sequence[StatementLines] | None:
    """Give the lines of each statement, in the order in which store.parse gives the statements.

    `data` must be a document that the parser has read, and `expected` how many statements it found there. None where the
    format has no lines to speak of, and where the scan does not find these statements.
    """
    if media_type not in _SCANNED:
        return None
    try:
        lines = list(_Scan(_tokens(data.decode("utf-8"))).statements())
    except (UnicodeDecodeError, _UnknownSyntaxError):
        return None
    return lines if len(lines) == expected else None


def _tokens(text: str) -> list[_Token]:
    found = []
    line, position = 1, 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _UnknownSyntaxError(f"line {line}")
        position = match.end()
        kind = match.lastgroup
        if kind == "newline":
            line += 1
        elif kind != "space":
            found.append(_Token(kind, match.group(), line))
            if kind == "string":
                line += len(_BREAK.findall(match.group()))
    return found


class _Frame:
    """What is being read: a statement, or the inside of brackets.

    `kind` is `.` for a statement, `[` for a blank node's properties, `(` for a list; `line` is where the bracket stands.
    `pending` are lines of a statement that the parser gives only after the next token: that of the list itself.
    """

    __slots__ = ("as_subject", "kind", "line", "pending", "predicate", "state", "subject")

    def __init__(self, kind: str, line: int = 0, *, as_subject: bool = False) -> None:
        self.kind = kind
        self.line = line
        self.as_subject = as_subject
        self.state = {".": "subject", "[": "predicate", "(": "item"}[kind]
        self.subject = line
        self.predicate = line
        self.pending: StatementLines | None = None


class _Scan:
    """A walk over the tokens, without recursion, since brackets may be nested as deeply as anybody likes."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._frames = [_Frame(".")]
        self._held: StatementLines | None = None

    def statements(self) -> Iterator[StatementLines]:
        """Give the lines of the statements in the parser's order."""
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            # The parser has to see whether a suffix follows a string: what the next token completes comes first.
            held, self._held = self._held, None
            yield from self._read(self._frames[-1], token)
            if held is not None:
                yield held

    def _read(self, frame: _Frame, token: _Token) -> Iterator[StatementLines]:
        if frame.kind == "(":
            yield from self._item(frame, token)
        elif frame.state == "object":
            yield from self._object(frame, token)
        elif token.text in (".", "}", "]") and token.kind == "mark":
            yield from self._end(frame, token)
        elif frame.state == "subject":
            self._subject(frame, token)
        elif frame.state == "predicate":
            self._predicate(frame, token)
        elif token.text in (",", ";"):
            frame.state = "object" if token.text == "," else "predicate"
        elif token.kind != "term":
            # a term after the object is the graph of an N-Quads statement
            raise _UnknownSyntaxError(f"line {token.line}")

    def _peek(self) -> str:
        return self._tokens[self._next].text if self._next < len(self._tokens) else ""

    def _subject(self, frame: _Frame, token: _Token) -> None:
        word = token.text.lower()
        if word in _DIRECTIVES and token.kind in ("at", "word"):
            self._next += _DIRECTIVES[word]
        elif token.text == "[" or (token.text == "(" and self._peek() != ")"):
            self._frames.append(_Frame(token.text, token.line, as_subject=True))
        elif token.text == "(" or token.kind == "term":
            self._next += token.text == "("
            frame.subject, frame.state = token.line, "predicate"
        elif token.text != "{" and word != "graph":
            raise _UnknownSyntaxError(f"line {token.line}")

    @staticmethod
    def _predicate(frame: _Frame, token: _Token) -> None:
        if token.text == "{":
            # what looked like a subject was the name of a graph
            frame.state = "subject"
        elif token.kind == "term" or token.text == "a":
            frame.predicate, frame.state = token.line, "object"
        elif token.text != ";":
            raise _UnknownSyntaxError(f"line {token.line}")

    def _object(self, frame: _Frame, token: _Token) -> Iterator[StatementLines]:
        frame.state = "after"
        yield from self._value(token, StatementLines(frame.subject, frame.predicate, token.line))

    def _value(self, token: _Token, lines: StatementLines) -> Iterator[StatementLines]:
        """Begin an object: go into its brackets, or give its statement."""
        if token.text == "[":
            self._frames.append(_Frame("[", token.line))
        elif token.text == "(" and self._peek() != ")":
            opened = _Frame("(", token.line)
            opened.pending = lines
            self._frames.append(opened)
        else:
            yield from self._finish(token, lines)

    def _finish(self, token: _Token, lines: StatementLines) -> Iterator[StatementLines]:
        """Give the statement of a term that has begun, and pass over the suffix of a literal or the end of an empty list."""
        if token.kind == "string":
            following = self._tokens[self._next] if self._next < len(self._tokens) else None
            suffix = 0 if following is None else 1 if following.kind == "at" else 2 if following.text == "^^" else 0
            if not suffix:
                self._held = lines
                return
            self._next += suffix
        elif token.text == "(":
            self._next += 1
        elif token.kind in ("mark", "at") or (token.kind == "word" and token.text not in ("true", "false")):
            raise _UnknownSyntaxError(f"line {token.line}")
        yield lines

    def _item(self, frame: _Frame, token: _Token) -> Iterator[StatementLines]:
        if token.text == ")":
            yield StatementLines(frame.subject, frame.subject, token.line)
            yield from self._close(frame)
            return
        pending = frame.pending
        if frame.state == "more":
            pending = StatementLines(frame.subject, frame.subject, token.line)
        if frame.state == "more" or pending is None:
            frame.subject = token.line
        frame.pending, frame.state = None, "more"
        lines = StatementLines(frame.subject, frame.subject, token.line)
        at_once = token.kind in ("term", "word")
        if pending is not None and not at_once:
            yield pending
        yield from self._value(token, lines)
        if pending is not None and at_once:
            yield pending

    def _end(self, frame: _Frame, token: _Token) -> Iterator[StatementLines]:
        if frame.kind == "[":
            if token.text != "]":
                raise _UnknownSyntaxError(f"line {token.line}")
            yield from self._close(frame)
        else:
            frame.state = "subject"

    def _close(self, frame: _Frame) -> Iterator[StatementLines]:
        """Go back from the inside of brackets to what they stand in."""
        self._frames.pop()
        outer = self._frames[-1]
        if frame.as_subject:
            outer.subject, outer.state = frame.line, "predicate"
        elif frame.kind == "[":
            predicate = outer.subject if outer.kind == "(" else outer.predicate
            yield StatementLines(outer.subject, predicate, frame.line)
