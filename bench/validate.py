#!/usr/bin/env python3
"""Time whole-graph validation: our compiled shapes beside pySHACL, and pyrudof where it is installed, in one run.

usage: python bench/validate.py [--sizes 100000 1000000]

Each engine reads the same N-Triples and the same shapes in a process of its own; seconds are those of the processor, from
an empty process to the report, and memory is the process's peak. The results of ours and pySHACL must be equal; pyrudof's
are only counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from entente.resources import folder

_HERE = Path(__file__)
_Results = set[tuple[str, str, str]]


def _ours(data: Path) -> _Results:
    from entente.gate import load_shapes  # noqa: PLC0415 - each engine has a process of its own
    from entente.store import read_triples  # noqa: PLC0415

    report = load_shapes(sorted(folder("shapes").glob("*.ttl"))).validate(read_triples(data))
    # A path that is a blank node of the shapes has another name in each engine.
    return {(v.focus, "" if (v.path or "_:").startswith("_:") else str(v.path), v.component) for v in report.violations}


def _pyshacl(data: Path) -> _Results:
    import pyshacl  # noqa: PLC0415
    from rdflib import Graph, URIRef  # noqa: PLC0415
    from rdflib.namespace import SH  # noqa: PLC0415

    graph, shapes = Graph(), Graph()
    graph.parse(data, format="nt")
    for path in sorted(folder("shapes").glob("*.ttl")):
        shapes.parse(path, format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    assert isinstance(results, Graph)
    return {
        (
            str(results.value(result, SH.focusNode)),
            str(path) if isinstance(path := results.value(result, SH.resultPath), URIRef) else "",
            str(results.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        )
        for result in results.objects(None, SH.result)
    }


def _pyrudof(data: Path) -> _Results:
    import pyrudof  # noqa: PLC0415 - an engine that is measured where it is installed
    from rdflib import Graph  # noqa: PLC0415

    shapes = Graph()
    for path in sorted(folder("shapes").glob("*.ttl")):
        shapes.parse(path, format="turtle")
    rudof = pyrudof.Rudof()
    rudof.read_data(data, format=pyrudof.RDFFormat.NTriples)
    rudof.read_shacl(shapes.serialize(format="turtle"), format=pyrudof.ShaclFormat.Turtle)
    report = rudof.validate_shacl()
    return {(str(entry.focus_node), str(entry.path or ""), str(entry.constraint_component)) for entry in report.violations}


ENGINES: dict[str, Callable[[Path], _Results]] = {"ours": _ours, "pyshacl": _pyshacl, "pyrudof": _pyrudof}


def _measured(engine: str, data: Path) -> dict[str, object]:
    run = subprocess.run(
        [sys.executable, str(_HERE), "--engine", engine, "--data", str(data)], capture_output=True, text=True, check=False
    )
    if run.returncode:
        return {"error": run.stderr.strip().splitlines()[-1] if run.stderr.strip() else f"exit {run.returncode}"}
    measured: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return measured


def _engine(name: str, data: Path) -> None:
    begin = time.process_time()
    results = ENGINES[name](data)
    seconds = time.process_time() - begin
    digest = hashlib.sha256("\n".join(sorted(map("\t".join, results))).encode()).hexdigest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "results": len(results), "digest": digest}))


def main() -> int:
    """Print a table of sizes and engines; exit with 1 where results differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100_000, 1_000_000], help="triples to generate")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        _engine(options.engine, options.data)
        return 0
    from generator import originals, surroundings, write  # noqa: PLC0415

    from entente.index import ReferenceIndex, load_base  # noqa: PLC0415
    from entente.resources import root  # noqa: PLC0415

    index = ReferenceIndex(load_base(root()))
    deltas = originals(index)
    around = surroundings(deltas, index)
    engines = [name for name in ENGINES if name != "pyrudof" or find_spec("pyrudof")]
    same = True
    with tempfile.TemporaryDirectory() as place:
        for size in options.sizes:
            data = Path(place) / f"{size}.nt"
            print(f"{write(data, deltas, around, size)} triples")
            found = {name: _measured(name, data) for name in engines}
            for name, one in found.items():
                if "error" in one:
                    print(f"  {name:<8} failed: {one['error']}")
                else:
                    print(f"  {name:<8} {one['seconds']:8.1f} s {one['megabytes']:8.0f} MB {one['results']:6} results")
            ours, reference = found["ours"], found["pyshacl"]
            if "error" in ours or ours.get("digest") != reference.get("digest"):
                print("  the results of ours and pySHACL differ", file=sys.stderr)
                same = False
            else:
                ratio = float(str(reference["seconds"])) / float(str(ours["seconds"]))
                print(f"  ours is {ratio:.1f} times faster than pySHACL")
            data.unlink()
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
