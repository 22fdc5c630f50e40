"""Takes articles into the store for the commands that do: progress on the way, a summary at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from entente.cli.previewing import preview_changes
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.consensus import GraphSink
from entente.errors import ArticleError
from entente.model import Article, Delta, Store
from entente_loaders.pipeline import Outcome, OutcomeKind, ingest

__all__ = ["exit_code", "ingest_articles"]


@contextmanager
def _progress(session: Session) -> Iterator[Progress | None]:
    """One bar with counts by outcome, for people who watch."""
    if session.quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[counts]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task("ingesting", total=None, counts="")
        yield progress


def ingest_articles(
    session: Session,
    store: Store,
    workbench: Workbench,
    articles: Iterable[Article | ArticleError],
    extractor: str = "rules",
    *,
    dry_run: bool = False,
) -> Counter[OutcomeKind]:
    """Ingest, write each failure to stderr as it comes and the summary to stdout, and count the outcomes."""
    sink = GraphSink(store, workbench.index)
    if not dry_run and sink.prepare(workbench.base.version, workbench.base.graphs):
        session.note("loaded the ontology, vocabularies and reference data")
    kinds: Counter[OutcomeKind] = Counter()
    sizes: Counter[str] = Counter()
    refused: list[Outcome] = []
    would_change: list[Delta] = []
    with _progress(session) as progress:
        for outcome in ingest(
            articles,
            extractor=workbench.extractor(extractor),
            index=workbench.index,
            gate=workbench.gate(),
            sink=sink,
            quarantine=session.quarantine(),
            dry_run=dry_run,
        ):
            kinds[outcome.kind] += 1
            sizes.update(claims=outcome.claims, events=outcome.events, rejected=outcome.rejected)
            if dry_run and outcome.delta and outcome.kind in (OutcomeKind.ADDED, OutcomeKind.REPLACED):
                would_change.append(outcome.delta)
            if outcome.kind is OutcomeKind.REFUSED:
                refused.append(outcome)
            if outcome.error is not None:
                click.echo(str(outcome.error), err=True)
            if progress is not None:
                progress.update(progress.task_ids[0], advance=1, counts=_counts(kinds))
    _summarise(kinds, sizes, refused, None if dry_run else sink.summary()["conflicts"])
    if dry_run:
        preview_changes(store, workbench, would_change)
    return kinds


def exit_code(kinds: Counter[OutcomeKind]) -> int:
    """2 if an input could not be read, else 1 if the gate refused something, else 0."""
    if kinds[OutcomeKind.FAILED]:
        return 2
    return 1 if kinds[OutcomeKind.REFUSED] else 0


def _counts(kinds: Counter[OutcomeKind]) -> str:
    return " · ".join(f"{kind} {kinds[kind]}" for kind in OutcomeKind if kinds[kind]) or "nothing"


def _summarise(kinds: Counter[OutcomeKind], sizes: Counter[str], refused: list[Outcome], conflicts: int | None) -> None:
    click.echo(f"articles   {kinds.total()} ({_counts(kinds)})")
    click.echo(f"claims     {sizes['claims']}")
    click.echo(f"events     {sizes['events']}")
    if sizes["rejected"]:
        click.echo(f"rejected   {sizes['rejected']} slots that the text does not bear out")
    if conflicts is None:
        click.echo("nothing was written")
    else:
        click.echo(f"conflicts  {conflicts} in the graph")
    for outcome in refused:
        reason = outcome.error.message if outcome.error else ""
        click.echo(f"refused    {outcome.slug}: {reason.removeprefix(f'{outcome.origin}: ')}")
