"""`entente ingest --dask` on a real scheduler and two worker processes, one of which is killed while it works."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from servers import cluster, free_port
from short_articles import base_store, command, copied, dump, write

ARTICLES = 120


def test_a_cluster_that_loses_a_worker_gives_the_graph_of_a_serial_run(tmp_path: Path) -> None:
    fresh, folder = tmp_path / "fresh", tmp_path / "articles"
    for each in (fresh, folder):
        each.mkdir()
    base_store(fresh)
    serial, shared = copied(fresh, tmp_path / "serial"), copied(fresh, tmp_path / "shared")
    for number in range(ARTICLES):
        write(folder, number, 2)
    with cluster(tmp_path, 2) as (address, workers):
        arguments = command(shared, "ingest", "--dask", address, folder)
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1) as process:
            assert process.stderr
            assert process.stdout
            lines = []
            for line in process.stderr:
                lines.append(line)
                if sum(": examined " in each for each in lines) == 10:
                    os.kill(workers[0], signal.SIGKILL)
                    break
            lines += process.stderr
            assert process.wait() == 0, "".join(lines)[-3000:]
            assert process.stdout.read().startswith(f"articles   {ARTICLES} (added {ARTICLES})\n")
    subprocess.run(command(serial, "ingest", "--workers", "1", folder), capture_output=True, check=True)
    assert dump(shared) == dump(serial)


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Russia and China\nRussia held talks with China.\n")
    address = f"tcp://127.0.0.1:{free_port()}"
    arguments = command(tmp_path / "store", "ingest", "--dask", address, tmp_path / "a.txt")
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "error[ENTENTE-145]" in done.stderr
    assert address in done.stderr
