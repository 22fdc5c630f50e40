"""Triples in memory for a short while, to be asked in SPARQL."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from entente.errors import QueryError
from entente.model.graph import Solutions
from entente.model.rdf import BlankNode, Iri, Quad, Term, Triple
from entente.store.sparql import refuse_service
from entente.store.terms import from_term, to_quad

__all__ = ["Scratch", "check_select"]

# Blank nodes are IRIs of this form inside, so that a query can name them.
_BLANK = "urn:entente:blank:"


def check_select(query: str) -> None:
    """Raise QueryError for a text that is no SELECT, or that would call another server."""
    refuse_service(query)
    _answer(ox.Store(), query)


def _answer(store: ox.Store, query: str) -> ox.QuerySolutions:
    try:
        found = store.query(query)
    except SyntaxError as error:
        raise QueryError(310, f"the query cannot be read: {error.msg}", "the numbers are line:column") from error
    if not isinstance(found, ox.QuerySolutions):
        raise QueryError(310, "the query is no SELECT", "write a SELECT")
    return found


class Scratch:
    """A default graph in memory, for queries that check_select has let through."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._store = ox.Store()
        self._store.extend(to_quad(Quad(_named(s), p, _named(o))) for s, p, o in triples)  # type: ignore[arg-type]

    def spell(self, term: Term) -> str:
        """Spell a term so that a query finds it here."""
        return _named(term).n3()

    def select(self, query: str) -> Solutions:
        """Run a SELECT. Raises QueryError for what is none."""
        found = _answer(self._store, query)
        names = tuple(variable.value for variable in found.variables)
        return Solutions(names, tuple(tuple(_blank(term) for term in row) for row in found))


def _named(term: Term) -> Term:
    return Iri(_BLANK + term) if isinstance(term, BlankNode) else term


def _blank(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Term | None:
    if term is None:
        return None
    found = from_term(term)
    return BlankNode(found.removeprefix(_BLANK)) if isinstance(found, Iri) and found.startswith(_BLANK) else found
