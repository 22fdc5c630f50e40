#!/usr/bin/env python3
"""Mistreat a running service for a while, and check that it loses nothing and tells no half-truth.

Readers and the writer are killed at random, clients drop mid-stream, 200 connections stand open, the disk is filled again
and again, and updates go on in parallel. Every answer must show the updates that were acknowledged before it was asked for;
in the end all of them must be there, no broken answer may have passed for a whole one, and memory must not have grown.

The store lies in a tmpfs of its own, which takes root (or CAP_SYS_ADMIN); elsewhere no disk is filled, as the report says.

usage: python bench/faults.py [--seconds S] [--rows N]
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL
from subprocess import run as execute
from urllib.parse import quote

import pyoxigraph as ox
from listening import free_port, listening

_TOKEN = "faults"
_EACH = ("whole answers", "clients that dropped", "readers killed", "updates acknowledged")
"""What must have happened before it is over, every three seconds on average."""
_DISK = 256
"""MiB of the disk that is filled."""
_SLACK = 64 << 20
"""Bytes that the service may hold more in the end than after the first tenth."""


class Run:
    """A service under attack, and what was seen of it."""

    def __init__(self, port: int, pid: int, rows: int, seconds: float) -> None:
        self.port, self.pid, self.rows = port, pid, rows
        self.ends = time.monotonic() + seconds
        self.at_last = time.monotonic() + 10 * seconds
        self.least = seconds / 3
        self.seen: Counter[str] = Counter()
        self.acknowledged: list[int] = []
        self.wrong: list[str] = []
        self.full = False

    def going(self) -> bool:
        """Whether it is not over: a slow machine gets more time to have seen enough of each."""
        now = time.monotonic()
        return now < self.ends or (now < self.at_last and not self.proves())

    def proves(self) -> bool:
        """Whether enough of each was seen."""
        return all(self.seen[each] >= self.least for each in _EACH)

    def connect(self) -> http.client.HTTPConnection:
        """A fresh connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, query: str) -> bytes:
        """The answer to a query; raises where it is none, or not whole."""
        connection = self.connect()
        try:
            connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {json.loads(body)['code']}")
        return body

    def read(self) -> None:
        """Read everything again and again: whole, or told to be broken."""
        while self.going():
            before = set(self.acknowledged)
            try:
                found = self.get("SELECT ?s ?o WHERE { ?s <http://e/row> ?o }").count(b"\n") - 1
                missing = before - self.numbers()
            except (RuntimeError, OSError, http.client.HTTPException) as error:
                self.seen[f"told: {type(error).__name__} {error}"[:60]] += 1
                continue
            self.seen["whole answers"] += 1
            if found != self.rows:
                self.wrong.append(f"{found} rows instead of {self.rows} passed for a whole answer")
            if missing:
                self.wrong.append(f"{len(missing)} updates that were acknowledged before are not in the answer")

    def numbers(self) -> set[int]:
        """The numbers that were written."""
        return {int(line) for line in self.get("SELECT ?n WHERE { <http://e/w> <http://e/n> ?n }").split()[1:]}

    def write(self, number: int, *, once: bool = False) -> None:
        """Write every other number, and remember those that were acknowledged."""
        headers = {"Authorization": f"Bearer {_TOKEN}", "Content-Type": "application/sparql-update"}
        while once or self.going():
            number += 2
            try:
                connection = self.connect()
                connection.request("POST", "/update", f"INSERT DATA {{ <http://e/w> <http://e/n> {number} }}", headers)
                answer = connection.getresponse()
                body = answer.read()
                connection.close()
            except (OSError, http.client.HTTPException) as error:
                self.seen[f"update told: {type(error).__name__} {error}"[:60]] += 1
                continue
            if answer.status == 204:
                self.acknowledged.append(number)
                self.seen["updates acknowledged"] += 1
            else:
                self.seen[f"update told: {json.loads(body)['code']}"] += 1
            if once:
                break

    def drop(self) -> None:
        """Begin to read and go away."""
        while self.going():
            with suppress(OSError, http.client.HTTPException):
                connection = self.connect()
                connection.request("GET", f"/sparql?query={quote('SELECT * { ?a ?b ?c . ?d ?e ?f }')}")
                connection.getresponse().read(random.randrange(1, 200_000))
                connection.close()
                self.seen["clients that dropped"] += 1

    def kill(self) -> None:
        """Kill a reader now and then."""
        while self.going():
            time.sleep(random.uniform(0.2, 1.5))
            families = {child: _children(child) for child in _children(self.pid)}
            readers = [pid for family in families.values() for pid in family]
            writers = [child for child, family in families.items() if not family]
            with suppress(ProcessLookupError):
                if readers and random.random() < 0.9:
                    os.kill(random.choice(readers), signal.SIGKILL)
                    self.seen["readers killed"] += 1
                elif writers and not self.full:
                    os.kill(random.choice(writers), signal.SIGKILL)
                    self.seen["writers killed"] += 1

    def fill(self, disk: Path) -> None:
        """Fill the disk now and then, and make room again."""
        ballast = disk / "ballast"
        while self.going():
            time.sleep(random.uniform(1, 3))
            self.full = True
            with suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(1 << 16))
            time.sleep(random.uniform(0.5, 1.5))
            ballast.unlink()
            self.full = False
            self.seen["times the disk was full"] += 1


