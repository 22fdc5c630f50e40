"""Shapes as compiled: what to look at, what to check, and what to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from entente.gate.compiled.index import Index
from entente.gate.compiled.paths import Path
from entente.model import Term

__all__ = ["Check", "Finding", "Focus", "Shape"]


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


@dataclass(slots=True, eq=False)
class Shape:
    """A node shape, or a property shape if it has a path. `nested` are the property shapes that it demands of its values."""

    node: Term
    severity: str
    messages: str
    active: bool = True
    path_node: Term | None = None
    path: Path | None = None
    checks: list[Check] = field(default_factory=list)
    nested: list[Shape] = field(default_factory=list)

    def values(self, focus: Focus) -> Sequence[Term]:
        """Give the value nodes of a focus node."""
        return (focus.node,) if self.path is None else self.path(focus.data, focus.node)

    def findings(self, focus: Focus) -> Iterator[tuple[Shape, Term, Finding]]:
        """Give what is wrong with a focus node, with the shape that says so and the focus node it says it of."""
        if not self.active:
            return
        values = self.values(focus)
        for check in self.checks:
            for finding in check(focus, values):
                yield self, focus.node, finding
        for shape in self.nested:
            for value in values:
                yield from shape.findings(Focus(focus.data, value))

    def conforms(self, data: Index, node: Term) -> bool:
        """Tell whether a node conforms to the shape."""
        return next(self.findings(Focus(data, node)), None) is None
