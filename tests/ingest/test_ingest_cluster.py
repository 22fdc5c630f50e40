"""`entente ingest --dask` on a real scheduler and two worker processes, one of which is killed while it works."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from servers import cluster, free_port

ARTICLES = 120
STATES = ("Russia", "China", "India", "Japan", "France", "Brazil", "Egypt", "Kenya", "Norway", "Peru", "Chile", "Ghana")


def entente(store: Path, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "entente.cli", "-v", "--store", str(store), *map(str, arguments)]


def dump(store: Path) -> bytes:
    done = subprocess.run(entente(store, "dump", "-f", "nq"), capture_output=True, check=True)
    assert done.stdout.count(b"\n") > 10_000
    return done.stdout


def test_a_cluster_that_loses_a_worker_gives_the_graph_of_a_serial_run(tmp_path: Path) -> None:
    folder, serial, shared = tmp_path / "articles", tmp_path / "serial" / "store", tmp_path / "shared" / "store"
    folder.mkdir()
    subprocess.run(entente(serial, "ingest", folder), capture_output=True, check=True)
    shutil.copytree(serial.parent, shared.parent)
    for number in range(ARTICLES):
        one, other = STATES[number % 12], STATES[(number + 1 + number // 12 % 11) % 12]
        if number % 4 == 0:
            told = f"{one} held talks with {other} on May {1 + number % 28}, 2023."
            page = f"<html><body><article><h1>{one} and {other}</h1><p>{told}</p></article></body></html>"
            (folder / f"a{number:03}.html").write_text(page)
            continue
        (folder / f"a{number:03}.txt").write_text(
            f"---\nid: a{number:03}\noutlet: Test Post\npublished: 2023-05-{1 + number % 28:02}\n---\n{one} and {other}\n"
            f"{one} held talks with {other} on May {1 + number % 28}, 2023.\n"
        )
    with cluster(tmp_path, 2) as (address, workers):
        arguments = entente(shared, "ingest", "--dask", address, folder)
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
    subprocess.run(entente(serial, "ingest", "--workers", "1", folder), capture_output=True, check=True)
    assert dump(shared) == dump(serial)


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Russia and China\nRussia held talks with China.\n")
    address = f"tcp://127.0.0.1:{free_port()}"
    arguments = entente(tmp_path / "store", "ingest", "--dask", address, tmp_path / "a.txt")
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "error[ENTENTE-145]" in done.stderr
    assert address in done.stderr
