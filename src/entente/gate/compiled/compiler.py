"""From a graph of shapes to compiled shapes, and from these and a data graph to results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from entente.gate.compiled.constraints import COMPONENTS, Parameters
from entente.gate.compiled.index import ClassTree, Index
from entente.gate.compiled.paths import compile_path
from entente.gate.compiled.shape import Finding, Focus, Shape
from entente.gate.compiled.sparql import UncompiledError, sparql_checks
from entente.model import BlankNode, Iri, Literal, Term, Triple, Violation
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

    def nodes(self, data: Index) -> dict[Term, None]:
        found: dict[Term, None] = {}
        for kind, value in self.targets:
            found.update(dict.fromkeys(_nodes(data, kind, value)))
        return found


def _nodes(data: Index, kind: Iri, value: Term) -> Sequence[Term]:
    if kind == sh.targetNode:
        return (value,)
    if kind == sh.targetClass:
        return data.instances(value)
    assert isinstance(value, Iri)
    return data.subjects_of(value) if kind == sh.targetSubjectsOf else data.objects_of(value)


class CompiledShapes:
    """Shapes ready to be run on any number of data graphs; `tree` gives subclasses that each of them is to have."""

    def __init__(self, targeted: Sequence[_Targeted], tree: ClassTree) -> None:
        self._targeted = targeted
        self._tree = tree

    def validate(self, triples: Iterable[Triple], outside: Set[Term] = frozenset()) -> tuple[set[Violation], dict[str, int]]:
        """Give the results, and how many focus nodes each shape had; the nodes `outside` are none."""
        data = Index(triples, self._tree)
        found: set[Violation] = set()
        counted: dict[str, int] = {}
        for one in self._targeted:
            nodes = [node for node in one.nodes(data) if node not in outside]
            if nodes:
                counted[_spelled(one.shape.node)] = len(nodes)
            for node in nodes:
                for shape, focus, finding in one.shape.findings(Focus(data, node)):
                    if focus not in outside:
                        found.add(_violation(shape, focus, finding))
        return found, counted


def _violation(shape: Shape, focus: Term, finding: Finding) -> Violation:
    path = finding.path if finding.path is not None else shape.path_node
    return Violation(
        focus=_spelled(focus),
        path=None if path is None else _spelled(path),
        value=None if finding.value is None else _spelled(finding.value),
        shape=_spelled(shape.node),
        component=finding.component,
        severity=shape.severity,
        message=finding.message or shape.messages or f"The value breaks {finding.component}.",
    )


def _spelled(term: Term) -> str:
    return f"_:{term}" if isinstance(term, BlankNode) else term.lexical if isinstance(term, Literal) else str(term)


def compile_shapes(triples: Iterable[Triple], tree: Iterable[Triple] = ()) -> CompiledShapes:
    """Compile a graph of shapes; `tree` holds rdfs:subClassOf triples that join every data graph.

    Raises UnsupportedError for what is outside (constraint components of one's own, SHACL-AF, recursion), ValueError for
    shapes that are not well formed.
    """
    shapes = Index(triples)
    for triple in shapes.triples:
        if triple.predicate in _OUTSIDE:
            raise UnsupportedError(triple.predicate)
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
            declared.update(dict.fromkeys(self._shapes.subjects_of(kind)))
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
                shape.checks.extend(component(given))
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
