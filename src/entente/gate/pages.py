"""What was examined as an HTML page that needs nothing else: no script, no style, no font from anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter

from entente.gate.examination import Examined, Finding

__all__ = ["as_page", "page", "sections", "table"]

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #ccc; }
td { overflow-wrap: anywhere; }
.Violation { color: #a11; } .Warning { color: #854d00; } .Info { color: #035; }
@media (prefers-color-scheme: dark) { body { background: #151515; color: #eee; }
.Violation { color: #f88; } .Warning { color: #fb5; } .Info { color: #8cf; } }
"""


def page(title: str, body: Iterator[str]) -> str:
    """Make a page of a title and pieces of HTML."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Whatever the data smuggles in, the page loads and runs nothing.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{''.join(body)}</body>\n</html>\n"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Make a table of plain texts."""
    header = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def as_page(examined: Sequence[Examined]) -> str:
    """Write the findings by graph and shape, each graph with what was checked."""
    return page("Validation report", sections(examined))


def sections(examined: Sequence[Examined]) -> Iterator[str]:
    """Write a section for each graph."""
    return (part for item in examined for part in _section(item))


def _section(item: Examined) -> Iterator[str]:
    yield f"<h2>{escape(item.name)}</h2>\n"
    counted = Counter(finding.violation.severity for finding in item.findings)
    totals = ", ".join(f"{name}: {number}" for name, number in sorted(counted.items())) or "nothing found"
    yield f"<p>{item.report.checked} focus nodes checked by {len(item.report.focus_nodes)} shapes. {escape(totals)}.</p>\n"
    yield from (f"<p>{escape(note)}</p>\n" for note in item.notes)

    for (severity, shape, message), findings in groupby(item.findings, key=attrgetter("group")):
        yield f'<h3 class="{escape(severity)}">{escape(severity)}: {escape(message)}</h3>\n<p>{escape(shape)}</p>\n'
        yield table(("File", "Line", "Focus node", "Value", "Suggestion"), [_row(finding) for finding in findings])
    if item.report.focus_nodes:
        yield "<details><summary>Focus nodes by shape</summary>\n"
        yield table(("Shape", "Focus nodes"), [(shape, str(n)) for shape, n in sorted(item.report.focus_nodes.items())])
        yield "</details>\n"


def _row(finding: Finding) -> tuple[str, ...]:
    v = finding.violation
    focus = f"{finding.label} ({v.focus})" if finding.label else v.focus
    line = "" if finding.line is None else str(finding.line)
    return finding.origin or "", line, focus, v.value or "", finding.suggestion or ""
