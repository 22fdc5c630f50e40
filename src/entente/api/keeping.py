"""Keeps what was read of one version of the dataset until there is another: counts of the whole graph are not made twice."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from entente.engine import Engine
from entente.errors import Error, StoreError
from entente.model import Store

__all__ = ["Kept"]

T = TypeVar("T")

_QUICK = 0.1
_log = logging.getLogger(__name__)


class NotCountedError(StoreError):
    """A large dataset has not been read since the start."""


class Kept(Generic[T]):
    """What a function reads of the engine's store and version, read anew for each version.

    With `behind`, where reading takes long, it is read in the background as soon as the dataset has changed, and what is
    known of an earlier version is given until then; a large dataset is so read from the start on.
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
        """Give it; blocks while it is read, with `behind` only the first time and where that is quick.

        Raises StoreError 871 where a large dataset has not been read yet.
        """
        return self.told()[1]

    def told(self) -> tuple[int | None, T]:
        """Give the version of the dataset that it is of, and it, as get() does."""
        with self._lock:
            known, version = self._known, self._engine.version
            if known is not None and version is not None and known[0] == version:
                return known
            if self._is_unread:
                # It may have failed before.
                self._engine.background.submit(self, self._renew_behind)
                raise NotCountedError(
                    871, "the dataset is being counted for the first time since the start", "come back in a while"
                )
            if known is None or not self._is_slow:
                return self._renew()
            self._engine.background.submit(self, self._renew_behind)
            return known

    def known(self, instead: T) -> tuple[int | None, T]:
        """Give what told() does, or no version and something `instead` where a large dataset has not been read yet."""
        try:
            return self.told()
        except NotCountedError:
            return None, instead

    @property
    def _is_unread(self) -> bool:
        return self._known is None and self._behind and self._engine.large

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
