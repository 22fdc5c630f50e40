"""The index of lists of a store on disk: made behind everybody's back, told with its version, and there after a restart."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from entente.api import create_app
from entente.engine import FolderEngine
from entente.engine.indexing import Indexing
from entente.engine.snapshots import labels_of, snapshot, snapshots_of
from entente.model import Change, Iri, Literal, Quad
from entente.model.terms import ent, rdf, sem, xsd
from entente.query import load
from entente.store import OxigraphStore
from entente.store.search import MATCHES
from pipelines import tools

CATALOGUE = load(Path(__file__).parents[2] / "queries")


def event(number: int) -> list[Quad]:
    it = Iri(f"https://w3id.org/entente/id/exercise/e{number}")
    when = Iri(f"{it}/when")
    day = Literal(f"2023-07-{number:02}", xsd.date)
    return [
        Quad(it, rdf.type, ent.Event),
        Quad(it, ent.eventType, Iri("https://w3id.org/entente/vocab/event-type/exercise")),
        Quad(it, ent.mode, Iri("https://w3id.org/entente/vocab/mode/actual")),
        Quad(it, ent.when, when),
        Quad(when, sem.hasEarliestBeginTimeStamp, day),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = OxigraphStore(tmp_path / "store")
    store.apply(Change(insert=tuple(quad for number in range(1, 6) for quad in event(number))))
    store.close()
    return tmp_path / "store"


def awaited(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < deadline


def serving(engine: FolderEngine) -> TestClient:
    return TestClient(create_app(engine.store, tools().index, CATALOGUE, engine=engine))


def days(page: Any) -> list[str]:
    return [item["begin"][-2:] for item in page["items"]]


def test_lists_come_from_the_newest_index_and_tell_its_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = FolderEngine(folder, least=0)
    with serving(engine) as client:
        awaited(lambda: engine.lists is not None)
        first = client.get("/exercises?sort=-begin&limit=2")
        assert (days(first.json()), first.json()["total"], first.json()["version"]) == (["05", "04"], 5, engine.version)
        assert (
            client.get("/exercises?sort=-begin&limit=2", headers={"if-none-match": first.headers["etag"]}).status_code == 304
        )
        assert client.get("/events?type=exercise&from=2023-07-03").json()["total"] == 5
        assert client.get("/events?type=talks").json()["total"] == 0
        with monkeypatch.context() as patched:
            patched.setattr(Indexing, "renew", lambda _: None)
            engine.store.apply(Change(insert=tuple(event(9))))
        # The new index is not made yet: the list is that of before, and says so.
        former = client.get("/exercises?sort=-begin&limit=2")
        assert (days(former.json()), former.json()["version"]) == (
            ["05", "04"],
            1 if engine.version is None else engine.version - 1,
        )
        assert former.headers["entente-dataset-version"] == str(former.json()["version"])
        assert former.headers["etag"] != first.headers["etag"]
        engine.store.apply(Change(insert=tuple(event(10))))
        awaited(lambda: engine.lists is not None and engine.lists[0] == engine.version)
        later = client.get("/exercises?sort=-begin&limit=2").json()
        assert (days(later), later["total"], later["version"]) == (["10", "09"], 7, engine.version)
        following = client.get(later["next"]).json()
        assert days(following) == ["05", "04"]
    engine.close()
    kept = sorted(each.name for each in snapshots_of(folder).glob("snap-*"))
    assert [name.partition(".")[2] for name in kept] == ["labels", "lists"]
    again = FolderEngine(folder, least=0)
    again.index_lists(())
    assert again.lists is None
    again.close()
    monkeypatch.setattr(Indexing, "renew", lambda _: None)
    third = FolderEngine(folder, least=0)
    with serving(third) as client:
        # Nothing is made: what the run before left serves until it is.
        assert third.lists is not None
        assert days(client.get("/exercises?sort=-begin&limit=2").json()) == ["10", "09"]
    third.close()


def test_a_start_without_changes_goes_on_with_the_version_and_its_index(folder: Path) -> None:
    versions, made = [], []
    for _ in range(3):
        engine = FolderEngine(folder, least=0)
        with serving(engine) as client:
            awaited(lambda: engine.lists is not None and engine.lists[0] == engine.version)  # noqa: B023
            versions.append(engine.version)
            total = client.get("/exercises?sort=-begin&limit=2").json()["total"]
        engine.close()
        made.append({each.name: each.stat().st_mtime_ns for each in snapshots_of(folder).glob("snap-*")})
    assert (versions, total) == ([1, 1, 1], 5)
    assert made[0].keys() == {"snap-1.labels", "snap-1.lists"}
    assert made[0] == made[1] == made[2]
    store = OxigraphStore(folder)
    store.apply(Change(insert=tuple(event(9))))
    store.close()
    engine = FolderEngine(folder, least=0)
    assert engine.version == 2
    engine.close()


def test_a_small_dataset_has_no_index(folder: Path) -> None:
    engine = FolderEngine(folder)
    with serving(engine) as client:
        assert days(client.get("/exercises").json()) == ["01", "02", "03", "04", "05"]
    engine.close()
    assert not list(snapshots_of(folder).glob("*.lists"))


def search(client: TestClient) -> Any:
    return client.get("/search?q=exercise", headers={"accept": "application/json"})


def named(number: int, name: str) -> Quad:
    return Quad(Iri(f"https://w3id.org/entente/id/exercise/e{number}"), ent.name, Literal(name, lang="en"))


def test_a_search_does_not_wait_for_labels_that_are_being_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Indexing, "renew", lambda _: None)
    engine = FolderEngine(folder, least=0)
    with serving(engine) as client:
        refused = search(client)
        assert (refused.status_code, refused.json()["code"]) == (503, "ENTENTE-870")
        assert "retry-after" in refused.headers
        engine.store.apply(Change(insert=(named(1, "Exercise Alder"),)))
        read_labels(folder, engine)
        first = search(client)
        assert ([row["name"] for row in first.json()["items"]], first.json()["version"]) == (
            ["Exercise Alder"],
            engine.version,
        )
        assert client.get("/search?q=exercise", headers={"if-none-match": first.headers["etag"]}).status_code == 304
        former = engine.version
        engine.store.apply(Change(insert=(named(2, "Exercise Birch"),)))
        # The labels of now are not read: the search is that of before, and says so.
        later = search(client)
        assert (later.json()["total"], later.json()["version"]) == (1, former)
        assert later.headers["etag"] != first.headers["etag"]
        read_labels(folder, engine)
        found = client.get("/search?q=exercise", headers={"if-none-match": later.headers["etag"]})
        assert (found.status_code, found.json()["total"], found.json()["version"]) == (200, 2, engine.version)
    engine.close()


def read_labels(folder: Path, engine: FolderEngine) -> None:
    """Do what the process of the index does first."""
    newest = snapshot(snapshots_of(folder), engine.version or 0)
    OxigraphStore.read_only(newest, labels_of(newest)).ask(f'ASK {{ ?thing <{MATCHES}> "any" }}')


def test_nobody_waits_until_a_large_dataset_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Indexing, "renew", lambda _: None)
    engine = FolderEngine(folder, least=0)
    tasks: list[Callable[[], None]] = []
    monkeypatch.setattr(engine.background, "submit", lambda _, task: tasks.append(task))
    with serving(engine) as client:
        pages = {"accept": "text/html"}
        front = client.get("/", headers=pages)
        assert (front.status_code, "etag" in front.headers) == (200, False)
        assert "is being counted" in front.text
        for path in ("/schema", "/about", "/review"):
            refused = client.get(path, headers=pages)
            assert (refused.status_code, "ENTENTE-871" in refused.text) == (503, True), path
        assert client.get("/exercises").json()["total"] == 5
        for task in tasks:
            task()
        front = client.get("/", headers=pages)
        assert "is being counted" not in front.text
        assert "etag" in front.headers
        assert [client.get(path, headers=pages).status_code for path in ("/schema", "/about", "/review")] == [200] * 3
    engine.close()
