"""Reads and examines articles in processes of this machine, and outlives their deaths."""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from entente.collector import collect_seldom
from entente.errors import InputError
from entente.ingest.examiners import (
    Examiner,
    InProcess,
    Job,
    Result,
    StepsMaker,
    crashed,
    perform,
    window,
)
from entente.ingest.parcels import pack, unpack

__all__ = ["Pool"]

_CHUNK = 8
"""Articles handed over at once, so that a worker need not wait for the writer after each."""
_AHEAD = 16
"""Chunks read ahead for each worker."""
_START = 24
"""So many articles are done in this process before workers are started, which takes as long."""
_STARTS = 3
"""How often a worker may end before it is ready."""


class Pool(Examiner):
    """Reads and examines in `workers` processes that are started when there is enough for them to do.

    What a worker dies of is given to a fresh one once, and fails when that one dies too. Workers are started
    by a clean process, not by a fork of this one, which may hold an open store. The first `start` tasks are done here.
    """

    def __init__(self, make: StepsMaker, workers: int, here: InProcess | None = None, *, start: int = _START) -> None:
        self._make = make
        self._workers = workers
        self._here = here or InProcess(make)
        self._tasks: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[Job, Result | bytes] | BaseException] = queue.SimpleQueue()
        self._handlers: list[_Handler] = []
        self._alone = start

    def through(self, jobs: Iterator[Job]) -> Iterator[Job]:
        """Do them side by side."""
        return window(jobs, self._workers * _CHUNK * _AHEAD, self._give, self._wait, _CHUNK)

    def _give(self, jobs: list[Job]) -> None:
        if not self._handlers and self._alone > 0:
            for job in jobs:
                assert job.task is not None
                job.result = self._here.perform(job.task)
            self._alone -= len(jobs)
            return
        if not self._handlers:
            self._handlers = [_Handler(self._make, self._tasks, self._results) for _ in range(self._workers)]
        self._tasks.put(jobs)

    def _wait(self) -> None:
        while True:
            result = self._results.get()
            if isinstance(result, BaseException):
                raise result
            job, found = result
            job.result = unpack(found) if isinstance(found, bytes) else found
            if self._results.empty():
                return

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        for _ in self._handlers:
            self._tasks.put(None)
        for handler in self._handlers:
            handler.stop()
        self._handlers = []


class _Handler:
    """A thread that looks after one worker: hands it chunks, takes its results, and replaces it when it dies."""

    def __init__(
        self,
        make: StepsMaker,
        tasks: queue.SimpleQueue[list[Job] | None],
        results: queue.SimpleQueue[tuple[Job, Result | bytes] | BaseException],
    ) -> None:
        self._make, self._tasks, self._results = make, tasks, results
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the worker and the thread."""
        self._stopped = True
        if self._process is not None:
            with suppress(ValueError):  # the thread has let go of it just now
                self._process.kill()
        self._thread.join()
        self._end()

    def _serve(self) -> None:
        try:
            while not self._stopped and (jobs := self._tasks.get()) is not None:
                self._work(deque(jobs))
        except BaseException as error:
            if not self._stopped:
                self._results.put(error)

    def _work(self, pending: deque[Job]) -> None:
        while pending and not self._stopped:
            connection = self._connection or self._start()
            try:
                connection.send([job.task for job in pending])
                while pending:
                    found = connection.recv_bytes()
                    self._results.put((pending.popleft(), found))
            except (EOFError, OSError):
                how = self._end()
                job = pending[0]
                job.crashes += 1
                if job.crashes == 2:
                    pending.popleft()
                    assert job.task is not None
                    self._results.put((job, crashed(job.task, how)))

    def _start(self) -> Connection:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["entente.ingest.pool", getattr(self._make, "__module__", "entente.ingest.pool")])
        how = ""
        for _ in range(_STARTS):
            ours, theirs = context.Pipe()
            process = context.Process(target=_worker, args=(theirs, self._make), daemon=True)  # type: ignore[attr-defined]
            self._process, self._connection = process, ours
            process.start()
            theirs.close()
            try:
                ready = ours.recv()
            except (EOFError, OSError):
                how = self._end()
                if self._stopped:
                    break
                continue
            if isinstance(ready, BaseException):
                raise ready
            return ours
        raise InputError(144, f"no worker process comes up ({how})", "see whether memory is short, or use --workers 1")

    def _end(self) -> str:
        """Let go of a worker that has ended, or is about to, and say how it ended."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is None:
            return "not started"
        process.join()
        code = process.exitcode or 0
        process.close()
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _worker(connection: Connection, make: StepsMaker) -> None:
    """What a worker does: make the steps once, then do what it is sent until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the whole group; the parent decides
    try:
        steps = make()
    except Exception as error:
        connection.send(error)
        return
    collect_seldom(loaded=True)
    connection.send(None)
    while True:
        try:
            tasks = connection.recv()
            for task in tasks:
                connection.send_bytes(pack(perform(task, lambda: steps)))
        except (EOFError, OSError):
            return
