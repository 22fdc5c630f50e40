"""SHACL by pySHACL on rdflib graphs in memory: the only module that knows either library."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyshacl
import rdflib.plugins.sparql
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from entente.errors import InputError
from entente.model import BlankNode, EntityIndex, GateReport, Iri, Literal, Term, Triple, Violation
from entente.model.terms import rdf, rdfs
from entente.store.sparql import refuse_service

__all__ = ["ShaclGate", "Shapes"]

_SPARQL_TEXTS = frozenset({str(SH.select), str(SH.ask)})
_ADVANCED = frozenset(str(SH[name]) for name in ("target", "rule", "expression", "js"))

# FROM in somebody's sh:select must not fetch
rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
# rdflib logs a traceback for every literal that its datatype does not allow; the shapes report those
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


class _Data(Graph):
    """A graph that parses each SPARQL constraint once: pySHACL asks it as a text, for every focus node again."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:
        """Query as Graph does."""
        return super().query(_prepared(query_object) if isinstance(query_object, str) else query_object, *args, **options)


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    try:
        return rdflib.plugins.sparql.prepareQuery(text)
    except Exception as error:  # rdflib raises pyparsing's errors for bad syntax, and bare ones for unknown prefixes
        raise _unusable(f"a SPARQL constraint cannot be read: {error}") from error


def _node(term: Term) -> Node:
    if isinstance(term, Literal):
        if term.lang:
            return RdfLiteral(term.lexical, lang=term.lang)
        return RdfLiteral(term.lexical, datatype=URIRef(term.datatype), normalize=False)
    return BNode(term) if isinstance(term, BlankNode) else URIRef(term)


def _graph(triples: Iterable[Triple]) -> Graph:
    graph = _Data(bind_namespaces="none")
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def _text(node: Node | None) -> str | None:
    if node is None:
        return None
    return f"_:{node}" if isinstance(node, BNode) else str(node)


class Shapes:
    """A set of SHACL shapes, read once and used for many graphs.

    `ontology` gives the class tree: its rdfs:subClassOf triples join every data graph, since sh:class and targets follow
    the tree that they find there (SHACL §2.1.3.2). owl:imports are not followed.
    Raises InputError for shapes that are malformed, QueryError for SPARQL constraints that would call other servers.
    """

    def __init__(self, shapes: Iterable[Triple], ontology: Iterable[Triple] = ()) -> None:
        triples = tuple(shapes)
        for triple in triples:
            if triple.predicate in _ADVANCED:
                raise _unusable(f"{triple.predicate} belongs to SHACL Advanced Features, which are not run")
            if triple.predicate in _SPARQL_TEXTS and isinstance(triple.object, Literal):
                refuse_service(triple.object.lexical)
        self._graph = _graph(triples)
        self._tree = tuple(t for t in ontology if t.predicate == rdfs.subClassOf and isinstance(t.object, Iri))
        try:
            active = (shape for shape in pyshacl.ShapesGraph(self._graph).shapes if not shape.deactivated)
            self._targeted = [shape for shape in active if any(list(targets) for targets in shape.target())]
        except ReportableRuntimeError as error:
            raise _unusable(error) from error

    def validate(self, triples: Iterable[Triple], context: Iterable[Triple] = ()) -> GateReport:
        """Validate triples, with others that describe what they mention.

        What only the context describes is there for the shapes to look at; it is no focus node and is not reported on.
        """
        own = tuple(triples)
        around = tuple(context)
        data = _graph([*own, *around, *self._tree])
        outside = {_node(t.subject) for t in (*around, *self._tree)} - {_node(t.subject) for t in own}
        focus = {str(shape.node): len(set(shape.focus_nodes(data)) - outside) for shape in self._targeted}
        try:
            _, results, _ = pyshacl.validate(data, shacl_graph=self._graph, inplace=True)
        except ReportableRuntimeError as error:
            raise _unusable(error) from error
        if not isinstance(results, Graph):
            raise _unusable(results)
        found = {
            _violation(results, result)
            for result in results.subjects(RDF.type, SH.ValidationResult)
            if results.value(result, SH.focusNode) not in outside
        }
        counted = {shape: number for shape, number in sorted(focus.items()) if number}
        return GateReport(tuple(sorted(found, key=_order)), counted)


def _unusable(reason: object) -> InputError:
    return InputError(118, f"the shapes cannot be used: {reason}", "correct them; see https://www.w3.org/TR/shacl/")


def _violation(results: Graph, result: Node) -> Violation:
    def value(predicate: URIRef) -> str | None:
        return _text(results.value(result, predicate))

    messages = sorted(str(message) for message in results.objects(result, SH.resultMessage))
    return Violation(
        focus=value(SH.focusNode) or "",
        path=value(SH.resultPath),
        value=value(SH.value),
        shape=value(SH.sourceShape) or "",
        component=(value(SH.sourceConstraintComponent) or "").removeprefix(str(SH)),
        severity=(value(SH.resultSeverity) or "").removeprefix(str(SH)),
        message=" ".join(messages),
    )


def _order(v: Violation) -> tuple[str, ...]:
    return (v.severity, v.shape, v.focus, v.path or "", v.value or "", v.component, v.message)


class ShaclGate:
    """The gate of ingest: an article's graph against the shapes, with the reference data that it touches.

    Never the union with other articles, which would mask the gaps of this one.
    """

    def __init__(self, shapes: Shapes, index: EntityIndex) -> None:
        self._shapes = shapes
        self._index = index

    def check(self, triples: Iterable[Triple]) -> GateReport:
        """Validate the triples together with the reference data that they touch."""
        own = tuple(triples)
        touched = {t.object for t in own if isinstance(t.object, Iri) and t.predicate != rdf.type}
        return self._shapes.validate(own, self._index.closure(touched))
