"""`entente restore`: the store from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.commands.backup import folder_of
from entente.cli.session import Session
from entente.engine import restore

__all__ = ["command"]


@click.command("restore")
@click.argument("backup", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the store that is there.")
@click.pass_obj
def command(session: Session, backup: Path, *, force: bool) -> None:
    """Put the store back from a backup.

    The sums of DIR are checked before anything is written, and the store is then put in its place whole or not at all. Stop
    the service first.
    """
    folder = folder_of(session)
    manifest = restore(backup, folder, force=force)
    session.note(f"{folder}: version {manifest.version} of {manifest.made}, {manifest.quads} quads")
