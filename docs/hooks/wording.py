"""How the generated pages spell tables, terms and anchors in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["cell", "table"]


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table, or nothing where it would have no rows."""
    lines = [f"| {' | '.join(map(cell, row))} |\n" for row in rows]
    if lines:
        yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
        yield from lines
        yield "\n"


def cell(text: str) -> str:
    """A text as the cell of a table."""
    return " ".join(text.replace("|", "\\|").split())
