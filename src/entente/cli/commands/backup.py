"""`entente backup`: a verified copy of the store."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.session import Session
from entente.engine import back_up
from entente.errors import InputError

__all__ = ["command", "folder_of"]


@click.command("backup")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def command(session: Session, target: Path) -> None:
    """Make a verified copy of the store.

    DIR is made; it must not hold anything. The service may run over the store meanwhile: what it had answered for is in the
    copy. The copy has a manifest with the version of the dataset, the number of quads, and the SHA-256 of each file.

    What the gate refused is kept beside the store, in files, and is not copied.
    """
    folder = folder_of(session)
    session.require_store()
    manifest = back_up(folder, target)
    session.note(f"{target}: version {manifest.version}, {manifest.quads} quads, {len(manifest.files)} files")


def folder_of(session: Session) -> Path:
    """The folder of the session's store, there or not. Raises InputError for a store that is none."""
    if session.folder is None:
        raise InputError(
            155, f"{session.location} is no folder, and only those are backed up", "use the means of the endpoint, or dump"
        )
    return session.folder
