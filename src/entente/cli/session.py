"""What the global options say, and how commands get at the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entente.model.iri import digest

if TYPE_CHECKING:
    from entente.gate import FolderQuarantine
    from entente.ingest import Journal
    from entente.model import Store

__all__ = ["Session"]


@dataclass(frozen=True, slots=True)
class Session:
    """The global options of one run."""

    location: str
    quiet: bool = False

    def note(self, text: str) -> None:
        """Tell people something on stderr, unless they want quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    @property
    def folder(self) -> Path | None:
        """The folder of a local store, None for a remote one."""
        from entente.store import local_folder  # noqa: PLC0415 - it takes a quarter of a second

        return local_folder(self.location)

    def quarantine(self) -> FolderQuarantine:
        """The folder beside the store that keeps what the gate refused."""
        from entente.gate import FolderQuarantine  # noqa: PLC0415 - it takes a second

        return FolderQuarantine(self.beside("quarantine"))

    def journal(self) -> Journal:
        """The file beside the store that tells what became of each article; of a store in memory none is kept."""
        from entente.ingest import Journal  # noqa: PLC0415 - few commands need it

        return Journal(None if self.location == "memory:" else self.beside("journal.sqlite"))

    def beside(self, what: str) -> Path:
        """What is kept beside the store; beside a remote one means in the current folder, under a name of its own."""
        folder = self.folder
        if folder is not None:
            return folder.resolve().with_name(f"{folder.resolve().name}-{what}")
        place = re.sub(r"^(?:sparql\+)?(https?://)(?:[^/@]*@)?([^#]*).*", r"\1\2", self.location)
        return Path(f"entente-{digest(place, length=8)}-{what}")

    def require_store(self) -> None:
        """Raise InputError where the store is to be a folder that is not there."""
        from entente.store import require_folder  # noqa: PLC0415 - as above

        require_folder(self.location)

    @contextmanager
    def store(self, *, create: bool = False, or_memory: bool = False) -> Iterator[Store]:
        """Open the store and close it at the end; a folder that is not there may be made, or stood in for by memory.

        Raises InputError where a command that only reads is pointed at a folder that is not there.
        """
        from entente.store import open_store  # noqa: PLC0415 - it takes a quarter of a second

        location = self.location
        if self.folder is not None and not create:
            if not or_memory:
                self.require_store()
            elif not self.folder.is_dir():
                location = "memory:"
        store = open_store(location)
        try:
            yield store
        finally:
            store.close()
