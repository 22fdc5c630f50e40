"""Refused articles that are tried again or dropped from the page of what waits for people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from entente.api import Settings, create_app
from entente.gate import FolderQuarantine
from entente.ingest import Journal
from entente.ingest.entries import Entry
from entente.model import Delta, Iri, Store, Triple
from entente.model.iri import graph
from entente.model.terms import ent, rdf
from entente.query import load
from entente.store import open_store
from entente_loaders.pipeline import OutcomeKind
from entente_loaders.sources.files import parse
from pipelines import tools

ROOT = Path(__file__).parents[2]
TOKEN = "reviewers"
HEADERS = {"authorization": f"Bearer {TOKEN}"}
BROWSER = {"accept": "text/html"}
GAP = Iri("https://w3id.org/entente/id/article/gap")


@pytest.fixture
def world() -> Iterator[Store]:
    with closing(open_store("memory:")) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    quarantine = FolderQuarantine(tmp_path / "quarantine")
    empty = Delta(GAP, "gap", "gap.txt", graph("article", "gap"), (Triple(GAP, rdf.type, ent.Article),), ())
    report = tools().gate.check(empty.triples)
    quarantine.hold(empty, report, None)
    text = (ROOT / "samples" / "interaction-001.txt").read_bytes()
    sample = Delta(GAP, "interaction-001", "interaction-001.txt", graph("article", "interaction-001"), empty.triples, ())
    quarantine.hold(sample, report, parse(text, "interaction-001.txt"))
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        run = journal.begin(None)
        journal.record(Entry(name, "i", "v", None, OutcomeKind.REFUSED, None, 0, 0, 0, run.id) for name in NAMES)
    hashes = (hashlib.sha256(TOKEN.encode()).hexdigest(),)
    return Settings(token_hashes=hashes, quarantine=quarantine, journal=tmp_path / "journal.sqlite")


NAMES = ("gap", "interaction-001")


def noted(settings: Settings) -> set[str]:
    with closing(Journal(settings.journal)) as journal:
        return set(journal.entries(NAMES))


def test_refused_articles_are_tried_again_and_dropped(world: Store, settings: Settings) -> None:
    with TestClient(create_app(world, tools().index, load(ROOT / "queries"), settings)) as client:
        page = client.get("/review", headers=BROWSER).text
        assert page.count('class="held line"') == 2
        assert client.post("/quarantine/gap").status_code == client.delete("/quarantine/gap").status_code == 401
        again = client.post("/quarantine/gap", headers=HEADERS)
        assert (again.status_code, again.json().get("outcome")) == (200, "refused"), again.text
        assert "Give the article exactly one text, which is not empty." in again.json()["reasons"]
        assert noted(settings) == set(NAMES)
        taken = client.post("/quarantine/interaction-001", headers=HEADERS)
        assert taken.json() == {"name": "interaction-001", "outcome": "added", "reasons": []}
        assert noted(settings) == {"gap"}
        assert any(world.quads(graph=graph("article", "interaction-001")))
        assert client.get("/articles/interaction-001").status_code == 200
        assert client.delete("/quarantine/gap", headers=HEADERS).status_code == 204
        assert noted(settings) == set()
        assert "Nothing is in quarantine." in client.get("/review", headers=BROWSER).text
        for method in (client.post, client.delete):
            gone = method("/quarantine/gap", headers=HEADERS)
            assert (gone.status_code, gone.json()["code"]) == (404, "ENTENTE-117")


def test_a_service_without_tokens_lets_nobody_decide(world: Store, settings: Settings) -> None:
    closed = Settings(quarantine=settings.quarantine)
    with TestClient(create_app(world, tools().index, load(ROOT / "queries"), closed)) as client:
        refused = client.delete("/quarantine/gap", headers=HEADERS)
        assert (refused.status_code, refused.json()["code"]) == (403, "ENTENTE-335")
        assert 'class="held line"' not in client.get("/review", headers=BROWSER).text
    assert settings.quarantine is not None
    assert "gap" in settings.quarantine
