"""The engine over a store on disk: a writer process, snapshots, and reader processes that can be killed."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from entente.engine.dumps import Dumps
from entente.engine.indexing import Indexing
from entente.engine.limits import Limits
from entente.engine.nursery import Nursery
from entente.engine.pool import Reader
from entente.engine.relay import Relay
from entente.engine.room import Engine
from entente.engine.snapshots import LARGE, is_large, labels_of, snapshot, snapshots_of, sweep
from entente.engine.watched import WatchedStore
from entente.engine.writer import Writer
from entente.errors import StoreError
from entente.model import Change, Store
from entente.query.listindex import ListIndex
from entente.query.plans import Plan
from entente.store import OxigraphStore
from entente.store.labels import newest_labels
from entente.store.sparql import update_text

__all__ = ["FolderEngine"]


class FolderEngine(Engine):
    """Serves the store in a folder; its snapshots are kept in a folder beside it, by hard links.

    With a `relay`, which the caller closes, readers keep the network to reach it, and so does the writer if it may LOAD.
    From `least` bytes on, the dataset is large: what takes long to read is read behind everybody's back.
    Raises StoreError for a folder that another process holds, and for one that is no store.
    """

    def __init__(
        self, folder: Path, limits: Limits | None = None, relay: Relay | None = None, *, least: int = LARGE
    ) -> None:
        self._least = least
        super().__init__(limits or Limits(), self._start, relay)
        self._snapshots = snapshots_of(folder)
        self.dumps = Dumps(folder.with_name(f"{folder.name}-dumps"), self._snapshots)
        self._lock = threading.Lock()
        self._indexing: Indexing | None = None
        self._writer = Writer(folder.absolute(), self._snapshots, network=relay is not None and relay.loads)
        try:
            self._version = 0
            self._publish(self._writer.started)
            self._nursery = Nursery(least, network=relay is not None)
        except BaseException:
            self._writer.close()
            raise
        self._store = WatchedStore(lambda: self._current, self._apply)
        self.pool.fill()

    @property
    def store(self) -> Store:
        """The newest snapshot for the service's own questions; changes go to the writer."""
        return self._store

    @property
    def version(self) -> int | None:
        """The number of the newest snapshot."""
        return self._version

    @property
    def large(self) -> bool:
        """Whether the newest snapshot has many bytes."""
        return is_large(snapshot(self._snapshots, self._version), self._least)

    @property
    def lists(self) -> tuple[int, ListIndex] | None:
        """The newest index of lists with its version, where the dataset is so large that it has one."""
        return None if self._indexing is None else self._indexing.current

    @property
    def labels(self) -> int | None:
        """The version whose labels are searched: an earlier one where those of a large dataset are still being read."""
        file = labels_of(snapshot(self._snapshots, self._version))
        if not self.large or file.exists():
            return self._version
        former = newest_labels(self._snapshots, file.suffix)
        return None if former is None else int(former.stem.removeprefix("snap-"))

    def index_lists(self, plans: Iterable[Plan]) -> None:
        """Make an index of lists now and for each later version, once the dataset is large."""
        self._indexing = Indexing(self._snapshots, plans, self._least)
        self._indexing.renew()

    @property
    def isolated(self) -> bool:
        """Whether readers are cut off from the network."""
        return self._nursery.isolated

    @property
    def writer_pid(self) -> int:
        """The process id of the writer."""
        return self._writer.pid

    def update(self, text: str, base: str | None = None) -> None:
        """Carry out an update, whole or not at all; every later question sees it."""
        try:
            version = self._writer.update(text, base, self.limits.update_seconds, self._relayed)
        except BaseException:
            # A writer that was started anew has published anew.
            self._publish(self._writer.started)
            raise
        self._publish(version)

    def close(self) -> None:
        """End all processes, the writer in order, and delete the snapshots: their links would keep what the store drops."""
        self.background.close()
        if self._indexing is not None:
            self._indexing.close()
        if self.dumps is not None:
            self.dumps.close()
        self.pool.close()
        self._nursery.close()
        self._writer.close()
        sweep(self._snapshots, self._version + 1)

    def _end_work(self) -> None:
        super()._end_work()
        self._writer.give_up()

    def _apply(self, change: Change) -> None:
        self.update(update_text(change))

    def _start(self) -> Reader:
        try:
            return Reader(*self._nursery.start())
        except StoreError:
            # It was killed, and its readers with it.
            self._nursery.close()
            self._nursery = Nursery(self._least, network=self._relay is not None)
            return Reader(*self._nursery.start())

    def _snapshot(self) -> tuple[str, int | None]:
        version = self._version
        return str(snapshot(self._snapshots, version)), version

    def _publish(self, version: int) -> None:
        with self._lock:
            if version <= self._version:
                return
            published = snapshot(self._snapshots, version)
            self._current = OxigraphStore.read_only(published, labels_of(published), prompt=is_large(published, self._least))
            self._version = version
        # The last but one may still be read by what has just begun.
        sweep(self._snapshots, version - 1, self.pool.snapshots())
        if self._indexing is not None:
            self._indexing.renew()
        self._tell()
