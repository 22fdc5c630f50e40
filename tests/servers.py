"""Servers of their own for tests, on free ports of this machine: web servers, SPARQL stores and a Dask cluster."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which

from conftest import ROOT, load_script, require

__all__ = ["Handler", "answering", "cluster", "free_port", "listening", "oxigraph", "virtuoso"]


_shared = load_script(ROOT / "bench" / "listening.py")
free_port, free_ports, listening = _shared.free_port, _shared.free_ports, _shared.listening


class Handler(BaseHTTPRequestHandler):
    """What answers requests, without a word on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def answering(handler: type[Handler]) -> Iterator[str]:
    """The address of a web server in this process, which answers while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The location of an empty `oxigraph serve`."""
    program = Path(sys.executable).parent / "oxigraph"
    require(program.is_file(), "the oxigraph server is not installed beside python")
    port = free_port()
    with listening([str(program), "serve", "--bind", f"127.0.0.1:{port}"], port, folder):
        yield f"sparql+http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path, rows: int = 10_000_000) -> Iterator[str]:
    """The location of an empty Virtuoso that cuts answers off after so many rows."""
    program = which("virtuoso-t")
    require(program, "virtuoso-t is not installed (Debian package virtuoso-opensource)")
    assert program
    port, sql = free_ports(2)
    template = (ROOT / "bench" / "virtuoso.ini").read_text()
    (folder / "virtuoso.ini").write_text(
        template.format(http=port, sql=sql, folder=folder, buffers=10_000, threads=10, rows=rows)
    )
    with listening([program, "+configfile", "virtuoso.ini", "+foreground"], port, folder):
        yield f"sparql+http://dba:dba@127.0.0.1:{port}/sparql-auth"


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """The address of a Dask scheduler, and the process ids of its workers once they are connected."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    with ExitStack() as stack:
        stack.enter_context(listening([*scheduler, "--no-dashboard"], port, folder))
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
