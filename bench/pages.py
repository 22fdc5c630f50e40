#!/usr/bin/env python3
"""Time every kind of page over HTTP, on the samples and on generated articles: p50 and p95 of first and of later requests.

The generated articles go through the whole pipeline until --made of them are there. Above that their statements are copied
with new names for all that is an article's own: the data has the right shape and size in seconds instead of hours. The line
`health` is what a request takes that reads next to nothing, and thus what the machine is worth at the time; `cpu` is what
the processes of the service spent on a later request, which other load does not change. What the service makes in the
background is waited for first. The second table is of the first requests after a change of the data.

usage: python bench/pages.py [--articles N] [--made N] [--each N] [--budget MS] [--store FOLDER]
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
from figures import figure
from peers import running
from rest import spent_by_children
from synthetic import articles, text_file

from entente.api.addresses import document_path
from entente.cli.workbench import Workbench
from entente.engine.snapshots import Published, is_large, lists_of, snapshot, snapshots_of
from entente.model.iri import BASE
from entente.model.terms import dcterms, ent, skos

_KINDS = {
    "state": ent.State,
    "exercise": ent.Exercise,
    "agreement": ent.Agreement,
    "event": ent.Event,
    "article": ent.Article,
    "claim": ent.Claim,
    "vessel": ent.Vessel,
    "force": ent.ArmedForces,
    "place": ent.Place,
    "series": ent.ExerciseSeries,
    "vocabulary": skos.ConceptScheme,
}
_FIXED = {
    "health": "/healthz",
    "home": "/",
    "pair of states": "/dyads/CHN-RUS",
    "events of a state": "/events?state=USA&sort=-begin",
    "pairs of a state": "/dyads?state=USA&sort=-events",
    "claims of a day on": "/claims?from=2020-01-01&sort=-confidence",
    "ontology": "/doc/ns",
    "graph": "/doc/graph/article/kentucky-001",
    "search": "/search?q=russia",
    "list of events": "/events",
    "list of exercises": "/exercises",
    "list of articles": "/articles",
    "list of states": "/states",
    "list of claims": "/claims",
    "list of agreements": "/agreements",
    "list of pairs": "/dyads",
    "list of series": "/series",
    "list of conflicts": "/conflicts",
    "list of forces": "/forces",
    "list of vessels": "/vessels",
    "list of places": "/places",
}
_NAME = re.compile(r"(?<=<)" + re.escape(BASE) + r"(?:id|graph)/[a-z-]+/[^/>#]+")
# What articles share stays one: pairs of states, and who publishes.
_SHARED = (f"{BASE}id/dyad/", f"{BASE}id/outlet/")
_TITLE = re.compile(rf'(<{re.escape(dcterms.title)}> "(?:[^"\\]|\\.)*)"')
# No text that is ingested has it: it is not a character.
_NUMBER = "\ufdd0"
_BUDGET = 150.0
_BATCH = 3_000_000
_TOKEN = "bench"
_COUNTING = "is being counted"
_LONGEST = 1800


def main() -> int:
    """Print a line for each kind of page; 1 where a p95 is above the budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200, help="generated articles beside the samples (200)")
    parser.add_argument("--made", type=int, default=200, help="how many of them the pipeline makes (200)")
    parser.add_argument("--each", type=int, default=20, help="pages of each kind (20)")
    parser.add_argument("--budget", type=float, default=_BUDGET, help="milliseconds that a p95 may take (150)")
    parser.add_argument("--store", type=Path, help="keep the store in this folder, and serve it as it is if it is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = arguments.store or Path(name) / "store"
        if not store.exists():
            # Only a whole one gets the name that is looked for.
            with tempfile.TemporaryDirectory(dir=store.absolute().parent) as beside:
                triples = fill(Path(beside) / "store", arguments.articles, min(arguments.made, arguments.articles))
                (Path(beside) / "store").rename(store)
            print(f"samples and {arguments.articles} generated articles, {triples} quads")
        kinds = paths_of(store, arguments.each)
        slow = []
        with serving(store) as port:
            waited = settle(port, store)
            print(f"the background was done after {waited:.0f} s")
            print(
                f"{'page':<24}{'pages':>6}{'first p50':>11}{'first p95':>11}{'again p50':>11}{'again p95':>11}{'cpu':>8}  ms"
            )
            for kind, paths in {**fixed_paths(port), **kinds}.items():
                first = [fetch(port, path)[0] for path in paths]
                before = spent_by_children()
                again = [fetch(port, path)[0] for path in paths for _ in range(3 if len(paths) > 1 else 20)]
                spent = (spent_by_children() - before) / len(again)
                points = [point(times, share) for times in (first, again) for share in (0.5, 0.95)]
                print(
                    f"{kind:<24}{len(paths):>6}" + "".join(f"{each:>11.1f}" for each in points) + f"{spent:>8.1f}",
                    flush=True,
                )
                figure(f"{kind}, first p95", points[1], "ms")
                figure(f"{kind}, again p95", points[3], "ms", ratio=points[3] / arguments.budget, to="budget")
                if points[3] > arguments.budget:
                    slow.append(kind)
            print(f"{'after a change':<24}{'':>6}{'first':>11}{'again':>11}  ms")
            change(port)
            for kind, [path] in fixed_paths(port).items():
                first, again = (fetch(port, path)[0] for _ in range(2))
                print(f"{kind:<24}{'':>6}{first:>11.1f}{again:>11.1f}", flush=True)
                figure(f"{kind}, after a change", first, "ms", ratio=first / arguments.budget, to="budget")
                if first > arguments.budget:
                    slow.append(f"{kind} after a change")
    print(f"p95 above {arguments.budget:g} ms: {', '.join(slow) or 'none'}")
    return int(bool(slow))


def fill(store: Path, wanted: int, made: int) -> int:
    """Ingest the samples and what the pipeline makes, copy until there are enough, and give the number of quads."""
    command = [sys.executable, "-m", "entente.cli", "-q", "--store", str(store), "ingest"]
    # What the gate refuses is not what is timed here.
    subprocess.run([*command, str(Path(__file__).resolve().parents[1] / "samples")], check=False, stdout=subprocess.DEVNULL)
    before = {name for line in _lines(store) for name in _NAME.findall(line)}
    with tempfile.TemporaryDirectory() as folder:
        for article in articles(made, Workbench.open().index):
            (Path(folder) / f"{article.slug}.txt").write_bytes(text_file(article))
        subprocess.run([*command, folder], check=False, stdout=subprocess.DEVNULL)
    rows = list(_lines(store))
    fresh = {name for line in rows for name in _NAME.findall(line) if not name.startswith(_SHARED)} - before
    rows = [line for line in rows if not fresh.isdisjoint(_NAME.findall(line))]
    opened = ox.Store(str(store))
    template = "".join(_numbered(rows, fresh))
    copies = range(1, -(-wanted // max(made, 1)))
    for begin in copies[:: (step := max(1, _BATCH // max(len(rows), 1)))]:
        batch = "".join(template.replace(_NUMBER, str(number)) for number in copies[begin - 1 : begin - 1 + step])
        opened.bulk_load(batch.encode(), format=ox.RdfFormat.N_QUADS)
    # As a store is that was written to for a long time.
    opened.optimize()
    return len(opened)


def _lines(store: Path) -> Iterator[str]:
    dumped = ox.Store.read_only(str(store)).dump(format=ox.RdfFormat.N_QUADS)
    yield from (f"{line}\n" for line in (dumped or b"").decode().split("\n") if line)


def _numbered(rows: Iterable[str], fresh: set[str]) -> Iterator[str]:
    """The statements with a place for a number behind each name that is an article's own, and behind its title."""

    def rename(match: re.Match[str]) -> str:
        return f"{match[0]}-copy{_NUMBER}" if match[0] in fresh else match[0]

    yield from (_TITLE.sub(rf'\1 ({_NUMBER})"', _NAME.sub(rename, row)) for row in rows)


def settle(port: int, store: Path) -> float:
    """Wait until what pages count is counted, and a large store has its index of lists; gives the seconds."""
    began = time.monotonic()
    for path in ("/", "/schema", "/about", "/review"):
        while not counted(port, path):
            time.sleep(1)
    snapshots = snapshots_of(store)
    newest = snapshot(snapshots, Published(snapshots).version)
    while is_large(newest) and not lists_of(newest).exists():
        time.sleep(1)
    return time.monotonic() - began


def counted(port: int, path: str) -> bool:
    """Whether what a page counts has been counted."""
    try:
        return _COUNTING not in fetch(port, path)[1]
    except RuntimeError as error:
        if "871" not in str(error):
            raise
        return False


def change(port: int) -> None:
    """Say a word about a state that no page shows."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LONGEST)
    update = f"INSERT DATA {{ <{BASE}id/state/RUS> <http://www.w3.org/2004/02/skos/core#changeNote> 'bench' }}"
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {_TOKEN}"}
    connection.request("POST", "/update", update, headers)
    answer = connection.getresponse()
    if answer.status >= 300:
        raise RuntimeError(f"/update: {answer.status} {answer.read()[:200]!r}")


def paths_of(store: Path, each: int) -> dict[str, list[str]]:
    """The documents of some things of each kind, those that most of 5,000 is said of among them."""
    opened = ox.Store.read_only(str(store))
    found = {}
    for kind, iri in _KINDS.items():
        first = f"SELECT ?s {{ ?s a {iri.n3()} }} ORDER BY ?s LIMIT {each // 2}"
        some = f"{{ SELECT ?s {{ ?s a {iri.n3()} }} LIMIT 5000 }}"
        most = f"SELECT ?s {{ {some} ?o ?p ?s }} GROUP BY ?s ORDER BY DESC(COUNT(*)) LIMIT {each - each // 2}"
        rows = [row for query in (first, most) for row in opened.query(query)]  # type: ignore[union-attr]
        paths = dict.fromkeys(document_path(row[0].value) for row in rows)  # type: ignore[index, union-attr]
        if names := [path for path in paths if path]:
            found[kind] = names
    most = f"SELECT ?d {{ ?e <{ent.dyad}> ?d }} GROUP BY ?d ORDER BY DESC(COUNT(*)) LIMIT {each // 2}"
    pairs = [row[0].value for row in opened.query(most)]  # type: ignore[index, union-attr]
    found["pair with most"] = [f"/dyads/{pair.rsplit('/', 1)[-1]}" for pair in pairs]
    return found


def fixed_paths(port: int) -> dict[str, list[str]]:
    """The pages that are there once, and those that the navigation of pages leads to."""
    found = dict(_FIXED)
    _, page = fetch(port, "/doc/ns")
    navigation = page.partition("<nav")[2].partition("</nav>")[0]
    for href in re.findall(r'href="([^"]+)"', navigation):
        found.setdefault(f"page {urlsplit(href).path}", urlsplit(href).path)
    return {name: [path] for name, path in found.items()}


def fetch(port: int, path: str) -> tuple[float, str]:
    """Get a page as a browser does, and give the milliseconds and the text; raises RuntimeError where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LONGEST)
    begin = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "text/html,*/*;q=0.8"})
    answer = connection.getresponse()
    text = answer.read().decode()
    spent = (time.perf_counter() - begin) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {text[:200]}")
    return spent, text


def point(times: list[float], share: float) -> float:
    """The time that a share of the requests kept within."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def serving(store: Path) -> AbstractContextManager[int]:
    """Serve the store at a free port, which is given, while the block runs."""
    limits = ["--parallel", "0", "--budget", "0", "--token-hash", hashlib.sha256(_TOKEN.encode()).hexdigest()]
    return running([sys.executable, "-m", "entente.cli", "-q", "--store", store, "serve", *limits, "--port"])


if __name__ == "__main__":
    sys.exit(main())
