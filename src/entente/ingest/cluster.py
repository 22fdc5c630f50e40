"""Reads and examines articles on the machines of a Dask cluster, and outlives the deaths of its workers."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from entente.errors import InputError
from entente.ingest.examiners import (
    Examiner,
    Job,
    StepsMaker,
    Task,
    crashed,
    perform,
    window,
)
from entente.ingest.parcels import pack, unpack
from entente.ingest.versions import article_versions
from entente_loaders.pipeline import Steps

if TYPE_CHECKING:
    from distributed import Future

__all__ = ["Cluster"]

_CHUNK = 8
_AHEAD = 6
_SCHEDULER, _WORKER = 5, 30
"""Seconds to wait for the scheduler, and for a first worker."""

_ONE_AT_A_TIME = threading.Lock()


class Cluster(Examiner):
    """Reads and examines by the workers of the scheduler at an address such as `tcp://scheduler:8786`.

    `versions` is the digest of what articles are worked out with here; workers with another would give another graph.
    Raises InputError where Dask is not installed or the scheduler does not answer, and for other versions (145).
    """

    def __init__(self, make: StepsMaker, address: str, extractor: str, versions: str) -> None:
        try:
            from distributed import Client, as_completed  # noqa: PLC0415 - an extra, and it takes a second
        except ModuleNotFoundError as error:
            raise InputError(145, f"--dask needs the package {error.name}", "pip install 'entente[cluster]'") from error
        self._make = pickle.dumps(make)
        try:
            self._client = Client(address, timeout=_SCHEDULER, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_WORKER)
        except (OSError, TimeoutError, ValueError) as error:
            hint = "see that `dask scheduler` and at least one `dask worker` run, with entente installed"
            raise InputError(145, f"the cluster at {address} does not answer: {error}", hint) from error
        self._compare(extractor, versions)
        self._running: dict[Future, list[Job]] = {}
        self._done = as_completed(loop=self._client.loop)

    def _compare(self, extractor: str, versions: str) -> None:
        found: dict[str, Any] = self._client.run(_versions, extractor, on_error="return")
        for worker, theirs in sorted(found.items()):
            if theirs != versions.rpartition(":")[2]:
                what = f"fails ({theirs})" if isinstance(theirs, Exception) else "has other rules, shapes or code"
                self._client.close()
                raise InputError(145, f"the worker {worker} {what}", "install the same version of entente there")

    def through(self, jobs: Iterator[Job]) -> Iterator[Job]:
        """Do them side by side."""
        slots = max(2, sum(self._client.nthreads().values()))
        return window(jobs, slots * _CHUNK * _AHEAD, self._give, self._wait, _CHUNK)

    def _give(self, jobs: list[Job]) -> None:
        # what comes back depends on no earlier result of the same call, and must not be taken from one
        future = self._client.submit(_perform, self._make, [job.task for job in jobs], pure=False)
        self._running[future] = jobs
        self._done.add(future)

    def _wait(self) -> None:
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as above

        future = next(self._done)
        jobs = self._running.pop(future)
        try:
            for job, found in zip(jobs, future.result(), strict=True):
                job.result = unpack(found)
        except KilledWorker:
            # the scheduler has tried the chunk on several workers; something in it takes them down
            if len(jobs) > 1:
                for job in jobs:
                    self._give([job])
            else:
                assert jobs[0].task is not None
                jobs[0].result = crashed(jobs[0].task, "on several workers of the cluster")

    def close(self) -> None:
        """Let go of the cluster; what it is still doing for us is cancelled."""
        self._client.close()


@cache
def _steps(make: bytes) -> Steps:
    made: Steps = pickle.loads(make)()
    return made


def _perform(make: bytes, tasks: list[Task]) -> list[bytes]:
    """What a worker does; one call at a time in a process, since the steps are made for one thread."""
    with _ONE_AT_A_TIME:
        return [pack(perform(task, lambda: _steps(make))) for task in tasks]


def _versions(extractor: str) -> str:
    return article_versions(extractor).rpartition(":")[2]
