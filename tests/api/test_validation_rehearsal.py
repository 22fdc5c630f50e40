"""Dry-run ingest: what it foretells is what then happens, and until then nothing has happened."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from commands import run
from entente import resources
from entente.api import Settings, create_app
from entente.api.validation import ValidationLimits
from entente.gate.workers import Limits
from entente.index import ReferenceIndex, load_base
from entente.model import Quad
from entente.query import load
from entente.store import open_store

ROOT = Path(__file__).parents[2]
SAMPLES = resources.folder("samples")
FIRST, SECOND = (SAMPLES / f"interaction-00{n}.txt" for n in (1, 2))
TEXT = {"content-type": "text/plain"}


def quads(location: Path) -> set[Quad]:
    store = open_store(str(location))
    try:
        return set(store.quads())
    finally:
        store.close()


def facts(statements: set[Quad]) -> set[str]:
    return {f"{quad.n3()} ." for quad in statements if quad.graph is None}


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("dry") / "store"
    run(store, "ingest", str(FIRST))
    # the service holds the one, the command line changes the other
    shutil.copytree(store, store.with_name("copy"))
    return store


@pytest.fixture(scope="module")
def client(location: Path) -> Iterator[TestClient]:
    store = open_store(str(location))
    base = load_base(ROOT)
    limits = ValidationLimits(article_bytes=20_000, work=Limits(seconds=60))
    app = create_app(store, ReferenceIndex(base), load(ROOT / "queries"), Settings(validation=limits))
    before = set(store.quads())
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made
    assert set(store.quads()) == before
    store.close()


def foretell(client: TestClient, content: bytes | str, headers: dict[str, str]) -> Any:
    response = client.post("/ingest?dry-run=true", content=content, headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


def as_json(path: Path) -> str:
    """A text with front matter as JSON."""
    _, header, text = path.read_text("utf-8").split("---\n", 2)
    return json.dumps({**dict(line.split(": ", 1) for line in header.splitlines()), "text": text})


def test_what_is_foretold_is_what_happens(client: TestClient, location: Path) -> None:
    foretold = foretell(client, as_json(SECOND), {"content-type": "application/json"})
    assert (foretold["article"], foretold["passed"]) == ("interaction-002", True)
    store = location.with_name("copy")
    before = quads(store)
    shown = run(store, "ingest", "--dry-run", str(SECOND)).stdout
    assert quads(store) == before
    run(store, "ingest", str(SECOND))
    after = quads(store)
    added, removed = facts(after - before), facts(before - after)
    assert (set(foretold["facts_added"]), set(foretold["facts_removed"])) == (added, removed)
    assert added
    assert f"facts      {len(added)} would be added, {len(removed)} removed" in shown
    changed = {answer["question"]: answer for answer in foretold["answers"]}
    assert changed["joint-exercises-of-dyad"]["gained"]
    for name, answer in changed.items():
        assert f"  {name}: {len(answer['gained'])} rows more, {len(answer['lost'])} rows fewer" in shown
    assert f"answers    {len(changed)} competency questions" in shown


def test_an_article_that_is_there_changes_nothing(client: TestClient) -> None:
    again = foretell(client, FIRST.read_bytes(), TEXT)
    assert (again["facts_added"], again["facts_removed"], again["answers"]) == ([], [], [])


@pytest.mark.parametrize(
    ("path", "media_type", "body", "expected"),
    [
        ("/ingest", "text/plain", "x", (403, "ENTENTE-424")),
        ("/ingest?dry-run=true", "text/html", "x", (415, "ENTENTE-182")),
        ("/ingest?dry-run=true", "text/plain", "x" * 20_001, (413, "ENTENTE-334")),
        ("/ingest?dry-run=true", "text/plain", "", (422, "ENTENTE-202")),
        ("/ingest?dry-run=true", "application/json", "{", (400, "ENTENTE-183")),
        ("/ingest?dry-run=true", "application/json", "[" * 19_000, (400, "ENTENTE-183")),
        ("/ingest?dry-run=true", "application/json", "{}", (400, "ENTENTE-183")),
        ("/ingest?dry-run=true", "application/json", '{"text": "x", "no": "y"}', (400, "ENTENTE-183")),
        ("/ingest?dry-run=true", "application/json", '{"text": "x", "title": "a\\nid: b"}', (400, "ENTENTE-183")),
    ],
)
def test_what_is_wrong_with_a_request_is_said(
    client: TestClient, path: str, media_type: str, body: str, expected: tuple[int, str]
) -> None:
    response = client.post(path, content=body, headers={"content-type": media_type})
    assert (response.status_code, response.json().get("code")) == expected, response.text
