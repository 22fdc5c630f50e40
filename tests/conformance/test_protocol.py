"""The W3C's tests of the SPARQL 1.1 Protocol, the Graph Store Protocol and the Service Description, over HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from conformance.manifests import Request, entries, every, load, requests_of, text
from conftest import require
from entente.api import Settings, create_app
from entente.query import Catalogue
from entente.store import OxigraphStore

TOKEN = "conformance"
CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
RESULTS = {"boolean", "tabular"}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    """The folder of the SPARQL 1.1 tests."""
    folder = shared / "conformance" / "rdf-tests" / "sparql" / "sparql11"
    require(folder.is_dir(), "the W3C's tests are not in ../shared/conformance")
    return folder


@pytest.fixture
def client() -> Iterator[TestClient]:
    """An empty service that TOKEN may write to."""
    store = OxigraphStore(None)
    settings = Settings(token_hashes=(hashlib.sha256(TOKEN.encode()).hexdigest(),))
    app = create_app(store, None, Catalogue(()), settings)  # type: ignore[arg-type]
    headers = {"authorization": f"Bearer {TOKEN}"}
    with TestClient(app, base_url="http://www.example", headers=headers, raise_server_exceptions=False) as made:
        yield made
    store.close()


def send(client: TestClient, asked: Request, path: str) -> Any:
    headers = dict(asked.headers)
    body = asked.body.encode(asked.encoding) if asked.body is not None else None
    return client.request(asked.method, path, content=body, headers=headers)


def fails_status(asked: Request, status: int) -> bool:
    return not any(
        CODES[wanted] == status if wanted in CODES else wanted[len("StatusCode")] == str(status)[0]
        for wanted in asked.statuses
    )


def is_update(asked: Request) -> bool:
    return (
        "update" in asked.headers.get("content-type", "")
        or "update=" in f"{asked.path} {asked.body}"
        or (asked.body or "").startswith("CLEAR")
    )


def problem_of(client: TestClient, asked: Request) -> str | None:
    path = asked.path.replace("/sparql/", "/update" if is_update(asked) else "/sparql", 1)
    answer = send(client, asked, path)
    if fails_status(asked, answer.status_code):
        return f"status {answer.status_code}: {answer.text[:200]}"
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if asked.boolean is not None and str(answer.json()["boolean"]).lower() != asked.boolean:
        return f"answered {answer.text}"
    if asked.format in RESULTS and media_type != "application/sparql-results+json":
        return f"is {media_type}"
    if asked.format == "RDF" and media_type not in GRAPHS:
        return f"is {media_type}"
    return None


def test_the_protocol(suite: Path, client: TestClient) -> None:
    manifest = load(suite / "protocol" / "manifest.ttl")
    tests = entries(manifest)
    failures = {}
    for name, test in tests:
        client.post("/update", data={"update": "CLEAR ALL"})
        for data in every(manifest, test, "ut:graphData"):
            graph = str(text(manifest, data, "rdfs:label"))
            file = suite / "protocol" / str(text(manifest, data, "ut:graph")).rpartition("/")[2]
            loaded = client.put(
                "/store",
                params={"graph": graph},
                content=file.read_bytes(),
                headers={"content-type": "text/turtle"},
            )
            assert loaded.status_code in (201, 204), loaded.text
        for asked in requests_of(manifest, test):
            if problem := problem_of(client, asked):
                failures[name] = problem
    assert failures == {}
    assert len(tests) == 34


def same_graph(first: str, second: str, base: str) -> bool:
    graphs = []
    for document in (first, second):
        graph = ox.Dataset(ox.parse(document, ox.RdfFormat.TURTLE, base_iri=base))
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        graphs.append(graph)
    return graphs[0] == graphs[1]


def store_problem(client: TestClient, asked: Request, values: dict[str, str]) -> str | None:
    path = asked.path.replace("/gsp", "/store", 1)
    for name, value in values.items():
        path = path.replace(name, value)
    answer = send(client, asked, path)
    if fails_status(asked, answer.status_code):
        return f"{asked.method} {path}: status {answer.status_code}: {answer.text[:200]}"
    if asked.location:
        values[asked.location] = answer.headers["location"]
    if asked.expected_body and not same_graph(answer.text, asked.expected_body, "http://www.example/"):
        return f"{asked.method} {path}: {answer.text}"
    if asked.method == "HEAD" and answer.content:
        return "HEAD has a body"
    return None


def test_the_graph_store_protocol(suite: Path, client: TestClient) -> None:
    failures = {}
    count = 0
    for part in ("manifest-direct.ttl", "manifest-indirect.ttl"):
        manifest = load(suite / "graph-store-protocol" / part)
        for name, test in entries(manifest):
            client.post("/update", data={"update": "CLEAR ALL ; DROP ALL"})
            count += 1
            values: dict[str, str] = {}
            for asked in requests_of(manifest, test):
                if problem := store_problem(client, asked, values):
                    failures[name] = problem
    assert failures == {}
    assert count == 13


def test_the_service_description(client: TestClient) -> None:
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
    for media_type in sorted(GRAPHS):
        answer = client.get("/sparql", headers={"accept": media_type})
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        described = ox.Store()
        described.load(answer.content, ox.RdfFormat.from_media_type(media_type))
        assert described.query(f"{sd} ASK {{ ?s a sd:Service ; sd:endpoint <http://www.example/sparql> }}")
        assert described.query(f"{sd} ASK {{ ?s sd:propertyFeature <https://w3id.org/entente/search#matches> }}")
        # The schema: one service, whose languages, formats and dataset are IRIs of the right kinds.
        assert described.query(
            f"{sd} ASK {{ ?s sd:supportedLanguage sd:SPARQL11Query, sd:SPARQL11Update ; sd:resultFormat ?f ; "
            "sd:defaultDataset ?d . ?d a sd:Dataset ; sd:defaultGraph ?g . ?g a sd:Graph "
            "FILTER NOT EXISTS { ?s sd:resultFormat ?other FILTER(!isIRI(?other)) } }"
        )
    assert len(GRAPHS) == 4
