#!/usr/bin/env python3
"""Ask lists, things and pairs of states over REST, on the samples and made-up articles, and print milliseconds by route.

`first` is the first request after the dataset has changed, when a list is sorted; p50 and p95 are of those that follow, over
all pages and many things, one client at a time.
The aim is a p95 of under 150 ms. The ratio is to `/healthz` in the same run; `cpu` is what the processes of the service
spent on a request, which other load on the machine does not change.

usage: python bench/rest.py [--quick] [--articles N] [--requests N] [--store FOLDER]
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from figures import figure
from peers import running
from synthetic import articles, text_file

from entente.cli.workbench import Workbench

ROOT = Path(__file__).parents[1]
AIM = 150.0
LISTS = (
    "/states",
    "/dyads?sort=-events",
    "/events",
    "/events?state=USA&sort=-begin",
    "/exercises",
    "/series",
    "/agreements",
    "/vessels",
    "/forces",
    "/places",
    "/articles",
    "/claims",
    "/claims?state=USA",
    "/conflicts",
    "/search?q=north",
)
THINGS = ("states", "events", "exercises", "agreements", "vessels", "articles", "claims", "conflicts")


def spent_by_children() -> float:
    """Milliseconds of processor time that the processes below this one have had (proc(5))."""
    parents: dict[int, tuple[int, int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = entry.read_text().rpartition(")")[2].split()
            parents[int(entry.parent.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]))
    ours = {os.getpid()}
    for _ in parents:
        fresh = {pid for pid, (parent, _) in parents.items() if parent in ours} - ours
        if not fresh:
            break
        ours |= fresh
    return sum(parents[pid][1] for pid in ours - {os.getpid()}) * 1000 / os.sysconf("SC_CLK_TCK")


class Client:
    """Asks one address after another and gives the answer with its milliseconds."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, address: str) -> tuple[Any, float]:
        """Ask, and read the whole answer. Raises RuntimeError where it is none."""
        begin = time.perf_counter()
        self._connection.request("GET", address)
        answer = self._connection.getresponse()
        body = answer.read()
        spent = (time.perf_counter() - begin) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status} {body[:200]!r}")
        return json.loads(body), spent


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="as --articles 100 --requests 10")
    parser.add_argument("--articles", type=int, help="articles beside the samples (2,000)")
    parser.add_argument("--requests", type=int, help="requests for each route (60)")
    parser.add_argument("--store", type=Path, help="serve this store as it is, and make no articles")
    arguments = parser.parse_args()
    count = arguments.articles or (100 if arguments.quick else 2_000)
    requests = arguments.requests or (10 if arguments.quick else 60)
    with tempfile.TemporaryDirectory() as name:
        store = arguments.store or _filled(Path(name), count)
        limits = ["--parallel", "0", "--budget", "0"]
        with running([sys.executable, "-m", "entente.cli", "-q", "--store", store, "serve", *limits, "--port"]) as port:
            return _measure(Client(port), requests)


def _filled(folder: Path, count: int) -> Path:
    texts = folder / "texts"
    shutil.copytree(ROOT / "samples", texts)
    for article in articles(count, Workbench.open().index):
        (texts / f"{article.slug}.txt").write_bytes(text_file(article))
    store = folder / "store"
    subprocess.run([sys.executable, "-m", "entente.cli", "-q", "--store", store, "ingest", texts], check=True)
    return store


def _measure(client: Client, requests: int) -> int:
    client.get("/healthz")
    base = statistics.median(client.get("/healthz")[1] for _ in range(requests))
    print(f"{'route':<34}{'things':>8}{'first':>9}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>8}{'cpu ms':>8}")
    print(f"{'/healthz':<34}{'':>8}{'':>9}{base:>9.1f}{'':>9}{1:>8.1f}")
    slow, before = 0, 0.0

    def row(route: str, total: int, first: float, spent: list[float]) -> None:
        nonlocal slow, before
        now = spent_by_children()
        each, before = (now - before) / (len(spent) + 1), now
        p50, p95 = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        slow += p95 > AIM
        figure(f"{route}, p95", p95, "ms")
        figure(f"{route}, p50", p50, "ms", ratio=p50 / base, to="/healthz")
        print(f"{route:<34}{total:>8}{first:>9.1f}{p50:>9.1f}{p95:>9.1f}{p50 / base:>8.1f}{each:>8.1f}")

    before = spent_by_children()
    for route in LISTS:
        page, first = client.get(route)
        row(route, page["total"], first, list(_walked(client, route, requests)))
    for name in THINGS:
        links = [item["link"] for item in client.get(f"/{name}?limit=1000&fields=id")[0]["items"]]
        _asked(row, f"/{name}/{{id}}", client, links[:: max(1, len(links) // requests)])
    pairs = [item["link"] for item in client.get(f"/dyads?sort=-events&limit={requests}")[0]["items"]]
    _asked(row, "/dyads/{a}-{b}", client, pairs)
    told = client.get(f"/exercises?sort=-sources&limit={requests}")[0]["items"]
    _asked(row, "/exercises/{id}?policy=latest", client, [f"{item['link']}?policy=latest" for item in told])
    print(f"aim: p95 under {AIM:.0f} ms: {'met by all' if not slow else f'missed by {slow}'}")
    return 0


def _walked(client: Client, route: str, requests: int) -> Iterator[float]:
    """The milliseconds of one page after another, from the first again after the last."""
    address = route
    for _ in range(requests):
        page, spent = client.get(address)
        yield spent
        address = page["next"] or route


def _asked(row: Callable[[str, int, float, list[float]], None], route: str, client: Client, links: list[str]) -> None:
    first, *rest = [client.get(link)[1] for link in links]
    row(route, len(links), first, rest if len(rest) > 1 else [first, first])


if __name__ == "__main__":
    sys.exit(main())
