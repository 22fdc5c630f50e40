"""The journal: what it lets be passed over, and what it must not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from entente.errors import ArticleError, StoreError
from entente.gate import FolderQuarantine
from entente.ingest import InProcess, Intake, Journal
from entente.ingest.entries import Entry
from entente.ingest.examiners import Result, Task
from entente.model import Article, Change, Delta, Held, Iri, Quad, Sink, Store, Triple
from entente.model.iri import entity, graph
from entente.model.terms import rdfs
from entente.store import open_store
from entente_loaders.pipeline import Item, OutcomeKind, Steps
from entente_loaders.sources import Unread
from faulty import steps

ENTRY = Entry("a", "input", "rules:1", "graph", OutcomeKind.ADDED, None, 1, 2, 3, 1)


class Plain:
    """A sink that only keeps the graphs, and fails when it is told to."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.fails = False

    def held(self, delta: Delta) -> Held:
        found = {quad.triple for quad in self.store.quads(graph=delta.graph)}
        return Held.NOTHING if not found else Held.SAME if found == set(delta.triples) else Held.OTHER

    def put(self, delta: Delta) -> None:
        self.put_all([delta])

    def put_all(self, deltas: object) -> None:
        if self.fails:
            raise StoreError(505, "the disk is full")
        for delta in deltas:  # type: ignore[attr-defined]
            old = tuple(self.store.quads(graph=delta.graph))
            self.store.apply(Change(old, tuple(Quad(*triple, delta.graph) for triple in delta.triples)))


