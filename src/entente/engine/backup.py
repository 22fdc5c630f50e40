"""Makes a verified copy of a store, also while the service runs over it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from entente.engine.manifest import CONTENT, Manifest, digests
from entente.engine.snapshots import Published, pin, snapshots_of
from entente.errors import InputError, StoreError
from entente.store.oxigraph import OxigraphStore
from entente.version import __version__

__all__ = ["back_up", "copy_files", "staging"]


def back_up(store: Path, backup: Path) -> Manifest:
    """Copy the store in a folder into a new folder, and check the copy.

    Where the service holds the store, its newest snapshot is copied: every update that was answered before is in it.
    Raises InputError for a target that holds something, StoreError (502) where a program other than the service holds the
    store, (541) where the copy is not what it was copied from, and (540) where it cannot be written; nothing is left then.
    """
    if backup.exists() and not (backup.is_dir() and not any(backup.iterdir())):
        raise InputError(156, f"{backup} is there already", "name a folder that does not exist, one for each backup")
    snapshots = snapshots_of(store)
    published = Published(snapshots)
    if not published.is_claimed():
        _publish(store, published)
    with staging(backup) as fresh, pin(snapshots) as (version, pinned):
        content = fresh / CONTENT
        copy_files(pinned, content)
        manifest = Manifest(
            version=version,
            quads=len(OxigraphStore.read_only(content)),
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            entente=__version__,
            files=digests(pinned),
        )
        manifest.check(fresh)
        manifest.write(fresh)
        fresh.rename(backup)
    return manifest


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give a new folder beside a target, to be renamed to it when it is whole; what is left of it goes with the block.

    Raises StoreError where the disk fails.
    """
    fresh = None
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=f".{target.name}-", dir=target.absolute().parent))
        fresh.chmod(0o755)
        yield fresh
    except OSError as error:
        raise StoreError(540, f"{target} cannot be written: {error}", "check the disk: df -h, and the rights") from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


def copy_files(source: Path, target: Path) -> None:
    """Copy the files of a folder into a new one, down to the disk."""
    target.mkdir()
    for file in source.iterdir():
        copied = target / file.name
        shutil.copyfile(file, copied)
        with copied.open("rb") as written:
            os.fsync(written.fileno())


def _publish(store: Path, published: Published) -> None:
    held = OxigraphStore(store)
    try:
        published.publish(held)
    finally:
        held.close()
