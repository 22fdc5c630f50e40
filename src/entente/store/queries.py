"""Queries run by Oxigraph, and the graphs that they give written out as they come."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import chain, islice
from typing import BinaryIO

import pyoxigraph as ox

from entente.errors import QueryError
from entente.model.graph import Solutions
from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import Literal, Term
from entente.store.formats import rdf_format, serialise
from entente.store.question import Question
from entente.store.sparql import is_update
from entente.store.terms import OxTerm, from_term, from_triples

__all__ = ["Answer", "read_answer", "run", "to_solutions", "write_graph"]

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
"""What the engine gives, by the form of the query."""
_Graphs = list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]
# Graphs of up to so many triples are sorted and told their prefixes; larger ones are written as they come.
_SORTED = 1000


def run(engine: ox.Store, query: str, question: Question | None = None) -> Answer:
    """Run a query, with the base and the dataset of a question if it is one of others'.

    Raises QueryError for what cannot be read (310), for an update (311), and for names of graphs that are no IRIs (321).
    """
    try:
        if question is None:
            return engine.query(query)
        if not question.has_dataset:
            return engine.query(query, base_iri=question.base)
        return engine.query(
            query,
            base_iri=question.base,
            default_graph=_graphs(question.default_graphs),
            named_graphs=_graphs(question.named_graphs),  # type: ignore[arg-type]
        )
    except SyntaxError as error:
        if is_update(query):
            raise QueryError(311, "updates are refused here", "only SELECT, ASK, CONSTRUCT and DESCRIBE are run") from error
        raise QueryError(310, f"the query cannot be read: {error.msg}", "the numbers are line:column") from error


def to_solutions(found: ox.QuerySolutions, convert: Callable[[OxTerm], Term] = from_term) -> Solutions:
    """Read all rows of a SELECT in our terms."""
    rows = (tuple(None if term is None else convert(term) for term in row) for row in found)
    return Solutions(tuple(variable.value for variable in found.variables), tuple(rows))


def read_answer(body: bytes) -> Solutions:
    """Read a SELECT's rows in the SPARQL 1.1 JSON format; an ASK gives one row with the column `answer`.

    Of what RDF 1.1 has not, a triple is spelled as text, and a literal loses its base direction.
    """
    found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Solutions(("answer",), ((Literal.of(bool(found)),),))
    return to_solutions(found, _readable)


def _readable(term: OxTerm) -> Term:
    if isinstance(term, ox.Triple):
        return Literal(str(term))
    if isinstance(term, ox.Literal) and term.direction is not None:
        return Literal(term.value, lang=term.language or "")
    return from_term(term)


def _graphs(names: tuple[str, ...] | None) -> _Graphs:
    try:
        return [ox.NamedNode(name) for name in names or ()]
    except ValueError as error:
        raise QueryError(321, f"a graph of the dataset is named by no IRI: {error}", "give absolute IRIs") from error


def write_graph(triples: ox.QueryTriples, media_type: str, sink: BinaryIO) -> None:
    """Write a small graph sorted, a large one as it comes; RDF/XML always whole, since not every graph has one."""
    form = rdf_format(media_type)
    if form == ox.RdfFormat.RDF_XML:
        whole = list(triples)
        with suppress(ValueError):  # a triple stands as a term: only the engine can write RDF 1.2
            sink.write(serialise(from_triples(whole), media_type))
            return
        ox.serialize(whole, sink, format=form, prefixes=dict(VOCABULARIES))
        return
    first = list(islice(triples, _SORTED))
    if len(first) < _SORTED:
        # In the engine's own terms: to make ours of them would take eight times as long as all the rest.
        lines = {str(triple): triple for triple in first}
        text = "".join(lines)
        used = {name: iri for name, iri in sorted(VOCABULARIES.items()) if f"<{iri}" in text}
        ox.serialize((lines[line] for line in sorted(lines)), sink, format=form, prefixes=used)
    else:
        ox.serialize(chain(first, triples), sink, format=form, prefixes=dict(VOCABULARIES))
