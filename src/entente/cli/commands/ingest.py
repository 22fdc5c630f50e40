"""`entente ingest`: articles into the graph."""

from __future__ import annotations

from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from entente.cli.ingesting import Manner, cores, exit_code, ingest_articles
from entente.cli.progress import watched
from entente.cli.session import Session
from entente.cli.sourcing import kit_on_demand
from entente.cli.workbench import Workbench
from entente.errors import InputError
from entente.ingest import Run
from entente_loaders.sources import Meter, measure, names, open_unknown

__all__ = ["command"]


@click.command("ingest")
@click.argument("paths", nargs=-1, metavar="PATHS...")
@click.option("--source", type=click.Choice(names()), help="What reads the paths, if not told by names and content.")
@click.option("-O", "settings", multiple=True, metavar="KEY=VALUE", help="An option of the source, see docs/sources.")
@click.option("--dry-run", is_flag=True, help="Write nothing, but say which facts and answers would change.")
@click.option(
    "--extractor", default="rules", show_default=True, help="Which extractor to use; several joined by + are an ensemble."
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=cores,
    show_default="one a processor",
    help="Processes that examine articles; 1 stays in this one, and so do a few articles.",
)
@click.option("--dask", metavar="ADDRESS", help="Examine articles on the Dask cluster of this scheduler instead.")
@click.option("--again", is_flag=True, help="Examine all articles anew, also those that the journal knows to be done.")
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the run that was interrupted last, with its paths and options; what it had settled counts as it did"
    " then, refusals and failures too.",
)
@click.option("--list", "lists", is_flag=True, help="Print a line for each article: what became of it, name and origin.")
@click.pass_obj
def command(
    session: Session,
    *,
    paths: tuple[str, ...],
    source: str | None,
    settings: tuple[str, ...],
    dask: str | None,
    dry_run: bool,
    extractor: str,
    workers: int,
    again: bool,
    resume: bool,
    lists: bool,
) -> int:
    """Take articles into the graph from files, folders and web addresses, each read by the source that knows its kind.

    An article taken in before is passed over without being read again unless it, the rules, the shapes or the reference
    data have changed; a corrected one replaces itself. What the gate refuses goes to quarantine with its report, and is
    reconsidered when rules or shapes have changed. A run can be interrupted at any moment, even killed: what was
    committed stays, and the same command goes on from there.

    Exit code 0: all is in the graph; 1: some articles were refused or could not be read, the rest is in the graph; 2: not
    one could be read.
    """
    if resume and (paths or source or settings or dry_run or again):
        raise click.UsageError("--resume takes paths and options from the interrupted run, so give none.")
    if not (resume or paths):
        raise click.UsageError("Missing argument 'PATHS...'.")
    run = _interrupted(session) if resume else None
    arguments = run.arguments if run else _arguments(paths, source, settings, extractor)
    meter = Meter(measure(arguments["paths"]) if watched(session) else None)
    manner = Manner(
        arguments["extractor"],
        workers,
        dask=dask,
        dry_run=dry_run,
        again=again,
        reconsider=not dry_run,
        run=run,
        arguments=arguments,
        lists=lists,
        meter=meter,
    )
    workbench = cache(Workbench.open)
    kit = kit_on_demand(workbench, meter)
    read = partial(open_unknown, arguments["paths"], arguments["source"], arguments["options"], kit)
    with session.store(create=not dry_run, or_memory=dry_run) as store:
        return exit_code(ingest_articles(session, store, read, manner, workbench))


def _arguments(paths: tuple[str, ...], source: str | None, settings: tuple[str, ...], extractor: str) -> dict[str, Any]:
    """What a run can be gone on with from any folder."""
    options = dict(each.partition("=")[::2] for each in settings)
    if any("=" not in each for each in settings):
        raise click.BadParameter("write it as KEY=VALUE", param_hint="-O")
    whole = [path if path.startswith(("http://", "https://")) else str(Path(path).absolute()) for path in paths]
    return {"paths": whole, "source": source, "options": options, "extractor": extractor}


def _interrupted(session: Session) -> Run:
    with closing(session.journal()) as journal:
        run = journal.interrupted()
    if run is None:
        raise InputError(146, f"no interrupted run is known of {session.location}", "give the paths to ingest")
    return run
