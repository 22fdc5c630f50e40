"""Screens of SPARQL constraints: what can surely give no row is not asked of the store.

The algebra is rdflib's. A screen runs patterns and filters as far as their outcome is certain in every engine, and lets
through where it is not: literals that may be equal as values, functions it does not know, operators beyond BGP and FILTER.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import chain
from typing import Any

from rdflib import BNode, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern

from entente.gate.compiled.expressions import Row, Truth, compile_truth
from entente.gate.compiled.index import Index
from entente.model import Iri, Literal, Term

__all__ = ["Screen", "compile_screen"]

_Rows = Callable[[Index, Row], Iterator[Row]]
_Step = Callable[[Index, Term], Iterable[Term]]

_BEST_FIRST = ([True, True], [True, False], [False, True])


class _UncertainError(Exception):
    """What a part of a query gives cannot be told here."""


class Screen:
    """What a query asks for; `predicates` are those that its answer depends on, None where it may be any."""

    def __init__(self, algebra: Any) -> None:
        self.predicates = _predicates(algebra)
        self._rows, _, _ = _part(algebra.p, frozenset({"this"}), certain=False)

    def lets_through(self, data: Index, node: Term) -> bool:
        """Tell whether the query may have a row for a focus node; False is certain."""
        try:
            return next(self._rows(data, {"this": node}), None) is not None
        except _UncertainError:
            return True


def compile_screen(query: str) -> Screen | None:
    """Compile a SELECT, in which ?this is the focus node; None where rdflib cannot read it."""
    try:
        algebra = prepareQuery(query).algebra
    except Exception:  # rdflib raises pyparsing's errors and bare ones: Oxigraph has read the query, and will answer it
        return None
    return Screen(algebra)


def _part(part: Any, bound: Set[str], *, certain: bool) -> tuple[_Rows, Set[str], bool]:
    """Compile a part of the algebra: its rows, the variables that they bind, and whether that is all there is to it.

    Unless `certain`, what is not known stands as one row that binds nothing, which lets at least as much through.
    """
    if part.name == "Project":
        return _part(part.p, bound, certain=certain)
    if part.name == "BGP":
        try:
            steps, names = _ordered(part.triples, bound)
        except _UncertainError:
            if certain:
                raise
            return _one_row, bound, False
        return _matches(steps), names, True
    if part.name == "Join":
        first, names, exact = _part(part.p1, bound, certain=certain)
        second, names, also = _part(part.p2, names, certain=certain)
        return lambda data, row: (more for found in first(data, row) for more in second(data, found)), names, exact and also
    if part.name == "Filter":
        rows, names, exact = _part(part.p, bound, certain=certain)
        holds = compile_truth(part.expr, lambda group: _exists(group, names) if exact else _unknown)
        return _filtered(rows, holds, certain=certain), names, exact
    if certain:
        raise _UncertainError
    return _one_row, bound, False


def _one_row(_: Index, row: Row) -> Iterator[Row]:
    yield row


def _unknown(_: Index, __: Row) -> bool | None:
    return None


def _filtered(rows: _Rows, holds: Truth, *, certain: bool) -> _Rows:
    def filtered(data: Index, row: Row) -> Iterator[Row]:
        for found in rows(data, row):
            held = holds(data, found)
            if held is None and certain:
                raise _UncertainError
            if held is not False:
                yield found

    return filtered


def _exists(group: Any, bound: Set[str]) -> Truth:
    try:
        part = translateGroupGraphPattern(group) if group.name.startswith("GroupGraphPattern") else group
        rows, _, _ = _part(part, bound, certain=True)
    except _UncertainError:
        return _unknown

    def exists(data: Index, row: Row) -> bool | None:
        try:
            return next(rows(data, row), None) is not None
        except _UncertainError:
            return None

    return exists


def _ordered(triples: Iterable[Any], bound: Set[str]) -> tuple[Sequence[_Rows], Set[str]]:
    """Compile triple patterns, each joined to one before it."""
    names = set(bound)
    waiting = list(triples)
    steps = []
    while waiting:
        ends = [(_end(subject), path, _end(value)) for subject, path, value in waiting]
        ready = [[isinstance(end, Iri) or end in names for end in (first, last)] for first, _, last in ends]
        at = next(
            (n for kind in ([True, True], [True, False], [False, True]) for n, r in enumerate(ready) if r == kind), None
        )
        if at is None:
            raise _UncertainError
        first, path, last = ends[at]
        if first == last:
            raise _UncertainError
        steps.append(_step_rows(first, path, last, *ready[at]))
        names.update(end for end in (first, last) if not isinstance(end, Iri))
        del waiting[at]
    return steps, frozenset(names)


def _end(node: Any) -> str:
    """Give an IRI, or the name of a variable. A literal could equal others as a value, so that is not certain."""
    if isinstance(node, URIRef):
        return Iri(str(node))
    if isinstance(node, Variable | BNode):
        return str(node) if isinstance(node, Variable) else f"_:{node}"
    raise _UncertainError


def _step_rows(first: str, path: Any, last: str, has_first: bool, has_last: bool) -> _Rows:
    step = _walk(path, back=not has_first)
    start, end = (first, last) if has_first else (last, first)
    constant = start if isinstance(start, Iri) else None
    wanted = end if isinstance(end, Iri) else None

    def open_rows(data: Index, row: Row) -> Iterator[Row]:
        node = row[start] if constant is None else constant
        if not has_first and isinstance(node, Literal):
            raise _UncertainError
        for value in step(data, node):
            yield {**row, end: value}

    def closed_rows(data: Index, row: Row) -> Iterator[Row]:
        value = row[end] if wanted is None else wanted
        if isinstance(value, Literal):
            raise _UncertainError
        if value in step(data, row[start] if constant is None else constant):
            yield row

    return closed_rows if has_first and has_last else open_rows


def _matches(steps: Sequence[_Rows]) -> _Rows:
    def matches(data: Index, row: Row, at: int = 0) -> Iterator[Row]:
        if at == len(steps):
            yield row
            return
        for found in steps[at](data, row):
            yield from matches(data, found, at + 1)

    return matches


def _walk(path: Any, *, back: bool) -> _Step:
    """Compile a path from a node to those at its other end."""
    if isinstance(path, URIRef):
        predicate = Iri(str(path))
        if back:
            return lambda data, node: data.inverse(predicate).get(node, ())
        return lambda data, node: data.table(predicate).get(node, ())
    if isinstance(path, InvPath):
        return _walk(path.arg, back=not back)
    if isinstance(path, AlternativePath):
        steps = [_walk(arg, back=back) for arg in path.args]
        return lambda data, node: dict.fromkeys(value for step in steps for value in step(data, node))
    if isinstance(path, SequencePath):
        return _in_turn([_walk(arg, back=back) for arg in (path.args[::-1] if back else path.args)])
    if isinstance(path, MulPath) and path.mod == "?":
        step = _walk(path.path, back=back)
        return lambda data, node: dict.fromkeys(chain((node,), step(data, node)))
    raise _UncertainError


def _in_turn(steps: Sequence[_Step]) -> _Step:
    def walk(data: Index, node: Term) -> Iterable[Term]:
        found: Iterable[Term] = (node,)
        for step in steps:
            found = dict.fromkeys(value for one in found for value in step(data, one))
        return found

    return walk


def _predicates(algebra: Any) -> frozenset[Iri] | None:
    """Give the predicates in all patterns of a query, wherever they stand."""
    found: set[Iri] = set()
    waiting: list[Any] = [algebra]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for key, value in part.items():
                if key == "triples":
                    for triple in value:
                        # in a group of EXISTS, several triples stand in one list
                        for predicate in triple[1::3]:
                            if not _collected(predicate, found):
                                return None
                elif key != "_vars":
                    waiting.append(value)
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    return frozenset(found)


def _collected(path: Any, found: set[Iri]) -> bool:
    """Collect the predicates of a path; False where it could be any, or where a node of its own may be none's subject."""
    if isinstance(path, URIRef):
        found.add(Iri(str(path)))
        return True
    if isinstance(path, InvPath):
        return _collected(path.arg, found)
    if isinstance(path, AlternativePath | SequencePath):
        return all(_collected(arg, found) for arg in path.args)
    if isinstance(path, MulPath):
        return _collected(path.path, found)
    return False
