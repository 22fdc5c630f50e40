"""A gate report as a SHACL validation report, as JSON-ready data and as lines for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from entente.model import GateReport, Iri, Literal, Term, Triple, Violation
from entente.model.iri import child, digest, entity
from entente.model.terms import rdf

__all__ = ["as_data", "as_lines", "as_triples", "refusals_in"]

_SH = "http://www.w3.org/ns/shacl#"
_BLANK = "_:"
_ABSOLUTE = re.compile(r"(?:https?|urn|mailto|file|tag):", re.IGNORECASE)


def _sh(name: str) -> Iri:
    return Iri(_SH + name)


def as_triples(report: GateReport) -> tuple[Triple, ...]:
    """Write the report as a sh:ValidationReport (SHACL §3.6) without blank nodes: results are named by what they say.

    A path or value that is a blank node of the data is left out, since its name means nothing outside.
    """
    results = {digest(*(part or "" for part in _parts(v)), length=16): v for v in report.violations}
    node = entity("report", digest(*sorted(results), length=16))
    triples = [
        Triple(node, rdf.type, _sh("ValidationReport")),
        Triple(node, _sh("conforms"), Literal.of(not report.violations)),
    ]
    for name, violation in results.items():
        result = child(node, name)
        triples.append(Triple(node, _sh("result"), result))
        triples += [Triple(result, predicate, value) for predicate, value in _properties(violation)]
    return tuple(sorted(triples, key=Triple.n3))


def _parts(violation: Violation) -> tuple[str | None, ...]:
    v = violation
    return (v.focus, v.path, v.value, v.shape, v.component, v.severity, v.message)


def _properties(violation: Violation) -> Iterable[tuple[Iri, Term]]:
    yield rdf.type, _sh("ValidationResult")
    for predicate, name in (("resultSeverity", violation.severity), ("sourceConstraintComponent", violation.component)):
        yield _sh(predicate), Iri(name) if ":" in name else _sh(name)
    yield _sh("resultMessage"), Literal(violation.message, lang="en")
    for predicate, text in (
        ("focusNode", violation.focus),
        ("resultPath", violation.path),
        ("sourceShape", violation.shape),
    ):
        if text and not text.startswith(_BLANK):
            yield _sh(predicate), _term(text)
    if violation.value and not violation.value.startswith(_BLANK):
        yield _sh("value"), _term(violation.value)


def _term(text: str) -> Term:
    """Read a violation's text as an IRI where it looks like an absolute one: it does not tell literals apart."""
    try:
        return Iri(text) if _ABSOLUTE.match(text) else Literal(text)
    except ValueError:
        return Literal(text)


def as_data(report: GateReport) -> dict[str, Any]:
    """Give the report as plain data: whether it passed, what ran the shapes, the results, and how much was checked."""
    return {
        "passed": report.passed,
        "engine": report.engine,
        "results": [
            {
                "severity": v.severity,
                "focus": v.focus,
                "path": v.path,
                "value": v.value,
                "shape": v.shape,
                "component": v.component,
                "message": v.message,
            }
            for v in report.violations
        ],
        "focusNodes": dict(report.focus_nodes),
    }


def refusals_in(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give those results of a report as plain data for which the gate refuses."""
    return [result for result in data["results"] if result["severity"] == "Violation"]


def as_lines(report: GateReport) -> list[str]:
    """Say the report to people: the results grouped by shape, then how much was checked."""
    lines = []
    ordered = sorted(
        report.violations, key=lambda v: (v.severity != "Violation", v.shape, v.message, v.focus, v.value or "")
    )
    for (severity, shape, message), results in groupby(ordered, key=lambda v: (v.severity, v.shape, v.message)):
        lines.append(f"{severity.lower()}: {message}  [{shape.rsplit('#', 1)[-1]}]")
        for result in results:
            value = f"  has {result.value}" if result.value and result.value != result.focus else ""
            lines.append(f"    {result.focus}{value}")
    lines.append(
        f"{report.checked} focus nodes checked by {len(report.focus_nodes)} shapes, {len(report.violations)} results"
    )
    return lines
