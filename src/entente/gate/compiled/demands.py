"""What a SELECT demands of the data before it can have an answer, read off its text, so that it is not asked in vain.

The triple patterns with which the outermost group begins must all match, whatever follows them (SPARQL 1.1 §18.2.2): where
the data has no triple with such a predicate, there is no answer. What is not understood demands nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from entente.gate.compiled.index import Index
from entente.model import Iri, Term
from entente.model.terms import rdf

__all__ = ["HERE", "Demands", "demands_of"]

HERE = "<urn:entente:here>"
"""What stands for the focus node in a text."""

_TOKEN = re.compile(
    r"""\#[^\r\n]*|(?P<iri><[^\s<>"{}|^`\\]*>)
    |(?P<text>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w+)|(?P<name>[\w.-]*:(?:[\w%-](?:[\w.%-]*[\w%-])?)?)|(?P<word>\w[\w+-]*)|(?P<mark>!=|\S)""",
    re.DOTALL | re.VERBOSE,
)
_PREFIX = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_TERMS = frozenset({"iri", "name", "variable", "text"})
_VALUES = frozenset({"TRUE", "FALSE"})
_HEADS = frozenset({"SELECT", "GROUP", "ORDER", "HAVING"})
_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


class _Token(NamedTuple):
    kind: str
    text: str


class _Step(NamedTuple):
    predicate: str
    back: bool
    needed: bool


class _Pattern(NamedTuple):
    subject: _Token
    path: tuple[_Step, ...]
    value: _Token
    leading: bool


class _UnreadError(Exception):
    """The text has something that is not understood here."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What must be there: properties of the focus node, properties that it is a value of, predicates and values anywhere.

    `mentioned` are all the predicates whose triples can make a difference to the query, None where these may be any.
    """

    out: frozenset[Iri]
    into: frozenset[Iri]
    anywhere: frozenset[Iri]
    pairs: frozenset[tuple[Iri, Iri]]
    mentioned: frozenset[Iri] | None

    def met(self, data: Index, node: Term) -> bool:
        """Tell whether the query may have an answer about a focus node."""
        properties = data.properties(node)
        return (
            all(predicate in properties for predicate in self.out)
            and self.anywhere <= data.predicates
            and all(data.subjects(predicate, node) for predicate in self.into)
            and all(data.subjects(predicate, value) for predicate, value in self.pairs)
        )


def demands_of(query: str) -> Demands:
    """Read the demands of a SELECT in which HERE stands for the focus node."""
    tokens = [_Token(match.lastgroup, match.group()) for match in _TOKEN.finditer(query) if match.lastgroup]
    try:
        names = _names(query, tokens)
    except (KeyError, ValueError):
        return Demands(frozenset(), frozenset(), frozenset(), frozenset(), None)
    patterns: list[_Pattern] = []
    try:
        for pattern in _patterns(tokens):
            patterns.append(pattern)
        predicates = frozenset(names[step.predicate] for one in patterns for step in one.path)
        mentioned = None if "<<" in query or _any_node(patterns) else predicates
    except _UnreadError:
        mentioned = None
    out, into, anywhere, pairs = set[Iri](), set[Iri](), set[Iri](), set[tuple[Iri, Iri]]()
    for subject, path, value, leading in patterns:
        if leading:
            anywhere.update(names[step.predicate] for step in path if step.needed)
            last = path[-1]
            if value.text in names and value.text != HERE and last.needed and not last.back:
                pairs.add((names[last.predicate], names[value.text]))
            for end, step, forward in ((subject, path[0], True), (value, last, False)):
                if end.text == HERE and step.needed:
                    (out if forward != step.back else into).add(names[step.predicate])
    return Demands(frozenset(out), frozenset(into), frozenset(anywhere), frozenset(pairs), mentioned)


def _names(query: str, tokens: Sequence[_Token]) -> Mapping[str, Iri]:
    """Give the IRIs of a query by their spelling; a relative one is a ValueError, an unknown prefix a KeyError."""
    prefixes = dict(_PREFIX.findall(query))
    names = {"a": rdf.type}
    for kind, text in tokens:
        if kind == "iri":
            names[text] = Iri(text[1:-1])
        elif kind == "name":
            prefix, _, local = text.partition(":")
            names[text] = Iri(prefixes[prefix] + local)
    return names


def _any_node(patterns: Sequence[_Pattern]) -> bool:
    """Tell whether a path of no steps joins variables that no other pattern has, and so stands for any node there is."""
    uses = Counter(end.text for one in patterns for end in {one.subject, one.value})
    return any(
        all(end.kind == "variable" and uses[end.text] == 1 for end in (one.subject, one.value))
        for one in patterns
        if not any(step.needed for step in one.path)
    )


def _patterns(tokens: Sequence[_Token]) -> Iterator[_Pattern]:
    """Give the triple patterns of a query, wherever they stand.

    Raises _UnreadError at what is not understood: variables as predicates, alternatives and negations, blank node lists.
    """
    body = list(_without_expressions(tokens))
    # What stands at the end spares the look at what comes next a look at whether there is any.
    body += [_Token("mark", "}")] * 3
    # An aggregate has an answer where nothing matches.
    head = tokens[: next((n for n, token in enumerate(tokens) if token.text == "{"), 0)]
    leading = not any(token.text.upper() in _AGGREGATES for token in head)
    subject, at = None, 1
    while at < len(body) - 2:
        token = body[at]
        if subject is None:
            if token.kind in _TERMS:
                subject = token
            elif token.kind == "word" or token.text in {"{", "}"}:
                leading = False
            elif token.text != ".":
                raise _UnreadError(token.text)
            at += 1
            continue
        path, at = _path(body, at)
        while True:
            value = body[at]
            if value.kind not in _TERMS and value.text.upper() not in _VALUES and not value.text[0].isdigit():
                raise _UnreadError(value.text)
            at += 1
            if body[at].text in {"^", "@"}:  # the datatype or language of a text
                at += 3 if body[at].text == "^" else 2
            yield _Pattern(subject, path, value, leading)
            if body[at].text != ",":
                break
            at += 1
        if body[at].text == ";":
            at += 1
        if body[at].kind not in {"iri", "name"} and body[at].text not in {"a", "^"}:
            subject = None


def _path(body: Sequence[_Token], at: int) -> tuple[tuple[_Step, ...], int]:
    steps: list[_Step] = []
    while True:
        back = body[at].text == "^"
        at += back
        token = body[at]
        if token.kind not in {"iri", "name"} and token.text != "a":
            raise _UnreadError(token.text)
        mark = body[at + 1].text
        steps.append(_Step(token.text, back, needed=mark not in {"?", "*"}))
        at += 2 if mark in {"?", "*", "+"} else 1
        if body[at].text != "/":
            return tuple(steps), at
        at += 1


def _without_expressions(tokens: Sequence[_Token]) -> Iterator[_Token]:
    """Leave out heads of SELECTs, what follows their groups, and expressions, but not the patterns of EXISTS in these."""
    head, brackets = True, list[str]()
    for token in tokens:
        if token.text in {"{", "}"}:
            head = False
            if token.text == "{":
                brackets.append("{")
            elif brackets:
                brackets.pop()
            yield token
        elif token.text == "(":
            brackets.append("(")
        elif token.text == ")":
            if brackets:
                brackets.pop()
        elif token.kind == "word" and token.text.upper() in _HEADS:
            head = True
        elif not head and (not brackets or brackets[-1] == "{"):
            yield token
