"""The progress of an ingest: one bar with counts by outcome, rate and time left, for people who watch."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from entente.cli.session import Session
from entente_loaders.pipeline import OutcomeKind

__all__ = ["Bar", "counts", "progress", "watched"]


def counts(kinds: Counter[OutcomeKind]) -> str:
    """Say how many articles came to which end."""
    return " · ".join(f"{kind} {kinds[kind]}" for kind in OutcomeKind if kinds[kind]) or "nothing"


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Articles, and how many of them a second."""
        articles, seconds = task.fields["articles"], task.elapsed
        return Text(f"{articles} articles" + (f" {articles / seconds:.1f}/s" if seconds else ""))


class Bar:
    """The bar, or nothing where nobody watches; its length is the share of the work that is done, where that is known."""

    def __init__(self, bar: Progress | None) -> None:
        self._bar = bar
        self._task = None if bar is None else bar.add_task("ingesting", total=None, counts="", articles=0)

    def show(self, kinds: Counter[OutcomeKind], share: float | None = None) -> None:
        """Show how far the ingest has come."""
        if self._bar is not None and self._task is not None:
            total = None if share is None else 1.0
            self._bar.update(self._task, total=total, completed=share, counts=counts(kinds), articles=kinds.total())


def watched(session: Session) -> bool:
    """Whether somebody watches, so that it is worth to find out how much there is to do."""
    return not session.quiet and sys.stderr.isatty()


@contextmanager
def progress(session: Session) -> Iterator[Bar]:
    """Show a bar on a terminal."""
    if not watched(session):
        yield Bar(None)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(show_speed=False),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar)
