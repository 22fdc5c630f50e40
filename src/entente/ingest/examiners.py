"""What reads and examines: the interface that process, pool and cluster share, and the one that works in this process."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from entente.errors import ArticleError
from entente_loaders.pipeline import Finding, Item, Outcome, Steps
from entente_loaders.sources import Afterwards, PassingError, Unread

__all__ = [
    "Examined",
    "Examiner",
    "InProcess",
    "Job",
    "Planned",
    "Result",
    "StepsMaker",
    "Task",
    "crashed",
    "perform",
    "window",
]

Planned = Item | Outcome | Afterwards
"""An article that needs examination, the outcome of one that needs none, or what is to be done after those before."""

Examined = tuple[Item, Finding] | Outcome | Afterwards
"""An article with what was found, or what needed no examination."""

Task = Item | Unread
"""An article to examine, or material to read."""

Result = Finding | list[Item | ArticleError]
"""What was found in an article, or what material held."""

StepsMaker = Callable[[], Steps]
"""Makes the steps in whichever process is to run them; must be picklable."""

_HEAVY = 64_000_000
"""Bytes of articles and pages on their way from which on no more are read ahead."""


def perform(task: Task, steps: Callable[[], Steps]) -> Result:
    """Do a task; the steps are asked for only to examine."""
    return task.items() if isinstance(task, Unread) else steps().examine(task)


def crashed(task: Task, how: str) -> Result:
    """The result of a task that took down two workers."""
    message = f"{task.origin}: the worker that had it in hand died twice ({how})"
    hint = "it may have run out of memory; see what the article holds, then ingest it alone with --workers 1"
    error = PassingError(250, message, hint)
    return [error] if isinstance(task, Unread) else Finding(task.origin, task.slug, error=error, passing=True)


@dataclass(slots=True, eq=False)
class Job:
    """A task on its way, or what passes by without being one; `crashes` tells how many workers it has taken down."""

    given: object
    task: Task | None
    result: Result | None = None
    crashes: int = 0

    @property
    def done(self) -> bool:
        """Whether the job needs no more work."""
        return self.task is None or self.result is not None

    @property
    def size(self) -> int:
        """About how many bytes it keeps in memory."""
        match self.task:
            case None:
                return 0
            case Unread(size=size):
                return size
            case task:
                return len(getattr(task, "content", b""))


def window(
    source: Iterator[Job], ahead: int, give: Callable[[list[Job]], None], wait: Callable[[], None], chunk: int
) -> Iterator[Job]:
    """Keep at most `ahead` jobs on their way, or fewer that are large, and yield them when done, in their order.

    `give` hands out at most `chunk` jobs at once, `wait` returns when at least one more is done, of whichever window: one
    may be the source of another, with the same workers.
    """
    jobs: deque[Job] = deque()
    load = 0
    more = True
    while more or jobs:
        fresh: list[Job] = []
        while more and len(jobs) < ahead and load < _HEAVY:
            job = next(source, None)
            if job is None:
                more = False
                break
            jobs.append(job)
            load += job.size
            if not job.done:
                fresh.append(job)
            if len(fresh) == chunk or not (fresh or any(not each.done for each in jobs)):
                break
        if fresh:
            give(fresh)
        if jobs and not jobs[0].done and (not more or len(jobs) >= ahead or load >= _HEAVY):
            wait()
        while jobs and jobs[0].done:
            job = jobs.popleft()
            load -= job.size
            yield job


class Examiner(ABC):
    """Reads material, and takes articles through the steps that depend on no other article."""

    def read(self, stream: Iterable[object]) -> Iterator[object]:
        """Give what unread material holds in its place, and all else as it is, taking only so much ahead as is bounded."""
        return _unpacked(self.through(Job(each, each if isinstance(each, Unread) else None) for each in stream))

    def examine(self, items: Iterable[Planned]) -> Iterator[Examined]:
        """Examine articles and pass all else through, in the order given, reading only so far ahead as is bounded."""
        return _examined(self.through(Job(each, each if isinstance(each, Item) else None) for each in items))

    @abstractmethod
    def through(self, jobs: Iterator[Job]) -> Iterator[Job]:
        """Do the jobs that are tasks, and give all in their order."""

    @abstractmethod
    def close(self) -> None:
        """End whatever was started."""


def _unpacked(jobs: Iterable[Job]) -> Iterator[object]:
    for job in jobs:
        if isinstance(job.result, list):
            yield from job.result
        else:
            yield job.given


def _examined(jobs: Iterable[Job]) -> Iterator[Examined]:
    for job in jobs:
        if isinstance(job.result, Finding):
            assert isinstance(job.given, Item)
            yield job.given, job.result
        else:
            assert isinstance(job.given, Outcome | Afterwards)
            yield job.given


class InProcess(Examiner):
    """Reads and examines one by one in this process."""

    def __init__(self, make: StepsMaker) -> None:
        self._make = make
        self._made: Steps | None = None

    def perform(self, task: Task) -> Result:
        """Do one task; the steps are made for the first article."""
        return perform(task, self._steps)

    def _steps(self) -> Steps:
        if self._made is None:
            self._made = self._make()
        return self._made

    def through(self, jobs: Iterator[Job]) -> Iterator[Job]:
        """Do each as it comes."""
        for job in jobs:
            if job.task is not None:
                job.result = self.perform(job.task)
            yield job

    def close(self) -> None:
        """Nothing was started."""
