"""The reference engine: pySHACL on rdflib graphs in memory. The only module that knows either library."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Set
from functools import lru_cache
from typing import Any

import pyshacl
import rdflib.plugins.sparql
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import SH
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from entente.model import BlankNode, Literal, Term, Triple, Violation

__all__ = ["ReferenceShapes"]

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
        raise ValueError(f"a SPARQL constraint cannot be read: {error}") from error


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


class ReferenceShapes:
    """Shapes as pySHACL reads them; `tree` holds triples that join every data graph.

    Raises ValueError for shapes that are malformed.
    """

    def __init__(self, shapes: Iterable[Triple], tree: Iterable[Triple] = ()) -> None:
        self._graph = _graph(shapes)
        self._tree = tuple(tree)
        try:
            active = (shape for shape in pyshacl.ShapesGraph(self._graph).shapes if not shape.deactivated)
            self._targeted = [shape for shape in active if any(list(targets) for targets in shape.target())]
        except (ReportableRuntimeError, NotImplementedError) as error:
            raise ValueError(str(error)) from error

    def validate(self, triples: Iterable[Triple], outside: Set[Term] = frozenset()) -> tuple[set[Violation], dict[str, int]]:
        """Give the results, and how many focus nodes each shape had; `outside` are none."""
        graph = _graph((*triples, *self._tree))
        beyond = {_node(term) for term in outside}
        focus = {str(shape.node): len(set(shape.focus_nodes(graph)) - beyond) for shape in self._targeted}
        try:
            _, results, _ = pyshacl.validate(graph, shacl_graph=self._graph, inplace=True)
        except (ReportableRuntimeError, NotImplementedError, TypeError) as error:
            # pySHACL compares values that rdflib cannot, and then ends in a TypeError.
            raise ValueError(str(error)) from error
        if not isinstance(results, Graph):
            raise ValueError(str(results))
        found = {
            _violation(results, result)
            for result in results.objects(None, SH.result)
            if results.value(result, SH.focusNode) not in beyond
        }
        return found, {shape: number for shape, number in focus.items() if number}


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
