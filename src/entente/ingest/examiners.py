"""What examines articles: the interface that process, pool and cluster share, and the one that works in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from entente_loaders.pipeline import Finding, Item, Outcome, Steps

__all__ = ["Examined", "Examiner", "InProcess", "Job", "StepsMaker", "window"]

Examined = tuple[Item, Finding] | Outcome
"""An article with what was found, or the outcome of one that needed no examination."""

StepsMaker = Callable[[], Steps]
"""Makes the steps in whichever process is to run them; must be picklable."""


class Examiner(Protocol):
    """Takes articles through the steps that depend on no other article."""

    def examine(self, items: Iterable[Item | Outcome]) -> Iterator[Examined]:
        """Examine articles and pass outcomes through, in the order given, reading only so far ahead as is bounded."""

    def close(self) -> None:
        """End whatever was started."""


class InProcess:
    """Examines articles one by one in this process."""

    def __init__(self, make: StepsMaker) -> None:
        self._make = make
        self._steps: Steps | None = None

    def examine_one(self, item: Item) -> Finding:
        """Examine one article; the steps are made for the first."""
        if self._steps is None:
            self._steps = self._make()
        return self._steps.examine(item)

    def examine(self, items: Iterable[Item | Outcome]) -> Iterator[Examined]:
        """Examine articles as they are read."""
        for item in items:
            yield item if isinstance(item, Outcome) else (item, self.examine_one(item))

    def close(self) -> None:
        """Nothing was started."""


@dataclass(slots=True, eq=False)
class Job:
    """An article on its way: what was found when it is done, and how many workers it has taken down."""

    item: Item | Outcome
    found: Finding | None = None
    crashes: int = 0

    @property
    def done(self) -> bool:
        """Whether the job needs no more work."""
        return self.found is not None or isinstance(self.item, Outcome)

    def result(self) -> Examined:
        """What came of it."""
        if isinstance(self.item, Outcome):
            return self.item
        assert self.found is not None
        return self.item, self.found


def window(
    items: Iterable[Item | Outcome], ahead: int, give: Callable[[list[Job]], None], wait: Callable[[], None], chunk: int
) -> Iterator[Examined]:
    """Keep at most `ahead` jobs on their way and yield their results in the order of the items.

    `give` hands out at most `chunk` jobs at once, `wait` returns when at least one more is done.
    """
    source = iter(items)
    jobs: deque[Job] = deque()
    more = True
    while more or jobs:
        fresh: list[Job] = []
        while more and len(jobs) < ahead:
            item = next(source, None)
            if item is None:
                more = False
                break
            jobs.append(job := Job(item))
            if not job.done:
                fresh.append(job)
            if len(fresh) == chunk or not (fresh or any(not each.done for each in jobs)):
                break
        if fresh:
            give(fresh)
        if jobs and not jobs[0].done and (not more or len(jobs) >= ahead):
            wait()
        while jobs and jobs[0].done:
            yield jobs.popleft().result()
