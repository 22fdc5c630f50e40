#!/usr/bin/env python3
"""How many web pages a second are read and examined, on one core and by worker processes, and what handing over costs.

    python bench/sources.py [--pages N] [--workers N]

Pages are made here, each an article of 120 to 360 words within the furniture of a newspaper's page. The cost of a step is
CPU time of this process; pages a second are by the clock, from files on disk to checked graphs in this process, no store.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from figures import figure
from synthetic import articles, page

from entente.cli.workbench import Workbench, open_steps
from entente.ingest import Examiner, InProcess, Pool
from entente.ingest.parcels import pack, unpack
from entente.model import Article
from entente_loaders.pipeline import Item
from entente_loaders.sources.fields import Fields
from entente_loaders.sources.page import read_page, unread_page

AIM = 50.0
_T = TypeVar("_T")


def measured(work: Callable[[], _T]) -> tuple[_T, float]:
    """What the work gives, and the CPU milliseconds that it takes."""
    start = time.process_time()
    found = work()
    return found, (time.process_time() - start) * 1000


def through(examiner: Examiner, files: Iterable[Path], number: int) -> tuple[float, float]:
    """Pages per second of the clock from file to checked graph, and CPU milliseconds of this process for a page."""
    stream = examiner.read(unread_page(file.read_bytes(), str(file)) for file in files)
    planned = (each for each in stream if isinstance(each, Item))
    found = examiner.examine(planned)
    first = [next(found) for _ in range(16)]  # the workers are up before the clock runs
    start, busy = time.perf_counter(), time.process_time()
    done = sum(1 for each in found if isinstance(each, tuple) and each[1].report is not None and each[1].report.passed)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    assert done + len(first) >= 0.95 * number, f"only {done} of {number} pages became graphs"
    return done / seconds, busy / done * 1000


def main() -> int:
    """Print the figures; the exit code is 1 if the aim for two workers is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400, help="pages that go through the workers (default 400)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (default 2)")
    options = parser.parse_args()
    workbench = Workbench.open()
    steps = workbench.steps()
    given = list(articles(options.pages, workbench.index, seed=4))
    pages = [page(article) for article in given]
    some = pages[: min(60, len(pages))]
    for bulk in (False, True):
        read_page(pages[0], "warm-up", bulk=bulk)
    steps.examine(given[0])

    print(f"machine      {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; CPU milliseconds each:")
    size = sum(map(len, some)) / len(some)
    read, plain = measured(lambda: [read_page(data, "page") for data in some])
    _, bulk_ = measured(lambda: [read_page(data, "page", bulk=True) for data in some])
    findings, examining = measured(lambda: [steps.examine(article) for article in read])
    packed, packing = measured(lambda: [pack(found) for found in findings])
    _, unpacking = measured(lambda: [unpack(data) for data in packed])
    handing = pickle.dumps([unread_page(data, "page") for data in some], pickle.HIGHEST_PROTOCOL)
    _, sending = measured(lambda: pickle.loads(handing))
    count = len(some)
    words = sum(len(article.content.split()) for article in read) / count
    for name, spent in (("page", plain), ("page, bulk", bulk_), ("examining", examining)):
        figure(name, spent / count, "CPU ms", ratio=spent / plain, to="page")
    print(f"page         {plain / count:6.2f}   {size / 1000:.0f} kB, {words:.0f} words of them the article (trafilatura)")
    print(f"page, bulk   {bulk_ / count:6.2f}   resiliparse, {plain / bulk_:.1f} times as fast")
    print(f"examining    {examining / count:6.2f}")
    over = (packing + unpacking + sending) / count
    share = over / ((plain + examining) / count + over)
    print(f"handing over {over:6.2f}   {sum(map(len, packed)) / count / 1000:.0f} kB a finding; {share:.1%} of all")
    _print_lines()

    with tempfile.TemporaryDirectory(prefix="entente-bench-") as name:
        files = []
        for number, data in enumerate(pages):
            files.append(Path(name) / f"{number:05}.html")
            files[-1].write_bytes(data)
        alone, _ = through(InProcess(lambda: steps), files[: len(files) // 2], len(files) // 2)
        rates = {}
        for workers in dict.fromkeys((1, options.workers)):
            pool = Pool(partial(open_steps, "rules"), workers, start=0)
            rates[workers], busy = through(pool, files, len(files))
            pool.close()
            figure(f"pages with {workers} workers", rates[workers], "1/s", ratio=rates[workers] / AIM, to="aim")
            print(f"workers {workers}    {rates[workers]:6.0f} pages/s; this process busy {busy:.2f} ms a page")
    print(f"in process   {alone:6.0f} pages/s")
    cost = (plain + examining + packing + sending) / count + busy
    print(f"by CPU time  {options.workers * 1000 / cost:6.0f} pages/s on {options.workers} cores that do nothing else")
    print(f"ratio        {rates[options.workers] / rates[1]:6.2f} times as fast with {options.workers} workers as with one")
    print(f"aim          at least {AIM:.0f} pages/s with two workers: {rates[options.workers]:.0f}")
    return 0 if rates[options.workers] >= AIM else 1


def _print_lines() -> None:
    """What a line of JSON costs."""
    text = "The two ministries said that talks on trade had been held. " * 40
    lines = [json.dumps({"title": "T", "maintext": f"{n} {text}", "url": f"https://x.example/{n}"}) for n in range(2000)]
    fields = Fields({})
    found, each = measured(lambda: [fields.article(json.loads(line), "x", "y") for line in lines])
    assert all(isinstance(article, Article) for article in chain(found))
    figure("line of JSON", each / len(lines), "CPU ms")
    print(f"line of JSON {each / len(lines):6.2f}")


if __name__ == "__main__":
    sys.exit(main())
