"""Entries of REST's lists as the tables of the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from entente.api.describing import Describer, Value
from entente.api.naming import namer
from entente.api.rest import Entry
from entente.model import Iri

__all__ = ["SHOWN_AS_TITLE", "Line", "Table", "spoken", "tabulate"]

SHOWN_AS_TITLE = frozenset({"id", "iri", "link", "name", "label", "rank"})
"""Fields that the title of a line stands for."""


@dataclass(frozen=True, slots=True)
class Line:
    """A thing by its name, and its fields, each of one value after another."""

    title: Value
    cells: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under the names of their fields."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def spoken(notation: str | None) -> str:
    """A notation as it is read: `joint_patrol` as joint patrol."""
    return (notation or "").replace("_", " ").replace("-", " ")


def tabulate(describer: Describer, entries: Sequence[Entry], columns: Iterable[str]) -> Table:
    """Make a table of some fields; things without a name are named by what they are."""
    shown = tuple(columns)
    unnamed = [Iri(entry.row.iri) for entry in entries if not _named(entry.row)]
    name = namer(describer.reader, unnamed)
    lines = tuple(
        Line(
            Value(_named(entry.row), "", Iri(entry.row.iri)) if _named(entry.row) else name(Iri(entry.row.iri)),
            tuple(_cell(getattr(entry.row, column)) for column in shown),
        )
        for entry in entries
    )
    return Table(tuple(spoken(column) for column in shown), lines)


def _named(row: Any) -> str:
    return getattr(row, "label", None) or getattr(row, "name", None) or ""


def _cell(said: Any) -> tuple[Value, ...]:
    values: Iterable[Any] = said if isinstance(said, list) else () if said is None else (said,)
    return tuple(_value(each) for each in values)


def _value(said: Any) -> Value:
    if hasattr(said, "iri"):
        return Value(said.label or said.iri.rsplit("/", 1)[-1], "", Iri(said.iri))
    if hasattr(said, "quote"):
        return Value(said.quote)
    # Days have hyphens that stay.
    return Value(spoken(said) if isinstance(said, str) and not said[:1].isdigit() else str(said))
