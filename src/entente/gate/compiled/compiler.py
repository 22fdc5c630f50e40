"""From a graph of shapes to compiled shapes, and from these and a data graph to results."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass

from entente.gate.compiled.constraints import COMPONENTS, Parameters
from entente.gate.compiled.index import ClassTree, Index
from entente.gate.compiled.paths import compile_path
from entente.gate.compiled.shape import Finding, Shape
from entente.gate.compiled.sparql import UncompiledError, sparql_checks
from entente.gate.compiled.values import spell
from entente.model import Iri, Literal, Quad, Term, Triple, Violation
from entente.model.terms import owl, rdfs, sh

__all__ = ["CompiledShapes", "UnsupportedError", "compile_shapes"]

_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = (sh.targetNode, sh.targetClass, sh.targetSubjectsOf, sh.targetObjectsOf)
_OF_PROPERTIES = (
    sh.minCount,
    sh.maxCount,
    sh.uniqueLang,
    sh.lessThan,
    sh.lessThanOrEquals,
    sh.qualifiedValueShape,
)
_OUTSIDE = frozenset({sh.target, sh.rule, sh.expression, sh.js, sh.parameter, sh.ask, sh.condition})


class UnsupportedError(Exception):
    """The shapes use something that is not compiled."""


@dataclass(frozen=True, slots=True)
class _Targeted:
    shape: Shape
    targets: tuple[tuple[Iri, Term], ...]

    def nodes(self, data: Index) -> Iterator[Term]:
        return (node for kind, value in self.targets for node in _nodes(data, kind, value))


def _nodes(data: Index, kind: Iri, value: Term) -> Iterable[Term]:
    if kind == sh.targetNode:
        return (value,)
    if kind == sh.targetClass:
        return data.instances(value)
    assert isinstance(value, Iri)
    return data.table(value) if kind == sh.targetSubjectsOf else data.inverse(value)


class CompiledShapes:
    """Shapes ready to be run on any number of data graphs; `tree` gives subclasses that each of them is to have."""

    def __init__(self, targeted: Sequence[_Targeted], tree: ClassTree) -> None:
        self._targeted = targeted
        self._tree = tree

    def validate(
        self,
        statements: Iterable[Triple | Quad],
        outside: Set[Term] = frozenset(),
        progress: Callable[[str, int, int], None] | None = None,
    ) -> tuple[set[Violation], dict[str, int]]:
        """Give the results, and how many focus nodes each shape had; the nodes `outside` are none.

        `progress` is called after each shape, with the shape's name, how many were run and how many there are.
        """
        with _no_collection():
            return self._validate(Index(statements, self._tree), outside, progress)

    def _validate(
        self, data: Index, outside: Set[Term], progress: Callable[[str, int, int], None] | None
    ) -> tuple[set[Violation], dict[str, int]]:
        found: set[Violation] = set()
        counted: dict[str, int] = {}
        aimed: dict[tuple[tuple[Iri, Term], ...], dict[Term, None]] = {}
        for number, one in enumerate(self._targeted, 1):
            nodes = aimed.get(one.targets)
            if nodes is None:
                # many shapes have the same targets
                nodes = aimed[one.targets] = {node: None for node in one.nodes(data) if node not in outside}
            if nodes:
                counted[spell(one.shape.node)] = len(nodes)
                for shape, focus, finding in one.shape.findings(data, nodes):
                    if focus not in outside:
                        found.add(_violation(shape, focus, finding))
            if progress is not None:
                progress(spell(one.shape.node), number, len(self._targeted))
        return found, counted


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for cycles: an index has none, and each look goes through all of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _violation(shape: Shape, focus: Term, finding: Finding) -> Violation:
    path = finding.path if finding.path is not None else shape.path_node
    return Violation(
        focus=spell(focus),
        path=None if path is None else spell(path),
        value=None if finding.value is None else spell(finding.value),
        shape=spell(shape.node),
        component=finding.component,
        severity=shape.severity,
        message=finding.message or shape.messages or f"The value breaks {finding.component}.",
    )


def compile_shapes(triples: Iterable[Triple], tree: Iterable[Triple] = ()) -> CompiledShapes:
    """Compile a graph of shapes; `tree` holds rdfs:subClassOf triples that join every data graph.

    Raises UnsupportedError for what is outside (constraint components of one's own, SHACL-AF, recursion), ValueError for
    shapes that are not well formed.
    """
    shapes = Index(triples)
    for predicate in _OUTSIDE:
        if shapes.table(predicate):
            raise UnsupportedError(predicate)
    compiler = _Compiler(shapes)
    return CompiledShapes(tuple(compiler.targeted()), ClassTree(tree))


class _Compiler:
    def __init__(self, shapes: Index) -> None:
        self._shapes = shapes
        self._made: dict[Term, Shape] = {}
        self._open: set[Term] = set()

    def targeted(self) -> Iterator[_Targeted]:
        classes = {*self._shapes.instances(rdfs.Class), *self._shapes.instances(owl.Class)}
        declared = dict.fromkeys((*self._shapes.instances(sh.NodeShape), *self._shapes.instances(sh.PropertyShape)))
        for kind in _TARGETS:
            declared.update(dict.fromkeys(self._shapes.table(kind)))
        for node in declared:
            targets = [(kind, value) for kind in _TARGETS for value in self._shapes.objects(node, kind)]
            if node in classes:
                targets.append((sh.targetClass, node))
            shape = self.shape(node)
            if targets and shape.active:
                yield _Targeted(shape, tuple(targets))

    def shape(self, node: Term) -> Shape:
        """Compile the shape at a node, once."""
        if node in self._made:
            return self._made[node]
        if node in self._open:
            raise UnsupportedError(f"the shape {node} contains itself")
        self._open.add(node)
        shape = self._made[node] = self._compile(node) if not isinstance(node, Literal) else _no_shape(node)
        self._open.discard(node)
        return shape

    def _compile(self, node: Term) -> Shape:
        given = Parameters(self._shapes, node, self.shape)
        severity = given.one(sh.severity)
        messages = sorted(term.lexical for term in given.all(sh.message) if isinstance(term, Literal))
        shape = Shape(
            node, str(severity or sh.Violation).removeprefix(_SH), " ".join(messages), active=not given.flag(sh.deactivated)
        )
        path = given.one(sh.path)
        if path is not None:
            shape.path_node, shape.path = path, compile_path(self._shapes, path)
        for predicate in (sh.closed,) if path is not None else _OF_PROPERTIES:
            if given.all(predicate):
                raise ValueError(f"{predicate} does not belong into a {'property' if path is not None else 'node'} shape")
        if shape.active:
            for component in COMPONENTS:
                for check in component(given):
                    shape.add(check)
            try:
                shape.checks.extend(sparql_checks(given))
            except UncompiledError as error:
                raise UnsupportedError(f"{error} in a SPARQL constraint") from error
            shape.nested.extend(self._property(child) for child in given.all(sh.property))
        return shape

    def _property(self, node: Term) -> Shape:
        shape = self.shape(node)
        if shape.path is None:
            raise ValueError(f"the property shape {node} has no sh:path")
        return shape


def _no_shape(node: Literal) -> Shape:
    raise ValueError(f"the literal {node.n3()} stands where a shape should")
