#!/usr/bin/env python3
"""Mistreat a running service for a while, and check that it loses nothing and tells no half-truth.

Readers are killed at random, clients drop mid-stream, 200 connections stand open, and updates go on in parallel. In the end
every update that was acknowledged must be there, no broken answer may have passed for a whole one, and memory must not have
grown.

usage: python bench/faults.py [--seconds S] [--rows N]
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from subprocess import DEVNULL, Popen
from urllib.parse import quote

import pyoxigraph as ox

_TOKEN = "faults"
_SLACK = 64 << 20
"""Bytes that the service may hold more in the end than after the first tenth."""


class Run:
    """A service under attack, and what was seen of it."""

    def __init__(self, port: int, pid: int, rows: int, seconds: float) -> None:
        self.port, self.pid, self.rows = port, pid, rows
        self.ends = time.monotonic() + seconds
        self.seen: Counter[str] = Counter()
        self.acknowledged: list[int] = []
        self.wrong: list[str] = []

    def going(self) -> bool:
        """Whether it is not over."""
        return time.monotonic() < self.ends

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
            try:
                found = self.get("SELECT ?s ?o WHERE { ?s <http://e/row> ?o }").count(b"\n") - 1
            except (RuntimeError, OSError, http.client.HTTPException) as error:
                self.seen[f"told: {type(error).__name__} {error}"[:60]] += 1
                continue
            self.seen["whole answers"] += 1
            if found != self.rows:
                self.wrong.append(f"{found} rows instead of {self.rows} passed for a whole answer")

    def write(self) -> None:
        """Write one number after the other, and remember those that were acknowledged."""
        headers = {"Authorization": f"Bearer {_TOKEN}", "Content-Type": "application/sparql-update"}
        number = 0
        while self.going():
            number += 1
            with suppress(OSError, http.client.HTTPException):
                connection = self.connect()
                connection.request("POST", "/update", f"INSERT DATA {{ <http://e/w> <http://e/n> {number} }}", headers)
                if connection.getresponse().status == 204:
                    self.acknowledged.append(number)
                connection.close()

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
            time.sleep(random.uniform(0.1, 0.5))
            readers = [pid for child in _children(self.pid) for pid in _children(child)]
            if readers:
                with suppress(ProcessLookupError):
                    os.kill(random.choice(readers), signal.SIGKILL)
                    self.seen["readers killed"] += 1


def _children(pid: int) -> list[int]:
    try:
        return [
            int(each) for task in Path(f"/proc/{pid}/task").iterdir() for each in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _memory(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Print what was seen; the exit code is 1 where anything was lost, wrong or grown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--rows", type=int, default=50_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name) / "store"
        store = ox.Store(folder)
        row = ox.NamedNode("http://e/row")
        store.bulk_extend(ox.Quad(ox.NamedNode(f"http://e/{n}"), row, ox.Literal(n)) for n in range(arguments.rows))
        store.flush()
        del store
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        hashed = hashlib.sha256(_TOKEN.encode()).hexdigest()
        options = ["--token-hash", hashed, "--parallel", "0", "--budget", "0", "--timeout", "20", "--port", str(port)]
        command = [sys.executable, "-m", "entente.cli", "-q", "--store", str(folder), "serve", *options]
        server = stack.enter_context(Popen(command, stderr=DEVNULL))
        stack.callback(server.terminate)
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        run = Run(port, server.pid, arguments.rows, arguments.seconds)
        for _ in range(200):
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        threads = [threading.Thread(target=work) for work in (run.read, run.read, run.write, run.drop, run.drop, run.kill)]
        for thread in threads:
            thread.start()
        time.sleep(arguments.seconds / 10)
        before = _memory(server.pid)
        for thread in threads:
            thread.join()
        grown = _memory(server.pid) - before
        kept = {int(line) for line in run.get("SELECT ?n WHERE { <http://e/w> <http://e/n> ?n }").split()[1:]}
        snapshots = sum(each.is_dir() for each in folder.with_name("store-snapshots").iterdir())
        lost = set(run.acknowledged) - kept
    for what, count in sorted(run.seen.items()):
        print(f"{count:>8}  {what}")
    print(f"{len(run.acknowledged):>8}  updates acknowledged, {len(lost)} lost")
    print(f"{len(run.wrong):>8}  wrong answers {run.wrong[:3]}")
    print(f"{grown >> 20:>8}  MiB grown; {snapshots} snapshots kept")
    return 1 if lost or run.wrong or grown > _SLACK or snapshots > 12 else 0


if __name__ == "__main__":
    sys.exit(main())
