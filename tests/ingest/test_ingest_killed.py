"""`entente ingest`, killed at any moment: nothing committed is lost, nothing half-written is left."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import warm

STATES = ("Russia", "China", "India", "Japan", "France", "Brazil", "Egypt", "Kenya")
ARTICLES = 36
KILLS = 50
REAL_KILLS = 3


def write(folder: Path, number: int, version: int) -> None:
    """Write one short article; versions differ in what they say happened."""
    one, other = STATES[number % 8], STATES[(number // 8 + number + 1 + version) % 8]
    verb = ("signed an agreement on trade with", "imposed sanctions on", "held talks with")[version % 3]
    day = 1 + number % 28
    (folder / f"a{number:03}.txt").write_text(
        f"---\nid: a{number:03}\noutlet: Test Post\npublished: 2023-05-{day:02}\n---\n"
        f"{one} and {other}\n{one} {verb} {other} on May {day}, 2023.\n"
    )


def command(store: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "entente.cli", "-v", "--store", str(store), *map(str, arguments)]


def dump(store: Path) -> bytes:
    done = subprocess.run([*command(store, "dump", "-f", "nq")], capture_output=True, check=True)
    assert done.stdout.count(b"\n") > 10_000
    return done.stdout


@contextmanager
def starter() -> Iterator[subprocess.Popen[str]]:
    """The process that commands are forked from."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, warm.__file__], text=True, bufsize=1, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.stdin.close()
            process.stderr.close()


def ingest(process: subprocess.Popen[str], store: Path, folder: Path, kill_after: int | None) -> int:
    """Ingest a folder, kill it after so many lines of its log, and give how it ended."""
    assert process.stdin and process.stdout and process.stderr
    arguments = ["-v", "--store", str(store), "ingest", "--workers", "1", str(folder)]
    process.stdin.write(json.dumps(arguments) + "\n")
    child = int(process.stdout.readline())
    seen = 0
    while True:
        line = process.stderr.readline()
        seen += " entente.ingest." in line
        if seen == kill_after:
            os.kill(child, signal.SIGKILL)
        if seen == kill_after or line.startswith("conflicts "):
            return int(process.stdout.readline())


def test_killed_fifty_times_it_ends_where_an_uninterrupted_run_does(tmp_path: Path) -> None:
    chance = random.Random(6)
    folder, store = tmp_path / "articles", tmp_path / "killed"
    folder.mkdir()
    versions = dict.fromkeys(range(ARTICLES), 0)
    for number, version in versions.items():
        write(folder, number, version)
    killed = 0
    with starter() as process:
        assert ingest(process, store, folder, 5) == -signal.SIGKILL
        for _ in range(4 * KILLS):
            if ingest(process, store, folder, chance.randint(1, 24)) == -signal.SIGKILL:
                killed += 1
            if killed == KILLS:
                break
            for number in chance.sample(range(ARTICLES), 6):
                versions[number] += 1
                write(folder, number, versions[number])
        assert killed == KILLS
        assert ingest(process, store, folder, None) == 0
        assert ingest(process, tmp_path / "smooth", folder, None) == 0
    assert dump(store) == dump(tmp_path / "smooth")


def children(process: int) -> list[int]:
    """All processes below this one."""
    below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [pid for own in map(int, below) for pid in (own, *children(own))]
