"""The whole dataset as files: made once for each version that anybody asks for, by a process of its own."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, cast

from entente.engine.backup import staging
from entente.engine.manifest import digest
from entente.engine.snapshots import pin
from entente.errors import Error, StoreError
from entente.store.oxigraph import OxigraphStore

__all__ = ["DUMP_TYPES", "SUMS", "Dump", "Dumps", "main"]

DUMP_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "entente.nq.gz": "application/n-quads",
        "entente.trig.gz": "application/trig",
        "entente.jsonld.gz": "application/ld+json",
    }
)
"""The files of a dump, with the media types of what is packed in them."""

SUMS = "SHA256SUMS"
"""The file of sums beside the dumps, for `sha256sum -c`."""

_KEPT = 3
_LOW_PRIORITY = 19
_PROGRAM = "import sys; from entente.engine.dumps import main; main(*sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file that holds a version of the dataset; `size` in bytes."""

    path: Path
    size: int
    sha256: str


class Dumps:
    """The dumps of a store, in a folder with one folder for each version; those of the last three versions are kept."""

    def __init__(self, folder: Path, snapshots: Path) -> None:
        self._folder = folder.absolute()
        self._snapshots = snapshots
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def find(self, version: int) -> Mapping[str, Dump]:
        """The files of a version by name; empty where it has not been dumped."""
        folder = self._folder / str(version)
        try:
            lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
            sums = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
            return {name: Dump(folder / name, (folder / name).stat().st_size, sha256) for name, sha256 in sums.items()}
        except FileNotFoundError:
            return {}

    def make(self) -> None:
        """Dump the newest version, unless it is there; blocks, and of several calls one does the work.

        Raises StoreError where the disk fails, and where the process that dumps does.
        """
        with self._lock, pin(self._snapshots) as (version, pinned):
            if self.find(version):
                return
            self._tidy()
            with staging(self._folder / str(version)) as fresh:
                self._run(pinned, fresh)
                shutil.rmtree(self._folder / str(version), ignore_errors=True)
                fresh.rename(self._folder / str(version))
            self._sweep()

    def close(self) -> None:
        """End the process that dumps, if there is one; what it has begun goes."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    def _run(self, store: Path, target: Path) -> None:
        command = [sys.executable, "-P", "-c", _PROGRAM, str(store), str(target)]
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            self._process = process
            if self._closed:
                process.kill()
            _, told = process.communicate()
        self._process = None
        if self._closed:
            raise StoreError(544, "the service is shutting down and has ended the dump", "ask for it again in a while")
        if process.returncode:
            last = told.decode(errors="replace").strip().rpartition("\n")[2] or f"it ended with {process.returncode}"
            raise StoreError(545, f"the dump failed: {last}", "check the disk: df -h, then ask again")

    def _tidy(self) -> None:
        """Take away what a service that was killed had begun: dumps are made one after another."""
        for folder in self._folder.glob(".*-*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        versions = sorted(int(folder.name) for folder in self._folder.iterdir() if folder.name.isdecimal())
        for version in versions[:-_KEPT]:
            shutil.rmtree(self._folder / str(version), ignore_errors=True)


def main(store: str, target: str) -> None:
    """Write the dumps of a store that nobody writes to, behind everything else that runs."""
    os.nice(_LOW_PRIORITY)
    opened, folder = OxigraphStore.read_only(Path(store)), Path(target)
    try:
        for name, media_type in DUMP_TYPES.items():
            # Without a name and a time in its head, equal content gives equal bytes.
            with (folder / name).open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                opened.stream(cast(BinaryIO, packed), media_type)
        sums = "".join(f"{digest(folder / name)}  {name}\n" for name in sorted(DUMP_TYPES))
        (folder / SUMS).write_text(sums, encoding="utf-8")
    except (Error, OSError) as error:
        sys.exit(str(error))