class Bench:
    """A store, a journal and what stands between them."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store("memory:")
        self.sink = Plain(self.store)
        self.journal = Journal(folder / "journal.sqlite")
        self.quarantine = FolderQuarantine(folder / "quarantine")
        self.examined: list[str] = []
        self.made = steps(folder / "none")()

    def take(self, *items: Item | ArticleError, versions: str = "rules:1", resumed: bool = False) -> list[OutcomeKind]:
        run = self.journal.interrupted() if resumed else self.journal.begin({"paths": []})
        assert run is not None
        bench = self

        class Noting(InProcess):
            def perform(self, task: Task) -> Result:
                assert not isinstance(task, Unread)
                bench.examined.append(task.slug)
                return super().perform(task)

        def sink() -> Sink:
            return self.sink

        def make() -> Steps:
            return self.made

        intake = Intake(
            self.store, self.journal, run, self.quarantine, versions, lambda: Noting(make), sink, resumed=resumed
        )
        return [outcome.kind for outcome in intake.take(items)]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def article(slug: str, text: str = "Nothing happened today in any of the capitals.") -> Article:
    return Article(slug, f"A headline of the day\n{text}\n".encode(), f"{slug}.txt")


def test_what_is_unchanged_is_not_examined_again(bench: Bench) -> None:
    items = [article("a"), article("b"), ArticleError(208, "c.txt: cannot be read"), article("d", "\x00" * 9)]
    assert bench.take(*items) == ["added", "added", "failed", "failed"]
    bench.examined.clear()
    assert bench.take(*items) == ["unchanged", "unchanged", "failed", "failed"]
    assert bench.examined == []


def test_a_change_of_text_metadata_or_versions_is_examined(bench: Bench) -> None:
    first = article("a")
    bench.take(first)
    for changed, versions in (
        (article("a", "Something happened today."), "rules:1"),
        (replace(first, published="2023-01-01"), "rules:1"),
        (first, "rules:2"),
    ):
        bench.examined.clear()
        assert bench.take(changed, versions=versions) in (["replaced"], ["unchanged"])
        assert bench.examined == ["a"]
    bench.examined.clear()
    assert bench.take(replace(first, origin="elsewhere.txt"), versions="rules:2") == ["unchanged"]
    assert bench.examined == []


def test_a_graph_that_the_store_lost_is_made_again(bench: Bench) -> None:
    bench.take(article("a"), article("b"))
    bench.store.apply(Change(remove=tuple(bench.store.quads(graph=graph("article", "a")))))
    bench.examined.clear()
    assert bench.take(article("a"), article("b")) == ["added", "unchanged"]
    assert bench.examined == ["a"]


def test_a_store_that_fails_leaves_no_entry_behind(bench: Bench) -> None:
    bench.take(article("a"))
    bench.sink.fails = True
    with pytest.raises(StoreError):
        bench.take(article("a", "Something else happened."), article("b"))
    assert bench.journal.entries(["a", "b"]) == {}
    bench.sink.fails = False
    assert bench.take(article("a"), article("b")) == ["unchanged", "added"]


def test_one_article_twice_in_a_run_ends_as_the_later(bench: Bench) -> None:
    assert bench.take(article("a"), article("b"), article("a", "Something else happened.")) == ["added", "added", "replaced"]


def test_what_was_refused_stays_refused_as_long_as_it_is_held(bench: Bench) -> None:
    made = Delta(entity("article", "a"), "a", "a.ttl", graph("article", "a"), ())
    assert bench.take(made) == ["refused"]
    assert bench.quarantine.get("a").item() == made
    bench.examined.clear()
    assert bench.take(made) == ["refused"]
    assert bench.examined == []
    bench.quarantine.release("a")
    assert bench.take(made) == ["refused"]
    assert bench.examined == ["a"]


def test_the_quarantine_is_reconsidered_when_versions_change(bench: Bench) -> None:
    bench.take(Delta(entity("article", "a"), "a", "a.ttl", graph("article", "a"), ()))
    run = bench.journal.begin(None)

    def reconsidered(versions: str) -> list[str | None]:
        examiner = InProcess(lambda: bench.made)
        intake = Intake(bench.store, bench.journal, run, bench.quarantine, versions, lambda: examiner, lambda: bench.sink)
        return [outcome.slug for outcome in intake.reconsider(bench.quarantine)]

    assert reconsidered("rules:1") == []
    assert reconsidered("llm 7:2") == []
    assert reconsidered("rules:2") == ["a"]
    assert reconsidered("rules:2") == []


def test_a_resumed_run_counts_what_it_had_settled_as_it_did(bench: Bench) -> None:
    items = [article("a"), Delta(entity("article", "b"), "b", "b.ttl", graph("article", "b"), ())]
    assert bench.take(*items) == ["added", "refused"]
    bench.quarantine.release("b")
    bench.examined.clear()
    assert bench.take(*items, article("c"), resumed=True) == ["added", "refused", "added"]
    assert bench.examined == ["c"]


def test_a_delta_of_a_source_is_journalled_by_its_graph(bench: Bench) -> None:
    node = entity("article", "d")

    def made(label: str) -> Delta:
        return Delta(node, "d", "d.ttl", graph("article", "d"), (Triple(node, rdfs.label, Iri(f"urn:{label}")),))

    assert bench.take(made("x")) == ["added"]
    assert bench.take(made("x")) == ["unchanged"]
    assert bench.take(made("y")) == ["replaced"]


def test_runs_and_marks_are_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite")
    assert journal.interrupted() is None
    run = journal.begin({"paths": ["x"]})
    journal.end(journal.begin(None))
    assert journal.interrupted() == run
    journal.end(run)
    journal.set_mark("graph", "1")
    journal.record([ENTRY])
    journal.close()
    again = Journal(tmp_path / "j.sqlite")
    assert again.interrupted() is None
    assert again.mark("graph") == "1"
    assert again.mark("other") is None
    assert again.entries(["a", "b"]) == {"a": ENTRY}
    again.close()


@pytest.mark.parametrize("content", [b"no database at all, just words" * 100, None])
def test_a_broken_journal_is_named_with_the_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "j.sqlite"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Journal(path)
    assert caught.value.code == "ENTENTE-510"
    assert str(path) in str(caught.value)
    assert "delete it" in str(caught.value)
