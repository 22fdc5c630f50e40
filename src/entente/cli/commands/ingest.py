"""`entente ingest`: articles into the graph."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.ingesting import exit_code, ingest_articles
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente_loaders.sources import open_paths

__all__ = ["command"]


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Write nothing, but say which facts, conflicts and answers would change.")
@click.option(
    "--extractor", default="rules", show_default=True, help="Which extractor to use; several joined by + are an ensemble."
)
@click.pass_obj
def command(session: Session, paths: tuple[Path, ...], dry_run: bool, extractor: str) -> int:
    """Take articles into the graph: text files with optional front matter, or folders of them.

    What the gate refuses goes to quarantine with its report (exit code 1), a file that cannot be read is named (exit
    code 2), and the rest is taken in. An article taken in twice changes nothing; a corrected one replaces itself.
    """
    workbench = Workbench.open()
    with session.store(create=not dry_run, or_memory=dry_run) as store:
        return exit_code(ingest_articles(session, store, workbench, open_paths(paths), extractor, dry_run=dry_run))
