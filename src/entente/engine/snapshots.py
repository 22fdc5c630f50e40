"""The folder of published snapshots beside a store: which is the newest, who publishes, and how to keep one."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from entente.errors import StoreError
from entente.store.oxigraph import OxigraphStore
from entente.version import __version__

__all__ = ["LARGE", "Published", "is_large", "labels_of", "lists_of", "pin", "snapshot", "snapshots_of", "sweep"]

LARGE = 100 << 20
"""From so many bytes on, it takes too long to read all of a snapshot while somebody waits."""

_TRIES = 20
_HOLDS = re.compile(r"CURRENT|MANIFEST-.*|.*\.(?:sst|log)")
"""The files of RocksDB that hold data, or say which do."""
_NAME = re.compile(r"snap-(\d+)(\.labels|\.lists)?(?:\.\d+)?\Z")


def snapshots_of(store: Path) -> Path:
    """Where the snapshots of the store in a folder are: beside it, since they are hard links."""
    return store.with_name(f"{store.name}-snapshots").absolute()


def snapshot(folder: Path, version: int) -> Path:
    """Where the snapshot of a version is."""
    return folder / f"snap-{version}"


def is_large(snapshot: Path, least: int = LARGE) -> bool:
    """Whether a snapshot has so many bytes that it should be counted and sorted behind everybody's back."""
    return sum(file.stat().st_size for file in snapshot.iterdir()) >= least


def labels_of(snapshot: Path) -> Path:
    """Where the index of a snapshot's labels is, once somebody has searched it."""
    return snapshot.with_name(f"{snapshot.name}.labels")


def lists_of(snapshot: Path) -> Path:
    """Where the index of a snapshot's lists is, once it has been made."""
    return snapshot.with_name(f"{snapshot.name}.lists")


def sweep(folder: Path, before: int, used: Collection[str] = ()) -> None:
    """Delete the snapshots before a version that are not in use, and all indexes but the newest of each kind.

    The next index of labels grows from that one, be it after a restart, and until there is one of lists that one serves.
    """
    found = [(each, int(name[1]), name[2]) for each in folder.iterdir() if (name := _NAME.match(each.name))]
    newest: dict[str, int] = {}
    for each, number, index in found:
        if index and each.suffix == index:
            newest[index] = max(number, newest.get(index, 0))
    for each, number, index in found:
        if number >= before or str(snapshot(folder, number)) in used:
            continue
        if not index:
            shutil.rmtree(each, ignore_errors=True)
        elif number != newest.get(index) or each.suffix != index:
            each.unlink(missing_ok=True)


class Published:
    """The snapshots of a store, and the number of the newest, which outlives the process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._counter = folder / "version"
        self._noted = folder / "files"

    @property
    def version(self) -> int:
        """The number of the newest snapshot; 0 before the first."""
        return int(self._counter.read_text()) if self._counter.exists() else 0

    def is_current(self, store: Path) -> bool:
        """Whether the files of a closed store are as they were when they were noted for the newest version."""
        return store.is_dir() and self._noted.exists() and self._noted.read_bytes() == self._note(store)

    def note(self, store: Path) -> None:
        """Note the files of a store that was closed as those of the newest version."""
        self._noted.write_bytes(self._note(store))

    def publish(self, store: OxigraphStore, *, again: bool = False) -> int:
        """Make a snapshot and give its version: the next, or the newest `again` where nothing has changed since."""
        self._folder.mkdir(parents=True, exist_ok=True)
        version = self.version + (not again)
        target = snapshot(self._folder, version)
        shutil.rmtree(target, ignore_errors=True)
        store.backup(target)
        self._count(version)
        return version

    def pass_by(self, version: int) -> None:
        """See to it that no later snapshot gets the number of this version, or of one before it."""
        if version > self.version:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._count(version)

    def claim(self) -> int:
        """Mark this process as the one that publishes, for as long as it lives; gives the file that marks it."""
        mark = os.open(self._folder / "serving", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        # It waits for those that just look, never for another that publishes: the store has one writer.
        fcntl.flock(mark, fcntl.LOCK_EX)
        return mark

    def is_claimed(self) -> bool:
        """Whether a living process publishes every change of the store."""
        try:
            mark = os.open(self._folder / "serving", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(mark, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(mark)
        return False

    def _note(self, store: Path) -> bytes:
        # Whoever opens a store to write begins a new manifest, and no data are ever changed in their file.
        # Other code may make other indexes.
        files = sorted(each for each in store.iterdir() if _HOLDS.match(each.name))
        lines = [f"{each.name} {(told := each.stat()).st_ino} {told.st_size} {told.st_mtime_ns}" for each in files]
        return "\n".join([f"{__version__} {self.version}", *lines]).encode()

    def _count(self, version: int) -> None:
        fresh = self._counter.with_suffix(".new")
        fresh.write_text(str(version))
        fresh.replace(self._counter)


@contextmanager
def pin(folder: Path) -> Iterator[tuple[int, Path]]:
    """Give the newest snapshot and its version, under a name of its own that no sweep takes away while the block runs.

    Raises StoreError where there is none, and where it is swept again and again before its files are linked.
    """
    pinned = folder / f"pin-{secrets.token_hex(4)}"
    try:
        version = _link(folder, pinned)
        yield version, pinned
    finally:
        shutil.rmtree(pinned, ignore_errors=True)


def _link(folder: Path, pinned: Path) -> int:
    published = Published(folder)
    for _ in range(_TRIES):
        version = published.version
        try:
            shutil.copytree(snapshot(folder, version), pinned, copy_function=os.link)
        except (FileNotFoundError, shutil.Error):
            shutil.rmtree(pinned, ignore_errors=True)
            continue
        # The sweep leaves the newest and the one before: what is one of these now was whole when it was linked.
        if published.version <= version + 1:
            return version
        shutil.rmtree(pinned)
    raise StoreError(543, f"no snapshot in {folder} stays long enough to be copied", "try again when fewer updates come")
