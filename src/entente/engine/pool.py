"""The readers: those that stand ready, those that are busy, and who waits for one."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from entente.engine.limits import Limits
from entente.errors import StoreError

__all__ = ["Pool", "Reader"]

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_LOW_PRIORITY = 19


class Reader:
    """Our side of a reader; `pid` is None for a thread, which can be left alone but not ended."""

    def __init__(self, connection: socket.socket, pid: int | None) -> None:
        connection.setblocking(False)
        self.connection = connection
        self.pid = pid
        self.snapshot = ""
        self.tired = False

    def alive(self) -> bool:
        """Whether the other side is still there, as far as its socket tells."""
        try:
            return self.connection.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def memory(self) -> int | None:
        """The bytes that the process holds in memory, where the system tells (Linux)."""
        if self.pid is None or sys.platform != "linux":
            return None
        try:
            return int(Path(f"/proc/{self.pid}/statm").read_bytes().split()[1]) * _PAGE
        except (OSError, IndexError):
            return None

    def tire(self) -> None:
        """Let a long query run behind the short ones; the reader is not used again."""
        if self.pid is not None:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _LOW_PRIORITY)
                self.tired = True

    def kill(self) -> None:
        """End it at once; whoever reads from it finds the end of the stream."""
        if self.pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End it, and let go of its socket."""
        self.kill()
        self.connection.close()


class Pool:
    """Readers that are started when they are needed, and kept."""

    def __init__(self, start: Callable[[], Reader], limits: Limits) -> None:
        self._start = start
        self._limits = limits
        self._idle: deque[Reader] = deque()
        self._busy: set[Reader] = set()
        self._waiting: deque[asyncio.Future[Reader]] = deque()

    @property
    def size(self) -> int:
        """How many readers there are."""
        return len(self._idle) + len(self._busy)

    @property
    def waiting(self) -> int:
        """How many queries wait for a reader."""
        return len(self._waiting)

    def snapshots(self) -> set[str]:
        """The snapshots that readers have open."""
        return {reader.snapshot for reader in (*self._idle, *self._busy)}

    def fill(self) -> None:
        """Start the readers that stand ready from the beginning."""
        while self.size < self._limits.readers:
            self._idle.append(self._start())

    async def take(self) -> Reader:
        """Get a reader to oneself. Raises StoreError where none becomes free in time."""
        while self._idle:
            reader = self._idle.popleft()
            if reader.alive():
                self._busy.add(reader)
                return reader
            reader.close()
        if self.size < self._limits.most_readers:
            reader = self._start()
            self._busy.add(reader)
            return reader
        promise: asyncio.Future[Reader] = asyncio.get_running_loop().create_future()
        self._waiting.append(promise)
        try:
            return await asyncio.wait_for(promise, self._limits.queue)
        except TimeoutError:
            raise StoreError(
                523, f"no reader became free within {self._limits.queue:g} s", "try again later: all are busy"
            ) from None
        except asyncio.CancelledError:
            if promise.done() and not promise.cancelled():
                self.give(promise.result())
            raise
        finally:
            if promise in self._waiting:
                self._waiting.remove(promise)

    def give(self, reader: Reader, *, ended: bool = False) -> None:
        """Give a reader back; one that has ended, or is tired, makes room for a new one."""
        self._busy.discard(reader)
        if ended or reader.tired:
            reader.close()
            if not self._waiting and self.size >= self._limits.readers:
                return
            reader = self._start()
        while self._waiting:
            promise = self._waiting.popleft()
            if not promise.done():
                self._busy.add(reader)
                promise.set_result(reader)
                return
        self._idle.append(reader)

    def close(self) -> None:
        """End all readers."""
        for reader in (*self._idle, *self._busy):
            reader.close()
        self._idle.clear()
        self._busy.clear()
