"""SHACL: shapes and data in, a report out, whichever engine runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from enum import StrEnum
from typing import TYPE_CHECKING

from entente.errors import InputError
from entente.model import EntityIndex, GateReport, Iri, Literal, Quad, Term, Triple, Violation
from entente.model.terms import rdf, rdfs, sh
from entente.store.sparql import refuse_service

if TYPE_CHECKING:
    from entente.gate.compiled import CompiledShapes
    from entente.gate.reference import ReferenceShapes

__all__ = ["Engine", "Progress", "ShaclGate", "Shapes"]

Progress = Callable[[str, int, int], None]
"""What is told of a long run: the shape, how many have run, how many there are."""

_SPARQL_TEXTS = frozenset({sh.select, sh.ask})
_ADVANCED = frozenset({sh.target, sh.rule, sh.expression, sh.js})


class Engine(StrEnum):
    """What runs the shapes: functions compiled from them, or pySHACL, the reference."""

    COMPILED = "compiled"
    PYSHACL = "pyshacl"


class Shapes:
    """A set of SHACL shapes, read once and used for many graphs.

    `ontology` gives the class tree: its rdfs:subClassOf triples join every data graph, since sh:class and targets follow
    the tree that they find there (SHACL §2.1.3.2). owl:imports are not followed. `engine` is the compiled one unless told
    otherwise; shapes outside of what it compiles are run by pySHACL, and `engine` and the reports say so.
    Raises InputError for shapes that are malformed, QueryError for SPARQL constraints that would call other servers.
    """

    def __init__(self, shapes: Iterable[Triple], ontology: Iterable[Triple] = (), engine: Engine = Engine.COMPILED) -> None:
        triples = tuple(shapes)
        for triple in triples:
            if triple.predicate in _ADVANCED:
                raise _unusable(f"{triple.predicate} belongs to SHACL Advanced Features, which are not run")
            if triple.predicate in _SPARQL_TEXTS and isinstance(triple.object, Literal):
                refuse_service(triple.object.lexical)
        self._tree = tuple(t for t in ontology if t.predicate == rdfs.subClassOf and isinstance(t.object, Iri))
        self._tree_nodes = frozenset(t.subject for t in self._tree)
        try:
            self._shapes, self.engine = _made(triples, self._tree, engine)
        except ValueError as error:
            raise _unusable(error) from error

    def validate(self, triples: Iterable[Triple], context: Iterable[Triple] = ()) -> GateReport:
        """Validate triples, with others that describe what they mention.

        What only the context describes is there for the shapes to look at; it is no focus node and is not reported on.
        """
        own, around = tuple(triples), tuple(context)
        outside = {t[0] for t in around}
        outside |= self._tree_nodes
        outside.difference_update([t[0] for t in own])
        return self._report((*own, *around), outside)

    def validate_all(self, statements: Iterable[Triple | Quad], progress: Progress | None = None) -> GateReport:
        """Validate a whole graph, such as a store's quads or a file's; graph names are not looked at.

        The statements are read once. `progress` is called with a shape's IRI, the number of shapes that have run, and how
        many there are; where pySHACL runs the shapes, at the end. Results are those of `validate`.
        """
        return self._report(statements, frozenset(), progress)

    def _report(
        self, statements: Iterable[Triple | Quad], outside: Set[Term], progress: Progress | None = None
    ) -> GateReport:
        try:
            found, counted = self._shapes.validate(statements, outside, progress)
        except ValueError as error:
            raise _unusable(error) from error
        return GateReport(tuple(sorted(found, key=_order)), dict(sorted(counted.items())), self.engine)


def _made(
    triples: tuple[Triple, ...], tree: tuple[Triple, ...], engine: Engine
) -> tuple[CompiledShapes | ReferenceShapes, Engine]:
    if engine is Engine.COMPILED:
        # It reads SPARQL with rdflib, which takes a sixth of a second; ingest needs no shapes where nothing has changed.
        from entente.gate.compiled import UnsupportedError, compile_shapes  # noqa: PLC0415

        try:
            return compile_shapes(triples, tree), Engine.COMPILED
        except UnsupportedError:
            engine = Engine.PYSHACL
    from entente.gate.reference import ReferenceShapes  # noqa: PLC0415 - pyshacl takes a second, and few shapes need it

    return ReferenceShapes(triples, tree), engine


def _unusable(reason: object) -> InputError:
    return InputError(118, f"the shapes cannot be used: {reason}", "correct them; see https://www.w3.org/TR/shacl/")


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
