"""Keeps what was read of one version of the dataset until there is another: counts of the whole graph are not made twice."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from entente.engine import Engine
from entente.errors import Error
from entente.model import Store

__all__ = ["Kept"]

T = TypeVar("T")

_QUICK = 0.1
_log = logging.getLogger(__name__)


class Kept(Generic[T]):
    """What a function reads of the engine's store and version, read anew for each version.

    With `behind`, where reading takes long, it is read in the background as soon as the dataset has changed, and what is
    known of an earlier version is given until then.
    """

    def __init__(self, engine: Engine, read: Callable[[Store, int | None], T], *, behind: bool = False) -> None:
        self._engine = engine
        self._read = read
        self._behind = behind
        self._lock = threading.Lock()
        self._known: tuple[int | None, T] | None = None
        self._seconds = 0.0
        if behind:
            engine.watchers.append(self._changed)
            if engine.large:
                engine.background.submit(self, self._renew_behind)

    def get(self) -> T:
        """Give it; blocks while it is read, with `behind` only the first time and where that is quick."""
        return self.told()[1]

    def told(self) -> tuple[int | None, T]:
        """Give the version of the dataset that it is of, and it, as get() does."""
        with self._lock:
            known, version = self._known, self._engine.version
            if known is not None and version is not None and known[0] == version:
                return known
            if known is None or not self._is_slow:
                return self._renew()
            self._engine.background.submit(self, self._renew_behind)
            return known

    @property
    def _is_slow(self) -> bool:
        return self._behind and self._known is not None and self._seconds >= _QUICK

    def _changed(self) -> None:
        if self._is_slow:
            self._engine.background.submit(self, self._renew_behind)

    def _renew_behind(self) -> None:
        try:
            # Without the lock: who asks before it is done would otherwise wait for a thread that gives way to all others.
            version = self._engine.version
            if self._known is None or version is None or self._known[0] != version:
                self._renew()
        except Error as error:
            # The store may have been closed meanwhile; who asks next is told of what stays wrong.
            _log.warning("the dataset was not counted: %s", error)

    def _renew(self) -> tuple[int | None, T]:
        # Time of this thread only, so that a busy machine does not make a small dataset look large.
        began, version = time.thread_time(), self._engine.version
        found = self._read(self._engine.store, version)
        read = version, found
        self._seconds = time.thread_time() - began
        if self._known is None or version is None or version >= (self._known[0] or 0):
            self._known = read
        return read
