"""`entente ingest` with workers, of which one or the parent is killed: it ends where an uninterrupted run does."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from pathlib import Path

import pytest

from short_articles import base_store, command, copied, dump, write

REAL_KILLS = 2


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return base_store(tmp_path_factory.mktemp("fresh"))


def children(process: int) -> list[int]:
    """All processes below this one."""
    below = " ".join(path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")).split()
    return [pid for own in map(int, below) for pid in (own, *children(own))]


def gone(processes: list[int]) -> bool:
    """Wait until all of these have ended, at most a minute each."""
    for pid in processes:
        try:
            descriptor = os.pidfd_open(pid)
        except (ProcessLookupError, FileNotFoundError):  # the second is said of one that is being reaped
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
