"""Data examined for the people who wrote it: what the shapes say, where it stands in the file, and how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from entente.errors import InputError
from entente.gate import read_shapes
from entente.gate.compiled.values import spell
from entente.gate.locations import Place, RdfDocument
from entente.gate.shacl import ShaclGate, Shapes
from entente.gate.suggestions import Advisor
from entente.gate.terminology import Terminology
from entente.model import EntityIndex, GateReport, Iri, Literal, Triple, Violation
from entente.model.terms import dcterms, ent, owl, rdfs, skos

__all__ = ["SEVERITIES", "Examined", "Examiner", "Finding", "ShapeSet", "imports_of"]

SEVERITIES = ("Info", "Warning", "Violation")
"""The severities of SHACL, the least first; one of somebody's own counts as a violation."""

_LABELS = (skos.prefLabel, rdfs.label, ent.name, dcterms.title)
_ENGLISH_FIRST = {"en": 0, "": 1}


@dataclass(frozen=True, slots=True)
class Finding:
    """A validation result, with the file and line it speaks of, the label of its focus node and a suggested fix."""

    violation: Violation
    origin: str | None = None
    line: int | None = None
    label: str | None = None
    suggestion: str | None = None

    @property
    def rank(self) -> int:
        """How grave it is: 0 for information, 1 for a warning, 2 for a violation."""
        severity = self.violation.severity
        return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES) - 1

    @property
    def group(self) -> tuple[str, str, str]:
        """What findings under one heading have in common: severity, shape and message."""
        return self.violation.severity, self.violation.shape, self.violation.message


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one graph, or in several documents together; `notes` say what was left aside."""

    origin: str
    graph: Iri | None
    report: GateReport
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Where it comes from, with the graph where that is not the same."""
        return self.origin if self.graph in (None, self.origin) else f"{self.origin} ({self.graph})"

    def least(self, rank: int) -> Examined:
        """The same without the findings below a rank."""
        kept = tuple(finding for finding in self.findings if finding.rank >= rank)
        report = replace(self.report, violations=tuple(finding.violation for finding in kept))
        return replace(self, report=report, findings=kept)


@dataclass(frozen=True, slots=True)
class ShapeSet:
    """Shapes ready to be used, with the triples that they were read from."""

    triples: tuple[Triple, ...]
    shapes: Shapes

    @classmethod
    def read(cls, files: Iterable[Path], ontology: Iterable[Triple]) -> ShapeSet:
        """Read files of shapes.

        Raises InputError for what cannot be read or used.
        """
        triples = tuple(read_shapes(files))
        return cls(triples, Shapes(triples, ontology))


class Examiner:
    """Examines data by a set of shapes; `index` gives what data mentions of the reference data."""

    def __init__(self, shapes: ShapeSet, terminology: Terminology, index: EntityIndex) -> None:
        self._shapes = shapes.shapes
        self._gate = ShaclGate(shapes.shapes, index)
        self._terms = terminology
        self._advisor = Advisor(terminology, shapes.triples)
        self._index = index
        self._notes = imports_of("the shapes", shapes.triples)

    def each(self, document: RdfDocument) -> Iterator[Examined]:
        """Examine every graph of a document for itself."""
        for graph in document.graphs:
            yield self._examine([document], [graph])

    def together(self, documents: Sequence[RdfDocument]) -> Examined:
        """Examine all graphs of all documents as one; their blank nodes must have different names."""
        return self._examine(documents, list(dict.fromkeys(graph for document in documents for graph in document.graphs)))

    def within(self, document: RdfDocument, context: Sequence[Triple]) -> Examined:
        """Examine a document of one graph with other triples beside it, which are not looked at themselves.

        They stand in for the reference data: literals that a store has spelled anew would differ from those there.
        """
        return self._examine([document], document.graphs, context)

    def _examine(
        self, documents: Sequence[RdfDocument], graphs: Sequence[Iri | None], context: Sequence[Triple] | None = None
    ) -> Examined:
        origin = " + ".join(document.origin for document in documents)
        triples = tuple(triple for document in documents for graph in graphs for triple in document.triples(graph))
        try:
            report = self._gate.check(triples) if context is None else self._shapes.validate(triples, context)
        except RecursionError as error:
            raise InputError(
                179, f"{origin}: the data or the shapes are nested too deeply", "make lists and shapes flatter"
            ) from error
        report = replace(report, violations=(*report.violations, *self._terms.unknown(triples)))
        concerned = {violation.focus for violation in report.violations}
        described: defaultdict[str, list[Triple]] = defaultdict(list)
        for triple in triples:
            if (focus := spell(triple.subject)) in concerned:
                described[focus].append(triple)
        findings = [
            self._find(violation, _place(violation, documents, graphs), described[violation.focus])
            for violation in report.violations
        ]
        findings.sort(key=_order)
        graph = graphs[0] if len(graphs) == 1 else None
        return Examined(origin, graph, report, tuple(findings), (*self._notes, *imports_of(origin, triples)))

    def _find(self, violation: Violation, place: Place | None, described: Sequence[Triple]) -> Finding:
        statement = place.statement if place else None
        suggestion = self._advisor.suggest(violation, statement, {triple.predicate for triple in described})
        return Finding(
            violation,
            place.origin if place else None,
            place.line if place else None,
            self._label(violation.focus, described),
            suggestion,
        )

    def _label(self, focus: str, described: Sequence[Triple]) -> str | None:
        for predicate in _LABELS:
            labels = [t.object for t in described if t.predicate == predicate and isinstance(t.object, Literal)]
            if labels:
                return min(labels, key=lambda label: (_ENGLISH_FIRST.get(label.lang, 2), label.lang, label.lexical)).lexical
        try:
            known = self._index.entity(Iri(focus))
        except ValueError:
            return None
        return known.label if known else None


def _place(violation: Violation, documents: Sequence[RdfDocument], graphs: Sequence[Iri | None]) -> Place | None:
    places = (document.place(violation, graphs) for document in documents)
    found = [place for place in places if place is not None]
    return next((place for place in found if place.statement is not None), found[0] if found else None)


def _order(finding: Finding) -> tuple[object, ...]:
    v = finding.violation
    where = (finding.origin or "", finding.line or 0, v.focus, v.path or "", v.value or "")
    return (-finding.rank, v.shape, v.message, *where)


def imports_of(origin: str, triples: Iterable[Triple]) -> tuple[str, ...]:
    """Say which imports of some data are not followed."""
    return tuple(
        f"{origin}: owl:imports {spell(triple.object)} is not followed; give its file too if it is needed"
        for triple in triples
        if triple.predicate == owl.imports
    )
