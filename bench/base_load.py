"""Time the loading of ontology, vocabularies and reference data into a fresh store on disk, and print the times.

Run it as `python bench/base_load.py [repeats]`; what is timed is what the first `entente ingest` does before any article.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from figures import figure

from entente.consensus import GraphSink
from entente.index import ReferenceIndex, load_base
from entente.resources import root
from entente.store import open_store

__all__ = ["load_once"]

BUDGET = 3.0
"""Seconds that the load may take on two cores."""


def load_once(folder: Path) -> tuple[float, float, float, int]:
    """Load everything into a store in an empty folder: seconds to read the files, in all, of the processor, and quads."""
    start, busy = time.perf_counter(), time.process_time()
    base = load_base(root())
    index = ReferenceIndex(base)
    read = time.perf_counter() - start
    store = open_store(str(folder))
    GraphSink(store, index).prepare(base.version, base.graphs)
    quads = len(store)
    store.close()
    return read, time.perf_counter() - start, time.process_time() - busy, quads


def main() -> int:
    """Print what was loaded and how long it took; the exit code is 1 when the fastest run exceeds the budget."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    runs = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder:
            runs.append(load_once(Path(folder) / "store"))
    totals = [total for _, total, _, _ in runs]
    fastest = min(totals)
    print(f"quads stored  {runs[0][3]}")
    print(f"reading       {min(read for read, _, _, _ in runs):.2f} s")
    print(f"all           {fastest:.2f} s fastest of {repeats}, {statistics.median(totals):.2f} s median")
    processor = min(busy for _, _, busy, _ in runs)
    print(f"processor     {processor:.2f} s")
    print(f"budget        {BUDGET:.2f} s")
    print(f"machine       {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    figure("quads stored", runs[0][3], "quads")
    figure("fastest load", fastest, "s", ratio=fastest / BUDGET, to="budget")
    figure("processor", processor, "CPU s")
    return 0 if fastest < BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
