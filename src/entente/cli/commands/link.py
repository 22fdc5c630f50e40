"""`entente link`: a table's names matched with the reference data."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from entente.cli.output import Output
from entente.cli.session import Session
from entente.cli.tables import DELIMITERS, Table, read_table
from entente.cli.workbench import Workbench
from entente.errors import InputError
from entente.reconcile import KINDS, Candidate, Condition, Query, Reconciler

__all__ = ["ADDED", "command"]

_VALUES = ("iso-alpha3", "cow", "gw", "wikidata")
ADDED = ("iri", "label", "type", "score", "match", "state", *(name.replace("-", "_") for name in _VALUES))
"""The columns that are added; where the table has one of that name, with `linked_` in front."""

_NONE_MATCHED = 1


@click.command("link")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
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
@click.option(
    "--delimiter", type=click.Choice(tuple(DELIMITERS)), help="What stands between cells.  [default: what gives the column]"
)
@click.option("--encoding", help="How the table is written, as windows-1252.  [default: UTF-8, or UTF-16 with its mark]")
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
    delimiter: str | None,
    encoding: str | None,
    path: Path | None,
) -> None:
    """Add the IRIs and codes of the entities that a column of a table names.

    FILE is a table in CSV with a line of column names; - is standard input. Every row is kept; where no entity is like the
    name, what is added is empty. The column match is true where a name or code meets the cell as it is and nothing else is
    near; look at the rest.

    Ends with 1 where nothing matched.
    """
    name = "standard input" if str(file) == "-" else str(file)
    table = read_table(name, _content(file), column, encoding, delimiter and DELIMITERS[delimiter])
    added = _free_names(table)
    place, state_place = table.place(column), None if state_column is None else table.place(state_column)
    reconciler = Reconciler(Workbench.open().index)
    known: dict[tuple[str, str], Candidate | None] = {}
    found = []
    for row in table.rows:
        key = (row[place].strip(), "" if state_place is None else row[state_place].strip())
        if key not in known:
            known[key] = _best(reconciler, *key, kinds, least)
        found.append(known[key])
    Output("csv", path).write(table.write(added, map(_cells, found)))
    linked = sum(each is not None for each in found)
    certain = sum(each is not None and each.match for each in found)
    rest = len(found) - linked
    session.note(f"{linked} of {len(found)} rows linked, {certain} of them certain, {rest} without a match")
    if not linked:
        click.get_current_context().exit(_NONE_MATCHED)


def _content(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(196, f"{file} cannot be read: {error.strerror}", "check its rights") from error


def _free_names(table: Table) -> Sequence[str]:
    """The names of the added columns, such that none is in the table already."""
    names = [f"linked_{name}" if name in table.header else name for name in ADDED]
    if taken := sorted(set(names) & set(table.header)):
        raise InputError(198, f"{table.name} has the columns {', '.join(taken)} already", "link the table as it was before")
    return names


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
