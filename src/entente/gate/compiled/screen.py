"""Screens of SPARQL constraints: only where their outcome is not certain is the store asked.

The algebra is rdflib's. A screen runs patterns and filters as far as their outcome is certain in every engine, and lets
through where it is not: literals that may be equal as values, functions it does not know, operators beyond BGP and FILTER.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from itertools import chain
from typing import Any

from rdflib import BNode, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern

from entente.gate.compiled.expressions import Row, Truth, compile_truth, is_text
from entente.gate.compiled.index import Index
from entente.gate.compiled.paths import Step, walk_in_turn
from entente.model import Iri, Literal, Term

__all__ = ["Screen", "compile_screen"]

_Rows = Callable[[Index, Row], Iterator[Row]]

_BEST_FIRST = ([True, True], [True, False], [False, True])


class _UncertainError(Exception):
    """What a part of a query gives cannot be told here."""


class Screen:
    """What a query asks for; `predicates` are those that its answer depends on, None where it may be any."""

    def __init__(self, algebra: Any) -> None:
        self.predicates = _predicates(algebra)
        this = frozenset({"this"})
        self._rows, _, _ = _part(algebra.p, this, certain=False)
        self._selected = frozenset(str(name) for name in algebra.PV)
        self._answers: _Rows | None = None
        with suppress(_UncertainError):
            self._answers = _part(algebra.p, this, certain=True)[0]

    def lets_through(self, data: Index, node: Term) -> bool:
        """Tell whether the query may have a row for a focus node; False is certain."""
        try:
            return next(self._rows(data, {"this": node}), None) is not None
        except _UncertainError:
            return True

    def answers(self, data: Index, node: Term) -> Sequence[Row] | None:
        """Give the rows for a focus node, None where they are not certain: a store spells typed literals anew."""
        if self._answers is None:
            return None
        try:
            rows = [{name: row[name] for name in self._selected} for row in self._answers(data, {"this": node})]
        except (_UncertainError, KeyError):  # a KeyError for what is selected and bound nowhere
            return None
        return (
            None if any(isinstance(term, Literal) and not is_text(term) for row in rows for term in row.values()) else rows
        )


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
    name = getattr(part, "name", None)
    if name in {"Project", "Distinct"}:  # what is found is a set anyway
        return _part(part.p, bound, certain=certain)
    if name in {"BGP", "ToMultiSet"}:
        try:
            rows, names = _joined(part.triples, bound) if name == "BGP" else _counted(part.p, bound)
        except _UncertainError:
            if certain:
                raise
            return _one_row, bound, False
        return rows, names, True
    if name == "Join":
        first, names, exact = _part(part.p1, bound, certain=certain)
        second, names, also = _part(part.p2, names, certain=certain)
        return lambda data, row: (more for found in first(data, row) for more in second(data, found)), names, exact and also
    if name == "Filter":
        rows, names, exact = _part(part.p, bound, certain=certain)
        holds = compile_truth(part.expr, lambda group: _exists(group, names) if exact else _unknown)
        return _filtered(rows, holds, certain=certain), names, exact
    if certain:
        raise _UncertainError
    return _one_row, bound, False


def _counted(part: Any, bound: Set[str]) -> tuple[_Rows, Set[str]]:
    """Compile a subquery that counts distinct values by focus node: $this, COUNT(DISTINCT ?a) and GROUP BY $this."""
    part = part.p if part.name == "Project" else part
    given = {}
    while part.name == "Extend":
        given[part.expr] = str(part.var)
        part = part.p
    if part.name != "AggregateJoin" or part.p.expr != [Variable("this")]:
        raise _UncertainError
    rows, _, _ = _part(part.p.p, frozenset({"this"}), certain=True)
    counts: dict[str, str] = {}
    for aggregate in part.A:
        name = given.pop(aggregate.res, "this")
        if aggregate.name == "Aggregate_Count" and aggregate.distinct and isinstance(aggregate.vars, Variable):
            counts[name] = str(aggregate.vars)
        elif name != "this":
            raise _UncertainError
    if given or counts.keys() & {"this", *bound}:
        raise _UncertainError

    def counted(data: Index, row: Row) -> Iterator[Row]:
        found = list(rows(data, {"this": row["this"]}))
        values = {name: {one[of] for one in found} for name, of in counts.items()}
        if any(isinstance(value, Literal) for kind in values.values() for value in kind):
            raise _UncertainError  # equal values may be spelt in two ways
        if found:
            yield {**row, **{name: Literal.of(len(kind)) for name, kind in values.items()}}

    return counted, bound | counts.keys()


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


def _joined(triples: Iterable[Any], bound: Set[str]) -> tuple[_Rows, Set[str]]:
    """Compile triple patterns, each joined to one before it."""
    names = set(bound)
    waiting = list(triples)
    steps = []
    while waiting:
        ends = [(_end(subject), path, _end(value)) for subject, path, value in waiting]
        ready = [[isinstance(end, Iri) or end in names for end in (first, last)] for first, _, last in ends]
        at = next((n for kind in _BEST_FIRST for n, r in enumerate(ready) if r == kind), None)
        if at is None:
            raise _UncertainError
        first, path, last = ends[at]
        if first == last:
            raise _UncertainError
        steps.append(_step_rows(first, path, last, *ready[at]))
        names.update(end for end in (first, last) if not isinstance(end, Iri))
        del waiting[at]
    return _matches(steps), frozenset(names)


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


def _walk(path: Any, *, back: bool) -> Step:
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
        return walk_in_turn([_walk(arg, back=back) for arg in (path.args[::-1] if back else path.args)])
    if isinstance(path, MulPath) and path.mod == "?":
        step = _walk(path.path, back=back)
        return lambda data, node: dict.fromkeys(chain((node,), step(data, node)))
    raise _UncertainError


def _predicates(algebra: Any) -> frozenset[Iri] | None:
    """Give the predicates in all patterns of a query, wherever they stand; None where others may matter too."""
    found: set[Iri] = set()
    waiting: list[Any] = [algebra]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for key, value in part.items():
                if key == "triples":
                    # in a group of EXISTS that is not yet translated, the terms of several triples stand in one list
                    terms = [term for triple in value for term in triple]
                    triples = [terms[at : at + 3] for at in range(0, len(terms), 3)]
                    if not all(_collected(path, found) for _, path, _ in triples) or not _anchored(triples):
                        return None
                elif key != "_vars":
                    waiting.append(value)
        elif isinstance(part, list | tuple):
            waiting.extend(part)
    return frozenset(found)


def _collected(path: Any, found: set[Iri]) -> bool:
    """Collect the predicates of a path; False where it could be any."""
    if isinstance(path, URIRef):
        found.add(Iri(str(path)))
        return True
    if isinstance(path, AlternativePath | SequencePath):
        return all(_collected(arg, found) for arg in path.args)
    if isinstance(path, InvPath):
        return _collected(path.arg, found)
    return isinstance(path, MulPath) and _collected(path.path, found)


def _anchored(triples: Iterable[Sequence[Any]]) -> bool:
    """Tell whether paths of length zero begin or end where another pattern does: alone, they join each node to itself."""
    placed = {str(end) for first, path, last in triples if not _is_nullable(path) for end in (first, last)} | {"this"}
    return all(
        any(isinstance(end, URIRef) or str(end) in placed for end in (first, last))
        for first, path, last in triples
        if _is_nullable(path)
    )


def _is_nullable(path: Any) -> bool:
    if isinstance(path, MulPath):
        return path.mod != "+" or _is_nullable(path.path)
    if isinstance(path, AlternativePath):
        return any(_is_nullable(arg) for arg in path.args)
    if isinstance(path, SequencePath):
        return all(_is_nullable(arg) for arg in path.args)
    return isinstance(path, InvPath) and _is_nullable(path.arg)
