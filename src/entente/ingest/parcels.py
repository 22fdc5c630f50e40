"""Results on their way between processes: a graph's terms are packed once each, which halves the time of handing it over."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from entente.ingest.examiners import Result
from entente.model import BlankNode, Iri, Literal, Term, Triple
from entente_loaders.pipeline import Finding

__all__ = ["pack", "unpack"]

_Plain = str | tuple[str, str, str]
"""An IRI or a literal in types that pickle knows by itself."""
_Table = tuple[list[_Plain], list[tuple[int, int, int]]]


def pack(result: Result) -> bytes:
    """Write a result."""
    if not isinstance(result, Finding) or result.delta is None or _has_blank(result.delta.triples):
        return pickle.dumps((result, None), pickle.HIGHEST_PROTOCOL)
    bare = replace(result, delta=replace(result.delta, triples=()))
    return pickle.dumps((bare, _table(result.delta.triples)), pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Result:
    """Read what `pack` wrote; only from processes of one's own."""
    result, table = pickle.loads(data)
    if table is not None:
        result = replace(result, delta=replace(result.delta, triples=_triples(table)))
    return cast("Result", result)


def _has_blank(triples: Iterable[Triple]) -> bool:
    """Whether there are blank nodes, which no article of ours has, and whose labels could be taken for IRIs in a table."""
    return any(type(triple[0]) is BlankNode or type(triple[2]) is BlankNode for triple in triples)


def _table(triples: Iterable[Triple]) -> _Table:
    number: dict[Term, int] = {}
    rows = [
        (number.setdefault(s, len(number)), number.setdefault(p, len(number)), number.setdefault(o, len(number)))
        for s, p, o in triples
    ]
    return [_plain(term) for term in number], rows


def _plain(term: Term) -> _Plain:
    return (term.lexical, term.datatype, term.lang) if isinstance(term, Literal) else str(term)


def _triples(table: _Table) -> tuple[Triple, ...]:
    terms = [_term(plain) for plain in table[0]]
    # the subject and predicate are what they were when the triples were packed
    return tuple([Triple(terms[s], terms[p], terms[o]) for s, p, o in table[1]])  # type: ignore[arg-type]


def _term(plain: _Plain) -> Term:
    # an IRI was checked when it was made
    return str.__new__(Iri, plain) if isinstance(plain, str) else Literal(*plain)
