#!/usr/bin/env python3
"""Validate whole generated graphs with pySHACL, pyrudof and Jena where installed, and the compiled shapes, in one run.

Each engine runs in a process of its own, reading included, over the same data: the ontology, whose class tree the shapes
need, is put into those of pyrudof (PyPI: pyrudof) and Jena (Debian: libapache-jena-java), which take no other. Results of
pySHACL and ours must be equal, and those of the others as many.

usage: python bench/validate.py [--sizes 100000,1000000] [--engines compiled,pyshacl,rudof,jena]
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
from figures import figure
from generator import write_graph
from jena import command, installed

from entente.gate import Engine, load_shapes
from entente.index import ReferenceIndex, load_base
from entente.model import canonical_nquads
from entente.resources import folder, root
from entente.store.terms import from_quads

ENGINES = ("compiled", "pyshacl", "rudof", "jena")


def main() -> int:
    """Print seconds of CPU and peak memory by size and engine; 1 where results differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100000,1000000", help="numbers of triples, separated by commas")
    parser.add_argument("--engines", default=",".join(ENGINES), help="engines to run")
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        engine, file = given.run
        print(json.dumps(run(engine, Path(file))))
        return 0
    absent = {"rudof": importlib.util.find_spec("pyrudof") is None, "jena": not installed()}
    engines = [name for name in given.engines.split(",") if not absent.get(name)]
    equal = True
    print("triples    engine     seconds  peak MB  results")
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as temporary:
        for size in (int(word) for word in given.sizes.split(",")):
            file = Path(temporary) / f"{size}.ttl"
            write_graph(file, size, ReferenceIndex(load_base(root())))
            equal = compare(size, file, engines) and equal
    return 0 if equal else 1


def compare(size: int, file: Path, engines: Sequence[str]) -> bool:
    """Run the engines on a file, print what they took, and tell whether they agree."""
    found = {}
    for engine in engines:
        line = [sys.executable, __file__, "--run", engine, str(file)]
        found[engine] = json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE).stdout)
        one = found[engine]
        print(f"{size:<10} {engine:<10} {one['seconds']:7.1f} {one['megabytes']:8.0f}  {one['results']}", flush=True)
        ratio = one["seconds"] / found[engines[0]]["seconds"]
        figure(f"{engine}, {size} triples", one["seconds"], "CPU s", ratio=ratio, to=engines[0])
    ours = found.get("compiled")
    for engine in engines:
        if ours and engine != "compiled":
            print(f"{size:<10} ratio      {found[engine]['seconds'] / ours['seconds']:7.1f} x   {engine} to ours")
    equal = len({one["results"] for one in found.values()}) == 1
    equal = equal and len({one["digest"] for one in found.values() if "digest" in one}) <= 1
    if not equal:
        print(f"the engines differ at {size} triples", file=sys.stderr)
    return equal


def run(engine: str, file: Path) -> dict[str, object]:
    """Read and validate a file with one engine: CPU seconds, peak memory in MB, number and digests of results."""
    shapes = sorted(folder("shapes").glob("*.ttl"))
    tree = load_base(root()).graphs["ontology"]
    if engine == "rudof":
        return with_rudof(shapes, file, canonical_nquads(tree))
    if engine == "jena":
        return with_jena(shapes, file, canonical_nquads(tree))
    made = load_shapes(shapes, tree, Engine(engine))
    begin = time.process_time()
    report = made.validate_all(from_quads(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)))
    seconds = time.process_time() - begin
    full = {(v.focus, v.path, v.value, v.shape, v.component, v.severity) for v in report.violations}
    return taken(seconds, len(full)) | {"digest": digest(full)}


def with_rudof(shapes: Sequence[Path], file: Path, tree: str) -> dict[str, object]:
    """Validate with rudof; the tree is N-Triples that go into the data."""
    import pyrudof  # noqa: PLC0415 - not always installed

    classes = file.with_suffix(".tree.nt")
    classes.write_text(tree, encoding="utf-8")
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    begin = time.process_time()
    session.read_data(str(file), pyrudof.RDFFormat.Turtle)
    session.read_data(str(classes), pyrudof.RDFFormat.NTriples, merge=True)
    session.read_shacl("\n".join(path.read_text(encoding="utf-8") for path in shapes), pyrudof.ShaclFormat.Turtle)
    report = session.validate_shacl()
    return taken(time.process_time() - begin, len(report))


def with_jena(shapes: Sequence[Path], file: Path, tree: str) -> dict[str, object]:
    """Validate with Jena's command line, the start of Java included; the tree is put into the data, as for rudof."""
    rules, data = file.with_suffix(".shapes.ttl"), file.with_suffix(".jena.ttl")
    rules.write_text("\n".join(path.read_text(encoding="utf-8") for path in shapes), encoding="utf-8")
    data.write_text(f"{file.read_text(encoding='utf-8')}\n{tree}", encoding="utf-8")
    line = [*command("shacl.shacl_validate", file.parent), "--shapes", str(rules), "--data", str(data)]
    report = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken(used.ru_utime + used.ru_stime, report.count("sh:ValidationResult"), resource.RUSAGE_CHILDREN)


def taken(seconds: float, results: int, who: int = resource.RUSAGE_SELF) -> dict[str, object]:
    """Give what a run took."""
    peak = resource.getrusage(who).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": peak, "results": results}


def digest(rows: set[tuple[str | None, ...]]) -> str:
    """Give a digest of results."""
    return hashlib.sha256(json.dumps(sorted(rows, key=str)).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
