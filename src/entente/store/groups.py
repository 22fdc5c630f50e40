"""Reads the groups of a query's WHERE: their elements, and which variables each mentions and surely binds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from entente.store.tokens import Token, tokenise

__all__ = ["Element", "Group", "Unreadable", "read_where"]

_FORMS = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
_STARTS = ("OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND", "VALUES", "SERVICE", "LATERAL")
_CONSTANTS = ("A", "TRUE", "FALSE")
# What stands between terms in triples and paths; anything else is not understood.
_MARKS = frozenset(".;,()[]/|^*+?!") | {"^^"}
# Another answer each time, or by the number of evaluations; other servers; what changes how groups are evaluated.
_LEFT_ALONE = ("RAND", "UUID", "STRUUID", "BNODE", "SERVICE", "LATERAL")
_OPERANDS = {"variable", "number", "string", "iri", "prefixed", "language"}


class Unreadable(Exception):  # noqa: N818 - it is no error: such a query is run as it stands
    """A query that is not understood well enough to be touched."""


@dataclass(slots=True)
class Element:
    """A part of a group: `mentions` are all its variables, `binds` those that have a value in each of its solutions.

    `kind` is `triples`, `optional`, `minus`, `graph`, `filter`, `bind`, `values`, `select` or `union` (of one
    group or more).
    """

    kind: str
    tokens: Sequence[Token]
    mentions: frozenset[str]
    binds: frozenset[str] = frozenset()
    groups: list[Group] = field(default_factory=list)
    text: str | None = None
    """What to write in place of the tokens, where it is not made of the groups."""


@dataclass(slots=True)
class Group:
    """A group in braces."""

    elements: list[Element]
    start: int
    end: int

    @property
    def binds(self) -> frozenset[str]:
        """The variables that have a value in each solution."""
        return frozenset().union(*(element.binds for element in self.elements))

    @property
    def mentions(self) -> frozenset[str]:
        """All variables in it."""
        return frozenset().union(*(element.mentions for element in self.elements))


def read_where(text: str) -> Group:
    """Read the WHERE of a query. Raises Unreadable for what is not understood."""
    tokens = None if "\\u" in text or "\\U" in text else tokenise(text)
    if tokens is None:
        raise Unreadable("escapes or brackets")
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.kind == "blank" or token.is_word(*_LEFT_ALONE):
            raise Unreadable(f"{token.text} at {token.start}")
        compared = before is not None and (before.kind in _OPERANDS or before.text == ")")
        if token.kind == "iri" and compared and "?" in token.text:
            # It may be two comparisons and no IRI.
            raise Unreadable(f"{token.text} at {token.start}")
    form = next((i for i, token in enumerate(tokens) if token.depth == 0 and token.is_word(*_FORMS)), None)
    if form is None:
        raise Unreadable("no form of query")
    opening = [i for i, token in enumerate(tokens) if i > form and token.depth == 0 and token.text == "{"]
    template = tokens[form].is_word("CONSTRUCT") and tokens[form + 1].text == "{"
    if len(opening) <= template:
        raise Unreadable("no WHERE")
    return _group(tokens, opening[int(template)])


def _group(tokens: Sequence[Token], opening: int) -> Group:
    """Read the group that opens at a position."""
    closing = _closing(tokens, opening)
    elements = list(_elements(tokens, opening + 1, closing))
    return Group(elements, tokens[opening].start, tokens[closing].end)


def _closing(tokens: Sequence[Token], opening: int) -> int:
    depth = tokens[opening].depth
    return next(i for i in range(opening + 1, len(tokens)) if tokens[i].depth == depth)


def _elements(tokens: Sequence[Token], at: int, end: int) -> Iterator[Element]:
    while at < end:
        token = tokens[at]
        if token.text == ".":
            at += 1
        elif token.text == "{":
            element, at = _union(tokens, at, end)
            yield element
        elif token.is_word("OPTIONAL", "MINUS"):
            group, stop = _braces(tokens, at + 1, end)
            yield Element(token.text.lower(), tokens[at:stop], group.mentions, groups=[group])
            at = stop
        elif token.is_word("GRAPH"):
            group, stop = _braces(tokens, at + 2, end)
            name = frozenset(_variables(tokens[at + 1 : at + 2]))
            yield Element("graph", tokens[at:stop], group.mentions | name, group.binds | name, [group])
            at = stop
        elif token.is_word("FILTER"):
            stop = _constraint(tokens, at + 1, end)
            yield Element("filter", tokens[at:stop], frozenset(_variables(tokens[at:stop])))
            at = stop
        elif token.is_word("BIND"):
            stop = _brackets(tokens, at + 1, end, "(")
            yield Element("bind", tokens[at:stop], frozenset(_variables(tokens[at:stop])))
            at = stop
        elif token.is_word("VALUES"):
            element, at = _values(tokens, at, end)
            yield element
        else:
            stop = next((i for i in range(at, end) if tokens[i].is_word(*_STARTS) or tokens[i].text == "{"), end)
            yield _triples(tokens[at:stop])
            at = stop


def _triples(tokens: Sequence[Token]) -> Element:
    for token in tokens:
        if (token.kind == "mark" and token.text not in _MARKS) or (token.kind == "word" and not token.is_word(*_CONSTANTS)):
            raise Unreadable(f"{token.text} at {token.start}")
    variables = frozenset(_variables(tokens))
    return Element("triples", tokens, variables, variables)


def _union(tokens: Sequence[Token], at: int, end: int) -> tuple[Element, int]:
    if tokens[at + 1].is_word("SELECT"):
        stop = _brackets(tokens, at, end, "{")
        return Element("select", tokens[at:stop], frozenset(_variables(tokens[at:stop]))), stop
    start, groups = at, []
    while True:
        group, at = _braces(tokens, at, end)
        groups.append(group)
        if at >= end or not tokens[at].is_word("UNION"):
            break
        at += 1
        if tokens[at].text == "{" and tokens[at + 1].is_word("SELECT"):
            raise Unreadable("a SELECT in a UNION")
    mentions = frozenset[str]().union(*(group.mentions for group in groups))
    binds = groups[0].binds.intersection(*(group.binds for group in groups))
    return Element("union", tokens[start:at], mentions, binds, groups), at


def _braces(tokens: Sequence[Token], at: int, end: int) -> tuple[Group, int]:
    if at >= end or tokens[at].text != "{" or tokens[at + 1].is_word("SELECT"):
        raise Unreadable("a group was expected")
    return _group(tokens, at), _closing(tokens, at) + 1


def _brackets(tokens: Sequence[Token], at: int, end: int, mark: str) -> int:
    if at >= end or tokens[at].text != mark:
        raise Unreadable(f"{mark} was expected")
    return _closing(tokens, at) + 1


def _constraint(tokens: Sequence[Token], at: int, end: int) -> int:
    """The end of what follows FILTER: an expression in brackets, a call, or EXISTS with a group."""
    if at < end and tokens[at].is_word("NOT"):
        at += 1
    if at < end and tokens[at].is_word("EXISTS"):
        return _brackets(tokens, at + 1, end, "{")
    if at < end and tokens[at].kind in ("word", "iri", "prefixed"):
        at += 1
    return _brackets(tokens, at, end, "(")


def _values(tokens: Sequence[Token], at: int, end: int) -> tuple[Element, int]:
    rows = at + 2 if tokens[at + 1].kind == "variable" else _brackets(tokens, at + 1, end, "(")
    stop = _brackets(tokens, rows, end, "{")
    variables = frozenset(_variables(tokens[at:rows]))
    undefined = any(token.is_word("UNDEF") for token in tokens[rows:stop])
    return Element("values", tokens[at:stop], variables, frozenset() if undefined else variables), stop


def _variables(tokens: Sequence[Token]) -> Iterator[str]:
    return (token.text[1:] for token in tokens if token.kind == "variable")
