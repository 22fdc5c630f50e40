#!/usr/bin/env python3
"""Ask one mix of queries over HTTP of this service and of its peers, on the same data in one run.

Peers are `oxigraph serve` (PyPI: oxigraph) and rdflib-endpoint (PyPI: rdflib-endpoint[cli], in an environment of its own
on the PATH, since it wants other versions), where they are installed. The ratio is to this service. Of this service alone
come what a point lookup takes longer than in the engine, `ASK {}` while 4 runaway queries run, and how long after its
deadline a runaway that gathers memory is answered and the memory of all processes is back within a tenth of what it was.
1M triples are 120,000 events.

usage: python bench/serve.py [--quick] [--events N] [--seconds S] [--clients N,N]
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
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
_HUNGRY = "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_PATHS = {"oxigraph serve": "/query", "rdflib-endpoint": "/"}
_ACCEPT = "application/sparql-results+json, text/turtle"


def main() -> int:
    """Print requests a second and milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="as --events 2000 --seconds 1")
    parser.add_argument("--events", type=int, help="events, of eight triples each (20,000)")
    parser.add_argument("--seconds", type=float, help="seconds for each measurement (4)")
    parser.add_argument("--clients", default="1,4,16", help="numbers of clients, with commas")
    arguments = parser.parse_args()
    events = arguments.events or (2_000 if arguments.quick else 20_000)
    seconds = arguments.seconds or (1 if arguments.quick else 4)
    clients = [int(each) for each in arguments.clients.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data.nt"
        data.write_text("".join(lines(events)))
        print(f"{'service':<18}{'clients':>8}{'requests/s':>12}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'ratio':>8}")
        with ExitStack() as stack:
            ports = {service: stack.enter_context(start(folder, data)) for service, start in _services().items()}
            for count in clients:
                spent: dict[str, list[float]] = {service: [] for service in ports}
                # They take turns, so that whatever else the machine does falls on all of them.
                for _, (service, port) in itertools.product(range(_ROUNDS), ports.items()):
                    path = _PATHS.get(service, "/sparql")
                    spent[service] += _closed_loop(port, path, count, seconds / _ROUNDS)
                for service, times in spent.items():
                    ratio = len(times) / len(spent["entente"])
                    print(f"{service:<18}{count:>8}{len(times) / seconds:>12.0f}{_points(times)}{ratio:>8.2f}")
            print(f"{'  overhead':<18}{1:>8}{'':>12}{_overhead(data, ports['entente'])}")
            beside = _beside_runaways(ports["entente"], seconds)
            print(f"{'  4 runaways, ASK':<18}{1:>8}{'':>12}{_points(beside)}")
        report = "  a runaway takes memory {:.1f} times; after its deadline: answered {:.0f} ms, memory back {:.0f} ms"
        print(report.format(*_after_deadline(folder, data)))
    return 0


def _services() -> dict[str, Callable[[Path, Path], AbstractContextManager[int]]]:
    found: dict[str, Callable[[Path, Path], AbstractContextManager[int]]] = {
        "entente": _entente,
        "oxigraph serve": _oxigraph,
    }
    if not _program("oxigraph").is_file():
        del found["oxigraph serve"]
    if _program("rdflib-endpoint").is_file():
        found["rdflib-endpoint"] = _rdflib_endpoint
    return found


@contextmanager
def _entente(folder: Path, data: Path, timeout: float = 30) -> Iterator[int]:
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
def _rdflib_endpoint(folder: Path, data: Path) -> Iterator[int]:  # noqa: ARG001 - the data are in memory there
    with running([_program("rdflib-endpoint"), "serve", data, "--host", "127.0.0.1", "--port"]) as port:
        yield port


@contextmanager
def running(command: Sequence[object], before: str = "") -> Iterator[int]:
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
    """A program beside python, or else on the PATH."""
    return Path(shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}") or name)


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


def _after_deadline(folder: Path, data: Path) -> tuple[float, float, float]:
    """How many times the memory a runaway takes, and ms from its deadline to its answer and to the memory as before."""
    deadline = 2.0
    with _entente(folder, data, deadline) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        _ask(connection, "ASK {}")
        before = _memory()
        begin = time.perf_counter() + deadline
        connection.request("GET", f"/sparql?query={quote(_HUNGRY)}")
        time.sleep(deadline * 0.8)
        grown = _memory() / before
        if connection.getresponse().status == 200:
            raise RuntimeError("the runaway query came to an end")
        answered = time.perf_counter() - begin
        while _memory() > before * 1.1 and time.perf_counter() < begin + 30:
            time.sleep(0.01)
        connection.close()
        return grown, answered * 1000, (time.perf_counter() - begin) * 1000


def _memory() -> int:
    """Pages that the processes below this one hold."""
    parents, pages = {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may have ended meanwhile
            parents[int(process.name)] = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            pages[int(process.name)] = int((process / "statm").read_text().split()[1])
    below = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(pages.get(each, 0) for each in below - {os.getpid()})


def _points(spent: Sequence[float]) -> str:
    ordered = sorted(spent)
    return "".join(f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))]:>9.2f}" for share in (0.5, 0.95, 0.99))


if __name__ == "__main__":
    sys.exit(main())
