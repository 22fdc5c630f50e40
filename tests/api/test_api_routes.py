"""The application over the fixture world: what it answers, and that every error is a problem document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from entente.api import create_app
from entente.model import Change, Entity, Iri, Kind, Store
from entente.query import load
from entente.store import open_store, parse

ROOT = Path(__file__).parents[2]
SELECT = "SELECT ?e WHERE { ?e a <https://w3id.org/entente/ns#Exercise> } ORDER BY ?e"
CONSTRUCT = f"CONSTRUCT {{ ?e a <https://example.org/E> }} {SELECT.removeprefix('SELECT ?e').removesuffix('ORDER BY ?e')}"


class States:
    """An index of three states."""

    version = "test"

    def entity(self, iri: Iri) -> Entity | None:
        names = {"RUS": "Russia", "CHN": "China", "USA": "United States"}
        code = iri.rsplit("/", 1)[-1]
        known = "/id/state/" in iri and code in names
        return Entity(iri, Kind.STATE, names[code], code) if known else None


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    world = open_store("memory:")
    data = (ROOT / "tests" / "query" / "fixtures" / "world.trig").read_bytes()
    world.apply(Change(insert=parse(data, "application/trig")))
    yield world
    world.close()


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, States(), load(ROOT / "queries")), raise_server_exceptions=False) as made:  # type: ignore[arg-type]
        yield made


def get(client: TestClient, path: str, **params: str) -> Any:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()


def test_home_links_answer(client: TestClient) -> None:
    home = get(client, "/")
    for name, link in home["links"].items():
        assert client.get(link).status_code == 200, (name, link)


def test_health(client: TestClient) -> None:
    assert get(client, "/healthz") == {"status": "ok"}


def test_questions(client: TestClient) -> None:
    names = [item["name"] for item in get(client, "/queries")]
    assert names == [card.name for card in load(ROOT / "queries").cards]
    answer = get(client, "/queries/joint-exercises-of-dyad", a="RUS", b="CHN")
    assert answer["columns"][0] == "exercise"
    assert len(answer["rows"]) == 2


@pytest.mark.parametrize(
    ("accept", "query", "media_type"),
    [
        (None, SELECT, "application/sparql-results+json"),
        ("*/*", SELECT, "application/sparql-results+json"),
        ("application/sparql-results+xml", SELECT, "application/sparql-results+xml"),
        ("text/csv", SELECT, "text/csv"),
        ("text/tab-separated-values", SELECT, "text/tab-separated-values"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", SELECT, "application/sparql-results+xml"),
        ("text/turtle, application/sparql-results+json;q=0.5", SELECT, "application/sparql-results+json"),
        (None, CONSTRUCT, "text/turtle"),
        ("application/n-triples", CONSTRUCT, "application/n-triples"),
        ("application/ld+json", CONSTRUCT, "application/ld+json"),
        ("application/sparql-results+json, text/turtle", CONSTRUCT, "text/turtle"),
        (None, "ASK { ?s ?p ?o }", "application/sparql-results+json"),
    ],
)
def test_sparql_formats_in_all_three_ways(client: TestClient, accept: str | None, query: str, media_type: str) -> None:
    headers = {"accept": accept} if accept else {"accept": ""}
    answers = [
        client.get("/sparql", params={"query": query}, headers=headers),
        client.post("/sparql", data={"query": query}, headers=headers),
        client.post(
            "/sparql", content=query, headers={**headers, "content-type": "application/sparql-query; charset=utf-8"}
        ),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.headers["vary"] == "Accept"
    assert len({answer.content for answer in answers}) == 1


def test_sparql_answers_the_rows(client: TestClient) -> None:
    bindings = client.get("/sparql", params={"query": SELECT}).json()["results"]["bindings"]
    assert len(bindings) == 3
    assert bindings[-1]["e"] == {"type": "uri", "value": "https://w3id.org/entente/id/exercise/northern-interaction-2023"}


PROBLEMS = [
    ("GET", "/nowhere", {}, 404, "ENTENTE-140"),
    ("DELETE", "/exercises", {}, 405, "ENTENTE-141"),
    ("GET", "/exercises?limit=0", {}, 422, "ENTENTE-142"),
    ("GET", "/exercises?from=yesterday", {}, 422, "ENTENTE-142"),
    ("GET", "/exercises/none", {}, 404, "ENTENTE-143"),
    ("GET", "/articles/none", {}, 404, "ENTENTE-143"),
    ("GET", "/states/ZZZ", {}, 404, "ENTENTE-143"),
    ("GET", "/states/R%20S", {}, 422, "ENTENTE-142"),
    ("GET", "/queries/none", {}, 404, "ENTENTE-300"),
    ("GET", "/queries/joint-exercises-of-dyad?a=RUS", {}, 400, "ENTENTE-302"),
    ("GET", "/queries/joint-exercises-of-dyad?a=RUS&b=Chinaa", {}, 400, "ENTENTE-303"),
    ("GET", "/queries/joint-exercises-of-dyad?a=RUS&b=CHN&c=1", {}, 400, "ENTENTE-301"),
    ("GET", "/queries/joint-exercises-of-dyad?a=RUS&a=CHN", {}, 400, "ENTENTE-309"),
    ("GET", "/sparql?update=CLEAR%20ALL", {}, 400, "ENTENTE-307"),
    ("GET", "/sparql?query=a&query=b", {}, 400, "ENTENTE-307"),
    ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=x", {}, 400, "ENTENTE-321"),
    ("POST", "/sparql", {"content": "ASK {}", "headers": {"content-type": "text/plain"}}, 415, "ENTENTE-306"),
    ("POST", "/sparql", {"content": b"\xff", "headers": {"content-type": "application/sparql-query"}}, 400, "ENTENTE-305"),
    ("POST", "/exercises", {}, 405, "ENTENTE-141"),
]


@pytest.mark.parametrize("problem_case", PROBLEMS)
def test_every_error_is_a_problem(client: TestClient, problem_case: tuple[str, str, dict[str, Any], int, str]) -> None:
    method, path, extra, status, code = problem_case
    response = client.request(method, path, **extra)
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["detail"]
    assert problem["title"]


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("SELECT nonsense", "*/*", 400),
        ("DELETE WHERE { ?s ?p ?o }", "*/*", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*", 403),
        (SELECT, "image/png", 406),
        (SELECT, "text/csv;q=0", 406),
    ],
)
def test_queries_that_are_refused(client: TestClient, query: str, accept: str, status: int) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert response.status_code == status, response.text
    assert response.json()["code"].startswith("ENTENTE-3")


def test_a_bug_is_a_problem_without_details(store: Store) -> None:
    class Broken(States):
        def entity(self, iri: Iri) -> Entity | None:
            raise RuntimeError(f"secret {iri}")

    app = create_app(store, Broken(), load(ROOT / "queries"))  # type: ignore[arg-type]
    response = TestClient(app, raise_server_exceptions=False).get("/exercises")
    assert (response.status_code, response.json()["code"]) == (500, "ENTENTE-900")
    assert "secret" not in response.text


def test_openapi_has_texts_for_every_route(client: TestClient) -> None:
    document = get(client, "/openapi.json")
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) == 59
    assert all(operation["summary"] for operation in operations)
    assert '"example"' in json.dumps(document)
    assert "jsdelivr" not in client.get("/docs").text


def test_the_data_is_described(client: TestClient) -> None:
    turtle = client.get("/.well-known/void", headers={"accept": "text/turtle"})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    described = ox.Store()
    described.load(turtle.content, ox.RdfFormat.TURTLE)
    void = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX sh: <http://www.w3.org/ns/shacl#>"
    exercise = "<https://w3id.org/entente/ns#Exercise>"
    [row] = described.query(f"{void} SELECT ?n {{ ?d void:classPartition [ void:class {exercise} ; void:entities ?n ] }}")
    assert row["n"].value == "3"
    assert described.query(f'{void} ASK {{ ?p sh:declare [ sh:prefix "ent" ; sh:namespace ?n ] }}')
    [counted] = described.query(f"{void} SELECT (SUM(?n) AS ?all) {{ ?d void:propertyPartition/void:triples ?n }}")
    [total] = described.query(f"{void} SELECT ?n {{ ?d void:triples ?n ; void:sparqlEndpoint <http://testserver/sparql> }}")
    assert counted["all"].value == total["n"].value
    assert client.get("/.well-known/void", headers={"accept": "text/html"}).status_code == 406


def test_every_example_is_there_and_runs(client: TestClient) -> None:
    examples = ox.Store()
    examples.load(client.get("/.well-known/sparql-examples?format=nt").content, ox.RdfFormat.N_TRIPLES)
    sh = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/>"
    ours = "FILTER NOT EXISTS { ?e <https://purl.expasy.org/sparql-examples/ontology#federatesWith> ?other }"
    rows = list(examples.query(f"{sh} SELECT ?e ?q {{ ?e a sh:SPARQLExecutable ; sh:select ?q ; schema:target ?t {ours} }}"))
    assert len(rows) == len(load(ROOT / "queries").cards)
    for row in rows:
        answer = client.post("/sparql", data={"query": row["q"].value})
        assert answer.status_code == 200, row["e"]


def test_the_service_can_be_watched(client: TestClient) -> None:
    assert client.get("/readyz").status_code == 204
    client.get("/sparql", params={"query": "nonsense"})
    metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = dict(line.rsplit(" ", 1) for line in metrics.text.splitlines() if not line.startswith("#"))
    assert float(lines['entente_queries_total{outcome="done"}']) > 0
    assert float(lines['entente_queries_total{outcome="ENTENTE-310"}']) >= 1
    assert (lines["entente_queries_running"], lines["entente_dataset_version"]) == ("0", "1")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nothing", 404, "140"),
        ("/exercises?limit=x", 422, "142"),
        ("/sparql?query=x", 400, "310"),
        ("/linksets/x", 404, "860"),
    ],
)
def test_errors_are_pages_for_those_who_read_pages(client: TestClient, path: str, status: int, code: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = client.get(path, headers={"accept": browser})
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"ENTENTE-{code}" in page.text
    for accept in ("*/*", "application/json", "text/turtle", "text/turtle, text/html;q=0.5"):
        problem = client.get(path, headers={"accept": accept})
        assert (problem.status_code, problem.headers["content-type"]) == (status, "application/problem+json"), accept
        assert problem.json()["code"] == f"ENTENTE-{code}"
        assert "Accept" in problem.headers["vary"]
