"""`entente ingest`, killed at any moment: nothing committed is lost, nothing half-written is left."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import warm

STATES = ("Russia", "China", "India", "Japan", "France", "Brazil", "Egypt", "Kenya", "Norway", "Peru", "Chile", "Ghana")
ARTICLES = 24
KILLS = 50
REAL_KILLS = 2


def write(folder: Path, number: int, version: int) -> None:
    """Write one short article, each third as a web page; versions differ in what they say happened."""
    one, other = STATES[number % 12], STATES[(number + 1 + (number // 12 + version) % 11) % 12]
    verb = ("signed an agreement on trade with", "imposed sanctions on", "held talks with")[version % 3]
    day = 1 + number % 28
    title, told = f"{one} and {other}", f"{one} {verb} {other} on May {day}, 2023."
    if number % 3 == 0:
        url = f"https://post.example/a{number:03}"
        published = f'<meta name="date" content="2023-05-{day:02}"><link rel="canonical" href="{url}">'
        head = f'<title>{title}</title><meta property="og:site_name" content="Test Post">{published}'
        article = f"<article><h1>{title}</h1><p>{told}</p><p>Nothing else was said about it.</p></article>"
        (folder / f"a{number:03}.html").write_text(f"<html><head>{head}</head><body>{article}</body></html>")
        return
    (folder / f"a{number:03}.txt").write_text(
        f"---\nid: a{number:03}\noutlet: Test Post\npublished: 2023-05-{day:02}\n---\n{title}\n{told}\n"
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
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, warm.__file__], text=True, bufsize=1, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.stdin.close()


def ingest(process: subprocess.Popen[str], store: Path, folder: Path, after: int | None = None, seconds: float = 0.0) -> int:
    """Ingest a folder, end it so many seconds after so many lines of its log, and give how it ended."""
    assert process.stdin
    assert process.stdout
    arguments = ["-v", "--store", str(store), "ingest", "--workers", "1", str(folder)]
    process.stdin.write(json.dumps({"arguments": arguments, "after": after, "seconds": seconds}) + "\n")
    return int(process.stdout.readline())


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of stores to copy, with one that holds the base data and no article."""
    store = tmp_path_factory.mktemp("fresh") / "store"
    (store.parent / "empty").mkdir()
    subprocess.run(command(store, "ingest", store.parent / "empty"), capture_output=True, check=True)
    return store.parent


def copied(fresh: Path, to: Path) -> Path:
    """A store of one's own, with its journal."""
    shutil.copytree(fresh, to)
    return to / "store"


def test_killed_fifty_times_it_ends_where_an_uninterrupted_run_does(tmp_path: Path, fresh: Path) -> None:
    chance = random.Random(6)
    folder, store = tmp_path / "articles", tmp_path / "killed" / "store"
    folder.mkdir()
    versions = dict.fromkeys(range(ARTICLES), 0)
    for number, version in versions.items():
        write(folder, number, version)
    killed = 0
    with starter() as process:
        assert ingest(process, store, folder, 5) == -signal.SIGPROF
        for _ in range(4 * KILLS):
            status = ingest(process, store, folder, chance.randint(1, 10), chance.uniform(0, 0.02))
            assert status in {0, -signal.SIGPROF}
            killed += status != 0
            if killed == KILLS:
                break
            for number in chance.sample(range(ARTICLES), 5):
                versions[number] += 1
                write(folder, number, versions[number])
        assert killed == KILLS
        assert ingest(process, store, folder) == 0
        smooth = copied(fresh, tmp_path / "smooth")
        assert ingest(process, smooth, folder) == 0
    assert dump(store) == dump(smooth)


def children(process: int) -> list[int]:
    """All processes below this one."""
    below = " ".join(path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")).split()
    return [pid for own in map(int, below) for pid in (own, *children(own))]


def gone(processes: list[int]) -> bool:
    """Wait until all of these have ended, at most a minute each."""
    for pid in processes:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            if not select.select([descriptor], [], [], 60)[0]:
                return False
        finally:
            os.close(descriptor)
    return True


def watched(store: Path, folder: Path, victim: str, after: int) -> int:
    """Ingest with two workers, kill the parent or a worker after so many articles, and give how the parent ended."""
    arguments = command(store, "ingest", "--workers", "2", folder)
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stderr
        assert process.stdout
        seen, workers = 0, []
        for line in process.stderr:
            seen += ": examined " in line
            if seen == after:
                workers = children(process.pid)
                os.kill(process.pid if victim == "parent" else workers[-1], signal.SIGKILL)
                break
        process.stderr.read()
        process.stdout.read()
        status = process.wait()
    assert len(workers) >= 2
    assert gone(workers)
    return status


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only /proc tells the children of a process")
def test_a_real_run_with_workers_survives_the_death_of_each_part(tmp_path: Path, fresh: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(80):
        write(folder, number, 0)
    store = copied(fresh, tmp_path / "killed")
    for after in range(40, 40 + REAL_KILLS):
        assert watched(store, folder, "parent", after) == -signal.SIGKILL
        for number in range(0, 80, 2):
            write(folder, number, after)
    assert watched(store, folder, "worker", 30) == 0
    smooth = copied(fresh, tmp_path / "smooth")
    done = subprocess.run(command(smooth, "ingest", "--workers", "1", folder), capture_output=True, check=True)
    assert done.stdout.startswith(b"articles   80 (added 80)")
    assert dump(store) == dump(smooth)
