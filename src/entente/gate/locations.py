"""Where in a document stands what a validation result speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from entente.gate.compiled.values import spell
from entente.gate.lines import StatementLines, statement_lines
from entente.model import BlankNode, Iri, Quad, Term, Triple, Violation
from entente.store.formats import parse

__all__ = ["Place", "RdfDocument"]

_COUNTED_UPWARDS = "MaxCountConstraintComponent"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a document, if its format has lines, and the statement that stands there, if one is meant."""

    origin: str
    line: int | None
    statement: Triple | None


@dataclass(frozen=True)
class RdfDocument:
    """RDF as somebody wrote it: `origin` names it, `quads` are in the order in which they stand in `data`."""

    origin: str
    quads: tuple[Quad, ...]
    data: bytes = b""
    media_type: str = ""

    @classmethod
    def read(cls, origin: str, data: bytes, media_type: str, stem: str = "") -> RdfDocument:
        """Parse a document; `stem` goes before the names of its blank nodes.

        Raises InputError for what cannot be parsed, as store.parse does.
        """
        quads = parse(data, media_type, origin=origin)
        if stem:
            quads = tuple(Quad(_apart(q.subject, stem), q.predicate, _apart(q.object, stem), q.graph) for q in quads)  # type: ignore[arg-type]
        return cls(origin, quads, data, media_type)

    @property
    def graphs(self) -> tuple[Iri | None, ...]:
        """The graphs that hold something, the default graph first; only that one where none does."""
        return tuple(sorted(self._by_graph, key=lambda name: name or "")) or (None,)

    def triples(self, graph: Iri | None) -> tuple[Triple, ...]:
        """The triples of one graph."""
        return tuple(self._by_graph.get(graph, ()))

    def place(self, violation: Violation, graphs: Sequence[Iri | None]) -> Place | None:
        """Find what a result on some graphs of the document speaks of.

        That is the statement with the focus node, the path and the value; else one that joins the focus node and the
        value; else, of the values of the path, the last where they are too many and the first otherwise; else where the
        focus node is described first, or mentioned. None where the document does not mention it.
        """
        for found in self._candidates(violation):
            own = [number for number in found if self.quads[number].graph in graphs]
            if own:
                number = own[-1 if violation.component == _COUNTED_UPWARDS else 0]
                return self._place(number, violation)
        return None

    def _candidates(self, violation: Violation) -> Iterator[list[int]]:
        """Numbers of quads, from what fits the result best to what merely mentions its focus node."""
        described = self._by_subject.get(violation.focus, [])
        of_path = [n for n in described if self.quads[n].predicate == violation.path]
        if violation.value is not None:
            yield [n for n in of_path if spell(self.quads[n].object) == violation.value]
            if violation.value != violation.focus:
                yield [n for n in described if spell(self.quads[n].object) == violation.value]
                yield [
                    n for n in self._by_subject.get(violation.value, []) if spell(self.quads[n].object) == violation.focus
                ]
        yield of_path
        yield described
        yield self._by_object.get(violation.focus, [])

    def _place(self, number: int, violation: Violation) -> Place:
        quad = self.quads[number]
        at = self._lines[number] if self._lines is not None else None
        meant = violation.path == quad.predicate or spell(quad.object) in (violation.value, violation.focus)
        if at is None:
            line = None
        elif not meant:
            line = at.subject
        elif violation.value is None and violation.component != _COUNTED_UPWARDS and spell(quad.subject) == violation.focus:
            line = at.predicate
        else:
            line = at.object
        return Place(self.origin, line, quad.triple if meant else None)

    @cached_property
    def _by_graph(self) -> dict[Iri | None, list[Triple]]:
        found: dict[Iri | None, list[Triple]] = {}
        for quad in self.quads:
            found.setdefault(quad.graph, []).append(quad.triple)
        return found

    @cached_property
    def _lines(self) -> Sequence[StatementLines] | None:
        return statement_lines(self.data, self.media_type, len(self.quads))

    @cached_property
    def _by_subject(self) -> dict[str, list[int]]:
        return _numbered(spell(quad.subject) for quad in self.quads)

    @cached_property
    def _by_object(self) -> dict[str, list[int]]:
        return _numbered(spell(quad.object) for quad in self.quads)


def _numbered(texts: Iterator[str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        found[text].append(number)
    return dict(found)


def _apart(term: Term, stem: str) -> Term:
    return BlankNode(stem + term) if isinstance(term, BlankNode) else term
