"""Rows as a table, CSV, JSON or JSON lines."""

from __future__ import annotations

import csv
import io
import json
import re

from rich.console import Console
from rich.table import Table

from entente.model import Iri, Literal, Solutions, Term
from entente.model.terms import xsd
from entente.query import shorten

__all__ = ["render"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_INTEGERS = {xsd.integer, xsd.nonNegativeInteger}


def render(solutions: Solutions, form: str, *, terminal: bool = False) -> str:
    """Spell the rows as `table`, `csv`, `json` (an array of objects) or `jsonl`.

    Tables abbreviate IRIs, the other formats give them in full. `terminal` lets a table use the terminal's width.
    """
    match form:
        case "csv":
            return _csv(solutions)
        case "json":
            return json.dumps(_objects(solutions), ensure_ascii=False, indent=2) + "\n"
        case "jsonl":
            return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in _objects(solutions))
        case _:
            return _table(solutions, terminal=terminal)


def _csv(solutions: Solutions) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(solutions.variables)
    writer.writerows([_plain(term) for term in row] for row in solutions.rows)
    return buffer.getvalue()


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return term.lexical if isinstance(term, Literal) else str(term)


def _objects(solutions: Solutions) -> list[dict[str, str | int | bool | None]]:
    return [dict(zip(solutions.variables, map(_native, row), strict=True)) for row in solutions.rows]


def _native(term: Term | None) -> str | int | bool | None:
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    if term.datatype in _INTEGERS:
        return int(term.lexical)
    if term.datatype == xsd.boolean:
        return term.lexical in {"true", "1"}
    return term.lexical


def _table(solutions: Solutions, *, terminal: bool) -> str:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in solutions.variables:
        table.add_column(name, overflow="fold")
    for row in solutions.rows:
        table.add_row(*(_short(term) for term in row))
    buffer = io.StringIO()
    # Without a terminal nothing may be folded: a line is a row.
    width = None if terminal else 100_000
    console = Console(file=buffer, width=width, force_terminal=terminal, markup=False, highlight=False, emoji=False)
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines()) if not terminal else buffer.getvalue()


def _short(term: Term | None) -> str:
    # An article's text must not steer the reader's terminal.
    return shorten(term) if isinstance(term, Iri) else _CONTROL.sub("\ufffd", _plain(term))
