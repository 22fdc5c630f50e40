"""What is made behind everybody's back: one thing after another, in a thread that gives way to all others."""

from __future__ import annotations

import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress

__all__ = ["Background"]

_LOWEST = 19


class Background:
    """A thread that is started with the first task; a task that waits already is not taken in again."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tasks: OrderedDict[Hashable, Callable[[], None]] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, name: Hashable, task: Callable[[], None]) -> None:
        """Have a task done, which must not raise; a later one of that name that still waits is done in its place."""
        with self._changed:
            if self._closed:
                return
            self._tasks[name] = task
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Begin no more tasks."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        if sys.platform == "linux":
            # On Linux a thread has a priority of its own (setpriority(2)).
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWEST)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or bool(self._tasks))
                if self._closed:
                    return
                _, task = self._tasks.popitem(last=False)
            task()
