"""Puts a store back from a backup: checked first, whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from entente.engine.backup import copy_files, staging
from entente.engine.manifest import CONTENT, Manifest, digests
from entente.engine.snapshots import Published, snapshots_of
from entente.errors import StoreError
from entente.store.oxigraph import OxigraphStore

__all__ = ["restore"]


def restore(backup: Path, store: Path, *, force: bool = False) -> Manifest:
    """Make a folder the store that a backup holds; `force` lets it take the place of a store that is there.

    The number of the dataset goes on from the higher of the two, so that no client takes the one for the other.
    Raises InputError for what is no backup, StoreError for a damaged one (541), for a folder that holds something (542), for
    one that a program holds (502), and where the disk fails (540). The folder is then as it was.
    """
    manifest = Manifest.read(backup)
    _refuse(store, force=force)
    manifest.check(backup)
    with _held(store), staging(store) as fresh:
        content = fresh / CONTENT
        copy_files(backup / CONTENT, content)
        _verify(content, manifest, backup)
        Published(snapshots_of(store)).pass_by(manifest.version)
        _swap(content, store, fresh / "replaced")
    return manifest


def _refuse(store: Path, *, force: bool) -> None:
    """Refuse to write over what is there; what is no store is not written over by any means."""
    if not store.exists() or (store.is_dir() and not any(store.iterdir())):
        return
    if not any((store / name).is_file() for name in ("CURRENT", "LOCK")):
        raise StoreError(542, f"{store} is no store: it holds other files", "name an empty folder, or move it away first")
    if not force:
        raise StoreError(542, f"there is a store at {store}", "give --force to have it replaced, or name another --store")


@contextmanager
def _held(store: Path) -> Iterator[None]:
    """Hold the lock of the store that is there, as the engine would (an fcntl lock on the file LOCK)."""
    try:
        lock = os.open(store / "LOCK", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        yield
        return
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        hint = "stop the other program (perhaps `entente serve`)"
        raise StoreError(502, f"another program holds the store {store}", hint) from error
    else:
        yield
    finally:
        os.close(lock)


def _verify(content: Path, manifest: Manifest, backup: Path) -> None:
    quads = len(OxigraphStore.read_only(content))
    if quads != manifest.quads or digests(content) != manifest.files:
        raise StoreError(541, f"the copy of {backup} is not what the manifest says", "check the disk, and try again")


def _swap(content: Path, store: Path, replaced: Path) -> None:
    """Put a store in the place of another, which is put back where that fails."""
    if not store.exists():
        content.rename(store)
        return
    store.rename(replaced)
    try:
        content.rename(store)
    except OSError:
        replaced.rename(store)
        raise
