#!/usr/bin/env python3
"""Ask one mix of queries over HTTP of this service and of its peers, on the same data in one run.

Peers, where they are installed, are `oxigraph serve` (PyPI: oxigraph), Virtuoso (Debian: virtuoso-opensource) and
rdflib-endpoint, which wants other versions: `bench/run --peers` makes it an environment of its own, which `bench/run` finds.
Requests a second are the answers by the time until the last client of a turn has its answer; each client asks the whole mix
at least once, and a request without a whole answer within 60 s counts as unanswered. The ratio is our rate to
theirs. The four queries of the mix that take this service longest are shown apart. Of this service
alone come what a point lookup takes longer than in the engine, `ASK {}` while 4 runaway queries run, and how long after its
deadline a runaway that gathers memory is answered and the memory of all processes is back within a tenth of what it was.
The issue's run is --triples 1000000 --clients 1,4,16.

usage: python bench/serve.py [--quick] [--triples N] [--seconds S] [--clients N,N] [--without SERVICE]
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from events import PREFIX, lines
from figures import figure
from peers import entente, path_of, services

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
_LIMIT = 60
"""Seconds after which a request counts as not answered."""
_HUNGRY = "SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_ACCEPT = "application/sparql-results+json, text/turtle"


def main() -> int:
    """Print requests a second and milliseconds; 1 where this service left requests unanswered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="as --triples 16000 --seconds 1")
    parser.add_argument("--triples", type=int, help="triples, eight for each event (160,000)")
    parser.add_argument("--seconds", type=float, help="seconds for each measurement (4)")
    parser.add_argument("--clients", default="1,4,16", help="numbers of clients, with commas")
    parser.add_argument("--without", action="append", default=[], help="a peer to leave out; may be repeated")
    arguments = parser.parse_args()
    events = (arguments.triples or (16_000 if arguments.quick else 160_000)) // 8
    seconds = arguments.seconds or (1 if arguments.quick else 4)
    clients = [int(each) for each in arguments.clients.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data.nt"
        data.write_text("".join(lines(events)))
        head = f"{'service':<18}{'clients':>8}{'requests/s':>12}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}"
        print(f"{head}{'unanswered':>12}{'ours/theirs':>13}")
        with ExitStack() as stack:
            chosen = {service: start for service, start in services().items() if service not in arguments.without}
            ports = {service: stack.enter_context(start(folder, data)) for service, start in chosen.items()}
            unanswered = 0
            for count in clients:
                loads = {service: _Load(service, port, count) for service, port in ports.items()}
                # They take turns, so that whatever else the machine does falls on all of them.
                for _, load in itertools.product(range(_ROUNDS), loads.values()):
                    load.turn(seconds / _ROUNDS)
                for service, load in loads.items():
                    ratio = loads["entente"].rate() / load.rate() if load.times else math.inf
                    line = f"{service:<18}{count:>8}{load.rate():>12.2f}{_points(load.times)}"
                    figure(f"{service}, {count} clients", load.rate(), "1/s", ratio=1 / ratio, to="entente")
                    print(f"{line}{load.unanswered:>12}{ratio:>13.2f}", flush=True)
                unanswered += loads["entente"].unanswered
            print("heavy queries, one client, p50 ms; in brackets ours to theirs:")
            for query, times_of in _heavy(ports):
                ours = times_of["entente"]
                for service, median in times_of.items():
                    figure(f"{service}, {query}", median, "ms", ratio=median / ours, to="entente")
                others = "".join(
                    f"{time:>10.1f} ({ours / time:4.2f})" for name, time in times_of.items() if name != "entente"
                )
                print(f"  {query[:58]:<60}{ours:>8.1f}{others}")
            print(f"{'  overhead':<18}{1:>8}{'':>12}{_overhead(data, ports['entente'])}")
            beside = _beside_runaways(ports["entente"], seconds)
            print(f"{'  4 runaways, ASK':<18}{1:>8}{'':>12}{_points(beside)}")
        report = "  a runaway takes memory {:.1f} times; after its deadline: answered {:.0f} ms, memory back {:.0f} ms"
        print(report.format(*_after_deadline(folder, data)))
    return 1 if unanswered else 0


def _heavy(ports: dict[str, int]) -> list[tuple[str, dict[str, float]]]:
    """The four queries of the mix that take us longest, with the median milliseconds of each service; they take turns."""
    spent: dict[str, dict[str, list[float]]] = {query: {service: [] for service in ports} for query in _MIX}
    for _, query, (service, port) in itertools.product(range(_ROUNDS), _MIX, ports.items()):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LIMIT)
        spent[query][service].append(_time(connection, query, path_of(service)))
        connection.close()
    medians = {query: {name: statistics.median(each) for name, each in times.items()} for query, times in spent.items()}
    return sorted(medians.items(), key=lambda item: item[1]["entente"], reverse=True)[:4]


def _ask(connection: http.client.HTTPConnection, query: str, path: str = "/sparql?") -> float:
    """Ask, read the whole answer, and give the milliseconds."""
    begin = time.perf_counter()
    connection.request("GET", f"{path}query={quote(PREFIX + query)}", headers={"Accept": _ACCEPT})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{query}: {answer.status} {body[:200]!r}")
    return (time.perf_counter() - begin) * 1000


class _Load:
    """Clients that ask the mix of a service, each again as soon as it is answered, and what came of it."""

    def __init__(self, service: str, port: int, clients: int) -> None:
        self._path, self._port = path_of(service), port
        # Each begins elsewhere, and goes on in the next turn where it stopped in the last one.
        self._asked = [itertools.islice(itertools.cycle(_MIX), each * 5 % len(_MIX), None) for each in range(clients)]
        self.times: list[float] = []
        """Milliseconds of each answer."""
        self.unanswered = 0
        """Requests without a whole answer within the limit."""
        self._seconds = 0.0

    def turn(self, seconds: float) -> None:
        """Let the clients ask for so many seconds, but each at least its share of the mix; it ends with the last answer."""
        begin = time.perf_counter()
        with ThreadPoolExecutor(len(self._asked)) as pool:
            list(pool.map(self._ask_until, self._asked, itertools.repeat(begin + seconds)))
        self._seconds += time.perf_counter() - begin

    def rate(self) -> float:
        """Answers a second of the time that passed."""
        return len(self.times) / self._seconds

    def _ask_until(self, queries: Iterator[str], end: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_LIMIT)
        while True:
            for query in itertools.islice(queries, len(_MIX) // _ROUNDS):
                spent = _time(connection, query, self._path)
                if spent == math.inf:
                    self.unanswered += 1
                else:
                    self.times.append(spent)
            if time.perf_counter() > end:
                break
        connection.close()


def _time(connection: http.client.HTTPConnection, query: str, path: str) -> float:
    """The milliseconds of a whole answer; infinite where none came within the limit."""
    try:
        spent = _ask(connection, query, path)
    except (RuntimeError, OSError, http.client.HTTPException):
        connection.close()  # the next request opens it again
        return math.inf
    return spent if spent <= _LIMIT * 1000 else math.inf


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
    with entente(folder, data, deadline) as port:
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
    ordered = sorted(spent) or [math.nan]
    return "".join(f"{ordered[min(len(ordered) - 1, int(len(ordered) * share))]:>10.2f}" for share in (0.5, 0.95, 0.99))


if __name__ == "__main__":
    sys.exit(main())
