"""What was examined, in every format that is offered: for people, for programs, for build servers and editors."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from entente.gate.examination import SEVERITIES, Examined, Finding
from entente.gate.interchange import as_junit, as_sarif
from entente.gate.pages import as_page
from entente.gate.report import as_data, as_triples
from entente.gate.terminology import shorten
from entente.store.formats import serialise

__all__ = ["COLUMNS", "FORMATS", "present", "rows"]

COLUMNS = ("file", "graph", "severity", "focus", "path", "value", "message", "shape", "line", "label", "suggestion")
_SHOWN_SHAPES = 12
# what would move the cursor of a terminal, or end the line
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def rows(examined: Sequence[Examined]) -> Iterator[tuple[str | None, ...]]:
    """The findings as rows of COLUMNS."""
    for item in examined:
        for finding in item.findings:
            v = finding.violation
            line = None if finding.line is None else str(finding.line)
            file = finding.origin or item.origin
            yield (
                *(file, item.graph, v.severity, v.focus, v.path, v.value, v.message, v.shape),
                *(line, finding.label, finding.suggestion),
            )


def as_text(examined: Sequence[Examined]) -> str:
    """The findings for people, grouped by shape, with what was checked and what was found at the end of each graph."""
    return "".join(f"{_CONTROL.sub(' ', line)}\n" for item in examined for line in _lines(item))


def _lines(item: Examined) -> Iterator[str]:
    yield item.name

    for (severity, shape, message), findings in groupby(item.findings, key=attrgetter("group")):
        yield f"  {severity.lower()}: {message}  [{shape.rsplit('#', 1)[-1]}]"
        for finding in findings:
            yield f"    {_where(item, finding)}"
            if finding.suggestion:
                yield f"        {finding.suggestion}"
    counted = Counter(item.report.focus_nodes)
    shapes = [f"{shape.rsplit('#', 1)[-1]} {number}" for shape, number in counted.most_common(_SHOWN_SHAPES)]
    more = f" and {len(counted) - _SHOWN_SHAPES} more shapes" if len(counted) > _SHOWN_SHAPES else ""
    if shapes:
        yield f"  focus nodes: {', '.join(shapes)}{more}"
    yield f"  {item.report.checked} focus nodes checked by {len(counted)} shapes, {_totals(item)}"
    yield from (f"  note: {note}" for note in item.notes)


def _where(item: Examined, finding: Finding) -> str:
    v = finding.violation
    file = f"{finding.origin}:" if finding.origin and finding.origin != item.origin else ""
    line = f"{file}{finding.line or ''}: " if file else f"line {finding.line}: " if finding.line else ""
    name = f"{finding.label} {_node(v.focus)}" if finding.label else _node(v.focus)
    value = f"  has {v.value}" if v.value is not None and v.value != v.focus else ""
    return f"{line}{name}{value}"


def _node(text: str) -> str:
    return text if text.startswith("_:") or ":" not in text else shorten(text)


def _totals(item: Examined) -> str:
    counted = Counter(finding.violation.severity for finding in item.findings)
    order = sorted(counted, key=lambda name: (-SEVERITIES.index(name) if name in SEVERITIES else -9, name))
    named = [f"{counted[name]} {_plural(name, counted[name])}" for name in order]
    return ", ".join(named) or "nothing found"


def _plural(severity: str, number: int) -> str:
    name = {"Violation": "violation", "Warning": "warning", "Info": "remark"}.get(severity, severity)
    return name if number == 1 else f"{name}s"


def _data(item: Examined) -> dict[str, Any]:
    return {
        "file": item.origin,
        "graph": item.graph,
        **as_data(item.report),
        "results": [
            {**asdict(f.violation), "file": f.origin, "line": f.line, "label": f.label, "suggestion": f.suggestion}
            for f in item.findings
        ],
        "notes": list(item.notes),
    }


def _json(examined: Sequence[Examined]) -> bytes:
    return (json.dumps([_data(item) for item in examined], ensure_ascii=False, indent=2) + "\n").encode()


def _json_lines(examined: Sequence[Examined]) -> bytes:
    found = (dict(zip(COLUMNS, row, strict=True)) for row in rows(examined))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()


def _csv(examined: Sequence[Examined]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(examined))
    return buffer.getvalue().encode()


def _graph(media_type: str) -> Callable[[Sequence[Examined]], bytes]:
    return lambda examined: serialise((t for item in examined for t in as_triples(item.report)), media_type)


FORMATS: Mapping[str, tuple[str, Callable[[Sequence[Examined]], bytes]]] = MappingProxyType(
    {
        "human": ("text/plain", lambda examined: as_text(examined).encode()),
        "json": ("application/json", _json),
        "jsonl": ("application/jsonl", _json_lines),
        "ttl": ("text/turtle", _graph("text/turtle")),
        "nt": ("application/n-triples", _graph("application/n-triples")),
        "jsonld": ("application/ld+json", _graph("application/ld+json")),
        "csv": ("text/csv", _csv),
        "html": ("text/html", lambda examined: as_page(examined).encode()),
        "junit": ("application/xml", as_junit),
        "sarif": ("application/sarif+json", as_sarif),
    }
)
"""The formats by name, each with its media type and what writes it."""


def present(examined: Sequence[Examined], form: str) -> bytes:
    """Write what was examined in one of FORMATS."""
    return FORMATS[form][1](examined)
