#!/usr/bin/env python3
"""Time the loading of generated graphs: our store on disk, rdflib in memory, the Oxigraph command line, and TDB2 of Jena.

All in one run; each peer where it is installed (PyPI: oxigraph; Debian: libapache-jena-java).

usage: python bench/load.py [--sizes 10000,100000]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import figure
from generator import write_graph
from jena import command, installed

from entente.index import ReferenceIndex, load_base
from entente.resources import root

_OURS = """
import sys
from pathlib import Path
from entente.model import Change
from entente.store import open_store, parse
store = open_store(sys.argv[2])
store.apply(Change(insert=tuple(parse(Path(sys.argv[1]).read_bytes(), "text/turtle"))))
store.close()
"""
_RDFLIB = "import sys, rdflib; rdflib.Graph().parse(sys.argv[1], format='turtle')"


def main() -> int:
    """Print seconds of the processor by size and loader, and how they grow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000", help="numbers of triples, separated by commas")
    sizes = [int(word) for word in parser.parse_args().sizes.split(",")]
    index = ReferenceIndex(load_base(root()))
    program = str(Path(sys.executable).with_name("oxigraph"))
    print("triples    loader      seconds   to ours")
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as temporary:
        for size in sizes:
            folder = Path(temporary) / str(size)
            folder.mkdir()
            file = folder / "graph.ttl"
            write_graph(file, size, index)
            commands = {
                "entente": [sys.executable, "-c", _OURS, str(file), str(folder / "ours")],
                "rdflib": [sys.executable, "-c", _RDFLIB, str(file)],
                "oxigraph": [program, "load", "--location", str(folder / "theirs"), "--file", str(file)],
            }
            if not Path(program).is_file():
                del commands["oxigraph"]
            if installed():
                loader = command("tdb2.tdbloader", Path(temporary))
                commands["jena tdb2"] = [*loader, "--loc", str(folder / "theirs-too"), str(file)]
            spent = {name: _run(line) for name, line in commands.items()}
            for name, seconds in spent.items():
                ratio = seconds / spent["entente"]
                print(f"{size:<11}{name:<12}{seconds:>7.2f}{ratio:>10.2f}")
                figure(f"{name}, {size} triples", seconds, "CPU s", ratio=ratio, to="entente")
    return 0


def _run(line: list[str]) -> float:
    """Seconds of the processor that a command line takes, its start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(line, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
