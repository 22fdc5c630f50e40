#!/usr/bin/env python3
"""Ask one mix of queries over HTTP of this service and of its peers, on the same data in one run.

Peers are `oxigraph serve` (PyPI: oxigraph) and rdflib-endpoint, where they are installed. Then 4 runaway queries run, and
`ASK {}` is asked beside them.

usage: python bench/serve.py [--events N] [--seconds S] [--clients N,N]
"""

from __future__ import annotations

import argparse
import http.client
import importlib.util
import itertools
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from events import PREFIX, lines

_MIX = (
    "SELECT * { :event77 ?p ?o }",
    "SELECT ?e ?b { ?e :state :state3 ; :state :state21 ; :begin ?b } ORDER BY ?b",
    "SELECT ?e ?c ?a { ?e :state :state5 . ?c :about ?e ; :article ?a } LIMIT 200",
    "SELECT ?s (COUNT(*) AS ?n) { ?e :place :place7 ; :state ?s } GROUP BY ?s ORDER BY DESC(?n) LIMIT 10",
    "SELECT ?o (COUNT(DISTINCT ?e) AS ?n) { ?e :state :state9 . ?c :about ?e ; :article/:outlet ?o } GROUP BY ?o",
    "SELECT ?e ?n { ?e :state :state11 OPTIONAL { ?e :name ?n } } LIMIT 100",
    "SELECT ?e { ?e :state :state13 FILTER NOT EXISTS { ?e :cancelled ?x } }",
    "SELECT ?e ?n { ?e :name ?n ; :state :state4 FILTER(CONTAINS(?n, '77')) }",
    "ASK { ?e :state :state1 ; :place :place99 }",
    "CONSTRUCT { ?e :seen ?a } WHERE { ?e :state :state17 . ?c :about ?e ; :article ?a }",
    "SELECT ?e ?p { ?e :state :state3 MINUS { ?e :cancelled ?x . ?e :place ?y } OPTIONAL { ?e :place ?p } }",
    "SELECT ?s ?p ?o { ?s :begin ?o ; ?p ?o } LIMIT 5000",
)
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_ROUNDS = 6
_PATHS = {"oxigraph serve": "/query", "rdflib-endpoint": "/"}
_ACCEPT = "application/sparql-results+json, text/turtle"