def _children(pid: int) -> list[int]:
    try:
        return [
            int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _memory(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """A small file system in a folder while the block runs; None where this user may mount none."""
    disk = folder / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={_DISK}m", "tmpfs", str(disk)]
    mounted = mount and execute(command, stderr=DEVNULL, check=False).returncode == 0
    try:
        yield disk if mounted else None
    finally:
        if mounted:
            execute(["umount", "-l", disk], check=True)


def main() -> int:
    """Print what was seen; the exit code is 1 where anything was lost, wrong or grown, or too little was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--rows", type=int, default=50_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        disk = stack.enter_context(_small_disk(Path(name)))
        folder = (disk or Path(name)) / "store"
        store = ox.Store(folder)
        row = ox.NamedNode("http://e/row")
        store.bulk_extend(ox.Quad(ox.NamedNode(f"http://e/{n}"), row, ox.Literal(n)) for n in range(arguments.rows))
        store.flush()
        del store
        port = free_port()
        hashed = hashlib.sha256(_TOKEN.encode()).hexdigest()
        options = ["--token-hash", hashed, "--parallel", "0", "--budget", "0", "--timeout", "20", "--port", str(port)]
        command = [sys.executable, "-m", "entente.cli", "-q", "--store", str(folder), "serve", *options]
        server = stack.enter_context(listening(command, port))
        run = Run(port, server.pid, arguments.rows, arguments.seconds)
        for _ in range(200):
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        work: list[tuple[Callable[..., None], *tuple[object, ...]]] = [
            *[(run.read,)] * 2,
            (run.write, 0),
            (run.write, 1),
            *[(run.drop,)] * 2,
            (run.kill,),
        ]
        if disk is not None:
            work.append((run.fill, disk))
        threads = [threading.Thread(target=task, args=arguments) for task, *arguments in work]
        for thread in threads:
            thread.start()
        time.sleep(arguments.seconds / 10)
        before = _memory(server.pid)
        time.sleep(arguments.seconds * 0.4)
        halfway = _memory(server.pid)
        for thread in threads:
            thread.join()
        after = _memory(server.pid)
        acknowledged = len(run.acknowledged)
        while acknowledged == len(run.acknowledged):
            # It must take updates again, once there is room.
            run.write(max(run.acknowledged) + 2, once=True)
        lost = set(run.acknowledged) - run.numbers()
        snapshots = sum(each.is_dir() for each in folder.with_name("store-snapshots").iterdir())
    for what, count in sorted(run.seen.items()):
        print(f"{count:>8}  {what}")
    if disk is None:
        print(f"{'none':>8}  disk was filled: this user may mount no file system")
    print(f"{len(lost):>8}  updates lost")
    print(f"{len(run.wrong):>8}  wrong answers {run.wrong[:3]}")
    held = f"{before >> 20:>8}  MiB held by the service after a tenth of the time, {halfway >> 20} halfway"
    print(f"{held}, {after >> 20} in the end")
    print(f"{snapshots:>8}  snapshots kept")
    return 1 if lost or run.wrong or not run.proves() or after - before > _SLACK or snapshots > 12 else 0


if __name__ == "__main__":
    sys.exit(main())
