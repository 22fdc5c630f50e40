"""An index of lists in SQLite: the rows of each in order, and which of them each filter lets through."""

from __future__ import annotations

import json
import sqlite3
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entente.query.indexing import failures
from entente.query.plans import AheadPlan, ListPlan, from_json

__all__ = ["Cursor", "ListIndex", "Value"]

Value = str | int | float | None
"""What a row is sorted by; None where the graph does not say."""

_TOTALS = 10_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: what its row is sorted by, and its key, which sets equal rows apart."""

    value: Value
    key: str


class ListIndex:
    """The lists of one version of the dataset, which threads may share; `said` is what it was made by, in JSON."""

    def __init__(self, file: Path) -> None:
        with failures():
            self._database = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True, check_same_thread=False)
            said = self._database.execute("SELECT plan FROM lists ORDER BY rowid").fetchall()
        self.said: list[dict[str, Any]] = [json.loads(plan) for (plan,) in said]
        found = [from_json(plan) for plan in self.said]
        self.plans = {plan.card: plan for plan in found if isinstance(plan, ListPlan)}
        self._numbers = {plan.card: number for number, plan in enumerate(found) if isinstance(plan, ListPlan)}
        self._ahead = [(number, plan) for number, plan in enumerate(found) if isinstance(plan, AheadPlan)]
        self._lock = threading.Lock()
        self._totals: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}

    def covers(self, card: str, filters: Iterable[str]) -> bool:
        """Whether it has the list of a card, and can filter it by these parameters."""
        plan = self.plans.get(card)
        return plan is not None and all(name in plan.facets or name in plan.bounds for name in filters)

    def answers(self, card: str, values: Mapping[str, str], keys: Iterable[str]) -> list[dict[str, Any]] | None:
        """Give the rows that a card answers for some keys and values of its other parameters, in SPARQL's JSON.

        None where such answers are not kept. Keys are IRIs as they are.
        """
        for number, plan in self._ahead:
            if plan.card == card and plan.values == values:
                with self._lock, failures():
                    query = f"SELECT rows FROM answers{number} WHERE key = ?"
                    found = (self._database.execute(query, [key]).fetchone() for key in keys)
                    return [row for kept in found if kept is not None for row in json.loads(kept[0])]
        return None

    def count_by(self, card: str, filters: Mapping[str, str], name: str) -> list[tuple[str, int]]:
        """Count the rows under the filters by the values of a parameter that is counted by; the most frequent come first."""
        with self._lock, failures():
            query = _Query(self._database, self._numbers[card], self.plans[card], filters)
            return [] if query.empty else query.count_by(self.plans[card], name)

    def page(
        self,
        card: str,
        filters: Mapping[str, str],
        column: str,
        after: Cursor | None,
        limit: int,
        *,
        descending: bool,
    ) -> tuple[int, list[Cursor]]:
        """Give the number of rows under the filters, and those that follow a place, in the order of a column, then of keys.

        Rows whose value is not known come last, either way. Filters are by terms as CSV has them: IRIs as they are.
        """
        with self._lock, failures():
            query = _Query(self._database, self._numbers[card], self.plans[card], filters)
            if query.empty:
                return 0, []
            rising = next(iter(self.plans[card].sorts)) == column
            found = (
                self._ranked(query, column, after, limit, descending=descending)
                if rising
                else self._sorted(query, column, after, limit, descending=descending)
            )
            asked = (card, tuple(sorted(filters.items())))
            if asked not in self._totals:
                if len(self._totals) >= _TOTALS:
                    self._totals.clear()
                self._totals[asked] = query.count()
            return self._totals[asked], found

    def close(self) -> None:
        """Let go of the file, once who reads it is done."""
        with self._lock:
            self._database.close()

    def _ranked(self, query: _Query, column: str, after: Cursor | None, limit: int, *, descending: bool) -> list[Cursor]:
        """A page in the order that the rows are numbered in: no row is looked at that is not shown."""
        known = query.last_known(column)
        found: list[Cursor] = []
        if after is None or after.value is not None:
            low, high = 0, known + 1
            if after is not None and descending:
                high = query.rank(column, after, range(1, known + 1), behind=False)
            elif after is not None:
                low = query.rank(column, after, range(1, known + 1), behind=True) - 1
            where = f"{query.id} > {low} AND {query.id} < {high}"
            found = query.rows(column, where, f"{query.id} {'DESC' if descending else 'ASC'}", limit)
        if len(found) < limit:
            low = known
            if after is not None and after.value is None:
                low = query.rank(column, after, range(known + 1, query.size + 1), behind=True) - 1
            found += query.rows(column, f"{query.id} > {low}", f"{query.id} ASC", limit - len(found))
        return found

    @staticmethod
    def _sorted(query: _Query, column: str, after: Cursor | None, limit: int, *, descending: bool) -> list[Cursor]:
        """A page in another order: that of an index where nothing is filtered."""
        found: list[Cursor] = []
        way, sign = ("DESC", "<") if descending else ("ASC", ">")
        if after is None or after.value is not None:
            where, values = f"r.s_{column} IS NOT NULL", []
            if after is not None:
                where, values = f"(r.s_{column}, r.key) {sign} (?, ?)", [after.value, after.key]
            found = query.rows(column, where, f"r.s_{column} {way}, r.key {way}", limit, values)
        if len(found) < limit:
            values = [after.key if after is not None and after.value is None else ""]
            where = f"r.s_{column} IS NULL AND r.key > ?"
            found += query.rows(column, where, "r.key ASC", limit - len(found), values)
        return found


class _Query:
    """The rows of a list that some filters let through: those of the rarest are read, the others are looked up for each."""

    def __init__(self, database: sqlite3.Connection, number: int, plan: ListPlan, filters: Mapping[str, str]) -> None:
        self._database = database
        self._number = number
        self.size: int = database.execute(f"SELECT COALESCE(MAX(id), 0) FROM rows{number}").fetchone()[0]
        self.id = "r.id"
        self._from = f"rows{number} AS r"
        self._where = ["1"]
        self._values: list[Value] = []
        chosen = [(plan.facet(name), value) for name, value in filters.items() if name in plan.facets]
        counted = [self._counted(facet, value) for facet, value in chosen]
        self.empty = any(n == 0 for n, _, _ in counted)
        self._only = counted[0][0] if len(counted) == 1 and len(filters) == 1 else None if filters else self.size
        for place, (_, facet, term) in enumerate(sorted(counted)):
            if place == 0:
                self.id = "f.id"
                self._from = f"facets{number} AS f CROSS JOIN rows{number} AS r ON r.id = f.id"
                self._where += ["f.facet = ? AND f.term = ?"]
            else:
                self._where += [f"EXISTS (SELECT 1 FROM facets{number} WHERE facet = ? AND term = ? AND id = {self.id})"]
            self._values += [facet, term]
        for name, value in filters.items():
            if (bound := plan.bounds.get(name)) is not None:
                test = f"r.{bound.column} {'>=' if bound.least else '<='} CAST(? AS {bound.type})"
                self._where += [f"(r.{bound.column} IS NULL OR {test})" if bound.open else test]
                self._values += [value]

    def _counted(self, facet: int, value: str) -> tuple[int, int, int]:
        """How many rows go with a value, and the numbers of the facet and of the value."""
        found = self._database.execute(
            f"SELECT n, term FROM counts{self._number} WHERE facet = ? AND term = (SELECT id FROM terms WHERE term = ?)",
            [facet, value],
        ).fetchone()
        return (0, facet, 0) if found is None else (found[0], facet, found[1])

    def count(self) -> int:
        """How many rows there are."""
        if self._only is not None:
            return self._only
        query = f"SELECT COUNT(*) FROM {self._from} WHERE {' AND '.join(self._where)}"
        return int(self._database.execute(query, self._values).fetchone()[0])

    def count_by(self, plan: ListPlan, name: str) -> list[tuple[str, int]]:
        """How many rows there are with each value of a parameter."""
        query = (
            f"SELECT terms.term, COUNT(*) AS n FROM {self._from} CROSS JOIN values{self._number} AS v ON v.facet = ? "
            f"AND v.id = {self.id} CROSS JOIN terms ON terms.id = v.term WHERE {' AND '.join(self._where)} "
            "GROUP BY v.term ORDER BY n DESC, terms.term"
        )
        return [(str(term), int(n)) for term, n in self._database.execute(query, [plan.facet(name), *self._values])]

    def rows(self, column: str, where: str, order: str, limit: int, values: Iterable[Value] = ()) -> list[Cursor]:
        """Some of the rows, in an order."""
        query = f"SELECT r.s_{column}, r.key FROM {self._from} WHERE {' AND '.join([*self._where, where])}"
        rows = self._database.execute(f"{query} ORDER BY {order} LIMIT ?", [*self._values, *values, limit])
        return [Cursor(*row) for row in rows]

    def last_known(self, column: str) -> int:
        """The number of the last row of which the column that rows are numbered by is known."""
        return self._first(column, range(1, self.size + 1), lambda cursor: cursor.value is None) - 1

    def rank(self, column: str, place: Cursor, ids: range, *, behind: bool) -> int:
        """The number of the first row that is a place, or `behind` it, where the values of the rows are known or none is."""

        def told(cursor: Cursor) -> tuple[Any, str]:
            return ("" if cursor.value is None else cursor.value, cursor.key)

        wanted = told(place)
        return self._first(column, ids, (lambda row: told(row) > wanted) if behind else (lambda row: told(row) >= wanted))

    def _first(self, column: str, ids: range, test: Callable[[Cursor], bool]) -> int:
        """The first number of which a test holds that holds of all that follow; one behind the last for none."""

        def holds(id: int) -> bool:
            query = f"SELECT s_{column}, key FROM rows{self._number} WHERE id = ?"
            return test(Cursor(*self._database.execute(query, [id]).fetchone()))

        return ids.start + bisect_left(ids, True, key=holds)
