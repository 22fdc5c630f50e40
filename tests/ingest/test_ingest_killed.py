"""`entente ingest`, killed at any moment: nothing committed is lost, nothing half-written is left."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import warm
from short_articles import base_store, copied, dump, write

ARTICLES = 24
KILLS = 50


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
    return base_store(tmp_path_factory.mktemp("fresh"))


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
