"""What is sent to pages: RDF to validate, and decisions of reviewers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from entente.api import Settings, create_app
from entente.consensus import Book, Queue
from entente.gate import FolderQuarantine
from entente.model import Delta, Iri, Store, Triple
from entente.model.terms import ent, rdf
from entente.query import load
from entente.store import open_store
from pipelines import ingested, tools
from web.markup import Page

ROOT = Path(__file__).parents[2]
TOKEN = "let-me-decide"
BROWSER = {"accept": "text/html"}
GAPS = "@prefix ent: <https://w3id.org/entente/ns#> .\n\n<https://w3id.org/entente/id/article/x> a ent:Article .\n"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    world = open_store("memory:")
    with TestClient(create_app(world, tools().index, load(ROOT / "queries")), raise_server_exceptions=False) as made:
        yield made
    world.close()


def send(client: TestClient, text: str = "", file: tuple[str, bytes] | None = None, **more: str) -> tuple[int, Page]:
    fields = {"text": text, "type": "text/turtle", "profile": "core", **more}
    # A browser sends an empty file where none is chosen.
    answer = client.post("/validate/page", data=fields, files={"file": file or ("", b"")}, headers=BROWSER)
    return answer.status_code, Page(answer.text)


def test_findings_stand_beside_their_lines(client: TestClient) -> None:
    status, page = send(client, GAPS.replace("\n", "\r\n"))
    assert status == 200
    assert "It does not fit the shapes" in page.text
    assert [item.get("class") for item in page.all("li") if item.get("id", "").startswith("line-")][2] == "Violation"
    assert {"href": "#line-3"} in page.all("a")
    assert "Give the article exactly one text" in page.text


def test_a_file_goes_before_the_text(client: TestClient) -> None:
    nt = b"<https://w3id.org/entente/id/article/y> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    nt += b"<https://w3id.org/entente/ns#Article> .\n"
    status, page = send(client, GAPS, ("y.NT", nt))
    assert (status, "article/y" in page.text, "article/x" in page.text) == (200, True, False)


@pytest.mark.parametrize(
    ("text", "file", "code"),
    [
        ("no rdf <script>", None, "ENTENTE-112"),
        ("", ("x.ttl", b"\xff\xfe"), "ENTENTE-842"),
        ("# nothing\n", None, "ENTENTE-423"),
    ],
)
def test_what_cannot_be_validated_is_told_on_the_page(
    client: TestClient, text: str, file: tuple[str, bytes] | None, code: str
) -> None:
    status, page = send(client, text, file)
    assert 400 <= status < 500
    assert code in page.text
    assert all("src" in script or script["type"].endswith("json") for script in page.all("script"))


def test_other_forms_are_refused(client: TestClient) -> None:
    refused = client.post("/validate/page", content=b"x", headers={"content-type": "text/plain"})
    assert (refused.status_code, refused.json()["code"]) == (400, "ENTENTE-841")


def settings() -> Settings:
    return Settings(token_hashes=(hashlib.sha256(TOKEN.encode()).hexdigest(),))


@pytest.fixture
def store() -> Store:
    names = ("interaction-001", "interaction-002", "interaction-003", "interaction-004")
    return ingested(*(ROOT / "samples" / f"{name}.txt" for name in names))


def test_a_link_is_decided_with_a_token_only(store: Store) -> None:
    link = next(item for item in Queue(store).links() if item.state == "automatic")
    said = {"id": link.iri, "verdict": "rejected", "by": "A. Reviewer", "why": "two days apart"}
    headers = {"authorization": f"Bearer {TOKEN}"}
    with TestClient(create_app(store, tools().index, load(ROOT / "queries"), settings())) as client:
        assert link.iri in client.get("/review", headers=BROWSER).text
        assert client.post("/review", json=said).status_code == 401
        assert client.post("/review", json=said, headers={"authorization": "Bearer other"}).status_code == 401
        assert client.post("/review", json={**said, "verdict": "new"}, headers=headers).json()["code"] == "ENTENTE-844"
        missing = client.post("/review", json={**said, "id": "account-link/none"}, headers=headers)
        assert (missing.status_code, missing.json()["code"]) == (404, "ENTENTE-843")
        assert Queue(store).item(link.iri) == link
        assert client.post("/review", json=said, headers=headers).status_code == 204
        assert link.iri not in client.get("/review", headers=BROWSER).text
    [decision] = Book(store).all()
    assert (decision.by, decision.why, decision.subjects) == ("A. Reviewer", "two days apart", link.subjects)
    assert Queue(store).event(link.subjects[0]) != Queue(store).event(link.subjects[1])


def test_a_read_only_service_takes_no_decision(client: TestClient) -> None:
    refused = client.post("/review", json={"id": "x", "verdict": "rejected", "by": "A"})
    assert (refused.status_code, refused.json()["code"]) == (403, "ENTENTE-335")
    assert "read-only" in client.get("/review", headers=BROWSER).text


def test_what_the_gate_refused_is_listed_with_its_reasons(tmp_path: Path) -> None:
    quarantine = FolderQuarantine(tmp_path)
    kept = Settings(quarantine=quarantine)
    world = open_store("memory:")
    with TestClient(create_app(world, tools().index, load(ROOT / "queries"), kept)) as client:
        assert "Nothing is in quarantine." in client.get("/review", headers=BROWSER).text
        name = Iri("https://w3id.org/entente/id/article/gap")
        delta = Delta(name, "gap", "<gap>.txt", Iri(f"{name}/graph"), (Triple(name, rdf.type, ent.Article),), ())
        quarantine.hold(delta, tools().gate.check(delta.triples), None)
        page = client.get("/review", headers=BROWSER).text
    assert "&lt;gap&gt;.txt" in page
    assert page.count("Give the article exactly one text, which is not empty.") == 1
    world.close()
