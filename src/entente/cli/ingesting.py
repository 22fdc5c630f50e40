"""Takes articles into the store for the commands that do: progress on the way, a summary at the end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Any

import click

from entente.cli.previewing import preview_changes
from entente.cli.progress import counts, progress
from entente.cli.session import Session
from entente.cli.workbench import Workbench, open_steps
from entente.consensus import CONTRADICTS, GraphSink
from entente.errors import ArticleError
from entente.ingest import (
    Cluster,
    Examiner,
    InProcess,
    Inputs,
    Intake,
    Journal,
    Pool,
    Run,
    Settled,
    article_versions,
    graph_versions,
)
from entente.model import Delta, Store
from entente.model.terms import ent
from entente_loaders.pipeline import Item, Outcome, OutcomeKind
from entente_loaders.sources import Afterwards, Around, Known, Meter

__all__ = ["Manner", "cores", "exit_code", "ingest_articles"]

_BUNDLED = "rules"
_SHOWN = 20
"""Refused articles that the summary names; the quarantine lists them all."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Manner:
    """How articles are taken in.

    `run` is an interrupted run that goes on, `arguments` what a new one can be gone on with; `again` examines what the
    journal knows to be done, `reconsider` takes up what the quarantine holds from before a change of rules or shapes;
    `total` is the number of articles, or `meter` measures how much of the input is read, as far as these are known.
    """

    extractor: str = _BUNDLED
    workers: int = field(default_factory=cores)
    dask: str | None = None
    dry_run: bool = False
    again: bool = False
    reconsider: bool = False
    run: Run | None = None
    arguments: Mapping[str, Any] | None = None
    total: int | None = None
    meter: Meter | None = None
    lists: bool = False


class _Tools:
    """What is made only once there is an article to examine."""

    def __init__(self, session: Session, store: Store, manner: Manner, workbench: Callable[[], Workbench]) -> None:
        self._session, self._store, self._manner = session, store, manner
        self._open = workbench
        self.versions = article_versions(self._extractor_version())

    @cached_property
    def workbench(self) -> Workbench:
        return self._open()

    def _extractor_version(self) -> str:
        """The bundled extractor's version is in the digest of the code and the rules; others are asked for theirs."""
        name = self._manner.extractor
        return name if name == _BUNDLED else f"{name} {self.workbench.extractor(name).version}"

    @cached_property
    def sink(self) -> GraphSink:
        sink = GraphSink(self._store, self.workbench.index)
        base = self.workbench.base
        if not self._manner.dry_run and sink.prepare(base.version, base.graphs):
            self._session.note("loaded the ontology, vocabularies and reference data")
        return sink

    @cached_property
    def examiner(self) -> Examiner:
        name = self._manner.extractor
        if self._manner.dask is not None:
            return Cluster(partial(open_steps, name), self._manner.dask, name, self.versions)
        here = InProcess(lambda: self.workbench.steps(name))
        return here if self._manner.workers == 1 else Pool(partial(open_steps, name), self._manner.workers, here)

    def close(self) -> None:
        """End the workers, if any were started."""
        if "examiner" in vars(self):
            self.examiner.close()


