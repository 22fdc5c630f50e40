"""The progress of an ingest: one bar with counts by outcome, rate and time left, for people who watch."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from entente.cli.session import Session
from entente_loaders.pipeline import OutcomeKind

__all__ = ["Bar", "counts", "progress"]


def counts(kinds: Counter[OutcomeKind]) -> str:
    """Say how many articles came to which end."""
    return " · ".join(f"{kind} {kinds[kind]}" for kind in OutcomeKind if kinds[kind]) or "nothing"


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Articles per second of late."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


class Bar:
    """The bar, or nothing where nobody watches."""

    def __init__(self, bar: Progress | None, total: int | None) -> None:
        self._bar = bar
        self._task = None if bar is None else bar.add_task("ingesting", total=total, counts="")

    def show(self, kinds: Counter[OutcomeKind]) -> None:
        """Show how far the ingest has come."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=kinds.total(), counts=counts(kinds))


@contextmanager
def progress(session: Session, total: int | None = None) -> Iterator[Bar]:
    """Show a bar on a terminal; `total` is the number of articles, as far as it is known."""
    if session.quiet or not sys.stderr.isatty():
        yield Bar(None, total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar, total)
