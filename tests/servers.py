"""Servers of their own for tests: SPARQL stores and a Dask cluster on free ports of this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import which

from conftest import require

__all__ = ["cluster", "oxigraph", "virtuoso"]

_INI = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = {sql}
NumberOfBuffers = 10000
ServerThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _listening(arguments: list[str], port: int, folder: Path) -> Iterator[None]:
    """Run a server as long as the block runs, which begins once it listens."""
    log = folder / f"{port}.log"
    with log.open("wb") as sink, subprocess.Popen(arguments, stdout=sink, stderr=sink, cwd=folder) as server:
        try:
            while server.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
            assert server.poll() is None, log.read_text()
            yield
        finally:
            server.kill()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The location of an empty `oxigraph serve`."""
    program = Path(sys.executable).parent / "oxigraph"
    require(program.is_file(), "the oxigraph server is not installed beside python")
    port = free_port()
    with _listening([str(program), "serve", "--bind", f"127.0.0.1:{port}"], port, folder):
        yield f"sparql+http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path, rows: int = 10_000_000) -> Iterator[str]:
    """The location of an empty Virtuoso that cuts answers off after so many rows."""
    program = which("virtuoso-t")
    require(program, "virtuoso-t is not installed (Debian package virtuoso-opensource)")
    assert program
    port = free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=port, rows=rows))
    with _listening([program, "+configfile", "virtuoso.ini", "+foreground"], port, folder):
        yield f"sparql+http://dba:dba@127.0.0.1:{port}/sparql-auth"


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """The address of a Dask scheduler, and the process ids of its workers once they are connected."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    with ExitStack() as stack:
        stack.enter_context(_listening([*scheduler, "--no-dashboard"], port, folder))
        processes = []
        for _ in range(workers):
            arguments = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
            worker = stack.enter_context(
                subprocess.Popen([*arguments, "--no-dashboard"], stderr=subprocess.PIPE, text=True, cwd=folder)
            )
            stack.callback(worker.kill)
            processes.append(worker)
        for worker in processes:
            assert worker.stderr is not None
            assert any("Starting established connection" in line for line in worker.stderr)
        yield address, [worker.pid for worker in processes]
