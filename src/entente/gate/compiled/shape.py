"""Shapes as compiled: what to look at, what to check, and what to say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from entente.gate.compiled.index import Index
from entente.gate.compiled.paths import Path
from entente.model import Iri, Term

__all__ = ["ANY_NUMBER", "Check", "ClassCheck", "CountCheck", "Finding", "Focus", "Shape", "ValueCheck"]

ANY_NUMBER = sys.maxsize
"""The upper bound of a count that has none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check finds wrong: the component, the offending value, and the path where it is not the shape's own."""

    component: str
    value: Term | None = None
    path: Term | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Focus:
    """A focus node of one data graph."""

    data: Index
    node: Term


Check = Callable[[Focus, Sequence[Term]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """A check of each value node by itself, whatever the data; `wrong` tells."""

    component: str
    wrong: Callable[[Term], bool]


@dataclass(frozen=True, slots=True)
class ClassCheck:
    """A check that each value node is an instance of a class."""

    cls: Term
    component: str = "ClassConstraintComponent"


@dataclass(frozen=True, slots=True)
class CountCheck:
    """A check of the number of value nodes, from `least` to `most`."""

    component: str
    least: int
    most: int


@dataclass(slots=True, eq=False)
class Shape:
    """A node shape, or a property shape if it has a path. `nested` are the property shapes that it demands of its values."""

    node: Term
    severity: str
    messages: str
    active: bool = True
    path_node: Term | None = None
    path: Path | None = None
    each: list[ValueCheck] = field(default_factory=list)
    classes: list[ClassCheck] = field(default_factory=list)
    counts: list[CountCheck] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    nested: list[Shape] = field(default_factory=list)
    least: int = 0
    most: int = ANY_NUMBER

    def add(self, check: Check | ValueCheck | ClassCheck | CountCheck) -> None:
        """Have the shape check something more."""
        if isinstance(check, ValueCheck):
            self.each.append(check)
        elif isinstance(check, ClassCheck):
            self.classes.append(check)
        elif isinstance(check, CountCheck):
            self.counts.append(check)
            self.least, self.most = max(self.least, check.least), min(self.most, check.most)
        else:
            self.checks.append(check)

    def findings(self, data: Index, nodes: Collection[Term]) -> list[tuple[Shape, Term, Finding]]:
        """Give what is wrong with focus nodes, with the shape that says so and the focus node it says it of."""
        found: list[tuple[Shape, Term, Finding]] = []
        self._find(data, nodes, found)
        return found

    def _find(self, data: Index, nodes: Collection[Term], found: list[tuple[Shape, Term, Finding]]) -> None:
        if not self.active:
            return
        valued = self._valued(data, nodes)
        if valued and (self.each or self.classes or self.counts):
            for node, values in self._suspects(data, valued):
                found.extend([(self, node, finding) for finding in self._simple(data, values)])
        if self.checks:
            for node, values in valued:
                focus = Focus(data, node)
                for check in self.checks:
                    found.extend([(self, node, finding) for finding in check(focus, values)])
        if self.nested:
            inner: Collection[Term] = (
                nodes if self.path is None else {value: None for _, values in valued for value in values}
            )
            for shape in self.nested if inner else ():
                shape._find(data, inner, found)

    def conforms(self, data: Index, node: Term) -> bool:
        """Tell whether a node conforms to the shape."""
        return not self.findings(data, (node,))

    def _valued(self, data: Index, nodes: Collection[Term]) -> Sequence[tuple[Term, Sequence[Term]]]:
        """Give the nodes with their value nodes."""
        if self.path is None:
            if not (self.each or self.classes or self.counts or self.checks):
                return ()
            return [(node, (node,)) for node in nodes]
        if isinstance(self.path_node, Iri):
            table = data.table(self.path_node)
            if not self.least and not self.checks:
                # Nobody must have the property, so only those who do matter.
                return [(node, table[node]) for node in nodes if node in table] if table else ()
            of = table.get
            return [(node, of(node, ())) for node in nodes]
        path = self.path
        return [(node, path(data, node)) for node in nodes]

    def _suspects(self, data: Index, valued: Sequence[tuple[Term, Sequence[Term]]]) -> list[tuple[Term, Sequence[Term]]]:
        """Give the nodes that a simple check fails on: most are right, and this is where time goes."""
        least, most = self.least, self.most
        if not self.each and not self.classes:
            return [(node, values) for node, values in valued if not least <= len(values) <= most]
        tests = [check.wrong for check in self.each]
        kinds = [data.instances(check.cls) for check in self.classes]
        right: set[Term] = set()
        suspects: list[tuple[Term, Sequence[Term]]] = []
        for node, values in valued:
            if not least <= len(values) <= most or not _are_right(values, tests, kinds, right):
                suspects.append((node, values))
        return suspects

    def _simple(self, data: Index, values: Sequence[Term]) -> Iterator[Finding]:
        for count in self.counts:
            if not count.least <= len(values) <= count.most:
                yield Finding(count.component)
        for value in values:
            for check in self.each:
                if check.wrong(value):
                    yield Finding(check.component, value)
            for kind in self.classes:
                if value not in data.instances(kind.cls):
                    yield Finding(kind.component, value)


def _are_right(
    values: Sequence[Term],
    tests: Sequence[Callable[[Term], bool]],
    kinds: Sequence[Collection[Term]],
    right: set[Term],
) -> bool:
    """Whether all values pass; IRIs that do are noted as `right`, while literals are dear to hash, and seldom come again."""
    for value in values:
        named = type(value) is Iri
        if named and value in right:
            continue
        for wrong in tests:
            if wrong(value):
                return False
        for kind in kinds:
            if value not in kind:
                return False
        if named:
            right.add(value)
    return True
