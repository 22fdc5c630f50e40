"""Keeps what was read of one version of the dataset until there is another: counts of the whole graph are not made twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from entente.engine import Engine
from entente.model import Store

__all__ = ["Kept"]

T = TypeVar("T")


class Kept(Generic[T]):
    """What a function reads of the engine's store, read anew for each version that anybody asks about."""

    def __init__(self, engine: Engine, read: Callable[[Store], T]) -> None:
        self._engine = engine
        self._read = read
        self._lock = threading.Lock()
        self._known: tuple[int, T] | None = None

    def get(self) -> T:
        """Give it; blocks while it is read."""
        with self._lock:
            version = self._engine.version
            if version is None:
                return self._read(self._engine.store)
            if self._known is None or self._known[0] != version:
                self._known = (version, self._read(self._engine.store))
            return self._known[1]
