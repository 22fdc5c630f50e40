"""An answer on its way from a reader: its first part is held until it is known to be sound, the rest follows as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable

from entente.engine.frames import DATA, END, ERROR, HEAD, Decoder, to_error
from entente.engine.limits import Limits
from entente.engine.pool import Reader
from entente.engine.register import Active
from entente.errors import Error, QueryError, StoreError

__all__ = ["Answer", "Run"]

_HELD = 1 << 20
_LONG = 1.0
_WATCH = 0.02
_READ = 1 << 18


class Run:
    """One query on one reader, under its limits."""

    def __init__(self, reader: Reader, query: Active, limits: Limits, done: Callable[[bool, str], None]) -> None:
        self._reader = reader
        self._query = query
        self._limits = limits
        self._done = done
        self._decoder = Decoder()
        self._loop = asyncio.get_running_loop()
        self._reason: Error | None = None
        self._ended = False
        self._size = 0
        self._before = None if limits.memory is None else reader.memory()
        query.stop = self.stop
        deadline = QueryError(
            323,
            f"the query took longer than {limits.seconds:g} s and was ended",
            "ask for less at once: bind more terms, put OPTIONAL last, add a LIMIT",
            status=503,
        )
        left = limits.seconds - query.seconds
        self._timers = [self._loop.call_later(max(left, 0), self.stop, deadline), self._loop.call_later(_LONG, reader.tire)]
        if self._before is not None:
            self._timers.append(self._loop.call_later(_WATCH, self._watch))

    def stop(self, reason: Error) -> None:
        """End the query at once; what waits for its answer gets the reason."""
        if not self._ended:
            self._reason = self._reason or reason
            self._reader.kill()

    def finish(self, outcome: str, *, whole: bool) -> None:
        """Give the reader back, if the query came to its end, or else end it."""
        if self._ended:
            return
        self._ended = True
        for timer in self._timers:
            timer.cancel()
        self._done(not whole or self._reason is not None, outcome)

    async def frames(self, request: bytes) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """Send a request and give the frames of the reply. Raises what the reader raised, or why it was ended."""
        try:
            await self._loop.sock_sendall(self._reader.connection, request)
            while True:
                data = await self._loop.sock_recv(self._reader.connection, _READ)
                if not data:
                    raise self._reason or _died()
                for kind, payload in self._decoder.feed(data):
                    if kind == ERROR:
                        error = to_error(payload)
                        self.finish(error.code, whole=True)
                        raise error
                    if kind == DATA:
                        self._count(payload)
                    if kind == END:
                        self.finish("done", whole=True)
                        return
                    yield kind, payload
        except OSError as error:
            raise self._reason or _died() from error
        except Error as error:
            self.finish(error.code, whole=False)
            raise
        finally:
            self.finish("abandoned", whole=False)

    def _count(self, payload: bytes) -> None:
        self._size += len(payload)
        if self._limits.size is not None and self._size > self._limits.size:
            raise QueryError(
                326, f"the answer is larger than {self._limits.size} bytes", "ask for less, or page with LIMIT", status=503
            )

    def _watch(self) -> None:
        now = self._reader.memory()
        most = self._limits.memory
        if now is None or most is None or self._before is None or self._ended:
            return
        if now - self._before > most:
            mebibytes = most >> 20
            self.stop(
                QueryError(
                    324,
                    f"the query took more than {mebibytes} MiB of memory and was ended",
                    "avoid sorting, grouping or multiplying large sets",
                    status=503,
                )
            )
            return
        self._timers[-1] = self._loop.call_later(_WATCH, self._watch)


def _died() -> StoreError:
    return StoreError(522, "the reader of this query died", "send the query again; report it if this happens again")


class Answer:
    """An answer whose first part is sound: all of it where `whole`, else `rest()` gives what follows."""

    def __init__(self, query: Active, version: int | None, frames: AsyncGenerator[tuple[bytes, bytes], None]) -> None:
        self.id = query.id
        self.version = version
        self.media_type = ""
        self.first = b""
        self.whole = False
        self._frames = frames

    async def begin(self) -> None:
        """Hold the first part. Raises whatever goes wrong until then."""
        first: list[bytes] = []
        held = 0
        async for kind, payload in self._frames:
            if kind == HEAD:
                self.media_type = payload.decode()
            else:
                first.append(payload)
                held += len(payload)
            if held >= _HELD:
                break
        else:
            self.whole = True
        self.first = b"".join(first)

    async def rest(self) -> AsyncIterator[bytes]:
        """What follows. Raises an Error where the answer breaks off."""
        async for _, payload in self._frames:
            yield payload

    async def drop(self) -> None:
        """End the query, if it still runs."""
        await self._frames.aclose()
