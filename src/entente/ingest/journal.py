"""The journal beside a store: what became of each article and what that rested on, so that nothing is done twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from entente.errors import StoreError
from entente.ingest.entries import Entry, FileEntry, Member, Run
from entente_loaders.pipeline import OutcomeKind

__all__ = ["AT_ONCE", "Journal"]

_SCHEMA = 3
AT_ONCE = 500
"""Rows that are asked for, or written, at once."""
_TABLES = """
CREATE TABLE article (
    slug TEXT PRIMARY KEY, input TEXT NOT NULL, versions TEXT NOT NULL, graph TEXT, outcome TEXT NOT NULL,
    reason TEXT, claims INTEGER NOT NULL, events INTEGER NOT NULL, rejected INTEGER NOT NULL,
    run INTEGER NOT NULL, time TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE run (id INTEGER PRIMARY KEY, arguments TEXT, begun TEXT NOT NULL, ended TEXT) STRICT;
CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
_FILES = """
CREATE TABLE file (
    path TEXT PRIMARY KEY, how TEXT NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE member (
    path TEXT NOT NULL, number INTEGER NOT NULL, origin TEXT NOT NULL, slug TEXT, input TEXT, content TEXT, reason TEXT,
    PRIMARY KEY (path, number)
) STRICT, WITHOUT ROWID;
"""
_SAID = """
ALTER TABLE article ADD COLUMN said TEXT;
"""
_FORMS = (_TABLES, _FILES, _SAID)
"""What each form of the journal has beyond the one before."""
_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"


class Journal:
    """The journal in a file of SQLite, or in memory for the path None.

    It follows the store and never runs ahead of it: an article's entry is taken out before the store is changed, and
    written after the change is committed. Whoever is killed in between leaves an article without an entry, which is
    merely worked through again. Raises StoreError 510 for a file that is no journal or cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file = self._opened()

    def _opened(self) -> sqlite3.Connection:
        with self._failures():
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(self._path or ":memory:", isolation_level=None)
            try:
                file.execute("PRAGMA journal_mode = WAL")
                file.execute("PRAGMA synchronous = NORMAL")
                file.execute("BEGIN IMMEDIATE")
                version = file.execute("PRAGMA user_version").fetchone()[0]
                if not 0 <= version <= _SCHEMA:
                    raise sqlite3.DatabaseError(f"it has the form {version}, not {_SCHEMA}")
                for tables in _FORMS[version:]:
                    for statement in tables.split(";\n")[:-1]:
                        file.execute(statement)
                file.execute(f"PRAGMA user_version = {_SCHEMA}")
                file.execute("COMMIT")
            except BaseException:
                file.close()
                raise
            return file

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                510,
                f"the journal {self._path or 'in memory'} cannot be used: {error}",
                "delete it; all articles are then worked through once more, and the graph stays as it is",
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._failures():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield self._file
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    def entries(self, slugs: Sequence[str]) -> dict[str, Entry]:
        """The entries of these articles, by slug."""
        names = ", ".join(field.name for field in fields(Entry))
        found: dict[str, Entry] = {}
        with self._failures():
            for start in range(0, len(slugs), AT_ONCE):
                some = slugs[start : start + AT_ONCE]
                query = f"SELECT {names} FROM article WHERE slug IN ({', '.join('?' * len(some))})"
                with closing(self._file.execute(query, tuple(some))) as rows:
                    for slug, given, versions, graph, outcome, *rest in rows:
                        found[slug] = Entry(slug, given, versions, graph, OutcomeKind(outcome), *rest)
        return found

    def forget(self, slugs: Iterable[str]) -> None:
        """Take entries out, before the store is changed."""
        with self._transaction() as file:
            file.executemany("DELETE FROM article WHERE slug = ?", ((slug,) for slug in slugs))

    def record(self, entries: Iterable[Entry]) -> None:
        """Write entries, after the store has been changed."""
        names = ", ".join(field.name for field in fields(Entry))
        marks = ", ".join("?" * len(fields(Entry)))
        with self._transaction() as file:
            file.executemany(
                f"INSERT OR REPLACE INTO article ({names}, time) VALUES ({marks}, {_NOW})", (astuple(e) for e in entries)
            )

    def file(self, path: str) -> FileEntry | None:
        """What is known of a file, if it was read to its end."""
        with self._failures():
            row = self._file.execute("SELECT path, how, size, changed, hash FROM file WHERE path = ?", (path,)).fetchone()
        return None if row is None else FileEntry(*row)

    def members(self, path: str) -> Iterator[list[Member]]:
        """What a file held, some at once, in order."""
        start = 0
        while True:
            with self._failures():
                rows = self._file.execute(
                    "SELECT origin, slug, input, content, reason FROM member WHERE path = ? AND number >= ?"
                    " ORDER BY number LIMIT ?",
                    (path, start, AT_ONCE),
                ).fetchall()
            if not rows:
                return
            yield [Member(*row) for row in rows]
            start += len(rows)

    def keep_members(self, path: str, start: int, members: Sequence[Member], entry: FileEntry | None) -> None:
        """Write what a file holds from number `start` on, and with the last the entry, without which nothing counts."""
        with self._transaction() as file:
            if start == 0:
                file.execute("DELETE FROM file WHERE path = ?", (path,))
                file.execute("DELETE FROM member WHERE path = ?", (path,))
            file.executemany(
                "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?)",
                ((path, number, *astuple(member)) for number, member in enumerate(members, start)),
            )
            if entry is not None:
                file.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?)", astuple(entry))

    def begin(self, arguments: Mapping[str, Any] | None) -> Run:
        """Note that a run begins; one without arguments cannot be gone on with."""
        with self._transaction() as file:
            kept = None if arguments is None else json.dumps(arguments)
            row = file.execute(f"INSERT INTO run (arguments, begun) VALUES (?, {_NOW})", (kept,))
            return Run(int(row.lastrowid or 0), arguments or {})

    def end(self, run: Run) -> None:
        """Note that a run has come to its end."""
        with self._transaction() as file:
            file.execute(f"UPDATE run SET ended = {_NOW} WHERE id = ?", (run.id,))

    def interrupted(self) -> Run | None:
        """The last run that can be gone on with, if it has not come to its end."""
        with self._failures():
            row = self._file.execute(
                "SELECT id, arguments, ended FROM run WHERE arguments IS NOT NULL ORDER BY id DESC LIMIT 1"
            ).fetchone()
        return None if row is None or row[2] is not None else Run(row[0], json.loads(row[1]))

    def mark(self, name: str) -> str | None:
        """What was kept under this name."""
        with self._failures():
            row = self._file.execute("SELECT value FROM mark WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_mark(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        with self._transaction() as file:
            file.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
