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

_QUICK = 0.5
_log = logging.getLogger(__name__)


class Kept(Generic[T]):
    """What a function reads of the engine's store and version, read anew for each version that anybody asks about.

    With `behind`, where reading takes long, what is known of an earlier version is given until it has been read anew.
    """

    def __init__(self, engine: Engine, read: Callable[[Store, int | None], T], *, behind: bool = False) -> None:
        self._engine = engine
        self._read = read
        self._behind = behind
        self._lock = threading.Lock()
        self._known: tuple[int | None, T] | None = None
        self._seconds = 0.0
        self._thread: threading.Thread | None = None

    def get(self) -> T:
        """Give it; blocks while it is read, with `behind` only the first time and where that is quick."""
        with self._lock:
            known, version = self._known, self._engine.version
            if known is not None and version is not None and known[0] == version:
                return known[1]
            if known is None or not self._behind or self._seconds < _QUICK:
                return self._renew()
            if self._thread is None:
                self._thread = threading.Thread(target=self._renew_behind, daemon=True)
                self._thread.start()
            return known[1]

    def _renew_behind(self) -> None:
        try:
            self._renew()
        except Error as error:
            # The store may have been closed meanwhile; who asks next is told of what stays wrong.
            _log.warning("the dataset was not counted: %s", error)
        finally:
            with self._lock:
                self._thread = None

    def _renew(self) -> T:
        # Time of this thread only, so that a busy machine does not make a small dataset look large.
        began, version = time.thread_time(), self._engine.version
        found = self._read(self._engine.store, version)
        self._known, self._seconds = (version, found), time.thread_time() - began
        return found
