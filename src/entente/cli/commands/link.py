"""`entente link`: a table's names matched with the reference data."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import click

from entente.cli.output import Output
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.errors import InputError
from entente.reconcile import KINDS, Candidate, Condition, Query, Reconciler

__all__ = ["ADDED", "command"]

_VALUES = ("iso-alpha3", "cow", "gw", "wikidata")
ADDED = ("iri", "label", "type", "score", "match", "state", *(name.replace("-", "_") for name in _VALUES))
"""The columns that are added."""

_NONE_MATCHED = 1


@click.command("link")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", required=True, help="The column with the names.")
@click.option(
    "--type",
    "kinds",
    multiple=True,
    type=click.Choice(tuple(KINDS)),
    help="What the names are names of. May be repeated.  [default: any]",
)
@click.option("--state-column", help="A column with the state that each belongs to, which decides between namesakes.")
@click.option(
    "--least", default=75.0, show_default=True, type=click.FloatRange(0, 100), help="Lowest score that is taken, 0 to 100."
)
@click.option("--output", "-o", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.pass_obj
def command(
    session: Session,
    *,
    file: Path,
    column: str,
    kinds: tuple[str, ...],
    state_column: str | None,
    least: float,
    path: Path | None,
) -> None:
    """Add the IRIs and codes of the entities that a column of a table names.

    FILE is CSV in UTF-8 with a line of column names. Every row is kept; where no entity is like the name, what is added is
    empty. The column match is true where a name or code meets the cell as it is and nothing else is near; look at the rest.

    Ends with 1 where nothing matched.
    """
    header, rows = _read(file)
    for name in (column, *((state_column,) if state_column else ())):
        if name not in header:
            raise InputError(197, f"{file} has no column {name!r}", f"it has: {', '.join(header)}")
    place, state_place = header.index(column), header.index(state_column) if state_column else None
    reconciler = Reconciler(Workbench.open().index)
    known: dict[tuple[str, str], Candidate | None] = {}
    linked = certain = 0
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow((*header, *ADDED))
    for row in rows:
        key = (row[place].strip(), "" if state_place is None else row[state_place].strip())
        if key not in known:
            known[key] = _best(reconciler, *key, kinds, least)
        found = known[key]
        linked += found is not None
        certain += found is not None and found.match
        writer.writerow((*row, *_cells(found)))
    Output("csv", path).write(target.getvalue().encode())
    session.note(f"{linked} of {len(rows)} rows linked, {certain} of them certain, {len(rows) - linked} without a match")
    if not linked:
        click.get_current_context().exit(_NONE_MATCHED)


def _read(file: Path) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The names of the columns, and the rows, each as long as those."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        lines = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(196, f"{file} cannot be read as a table: {error}", "write it as CSV in UTF-8") from error
    if not lines:
        raise InputError(196, f"{file} is empty", "give a table with a line of column names")
    header, *rows = lines
    twice = sorted({name for name in header if name in ADDED or header.count(name) > 1})
    if twice:
        raise InputError(198, f"{file}: the result would have {', '.join(twice)} twice", "rename the column")
    for number, row in enumerate(rows, 1):
        if len(row) > len(header):
            raise InputError(196, f"{file}: row {number} has {len(row)} cells for {len(header)} columns", "quote its commas")
    return header, [[*row, *[""] * (len(header) - len(row))] for row in rows]


def _best(reconciler: Reconciler, text: str, state: str, kinds: tuple[str, ...], least: float) -> Candidate | None:
    if not text:
        return None
    conditions = (Condition("state", (state,)),) if state else ()
    found = reconciler.candidates(Query(text, kinds, conditions, limit=1))
    return found[0] if found and found[0].score >= least else None


def _cells(found: Candidate | None) -> Sequence[str]:
    if found is None:
        return [""] * len(ADDED)
    record = found.record
    state = "".join(record.values.get("state", ())[:1]).removeprefix("state/")
    codes = ("".join(record.values.get(name, ())[:1]) for name in _VALUES)
    return [record.entity.iri, record.label, record.kind, f"{found.score:g}", str(found.match).lower(), state, *codes]
