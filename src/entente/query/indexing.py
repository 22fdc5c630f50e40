"""Makes the index of lists in SQLite: the rows of each in order, and which of them each filter lets through."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from entente.errors import StoreError
from entente.query.plans import AheadPlan, ListPlan, Plan

__all__ = ["build", "failures"]

_KINDS = {"integer": "INTEGER", "decimal": "REAL"}
_CSV, _JSON = "text/csv", "application/sparql-results+json"


def build(file: Path, plans: Iterable[Plan], answer: Callable[[str, str], bytes]) -> None:
    """Make the index of some lists in a file; `answer` runs a query and gives its rows in a media type.

    Raises StoreError where the disk fails; the file is whole or not there.
    """
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        with failures(), closing(sqlite3.connect(fresh, isolation_level=None)) as database:
            # It is thrown away where it is not finished.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE lists (plan TEXT)")
            database.execute("CREATE TABLE terms (id INTEGER PRIMARY KEY, term TEXT UNIQUE)")
            for number, plan in enumerate(plans):
                database.execute("INSERT INTO lists VALUES (?)", [json.dumps(plan.to_json())])
                if isinstance(plan, AheadPlan):
                    _build_answers(database, number, plan, answer(plan.query, _JSON))
                    continue
                _build_rows(database, number, plan, answer(plan.rows, _CSV))
                for facet, query in enumerate(plan.queries):
                    _build_facet(database, number, plan, facet, answer(query, _CSV))
                for facet in {plan.facet(name) for name in plan.counted}:
                    database.execute(
                        f"INSERT INTO values{number} SELECT facet, id, term FROM facets{number} WHERE facet = ?", [facet]
                    )
                database.execute(f"DROP INDEX keys{number}")
        fresh.replace(file)
    except OSError as error:
        raise _failed(error) from error
    finally:
        fresh.unlink(missing_ok=True)


def _build_answers(database: sqlite3.Connection, number: int, plan: AheadPlan, answer: bytes) -> None:
    """Keep the rows of each key together, as SPARQL's JSON has them."""
    database.execute(f"CREATE TABLE answers{number} (key TEXT PRIMARY KEY, rows TEXT) WITHOUT ROWID")
    found: dict[str, list[dict[str, Any]]] = {}
    for row in json.loads(answer)["results"]["bindings"]:
        if plan.column in row:
            found.setdefault(row[plan.column]["value"], []).append(row)
    kept = [(key, json.dumps(rows, ensure_ascii=False, separators=(",", ":"))) for key, rows in sorted(found.items())]
    _insert(database, f"answers{number}", iter(kept))


def _build_rows(database: sqlite3.Connection, number: int, plan: ListPlan, answer: bytes) -> None:
    """Number the rows in the order that the list has where none is asked for."""
    types = {f"s_{name}": _KINDS.get(kind, "TEXT") for name, kind in plan.sorts.items()}
    types |= {bound.column: bound.type for bound in plan.bounds.values()}
    columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
    first = f"s_{next(iter(plan.sorts))}"
    asked = [plan.key, *plan.sorts, *dict.fromkeys(bound.column for bound in plan.bounds.values())]
    database.execute(f"CREATE TEMP TABLE raw (key TEXT, {columns})")
    _insert(database, "raw", _read(answer, asked))
    database.execute(f"CREATE TABLE rows{number} (id INTEGER PRIMARY KEY, key TEXT, {columns})")
    database.execute(
        f"INSERT INTO rows{number} SELECT row_number() OVER (ORDER BY {first} IS NULL, {first}, key), * FROM raw"
    )
    database.execute("DROP TABLE raw")
    database.execute(f"CREATE UNIQUE INDEX keys{number} ON rows{number} (key)")
    for name in list(plan.sorts)[1:]:
        database.execute(f"CREATE INDEX by_{number}_{name} ON rows{number} (s_{name}, key)")
    database.execute(
        f"CREATE TABLE facets{number} (facet INTEGER, term INTEGER, id INTEGER, PRIMARY KEY (facet, term, id)) WITHOUT ROWID"
    )
    # Which values a row has: what is counted by.
    database.execute(
        f"CREATE TABLE values{number} (facet INTEGER, id INTEGER, term INTEGER, PRIMARY KEY (facet, id, term)) WITHOUT ROWID"
    )
    database.execute(f"CREATE TABLE counts{number} (facet INTEGER, term INTEGER, n INTEGER, PRIMARY KEY (facet, term))")


def _build_facet(database: sqlite3.Connection, number: int, plan: ListPlan, facet: int, answer: bytes) -> None:
    database.execute("CREATE TEMP TABLE raw (key TEXT, term TEXT)")
    _insert(database, "raw", _read(answer, [plan.key, "value"]))
    database.execute("INSERT OR IGNORE INTO terms (term) SELECT DISTINCT term FROM raw")
    database.execute(
        f"INSERT OR IGNORE INTO facets{number} SELECT ?, terms.id, rows.id FROM raw "
        f"JOIN rows{number} AS rows ON rows.key = raw.key JOIN terms ON terms.term = raw.term ORDER BY 2, 3",
        [facet],
    )
    database.execute("DROP TABLE raw")
    database.execute(
        f"INSERT INTO counts{number} SELECT facet, term, COUNT(*) FROM facets{number} WHERE facet = ? GROUP BY term", [facet]
    )


def _insert(database: sqlite3.Connection, table: str, rows: Iterator[Sequence[str | None]]) -> None:
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        database.execute("BEGIN")
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", chain([first], rows))
        database.execute("COMMIT")


def _read(answer: bytes, columns: list[str]) -> Iterator[list[str | None]]:
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(answer), "utf-8", newline=""))
    head = next(rows)
    places = [head.index(column) for column in columns]
    for row in rows:
        yield [row[place] or None for place in places]


@contextmanager
def failures() -> Iterator[None]:
    """Raise what SQLite raises as a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _failed(error) from error


def _failed(error: Exception) -> StoreError:
    return StoreError(905, f"the index of lists failed: {error}", "check the disk: df -h")
