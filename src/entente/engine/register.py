"""The queries that run now, and what became of the others."""

from __future__ import annotations

import json
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from entente.errors import Error, QueryError

__all__ = ["Active", "Register"]


@dataclass(slots=True, eq=False)
class Active:
    """A query that runs; `stop` ends it for a reason."""

    text: str
    client: str
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    since: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))
    began: float = field(default_factory=time.monotonic)
    stop: Callable[[Error], None] | None = None

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self.began

    def told(self, outcome: str, version: int | None) -> str:
        """One line of JSON for the query log."""
        said = {"id": self.id, "since": self.since, "seconds": round(self.seconds, 6), "client": self.client}
        return json.dumps({**said, "outcome": outcome, "version": version, "query": self.text}, ensure_ascii=False)


class Register:
    """What runs, and counts of what has run by outcome."""

    def __init__(self) -> None:
        self._active: dict[str, Active] = {}
        self.outcomes: Counter[str] = Counter()
        self.seconds = 0.0

    def active(self) -> tuple[Active, ...]:
        """The queries that run now, the oldest first."""
        return tuple(self._active.values())

    def begin(self, text: str, client: str) -> Active:
        """Note that a query has begun."""
        made = Active(text, client)
        self._active[made.id] = made
        return made

    def end(self, query: Active, outcome: str) -> None:
        """Note how a query has ended: `done`, `abandoned` by its client, or the code of an error."""
        if self._active.pop(query.id, None) is not None:
            self.outcomes[outcome] += 1
            self.seconds += query.seconds

    def cancel(self, query_id: str) -> None:
        """End a query. Raises QueryError (404) where none of that id runs."""
        query = self._active.get(query_id)
        if query is None or query.stop is None:
            raise QueryError(329, f"no query {query_id!r} runs", "see GET /sparql/queries", status=404)
        query.stop(QueryError(325, f"the query {query_id} was cancelled", "somebody asked for its end", status=503))
