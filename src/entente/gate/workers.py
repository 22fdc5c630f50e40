"""Work on what strangers send, in child processes that can be killed: with a deadline and a limit of memory.

Neither the parser nor SPARQL can be interrupted within a process, so a process is what ends them.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from typing import Any

from entente.errors import Error, InternalError, RefusedError

__all__ = ["Limits", "Workers"]

_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may take: seconds, bytes of address space, and seconds to wait until a worker is free.

    `workers` is how many jobs run at once.
    """

    seconds: float = 30.0
    memory_bytes: int = 4 << 30
    queue_seconds: float = 10.0
    workers: int = 1


class _Worker:
    """A child process and our end of the pipe to it."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], memory_bytes: int) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, make, memory_bytes), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


class Workers:
    """Workers that are started when they are needed, kept, and replaced when they had to be killed.

    `make` is called in each child, once, and gives what does the jobs; it and the jobs must be picklable.
    """

    def __init__(self, make: Callable[[], Callable[[Any], Any]], limits: Limits) -> None:
        self._make = make
        self._limits = limits
        self._free: SimpleQueue[_Worker | None] = SimpleQueue()
        for _ in range(limits.workers):
            self._free.put(None)

    def run(self, job: object) -> Any:
        """Do a job in a worker and give what it gives.

        Raises RefusedError where no worker becomes free (420), the deadline passes (421) or the worker dies (422), and
        whatever error of ours the job raises.
        """
        try:
            worker = self._free.get(timeout=self._limits.queue_seconds)
        except Empty:
            raise RefusedError(420, "all workers are busy", "try again later", status=503) from None
        usable = False
        try:
            worker = worker or _Worker(self._make, self._limits.memory_bytes)
            answer = self._ask(worker, job)
            usable = True
        finally:
            if worker is not None and not usable:
                worker.kill()
            self._free.put(worker if usable else None)
        if isinstance(answer, _Raised):
            raise answer.error
        return answer

    def _ask(self, worker: _Worker, job: object) -> Any:
        limits = self._limits
        try:
            if not worker.ready:
                if not worker.pipe.poll(_START_SECONDS):
                    raise RefusedError(420, "no worker could be started in time", "try again later", status=503)
                worker.pipe.recv()
                worker.ready = True
            worker.pipe.send(job)
            if not worker.pipe.poll(limits.seconds):
                hint = "send less, or run `entente validate` on a machine of your own"
                raise RefusedError(421, f"the work was not done within {limits.seconds:g} s", hint, status=503)
            return worker.pipe.recv()
        except (EOFError, ConnectionError) as error:
            hint = "send less, or run `entente validate` on a machine of your own"
            raise RefusedError(422, "the work needs more memory than it may take", hint, status=413) from error

    def close(self) -> None:
        """End the workers that are free."""
        with suppress(Empty):
            while True:
                worker = self._free.get_nowait()
                if worker is not None:
                    worker.kill()


@dataclass(frozen=True, slots=True)
class _Raised:
    """An error of ours on its way to the parent."""

    error: Error


def _serve(pipe: Connection, make: Callable[[], Callable[[Any], Any]], memory_bytes: int) -> None:
    """Do jobs until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - only Unix has it

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    work = make()
    pipe.send(None)
    with suppress(EOFError):
        while True:
            pipe.send(_done(work, pipe.recv()))


def _done(work: Callable[[Any], Any], job: Any) -> Any:
    try:
        return work(job)
    except Error as error:
        return _Raised(error)
    except MemoryError:
        # little can be relied on now: the parent sees the end of the process
        raise SystemExit(1) from None
    except Exception as error:
        return _Raised(InternalError(900, f"the worker met a bug of its own: {type(error).__name__}", "please report it"))
