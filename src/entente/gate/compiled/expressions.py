"""SPARQL's filter expressions (SPARQL 1.1 §17) as far as every engine agrees on them; None stands for all else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

from rdflib import Literal as RdfLiteral
from rdflib import URIRef, Variable

from entente.gate.compiled.index import Index
from entente.gate.compiled.values import compare, well_formed
from entente.model import Iri, Literal, Term
from entente.model.terms import xsd

__all__ = ["Row", "Truth", "compile_truth", "is_text"]

Row = Mapping[str, Term]
"""The values of variables."""

Truth = Callable[[Index, Row], bool | None]
"""Whether an expression holds; None where that is not certain, or an error."""

_Value = Callable[[Row], Term | None]

_ORDERED = frozenset({xsd.integer, xsd.decimal, xsd.date, xsd.dateTime})
# Engines hold numbers in 64 bits and years in four digits; what is longer may be an error in some.
_LONGEST = 16
_ORDERS: Mapping[str, frozenset[int]] = {
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
}


def compile_truth(expression: Any, exists: Callable[[Any], Truth]) -> Truth:
    """Compile rdflib's form of an expression; `exists` compiles the groups of EXISTS."""
    kind = getattr(expression, "name", None)
    if kind in {"ConditionalAndExpression", "ConditionalOrExpression"}:
        parts = [compile_truth(part, exists) for part in (expression.expr, *expression.other)]
        return _any_of(parts) if kind == "ConditionalOrExpression" else _not(_any_of([_not(part) for part in parts]))
    if kind == "UnaryNot":
        return _not(compile_truth(expression.expr, exists))
    if kind in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
        found = exists(expression.graph)
        return found if kind == "Builtin_EXISTS" else _not(found)
    if kind == "RelationalExpression":
        return _related(expression)
    return lambda _, __: None


def _any_of(parts: Sequence[Truth]) -> Truth:
    def held(data: Index, row: Row) -> bool | None:
        known: bool | None = False
        for part in parts:
            found = part(data, row)
            if found:
                return True
            if found is None:
                known = None
        return known

    return held


def _not(part: Truth) -> Truth:
    def held(data: Index, row: Row) -> bool | None:
        found = part(data, row)
        return None if found is None else not found

    return held


def _related(expression: Any) -> Truth:
    op = expression.op
    first = _value(expression.expr)
    if op in {"IN", "NOT IN"} and isinstance(expression.other, list):
        equal = _any_of([_comparison(first, _value(other), "=") for other in expression.other])
        return equal if op == "IN" else _not(equal)
    return _comparison(first, _value(expression.other), op) if op in _ORDERS else lambda _, __: None


def _comparison(first: _Value, second: _Value, op: str) -> Truth:
    return lambda _, row: _compared(first(row), second(row), op)


def _compared(first: Term | None, second: Term | None, op: str) -> bool | None:
    if first is None or second is None:
        return None
    if op in {"=", "!="} and (not isinstance(first, Literal) or not isinstance(second, Literal)):
        same = type(first) is type(second) and first == second
        return same == (op == "=")
    if not isinstance(first, Literal) or not isinstance(second, Literal):
        return None
    if first.datatype == second.datatype == xsd.string and op in {"=", "!="}:
        return (first.lexical == second.lexical) == (op == "=")
    if not _is_plain(first) or not _is_plain(second):
        return None
    order = compare(first, second)
    return None if order is None else order in _ORDERS[op]


def _is_plain(literal: Literal) -> bool:
    return literal.datatype in _ORDERED and len(literal.lexical) <= _LONGEST + 4 * (literal.datatype == xsd.dateTime)


def _value(expression: Any) -> _Value:
    if isinstance(expression, Variable):
        name = str(expression)
        return lambda row: row.get(name)
    if isinstance(expression, URIRef):
        iri = Iri(str(expression))
        return lambda _: iri
    if isinstance(expression, RdfLiteral):
        literal = Literal(str(expression), str(expression.datatype or xsd.string), expression.language or "")
        return lambda _: literal
    kind = getattr(expression, "name", None)
    if kind == "AdditiveExpression":
        return _sum(expression)
    if kind == "Builtin_SUBSTR":
        return _part(expression)
    of_one = _OF_ONE.get(kind)
    if of_one is None:
        return lambda _: None
    argument = _value(expression.arg)

    def call(row: Row) -> Term | None:
        value = argument(row)
        return None if value is None else of_one(value)

    return call


def _sum(expression: Any) -> _Value:
    first = _value(expression.expr)
    others = [(op, _value(other)) for op, other in zip(expression.op, expression.other, strict=True)]

    def add(row: Row) -> Term | None:
        total = _whole(first(row))
        for op, other in others:
            number = _whole(other(row))
            if total is None or number is None or op not in {"+", "-"}:
                return None
            total += number if op == "+" else -number
        return None if total is None else Literal.of(total)

    return add


def _part(expression: Any) -> _Value:
    if expression.length is None:
        return lambda _: None
    whole, start, length = (_value(part) for part in (expression.arg, expression.start, expression.length))

    def cut(row: Row) -> Term | None:
        text, begin, size = whole(row), _whole(start(row)), _whole(length(row))
        if not is_text(text) or begin is None or size is None or begin < 1 or size < 0:
            return None
        return Literal(text.lexical[begin - 1 : begin - 1 + size])

    return cut


def _whole(term: Term | None) -> int | None:
    if not isinstance(term, Literal) or term.datatype != xsd.integer or len(term.lexical) > _LONGEST:
        return None
    return int(term.lexical) if well_formed(term) else None


def is_text(term: Term | None) -> TypeGuard[Literal]:
    """Tell whether a term is a string without a language."""
    return isinstance(term, Literal) and term.datatype == xsd.string


def _str(value: Term) -> Term | None:
    if isinstance(value, Iri):
        return Literal(str(value))
    # Oxigraph spells typed literals anew
    return Literal(value.lexical) if isinstance(value, Literal) and (value.lang or is_text(value)) else None


def _length(value: Term) -> Term | None:
    return Literal.of(len(value.lexical)) if is_text(value) else None


def _lower(value: Term) -> Term | None:
    return Literal(value.lexical.lower()) if is_text(value) and value.lexical.isascii() else None


def _sha256(value: Term) -> Term | None:
    return Literal(hashlib.sha256(value.lexical.encode()).hexdigest()) if is_text(value) else None


_OF_ONE: Mapping[str | None, Callable[[Term], Term | None]] = {
    "Builtin_STR": _str,
    "Builtin_STRLEN": _length,
    "Builtin_LCASE": _lower,
    "Builtin_SHA256": _sha256,
}