def ingest_articles(
    session: Session,
    store: Store,
    articles: Iterable[Item | ArticleError] | Callable[[Around], Iterable[Item | ArticleError | Known | Afterwards]],
    manner: Manner,
    workbench: Callable[[], Workbench] | None = None,
) -> Counter[OutcomeKind]:
    """Ingest, write each failure to stderr as it comes and the summary to stdout, and count the outcomes.

    `articles` are such, or a function that reads them from files with what stands around the reading of each.
    """
    kinds: Counter[OutcomeKind] = Counter()
    sizes: Counter[str] = Counter()
    refused: list[str] = []
    would_change: list[Delta] = []
    tools = _Tools(session, store, manner, workbench or Workbench.open)
    with closing(tools), closing(session.journal() if not manner.dry_run else Journal(None)) as journal:
        current = graph_versions()
        if not manner.dry_run and journal.mark("graph") != current:
            assert tools.sink
            journal.set_mark("graph", current)
        run = manner.run or journal.begin(manner.arguments)
        quarantine = session.quarantine()
        intake = Intake(
            store,
            journal,
            run,
            quarantine,
            tools.versions,
            lambda: tools.examiner,
            lambda: tools.sink,
            resumed=manner.run is not None,
            again=manner.again,
            dry_run=manner.dry_run,
        )
        given: Counter[str] = Counter()
        with progress(session) as bar:
            items = articles(Inputs(intake)) if callable(articles) else articles
            outcomes = intake.take(_counted(items, given))
            if manner.reconsider:
                outcomes = chain(outcomes, intake.reconsider(quarantine))
            for outcome in outcomes:
                kinds[outcome.kind] += 1
                sizes.update(claims=outcome.claims, events=outcome.events, rejected=outcome.rejected)
                if manner.dry_run and outcome.delta and outcome.kind in {OutcomeKind.ADDED, OutcomeKind.REPLACED}:
                    would_change.append(outcome.delta)
                _tell(outcome, refused, manner)
                bar.show(kinds, _share(kinds.total(), given.total(), manner))
        journal.end(run)
    _summarise(kinds, sizes, refused, None if manner.dry_run else _conflicts(store))
    if manner.dry_run:
        preview_changes(store, tools.workbench, would_change)
    return kinds


def _counted(
    items: Iterable[Item | ArticleError | Known | Afterwards], given: Counter[str]
) -> Iterator[Item | ArticleError | Outcome | Afterwards]:
    """Count what comes in, and give the outcome of what is known."""
    for item in items:
        given["articles"] += not isinstance(item, Afterwards)
        if isinstance(item, Known):
            assert isinstance(item, Settled)
            yield item.outcome
        else:
            yield item


def _share(done: int, given: int, manner: Manner) -> float | None:
    """The share of the work that is done: of what is read, that which has come to its end."""
    if manner.total is not None:
        return done / max(manner.total, done)
    read = manner.meter.share if manner.meter is not None else None
    return None if read is None else read * min(1.0, done / max(given, 1))


def _tell(outcome: Outcome, refused: list[str], manner: Manner) -> None:
    if outcome.error is not None:
        click.echo(str(outcome.error), err=True)
    if outcome.kind is OutcomeKind.REFUSED and outcome.error is not None:
        refused.append(f"{outcome.slug}: {outcome.error.message.removeprefix(f'{outcome.origin}: ')}")
    if manner.lists:
        click.echo(f"{outcome.kind:<10} {outcome.slug or '-'}  {outcome.origin}")


def exit_code(kinds: Counter[OutcomeKind]) -> int:
    """0 if all articles are in the graph, 1 if some were refused or could not be read, 2 if none could be read."""
    failed = kinds[OutcomeKind.FAILED]
    if failed and failed == kinds.total():
        return 2
    return 1 if failed or kinds[OutcomeKind.REFUSED] else 0


def _conflicts(store: Store) -> int:
    pattern = f"?x {ent.relationType.n3()} {CONTRADICTS.n3()}"
    return store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}").number


def _summarise(kinds: Counter[OutcomeKind], sizes: Counter[str], refused: list[str], conflicts: int | None) -> None:
    click.echo(f"articles   {kinds.total()} ({counts(kinds)})")
    click.echo(f"claims     {sizes['claims']}")
    click.echo(f"events     {sizes['events']}")
    if sizes["rejected"]:
        click.echo(f"rejected   {sizes['rejected']} slots that the text does not bear out")
    if conflicts is None:
        click.echo("nothing was written")
    else:
        click.echo(f"conflicts  {conflicts} in the graph")
    for line in refused[:_SHOWN]:
        click.echo(f"refused    {line}")
    if len(refused) > _SHOWN:
        click.echo(f"refused    and {len(refused) - _SHOWN} more, see: entente quarantine list")
