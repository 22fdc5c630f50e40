#!/usr/bin/env python3
"""Time ingest on synthetic articles: per article as the store grows, and end to end from text and from HTML to disk.

Every article is extracted, validated and stored by the real steps; nothing is loaded around them. CPU time of this process
is what the steps of one article cost, `merging` what the engine's own threads go on to spend on the files of it, `on disk`
what both come to where nothing is done but to put the same quads into the same store; beside it stands what an article
makes the writer read of the store, which is not to grow. The throughput is by the clock once the workers are up, beside
what the CPU time of all steps allows for two cores. `engine` is what the engine alone needs to put the same quads on disk:
nothing that ingest does can be faster. With `--compiled` the compiled steps are timed (scripts/compile.py);
`--batch` puts other numbers in at once at each size, and `memory` is the most that this process has held.

usage: python bench/ingest.py [--quick] [--sizes N ...] [--workers N] [--articles N] [--batch N] [--quads]
                       [--keep FOLDER] [--compiled]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox
from compiled import environment
from figures import figure
from synthetic import articles, page

from entente.cli.workbench import Workbench, open_steps
from entente.consensus import GraphSink, policy
from entente.gate import FolderQuarantine
from entente.ingest import Examiner, InProcess, Intake, Journal, Pool, article_versions
from entente.ingest.inputs import Inputs
from entente.ingest.intake import BATCH
from entente.model import Change, Quad, Store
from entente.model.iri import ARTICLE_GRAPHS
from entente.store import open_store
from entente.store.loading import nquads
from entente.store.oxigraph import OxigraphStore
from entente_loaders.pipeline import Finding, Item, Outcome, OutcomeKind, settle
from entente_loaders.sources import Kit, open_unknown

PROBE = 2 * BATCH
"""Articles that are timed at each size of the store; a quick run times an eighth of them."""
WARM = 128
"""Articles that are put in before the clock starts."""
AIMS = {"growth": 1.2, "articles": 250.0, "pages": 50.0}


class Place:
    """A store on disk with all that belongs to it."""

    def __init__(self, folder: Path, workbench: Workbench) -> None:
        self.store = open_store(str(folder / "store"))
        self.sink = GraphSink(self.store, workbench.index)
        self.sink.prepare(workbench.base.version, workbench.base.graphs)
        self.quarantine = FolderQuarantine(folder / "quarantine")
        self.journal = Journal(folder / "journal.sqlite")
        self.versions = article_versions("rules")

    def take(self, items: Iterable[Item], examiner: Examiner) -> Iterator[Outcome]:
        """Take articles in as `entente ingest` does."""
        return self.intake(examiner).take(items)

    def intake(self, examiner: Examiner) -> Intake:
        """Begin a run."""
        run = self.journal.begin(None)
        return Intake(self.store, self.journal, run, self.quarantine, self.versions, lambda: examiner, lambda: self.sink)

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()
        self.journal.close()


class Reads:
    """Counts what a store is asked while articles are put into it: look-ups, and what they find by predicate or graph."""

    def __init__(self, store: Store) -> None:
        self.asked = 0
        self.found = Counter[str]()
        ask = store.quads

        def quads(*pattern: Any, **more: Any) -> Iterator[Quad]:
            self.asked += 1
            predicate = pattern[1] if len(pattern) > 1 else None
            if predicate is not None:
                kind = predicate.rsplit("#", 1)[-1]
            else:
                kind = "graph" if str(more.get("graph")).startswith(ARTICLE_GRAPHS) else "node"
            quad = None
            for quad in ask(*pattern, **more):
                self.found["quads"] += 1
                self.found[kind] += kind != "graph"
                yield quad
            self.found["graph"] += kind == "graph" and quad is not None

        store.quads = quads  # type: ignore[method-assign]

    def each(self, number: int) -> str:
        """Spell the counts for so many articles."""
        names = (("quads", "quads"), ("graph", "articles"), ("identityKey", "accounts"), ("identityProfile", "profiles"))
        found = ", ".join(f"{self.found[kind] / number:.2f} {name}" for kind, name in (*names, ("text", "texts")))
        return f"{self.asked / number:.0f} look-ups find {found}"


def probe(place: Place, items: list[Item], workbench: Workbench, batch: int) -> tuple[float, float, float]:
    """CPU milliseconds per article of the steps before the store, of the store, and of the merging that goes on after it."""
    steps = workbench.steps()
    examined: list[tuple[Item, Finding]] = []
    start = time.process_time()
    for item in items:
        examined.append((item, steps.examine(item)))
    middle = time.process_time()
    for begin in range(0, len(examined), batch):
        settle(examined[begin : begin + batch], sink=place.sink, quarantine=place.quarantine)
    end = time.process_time()
    marks = (start, middle, end, at_rest())
    before, store, merging = ((last - first) / len(items) * 1000 for first, last in pairwise(marks))
    return before, store, merging


def on_disk(folder: Path, changes: list[Change], warm: int) -> float:
    """CPU milliseconds that the store at a folder needs for changes that are made already, all but the first `warm`."""
    store = open_store(str(folder))
    for change in changes[:warm]:
        store.apply(change)
    start = at_rest()
    for change in changes[warm:]:
        store.apply(change)
    spent = at_rest() - start
    store.close()
    return spent * 1000


def noted(store: Store) -> list[Change]:
    """A list that will hold whatever is put into a store from now on."""
    changes: list[Change] = []
    put = store.apply

    def apply(change: Change) -> None:
        changes.append(change)
        put(change)

    store.apply = apply  # type: ignore[method-assign]
    return changes


def at_rest() -> float:
    """Wait until the threads of the engine have nothing more to do, and give the CPU time of this process."""
    spent, last = time.process_time(), -1.0
    while spent - last > 0.02:
        last = spent
        time.sleep(1)
        spent = time.process_time()
    return spent


def fill(folder: Path, held: int, size: int, workbench: Workbench, workers: int) -> None:
    """Make a store of so many articles out of the one that holds fewer, as `entente ingest` would go on with it."""
    target, growing = folder / str(size), folder / "growing"
    shutil.rmtree(growing, ignore_errors=True)
    if held:
        copy(folder / str(held), growing)
    place, pool = Place(growing, workbench), Pool(partial(open_steps, "rules"), workers, start=0)
    taken = Counter(outcome.kind for outcome in place.take(islice(articles(size, workbench.index), held, size), pool))
    pool.close()
    place.close()
    assert taken.keys() == {OutcomeKind.ADDED}, taken
    growing.rename(target)


def copy(source: Path, target: Path) -> None:
    """Copy the store of a place, by hard links; what else belongs to a place begins anew."""
    target.mkdir()
    store = open_store(str(source / "store"))
    assert isinstance(store, OxigraphStore)
    store.backup(target / "store")
    store.close()


def grow(workbench: Workbench, sizes: list[int], number: int, workers: int, folder: Path, *, batch: int) -> float:
    """Print the cost of an article at each size, and give the ratio of the last to the first.

    The stores of all sizes stay in the folder, and are taken from there where they are. The articles that are timed go
    into a copy; the first ones are not counted, since the files are cold then, and the engine may have some left to merge.
    """
    totals: list[float] = []
    others: list[float] = []
    print(
        "store holds   examine     store   merging   together     ratio   on disk"
        "   CPU ms an article, and what is read for it",
        flush=True,
    )
    for held, size in pairwise([0, *sizes]):
        if not (folder / str(size)).exists():
            fill(folder, held, size, workbench, workers)
        with tempfile.TemporaryDirectory(prefix="probe-", dir=folder) as scratch:
            copy(folder / str(size), Path(scratch) / "copy")
            place = Place(Path(scratch) / "copy", workbench)
            changes = noted(place.store)
            source = islice(articles(size + WARM + number, workbench.index), size, None)
            probe(place, list(islice(source, WARM)), workbench, batch)
            warm, reads = len(changes), Reads(place.store)
            before, after, merging = probe(place, list(source), workbench, batch)
            place.close()
            copy(folder / str(size), Path(scratch) / "again")
            disk = on_disk(Path(scratch) / "again/store", changes, warm) / number
        totals.append(before + after + merging)
        others.append(totals[-1] - disk)
        figure(f"an article, {size} stored", totals[-1], "CPU ms", ratio=totals[-1] / totals[0], to=f"{sizes[0]} stored")
        print(
            f"{size:>11}   {before:7.1f}   {after:7.1f}   {merging:7.1f}    {totals[-1]:7.1f}"
            f"   {totals[-1] / totals[0]:7.2f}   {disk:7.1f}   {reads.each(number)}",
            flush=True,
        )
    rates = " and ".join(f"{2000 / total:.0f} at {size}" for size, total in zip(sizes, totals, strict=True))
    print(f"CPU time      allows so many articles/s on 2 cores: {rates}")
    print(f"but the disk  {others[-1] / others[0]:.2f} times from {sizes[0]} to {sizes[-1]} articles")
    figure("growth of all but putting quads on disk", others[-1] / others[0], "times")
    return totals[-1] / totals[0]


def kind_of(quad: Quad) -> str:
    """What kind of graph a quad is in."""
    if quad.graph is None:
        return "default"
    return "article" if quad.graph.startswith(ARTICLE_GRAPHS) else quad.graph.rsplit("/", 1)[-1]


def engine(workbench: Workbench, number: int, *, table: bool) -> None:
    """Print how many quads an article comes to, and what the engine alone needs for them by each way that it has."""
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder:
        place, steps = Place(Path(folder), workbench), workbench.steps()
        changes = noted(place.store)
        source = articles(number, workbench.index, seed=4)
        while items := list(islice(source, BATCH)):
            settle([(item, steps.examine(item)) for item in items], sink=place.sink, quarantine=place.quarantine)
        place.close()
    batches = [change.insert for change in changes]
    total = sum(map(len, batches))
    kinds = Counter(kind_of(quad) for batch in batches for quad in batch)
    counted = ", ".join(f"{kind} {n / number:.0f}" for kind, n in kinds.most_common())
    print(f"quads         {total / number:.0f} an article: {counted}")
    if table:
        print("              an article, by graph and predicate")
        for (kind, predicate), n in Counter((kind_of(q), q.predicate) for batch in batches for q in batch).most_common():
            print(f"{n / number:14.2f}  {kind:9}  {predicate}")
    print(f"engine        puts them on disk, {BATCH} articles at once:")
    texts = [nquads(batch) for batch in batches]
    for name, load in (("as files", ox.Store.bulk_load), ("in transactions", ox.Store.load)):
        with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder:
            store = ox.Store(folder)
            start = time.process_time()
            for text in texts:
                load(store, text, ox.RdfFormat.N_QUADS, lenient=True)
            seconds = time.process_time() - start
            each = f"{seconds / total * 1e6:.1f} microseconds a quad, {seconds / number * 1000:.1f} CPU ms an article"
            print(f"              {name}: {each}")
            figure(f"engine, {name}", seconds / total * 1e6, "CPU us a quad")
            del store


def throughput(
    read: Callable[[Intake], Iterable[Any]], workbench: Workbench, workers: int
) -> tuple[float, Counter[str], float]:
    """Articles per second of the clock from the input to the disk, what became of them, and this process's share of it.

    The clock starts when all workers are up and a first batch is in the store, for an hour's run starts them once, too; what
    that takes is printed apart.
    """
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder:
        place = Place(Path(folder), workbench)
        pool: Examiner = Pool(partial(open_steps, "rules"), workers, start=0) if workers > 1 else InProcess(workbench.steps)
        start = time.perf_counter()
        warm = Counter(outcome.kind for outcome in place.take(articles(WARM, workbench.index, seed=5), pool))
        assert warm.total() == WARM, warm
        seconds = time.perf_counter() - start
        print(f"start         {seconds:.1f} s until the workers are up and {WARM} articles are in the store")
        intake = place.intake(pool)
        start, busy = time.perf_counter(), time.process_time()
        kinds = Counter(str(outcome.kind) for outcome in intake.take(read(intake)))
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        pool.close()
        place.close()
    return kinds.total() / seconds, kinds, busy / seconds


def is_compiled() -> bool:
    """Whether the steps that run here are compiled ones."""
    return not str(policy.__file__).endswith(".py")


def run_compiled() -> NoReturn:
    """Run this bench anew with the compiled steps."""
    env = environment()
    if env is None:
        raise SystemExit(1)
    os.execve(sys.executable, [sys.executable, *sys.argv], env)


def main() -> int:
    """Print the figures beside their aims; the exit code is 1 if an aim of the throughput or the growth is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--sizes", type=int, nargs="+", help="articles in the store (default 1000 10000 100000)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (default 2)")
    parser.add_argument("--articles", type=int, help="articles for the throughput (default 3000)")
    parser.add_argument("--batch", type=int, default=BATCH, help=f"articles put in at once at each size (default {BATCH})")
    parser.add_argument("--quads", action="store_true", help="list the quads of an article by graph and predicate")
    parser.add_argument("--keep", type=Path, help="folder for the stores of each size, taken from there by a later run")
    parser.add_argument("--compiled", action="store_true", help="time the compiled steps, and compile them first")
    options = parser.parse_args()
    if options.compiled and not is_compiled():
        run_compiled()
    sizes = sorted(options.sizes or ([100, 400] if options.quick else [1_000, 10_000, 100_000]))
    number = options.articles or (200 if options.quick else 3_000)
    workbench = Workbench.open()
    steps = "compiled" if is_compiled() else "interpreted"
    print(f"machine       {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start; {steps} steps")

    reached: dict[str, float] = {}
    made = list(articles(number, workbench.index, seed=2))
    rate, kinds, busy = throughput(lambda _: made, workbench, options.workers)
    outcomes = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
    print(f"text          {rate:.0f} articles/s to disk with {options.workers} workers ({outcomes}); writer busy {busy:.0%}")
    reached["articles"] = rate
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder:
        for article in articles(max(100, number // 6), workbench.index, seed=3):
            (Path(folder) / f"{article.slug}.html").write_bytes(page(article))
        rate, kinds, busy = throughput(
            lambda intake: open_unknown([folder], None, {}, Kit(), Inputs(intake)), workbench, options.workers
        )
    print(f"HTML          {rate:.0f} pages/s to disk ({kinds.total()} pages); writer busy {busy:.0%}")
    reached["pages"] = rate
    engine(workbench, min(number, BATCH), table=options.quads)
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as scratch:
        kept = options.keep or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        number = PROBE // 8 if options.quick else PROBE
        reached["growth"] = grow(workbench, sizes, number, options.workers, kept, batch=options.batch)
    print(f"memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB at most in this process")
    print(f"growth        {reached['growth']:.2f} times from {sizes[0]} to {sizes[-1]} articles")
    for name, aim in AIMS.items():
        figure(name, reached[name], "times" if name == "growth" else "1/s", ratio=reached[name] / aim, to="aim")
        print(f"aim           {name} {'at most' if name == 'growth' else 'at least'} {aim:g}: {reached[name]:.2f}")
    met = reached["growth"] <= AIMS["growth"] and all(reached[name] >= AIMS[name] for name in ("articles", "pages"))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
