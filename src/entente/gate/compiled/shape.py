"""Shapes as compiled: what to look at, what to check, and what to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from sys import maxsize
from typing import NamedTuple

from entente.gate.compiled.index import Index
from entente.gate.compiled.paths import Path
from entente.model import Iri, Term

__all__ = ["Check", "Each", "Finding", "Found", "Shape"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check finds wrong: the component, the offending value, and the path where it is not the shape's own."""

    component: str
    value: Term | None = None
    path: Term | None = None
    message: str = ""


Check = Callable[[Index, Term, Sequence[Term]], Sequence[Finding]]
"""Looks at the value nodes of a focus node as a whole."""


class Each(NamedTuple):
    """Looks at each value node by itself; `wrong` tells whether one breaks the component."""

    component: str
    wrong: Callable[[Index, Term], bool]


@dataclass(slots=True, eq=False)
class Shape:
    """A node shape, or a property shape if it has a path. `nested` are the property shapes that it demands of its values.

    `predicate` is the path where that is a single property; `least` and `most` bound the number of values, and `each` and
    `whole` are the other checks.
    """

    node: Term
    severity: str
    messages: str
    active: bool = True
    path_node: Term | None = None
    path: Path | None = None
    predicate: Iri | None = None
    least: int = 0
    most: int = maxsize
    each: list[Each] = field(default_factory=list)
    whole: list[Check] = field(default_factory=list)
    nested: list[Shape] = field(default_factory=list)

    def inspect(self, data: Index, node: Term, found: list[Found]) -> None:
        """Add what is wrong with a focus node."""
        if self.active:
            self._judge(data, node, (node,) if self.path is None else self.path(data, node), found)

    def conforms(self, data: Index, node: Term) -> bool:
        """Tell whether a node conforms to the shape."""
        found: list[Found] = []
        self.inspect(data, node, found)
        return not found

    def _judge(self, data: Index, node: Term, values: Sequence[Term], found: list[Found]) -> None:
        number = len(values)
        if number < self.least:
            found.append(Found(self, node, Finding("MinCountConstraintComponent")))
        if number > self.most:
            found.append(Found(self, node, Finding("MaxCountConstraintComponent")))
        for component, wrong in self.each:
            for value in values:
                if wrong(data, value):
                    found.append(Found(self, node, Finding(component, value)))
        for check in self.whole:
            for finding in check(data, node, values):
                found.append(Found(self, node, finding))
        if self.nested:
            for value in values:
                properties = data.properties(value)
                for shape in self.nested:
                    if shape.predicate is None:
                        shape.inspect(data, value, found)
                    elif shape.active and ((those := properties.get(shape.predicate)) or shape.least or shape.whole):
                        shape._judge(data, value, those or (), found)


class Found(NamedTuple):
    """Something wrong: the shape that says so, the focus node it says it of, and what it is."""

    shape: Shape
    focus: Term
    finding: Finding
