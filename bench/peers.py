"""Starts this service and its peers on free ports, as far as they are installed, with data of a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from listening import free_port, free_ports, listening

__all__ = ["entente", "path_of", "running", "services"]

_GRAPH = "http://example.org/graph"
_PATHS = {"oxigraph serve": "/query?", "rdflib-endpoint": "/?", "virtuoso": f"/sparql?default-graph-uri={quote(_GRAPH)}&"}


def services() -> dict[str, Callable[[Path, Path], AbstractContextManager[int]]]:
    """What starts each service: given a folder to work in and a file of N-Triples, it yields the port."""
    found: dict[str, Callable[[Path, Path], AbstractContextManager[int]]] = {"entente": entente}
    if _program("oxigraph").is_file():
        found["oxigraph serve"] = _oxigraph
    if shutil.which("virtuoso-t") and shutil.which("isql-vt"):
        found["virtuoso"] = _virtuoso
    if _program("rdflib-endpoint").is_file():
        found["rdflib-endpoint"] = _rdflib_endpoint
    return found


def path_of(service: str) -> str:
    """Where a service takes queries, up to its parameter `query`."""
    return _PATHS.get(service, "/sparql?")


@contextmanager
def entente(folder: Path, data: Path, timeout: float = 30) -> Iterator[int]:
    """This service, with its deadline in seconds, and without shares for each client."""
    if not (folder / "entente").exists():
        store = ox.Store(folder / "entente")
        store.bulk_load(path=data, format=ox.RdfFormat.N_TRIPLES)
        store.flush()
        del store
    limits = ["--parallel", "0", "--budget", "0", "--timeout", timeout]
    with running(
        [sys.executable, "-m", "entente.cli", "-q", "--store", folder / "entente", "serve", *limits, "--port"]
    ) as port:
        yield port


@contextmanager
def _oxigraph(folder: Path, data: Path) -> Iterator[int]:
    program, place = _program("oxigraph"), folder / "oxigraph"
    subprocess.run([program, "load", "--location", place, "--file", data], check=True, capture_output=True)
    with running([program, "serve", "--location", place, "--bind"], "127.0.0.1:") as port:
        yield port


@contextmanager
def _virtuoso(folder: Path, data: Path) -> Iterator[int]:
    place = folder / "virtuoso"
    place.mkdir()
    port, sql = free_ports(2)
    template = Path(__file__).with_name("virtuoso.ini").read_text()
    (place / "virtuoso.ini").write_text(
        template.format(http=port, sql=sql, folder=folder, buffers=85_000, threads=40, rows=10_000_000)
    )
    program, shell = str(shutil.which("virtuoso-t")), str(shutil.which("isql-vt"))
    with listening([program, "+configfile", "virtuoso.ini", "+foreground"], port, place):
        load = f"DB.DBA.TTLP(file_to_string_output('{data}'), '', '{_GRAPH}', 512); checkpoint;"
        subprocess.run([shell, str(sql), "dba", "dba", f"exec={load}"], check=True, capture_output=True)
        yield port


@contextmanager
def _rdflib_endpoint(folder: Path, data: Path) -> Iterator[int]:  # noqa: ARG001 - the data are in memory there
    with running([_program("rdflib-endpoint"), "serve", data, "--host", "127.0.0.1", "--port"]) as port:
        yield port


@contextmanager
def running(command: Sequence[object], before: str = "") -> Iterator[int]:
    """A server on a free port, until the block ends; its command ends with the port, behind what is given."""
    port = free_port()
    with listening([*map(str, command), f"{before}{port}"], port):
        yield port


def _program(name: str) -> Path:
    """A program beside python, or else on the PATH."""
    return Path(shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}") or name)
