#!/usr/bin/env python3
"""Time five shapes of query that the engine evaluates slowly: as written, as the planner writes them, and ordered by hand.

usage: python bench/query.py [--events N] [--repeats N]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from io import BytesIO

import pyoxigraph as ox
from events import PREFIX, lines
from figures import figure

from entente.store.planner import plan

BUDGET = 3.0
"""How many times the time of the hand-ordered query a planned one may take."""

_SHAPES = {
    "OPTIONAL in the middle": (
        "?e :type :Exercise OPTIONAL { ?e :place ?p . ?x :place ?p } ?e :state :state3 ; :begin '1993-04-13' . ?c :about ?e",
        "?e :type :Exercise . ?e :state :state3 ; :begin '1993-04-13' . ?c :about ?e "
        "OPTIONAL { ?e :place ?p . ?x :place ?p }",
    ),
    "two OPTIONALs and a FILTER": (
        "?e :type :Exercise OPTIONAL { ?e :place ?p . ?x :place ?p } ?e :state :state3 ; :begin ?b "
        "OPTIONAL { ?e :name ?n } ?c :about ?e FILTER(?b < '1993')",
        "?e :type :Exercise . ?e :state :state3 ; :begin ?b . ?c :about ?e FILTER(?b < '1993') "
        "OPTIONAL { ?e :place ?p . ?x :place ?p } OPTIONAL { ?e :name ?n }",
    ),
    "OPTIONAL before VALUES": (
        "?e :type :Exercise OPTIONAL { ?e :name ?n } VALUES ?e { :event3 :event4 }",
        "VALUES ?e { :event3 :event4 } ?e :type :Exercise OPTIONAL { ?e :name ?n }",
    ),
    "MINUS": (
        "?e :state :state3 MINUS { ?e :cancelled ?x . ?e :place ?p }",
        "?e :state :state3 FILTER NOT EXISTS { ?e :cancelled ?x . ?e :place ?p }",
    ),
    "UNION with NOT EXISTS": (
        "?e :state :state3 { ?e :place ?p } UNION { FILTER NOT EXISTS { ?e :place ?p } }",
        "{ ?e :state :state3 . ?e :place ?p } UNION { ?e :state :state3 { FILTER NOT EXISTS { ?e :place ?p } } }",
    ),
}


def main() -> int:
    """Print milliseconds of the processor; the exit code is 1 where rows differ or the budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=30_000, help="events, of eight triples each")
    parser.add_argument("--repeats", type=int, default=5, help="rounds, of which the median counts")
    arguments = parser.parse_args()
    store = ox.Store()
    store.bulk_load(BytesIO("".join(lines(arguments.events)).encode()), ox.RdfFormat.N_TRIPLES)
    print(f"{len(store)} triples in memory\n")
    print(f"{'shape':<28}{'as written':>12}{'planned':>10}{'by hand':>10}{'ratio':>8}{'planning':>10}")
    good = True
    for name, patterns in _SHAPES.items():
        written, by_hand = (f"{PREFIX}SELECT * WHERE {{ {pattern} }}" for pattern in patterns)
        begin = time.perf_counter()
        planned = plan(written).text
        planning = (time.perf_counter() - begin) * 1000
        rows, times = zip(*(_time(store, query, arguments.repeats) for query in (written, planned, by_hand)), strict=True)
        ratio = times[1] / times[2]
        figure(name, times[1], "CPU ms", ratio=ratio, to="by hand")
        good &= len(set(rows)) == 1 and ratio <= BUDGET and planning <= 2
        print(f"{name:<28}{times[0]:>12.1f}{times[1]:>10.1f}{times[2]:>10.1f}{ratio:>8.2f}{planning:>10.2f}")
    return 0 if good else 1


def _time(store: ox.Store, query: str, repeats: int) -> tuple[int, float]:
    """The rows of a query, and the median of the milliseconds that it takes."""
    rounds = []
    rows = 0
    for _ in range(repeats):
        begin = time.process_time()
        rows = sum(1 for _ in store.query(query))  # type: ignore[union-attr, misc]
        rounds.append((time.process_time() - begin) * 1000)
    return rows, statistics.median(rounds)


if __name__ == "__main__":
    sys.exit(main())
