"""What goes into the graph, and what the gate says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from entente.model.rdf import Iri, Literal, Quad, Term, Triple

__all__ = ["Change", "Delta", "GateReport", "Solutions", "Violation"]


@dataclass(frozen=True, slots=True)
class Delta:
    """All that one article contributes: the triples of its graph, sorted and without repeats.

    `unresolved` lists the names that could not be linked, for the review list.
    """

    article: Iri
    slug: str
    origin: str
    graph: Iri
    triples: tuple[Triple, ...]
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """One SHACL validation result (SHACL §3.6.2): IRIs as strings, blank nodes as `_:id`, None where absent."""

    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class GateReport:
    """What SHACL said of some data: `focus_nodes` counts the nodes checked by shape, `engine` names what ran the shapes."""

    violations: tuple[Violation, ...]
    focus_nodes: Mapping[str, int] = field(default_factory=dict)
    engine: str = "compiled"

    @property
    def checked(self) -> int:
        """How many focus nodes were checked, over all shapes."""
        return sum(self.focus_nodes.values())

    @property
    def refusals(self) -> tuple[Violation, ...]:
        """The results of severity sh:Violation."""
        return tuple(v for v in self.violations if v.severity == "Violation")

    @property
    def passed(self) -> bool:
        """Whether something was checked and nothing of severity sh:Violation was found."""
        return self.checked > 0 and not self.refusals


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT: None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    @property
    def number(self) -> int:
        """The whole number that a count gave, which is in the first place of the only row."""
        counted = self.rows[0][0]
        return int(counted.lexical) if isinstance(counted, Literal) else 0


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to take out of a store and quads to put in, as one atomic step."""

    remove: tuple[Quad, ...] = ()
    insert: tuple[Quad, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.remove or self.insert)
