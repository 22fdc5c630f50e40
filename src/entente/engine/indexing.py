"""Makes the index of lists for the newest snapshot of a large dataset, in a process of its own behind everybody's back.

Until it is done, the index of an earlier version serves. The process runs main() in a Python of its own, with the plans on
its standard input.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from entente.engine.snapshots import LARGE, Published, is_large, labels_of, lists_of, pin, snapshot
from entente.errors import Error
from entente.query.indexing import build
from entente.query.listindex import ListIndex
from entente.query.plans import Plan, from_json
from entente.store.oxigraph import OxigraphStore
from entente.store.search import MATCHES

__all__ = ["Indexing", "main"]

_PROGRAM = "import sys; from entente.engine.indexing import main; main(*sys.argv[1:])"
_LOWEST = 19
_WARM = f'ASK {{ ?thing <{MATCHES}> "entente" }}'
_log = logging.getLogger(__name__)


class Indexing:
    """The index of the lists of one folder of snapshots; what is smaller than `least` bytes gets none."""

    def __init__(self, snapshots: Path, plans: Iterable[Plan], least: int = LARGE) -> None:
        self._snapshots = snapshots
        self._plans = [plan.to_json() for plan in plans]
        self._least = least
        self._wanted = threading.Event()
        self._closed = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self.current: tuple[int, ListIndex] | None = self._newest()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def renew(self) -> None:
        """Say that there is a new snapshot."""
        self._wanted.set()

    def close(self) -> None:
        """End what is under way."""
        self._closed.set()
        self._wanted.set()
        if (process := self._process) is not None:
            process.kill()
        self._thread.join()
        if self.current is not None:
            self.current[1].close()

    def _newest(self) -> tuple[int, ListIndex] | None:
        """What an earlier run of the service has made, if it was made alike."""
        for file in sorted(self._snapshots.glob("snap-*.lists"), key=lambda each: each.stat().st_mtime, reverse=True):
            with suppress(Error):
                found = ListIndex(file)
                if found.said == self._plans:
                    return int(file.stem.removeprefix("snap-")), found
        return None

    def _work(self) -> None:
        while self._wanted.wait() and not self._closed.is_set():
            self._wanted.clear()
            began = time.monotonic()
            try:
                self._make()
            except (Error, OSError) as error:
                _log.warning("the lists of this version get no index: %s", error)
            # Where one version follows another, half of one processor stays free.
            self._closed.wait(time.monotonic() - began)

    def _make(self) -> None:
        published = Published(self._snapshots).version
        newest = snapshot(self._snapshots, published)
        if not is_large(newest, self._least):
            self.current = None
            return
        if self.current is not None and self.current[0] == published and labels_of(newest).exists():
            return
        # It is pinned here, since the process may be killed.
        with pin(self._snapshots) as (version, pinned):
            target = snapshot(self._snapshots, version)
            command = [sys.executable, "-P", "-c", _PROGRAM, str(pinned), str(target)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
            if self._closed.is_set():
                self._process.kill()
            self._process.communicate(json.dumps(self._plans).encode())
        if self._process.returncode == 0:
            self.current = version, ListIndex(lists_of(target))
        elif not self._closed.is_set():
            _log.warning("the index of lists was not made: its process ended with %d", self._process.returncode)


def main(folder: str, target: str) -> None:
    """Index the snapshot in a folder, as that of the snapshot whose place is the target."""
    os.nice(_LOWEST)
    plans = [from_json(said) for said in json.load(sys.stdin)]
    store = OxigraphStore.read_only(Path(folder), labels_of(Path(target)))
    # The labels come first: it is soon done, and who searches waits for them.
    store.ask(_WARM)
    build(lists_of(Path(target)), plans, lambda query, media_type: store.answer(query, (media_type,))[1])