def main() -> int:
    """Print requests a second and milliseconds; ratios are to this service."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=20_000, help="events, of eight triples each")
    parser.add_argument("--seconds", type=float, default=4, help="seconds for each measurement")
    parser.add_argument("--clients", default="1,4", help="numbers of clients, with commas")
    arguments = parser.parse_args()
    clients = [int(each) for each in arguments.clients.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data.nt"
        data.write_text("".join(lines(arguments.events)))
        print(f"{'service':<18}{'clients':>8}{'requests/s':>12}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'ratio':>8}")
        with ExitStack() as stack:
            ports = {service: stack.enter_context(start(folder, data)) for service, start in _services().items()}
            for count in clients:
                spent: dict[str, list[float]] = {service: [] for service in ports}
                # They take turns, so that whatever else the machine does falls on all of them.
                for _, (service, port) in itertools.product(range(_ROUNDS), ports.items()):
                    path = _PATHS.get(service, "/sparql")
                    spent[service] += _closed_loop(port, path, count, arguments.seconds / _ROUNDS)
                for service, times in spent.items():
                    ratio = len(times) / len(spent["entente"])
                    print(f"{service:<18}{count:>8}{len(times) / arguments.seconds:>12.0f}{_points(times)}{ratio:>8.2f}")
            print(f"{'  overhead':<18}{1:>8}{'':>12}{_overhead(data, ports['entente'])}")
            beside = _beside_runaways(ports["entente"], arguments.seconds)
            print(f"{'  4 runaways, ASK':<18}{1:>8}{'':>12}{_points(beside)}")
    return 0


def _services() -> dict[str, Callable[[Path, Path], AbstractContextManager[int]]]:
    found: dict[str, Callable[[Path, Path], AbstractContextManager[int]]] = {
        "entente": _entente,
        "oxigraph serve": _oxigraph,
    }
    if not _program("oxigraph").is_file():
        del found["oxigraph serve"]
    if importlib.util.find_spec("rdflib_endpoint"):
        found["rdflib-endpoint"] = _rdflib_endpoint
    return found


@contextmanager
def _entente(folder: Path, data: Path) -> Iterator[int]:
    store = ox.Store(folder / "entente")
    store.bulk_load(path=data, format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    del store
    limits = ["--parallel", "0", "--budget", "0", "--timeout", "30"]
    with _running(
        [sys.executable, "-m", "entente.cli", "-q", "--store", folder / "entente", "serve", *limits, "--port"]
    ) as port:
        yield port


@contextmanager
def _oxigraph(folder: Path, data: Path) -> Iterator[int]:
    program, place = _program("oxigraph"), folder / "oxigraph"
    subprocess.run([program, "load", "--location", place, "--file", data], check=True, capture_output=True)
    with _running([program, "serve", "--location", place, "--bind"], "127.0.0.1:") as port:
        yield port


@contextmanager
def _rdflib_endpoint(folder: Path, data: Path) -> Iterator[int]:  # noqa: ARG001 - the data are in memory there
    with _running([_program("rdflib-endpoint"), "serve", data, "--port"]) as port:
        yield port


@contextmanager
def _running(command: Sequence[object], before: str = "") -> Iterator[int]:
    """A server on a free port, until the block ends; its command ends with the port, behind what is given."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [*map(str, command), f"{before}{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            while server.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield port
        finally:
            server.terminate()


def _program(name: str) -> Path:
    return Path(shutil.which(name, path=str(Path(sys.executable).parent)) or name)


def _ask(connection: http.client.HTTPConnection, query: str, path: str = "/sparql") -> float:
    """Ask, read the whole answer, and give the milliseconds."""
    begin = time.perf_counter()
    connection.request("GET", f"{path}?query={quote(PREFIX + query)}", headers={"Accept": _ACCEPT})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{query}: {answer.status} {body[:200]!r}")
    return (time.perf_counter() - begin) * 1000


def _closed_loop(port: int, path: str, clients: int, seconds: float) -> list[float]:
    """Milliseconds of the requests of some clients that each ask again as soon as they are answered."""
    spent: list[float] = []
    end = time.perf_counter() + seconds

    def client(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for query in itertools.islice(itertools.cycle(_MIX), first, None):
            if time.perf_counter() > end:
                break
            spent.append(_ask(connection, query, path))
        connection.close()

    threads = [threading.Thread(target=client, args=(number * 5 % len(_MIX),)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent


def _overhead(data: Path, port: int) -> str:
    """Milliseconds that a point lookup takes longer over HTTP than in the engine alone."""
    store = ox.Store()
    store.bulk_load(path=data, format=ox.RdfFormat.N_TRIPLES)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    alone = []
    for _ in range(300):
        begin = time.perf_counter()
        store.query(PREFIX + _MIX[0]).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
        alone.append((time.perf_counter() - begin) * 1000)
    base = statistics.median(alone)
    return _points([_ask(connection, _MIX[0]) - base for _ in range(300)])


def _beside_runaways(port: int, seconds: float) -> list[float]:
    """Milliseconds of `ASK {}` while 4 queries run that will not end."""
    with ExitStack() as stack:
        for _ in range(4):
            runaway = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            stack.callback(runaway.close)
            runaway.request("GET", f"/sparql?query={quote(_RUNAWAY)}")
        time.sleep(1.5)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        stack.callback(connection.close)
        spent = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            spent.append(_ask(connection, "ASK {}"))
            time.sleep(0.01)
        return spent


def _points(spent: Sequence[float]) -> str:
    ordered = sorted(spent)
    return "".join(f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))]:>9.2f}" for share in (0.5, 0.95, 0.99))


if __name__ == "__main__":
    sys.exit(main())
