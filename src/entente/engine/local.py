"""The engine in this process: for tests, small data in memory, and endpoints elsewhere."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, runtime_checkable

from entente.engine.limits import Limits
from entente.engine.pool import Reader
from entente.engine.relay import Relay
from entente.engine.room import Engine
from entente.engine.watched import WatchedStore
from entente.engine.work import Evaluating, read
from entente.errors import StoreError
from entente.model import Change, Store
from entente.query.plans import Plan

__all__ = ["LocalEngine"]


@runtime_checkable
class _Serving(Evaluating, Protocol):
    def update(self, text: str, base: str | None = None, relay: str | None = None) -> None:
        """Run an update."""


class LocalEngine(Engine):
    """Readers are threads of this process over one open store, which the caller closes.

    A query past its limits is left alone, since a thread cannot be ended: its client is answered in time, but the query goes
    on until it next writes. `counted` is False where others change the store too, so that no version can be told.
    """

    def __init__(
        self, store: Store, limits: Limits | None = None, *, counted: bool = True, relay: Relay | None = None
    ) -> None:
        # The memory of a thread cannot be told from that of its process.
        super().__init__(replace(limits or Limits(), memory=None), self._start, relay)
        if not isinstance(store, _Serving):
            raise StoreError(527, f"{type(store).__name__} cannot be served", "serve a folder, memory or an endpoint")
        self._serving: _Serving = store
        self._store = WatchedStore(lambda: store, self._apply)
        self._own = store
        self._lock = threading.Lock()
        self._version = 1
        self._counted = counted
        self.epoch = secrets.token_hex(4)

    @property
    def store(self) -> Store:
        """The store, such that changes through it are counted."""
        return self._store

    @property
    def version(self) -> int | None:
        """One more than the number of changes so far."""
        return self._version if self._counted else None

    @property
    def isolated(self) -> bool:
        """A thread has the network of its process."""
        return False

    def update(self, text: str, base: str | None = None) -> None:
        """Carry out an update, whole or not at all."""
        with self._lock:
            self._serving.update(text, base, self._relayed)
            self._version += 1
        self._tell()

    def index_lists(self, plans: Iterable[Plan]) -> None:
        """Without snapshots there is nothing that an index could be made of in peace."""

    def close(self) -> None:
        """Let the reader threads end."""
        self.background.close()
        self.pool.close()

    def _apply(self, change: Change) -> None:
        with self._lock:
            self._own.apply(change)
            self._version += 1
        self._tell()

    def _start(self) -> Reader:
        ours, theirs = socket.socketpair()
        threading.Thread(target=read, args=(theirs, lambda _: self._serving), daemon=True).start()
        return Reader(ours, None)
