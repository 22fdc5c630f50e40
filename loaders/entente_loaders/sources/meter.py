"""How far the reading of a run has come, in bytes of its files, for those who want to know how long it will take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

__all__ = ["Meter"]

_T = TypeVar("_T")


class Meter:
    """Counts the bytes of files as they are read; `total` is that of all of them, None where nobody knows."""

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._before = 0
        self._size = 0
        self._tell: Callable[[], int] | None = None

    def over(self, path: Path, given: Iterator[_T]) -> Iterator[_T]:
        """Stand around the reading of a file."""
        try:
            self._size = path.stat().st_size
        except OSError:  # the source will say so
            self._size = 0
        yield from given
        self._before += self._size
        self._size, self._tell = 0, None

    def watch(self, tell: Callable[[], int]) -> None:
        """Let a source that reads a file bit by bit say where it is, in bytes of the file as it lies there."""
        self._tell = tell

    @property
    def share(self) -> float | None:
        """The share of all bytes that has been read, of a file that says nothing as soon as it is begun."""
        if not self._total:
            return None
        try:
            here = self._size if self._tell is None else self._tell()
        except ValueError:  # the file has been closed
            here = self._size
        return min(1.0, (self._before + min(here, self._size)) / self._total)
