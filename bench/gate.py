#!/usr/bin/env python3
"""Time the gate on the bundled articles: compiled shapes beside pySHACL, in one run and with equal reports.

usage: python bench/gate.py [REPEATS] [--stored 100000]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from figures import figure

from entente.gate import Engine, ShaclGate, load_shapes
from entente.index import ReferenceIndex, load_base
from entente.model import Delta
from entente.resources import folder, root
from entente_loaders.extract import RuleExtractor
from entente_loaders.pipeline import prepare
from entente_loaders.sources import open_paths

_WINDOW = 1000


def main() -> int:
    """Print CPU milliseconds an article, the fastest of some rounds, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repeats", nargs="?", type=int, default=5, help="rounds, of which the fastest counts")
    parser.add_argument("--stored", type=int, default=0, help="articles to check one after the other, first against last")
    options = parser.parse_args()
    repeats = options.repeats
    index = ReferenceIndex(load_base(root()))
    extractor = RuleExtractor(index)
    deltas = [
        prepare(article, extractor, index)[2]
        for article in open_paths(sorted(folder("samples").glob("*.txt")))
        if not isinstance(article, Exception)
    ]
    shapes = sorted(folder("shapes").glob("*.ttl"))
    gates = {engine: ShaclGate(load_shapes(shapes, index.base.graphs["ontology"], engine), index) for engine in Engine}
    for delta in deltas:
        violations = [
            {(v.focus, v.value, v.shape, v.component) for v in gate.check(delta.triples).violations}
            for gate in gates.values()
        ]
        if violations[0] != violations[1]:
            print(f"the engines differ on {delta.slug}", file=sys.stderr)
            return 1
    fastest: dict[Engine, float] = {}
    for engine, gate in gates.items():
        rounds = []
        for _ in range(repeats):
            begin = time.process_time()
            for delta in deltas:
                gate.check(delta.triples)
            rounds.append((time.process_time() - begin) / len(deltas) * 1000)
        fastest[engine] = min(rounds)
    triples = sum(len(delta.triples) for delta in deltas) / len(deltas)
    print(f"articles   {len(deltas)}, of {triples:.0f} triples on average")
    for engine, milliseconds in fastest.items():
        print(f"{engine:<10} {milliseconds:.1f} ms an article")
        ratio = milliseconds / fastest[Engine.COMPILED]
        figure(f"{engine}, an article", milliseconds, "CPU ms", ratio=ratio, to=str(Engine.COMPILED))
    print(f"ratio      {fastest[Engine.PYSHACL] / fastest[Engine.COMPILED]:.0f}")
    if options.stored:
        growth = _growth(gates[Engine.COMPILED], deltas, options.stored)
        figure(f"growth to {options.stored} articles", growth, "times")
        print(f"growth     {growth:.2f} from the first thousand to the last of {options.stored}")
    return 0


def _growth(gate: ShaclGate, deltas: Sequence[Delta], articles: int) -> float:
    """Give how many times longer a thousand articles take after so many than at first: the gate never reads the store."""
    spent = []
    for start in range(0, articles, _WINDOW):
        begin = time.process_time()
        for number in range(start, start + _WINDOW):
            gate.check(deltas[number % len(deltas)].triples)
        spent.append(time.process_time() - begin)
    return spent[-1] / spent[0]


if __name__ == "__main__":
    sys.exit(main())
