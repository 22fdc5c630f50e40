"""What a query may cost, and who may ask how much at once."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query and one client may take.

    `seconds` bounds a query from its start to its last byte, `memory` the bytes that its reader may grow by, `rows` and
    `size` the solutions and the bytes of its answer (None: no bound). `parallel` queries of one client run at once; a client
    gets `budget` seconds of querying in advance and earns them back within a minute (None: no bound). `queue` seconds may
    pass before a reader is free. `readers` processes stand ready, up to `most_readers` are started when all are taken.
    `update_seconds` bounds an update.
    """

    seconds: float = 60.0
    memory: int | None = 2 << 30
    rows: int | None = None
    size: int | None = None
    parallel: int | None = 5
    budget: float | None = 120.0
    queue: float = 10.0
    readers: int = 2
    most_readers: int = 8
    update_seconds: float = 300.0
