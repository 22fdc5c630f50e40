"""`entente ingest`: articles into the graph."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from entente.cli.ingesting import Manner, cores, exit_code, ingest_articles
from entente.cli.session import Session
from entente.errors import InputError
from entente_loaders.sources import open_paths

__all__ = ["command"]


@click.command("ingest")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Extract and check, but write nothing.")
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
    paths: tuple[Path, ...],
    dry_run: bool,
    extractor: str,
    workers: int,
    again: bool,
    resume: bool,
    lists: bool,
) -> int:
    """Take articles into the graph: text files with optional front matter, or folders of them.

    An article taken in before is passed over without being read again unless it, the rules, the shapes or the reference
    data have changed; a corrected one replaces itself. What the gate refuses goes to quarantine with its report, and is
    reconsidered when rules or shapes have changed. A run can be interrupted at any moment, even killed: what was
    committed stays, and the same command goes on from there.

    Exit code 0: all is in the graph; 1: some articles were refused or could not be read, the rest is in the graph; 2: not
    one could be read.
    """
    manner = Manner(extractor, workers, dry_run=dry_run, again=again, reconsider=not dry_run, lists=lists)
    if resume:
        if paths or dry_run or again:
            raise InputError(145, "--resume takes paths and options from the interrupted run", "give --resume alone")
        paths, manner = _interrupted(session, manner)
    elif not paths:
        raise click.UsageError("Missing argument 'PATHS...'.")
    else:
        given = {"paths": [str(path.absolute()) for path in paths], "extractor": extractor}
        manner = replace(manner, arguments=given)
    with session.store(create=not dry_run, or_memory=dry_run) as store:
        return exit_code(ingest_articles(session, store, open_paths(paths), manner))


def _interrupted(session: Session, manner: Manner) -> tuple[tuple[Path, ...], Manner]:
    with closing(session.journal()) as journal:
        run = journal.interrupted()
    if run is None:
        raise InputError(146, f"no interrupted run is known of {session.location}", "give the paths to ingest")
    paths: Iterable[str] = run.arguments["paths"]
    return tuple(map(Path, paths)), replace(manner, extractor=run.arguments["extractor"], run=run)
