"""The order of a list: all its keys, sorted once for each version of the dataset, and cut into pages."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from entente.api.rest.cursors import Cursor
from entente.query import ColumnType, Listing

__all__ = ["KINDS", "Order", "Orders", "read"]

KINDS: dict[ColumnType, tuple[type, ...]] = {ColumnType.INTEGER: (int,), ColumnType.DECIMAL: (float,)}
"""What the values of a column are read as, where that is not text."""

_KEPT = 400_000


@dataclass(frozen=True, slots=True)
class Order:
    """The keys of a list sorted by one column, then by key; those of which the value is not known come last, either way."""

    known: list[tuple[str | int | float, str]]
    unknown: list[str]

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self.known) + len(self.unknown)

    def page(self, after: Cursor | None, limit: int, *, descending: bool) -> list[Cursor]:
        """Give the keys that follow a cursor, at most `limit`, each as the cursor that stands for it."""
        start = 0 if after is None else self._position(after, descending=descending)
        return [self._at(number, descending=descending) for number in range(start, min(start + limit, len(self)))]

    def _position(self, after: Cursor, *, descending: bool) -> int:
        if after.value is None:
            return len(self.known) + bisect_right(self.unknown, after.key)
        place = (after.value, after.key)
        return len(self.known) - bisect_left(self.known, place) if descending else bisect_right(self.known, place)

    def _at(self, number: int, *, descending: bool) -> Cursor:
        if number >= len(self.known):
            return Cursor(None, self.unknown[number - len(self.known)])
        return Cursor(*self.known[len(self.known) - 1 - number if descending else number])


def read(answer: bytes, listing: Listing, column: str) -> Order:
    """Read the answer of an inner SELECT, in CSV, and sort it by one of its columns."""
    rows = csv.reader(io.StringIO(answer.decode(), newline=""))
    head = next(rows)
    key, place = head.index(listing.key), head.index(column)
    kind = KINDS.get(listing.sorts[column], (str,))[0]
    known, unknown = [], []
    for row in rows:
        if row[place]:
            known.append((kind(row[place]), row[key]))
        else:
            unknown.append(row[key])
    return Order(sorted(known), sorted(unknown))


@dataclass(slots=True)
class Orders:
    """Keeps orders for as long as the dataset stays as it is, the least used going first."""

    _version: Hashable = None
    _kept: OrderedDict[Hashable, Order] = field(default_factory=OrderedDict)
    _size: int = 0

    def get(self, version: int | None, name: Hashable) -> Order | None:
        """Give the order that was kept of that version."""
        if version is None or version != self._version or name not in self._kept:
            return None
        self._kept.move_to_end(name)
        return self._kept[name]

    def keep(self, version: int | None, name: Hashable, order: Order) -> None:
        """Keep an order; those of other versions go."""
        if version is None or len(order) > _KEPT:
            return
        if version != self._version:
            self._kept.clear()
            self._version, self._size = version, 0
        self._size += len(order) - len(self._kept.pop(name, Order([], [])))
        self._kept[name] = order
        while self._size > _KEPT:
            self._size -= len(self._kept.popitem(last=False)[1])
