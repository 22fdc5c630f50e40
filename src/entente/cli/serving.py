"""The HTTP server of `entente serve`, and how it ends: soon, in order, and with every client told."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from entente.collector import collect_in_small_steps
from entente.engine import Engine

__all__ = ["Server", "ending_in_order"]

_GRACE = 2.0
_LAST = 5


class Server(uvicorn.Server):
    """A server that, once told to end, gives queries two seconds, tells the rest that it ends, and is gone after five."""

    def __init__(self, app: ASGIApp, engine: Engine) -> None:
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=_LAST)
        super().__init__(config)
        self._engine = engine

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        collect_in_small_steps()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and wait for those that are open."""
        ending = asyncio.create_task(self._engine.wind_down(_GRACE))
        try:
            await super().shutdown(sockets)
        finally:
            ending.cancel()
            with suppress(asyncio.CancelledError):
                await ending


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let SIGTERM unwind the program, with exit code 0, so that the store is closed in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _exit)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _exit(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
