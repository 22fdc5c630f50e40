"""What the SPARQL routes do with headers, bodies, graphs and tokens."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from entente.api import Settings, create_app
from entente.api.negotiation import accepted, pick, wants_html
from entente.engine import Limits, LocalEngine
from entente.errors import QueryError
from entente.query import Catalogue
from entente.store import GRAPH_TYPES, RESULT_TYPES, OxigraphStore

WRITE = {"authorization": "Bearer secret-token"}
HASH = hashlib.sha256(b"secret-token").hexdigest()
DATA = "INSERT DATA { <http://e/s> <http://e/p> 1 . GRAPH <http://e/g> { <http://e/t> <http://e/p> 2 } }"
ALL = "SELECT * { ?s ?p ?o }"
JSON, XML, CSV, TURTLE = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/turtle",
)


@pytest.fixture
def client() -> Iterator[TestClient]:
    store = OxigraphStore(None)
    store.update(DATA)
    settings = Settings(token_hashes=("0" * 64, HASH), query_bytes=2000, upload_bytes=4000)
    with TestClient(create_app(store, None, Catalogue(()), settings)) as made:  # type: ignore[arg-type]
        yield made
    store.close()


@pytest.mark.parametrize(
    ("accept", "format", "first"),
    [
        (None, None, JSON),
        ("", None, JSON),
        ("*/*;q=0.1", None, JSON),
        ("application/json", None, JSON),
        ("application/*", None, JSON),
        ("text/*", None, CSV),
        ("text/*;q=0.5, text/csv;q=0, */*;q=0.1", None, "text/tab-separated-values"),
        ("*/*, application/sparql-results+json;q=0", None, XML),
        ("application/sparql-results+xml;q=0.9, application/sparql-results+json;q=0.3", None, XML),
        ("application/rdf+xml;q=1, text/turtle;q=0.9", None, "application/rdf+xml"),
        ("application/n-triples, text/turtle;charset=utf-8;q=0.999", None, "application/n-triples"),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", None, XML),
        ("application/rdf+xml", "ttl", TURTLE),
        (None, "text/csv", CSV),
        ("image/png", "json", JSON),
        (None, "JSON-LD", "application/ld+json"),
    ],
)
def test_what_is_accepted(accept: str | None, format: str | None, first: str) -> None:
    assert accepted(accept, format)[0] == first


def test_what_is_refused_lists_the_alternatives() -> None:
    for accept, format in (("image/png", None), ("text/csv;q=0", None), (None, "nonsense")):
        with pytest.raises(QueryError) as refused:
            accepted(accept, format)
        assert refused.value.status == 406
        assert "json" in str(refused.value.hint)
    assert pick("text/csv;q=0, text/*", RESULT_TYPES) == ("text/tab-separated-values",)


def test_a_browser_gets_a_page_and_a_program_does_not() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert wants_html(browser, GRAPH_TYPES)
    assert not wants_html("*/*", GRAPH_TYPES)
    assert not wants_html(None, GRAPH_TYPES)
    assert not wants_html("text/turtle, text/html;q=0.5", GRAPH_TYPES)


def test_the_endpoint_describes_itself(client: TestClient) -> None:
    page = client.get("/sparql", headers={"accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/sparql", params={"format": "ttl"}, headers={"accept": "text/html"}).text.startswith("@prefix")
    assert client.get("/sparql", headers={"accept": "text/csv"}).status_code == 406


def test_the_functions_that_are_announced_are_there(client: TestClient) -> None:
    described = client.get("/sparql", params={"format": "nt"}).text
    functions = re.findall(r"#extensionFunction> (<[^>]*>)", described)
    wkt = "^^<http://www.opengis.net/ont/geosparql#wktLiteral>"
    for function in functions:
        arguments = f"'POINT(1 2)'{wkt}, 'POINT(1 3)'{wkt}"
        if function.endswith("distance>"):
            arguments += ", <http://www.opengis.net/def/uom/OGC/1.0/metre>"
        [row] = client.get("/sparql", params={"query": f"SELECT ({function}({arguments}) AS ?x) {{}}"}).json()["results"][
            "bindings"
        ]
        assert row["x"]["value"], function
    assert len(functions) == 9


def test_every_way_to_send_a_query(client: TestClient) -> None:
    direct = {"content-type": "application/sparql-query"}
    for answer in (
        client.get("/sparql", params={"query": ALL}),
        client.get("/sparql", params={"query": ALL}, headers={"content-type": "application/sparql-update"}),
        client.post("/sparql", data={"query": ALL}),
        client.post("/sparql", content=ALL, headers=direct),
        client.request("QUERY", "/sparql", content=ALL, headers=direct),
        client.post("/sparql", content=gzip.compress(ALL.encode()), headers={**direct, "content-encoding": "gzip"}),
        client.post("/sparql", content=ALL, headers={"content-type": 'Application/SPARQL-Query; charset="UTF-8"'}),
        client.post("/sparql", content=b"\xef\xbb\xbf" + ALL.encode(), headers=direct),
    ):
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["results"]["bindings"]) == 1
        assert answer.headers["entente-dataset-version"] == "1"
        assert len(answer.headers["entente-query-id"]) == 16
        assert "seconds=60" in answer.headers["entente-limits"]
    head = client.head("/sparql", params={"query": ALL})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == JSON
    options = client.options("/sparql")
    assert (options.status_code, "QUERY" in options.headers["allow"]) == (204, True)


@pytest.mark.parametrize(
    ("parameters", "values"),
    [
        ({}, ["1"]),
        ({"default-graph-uri": "http://e/g"}, ["2"]),
        ({"named-graph-uri": "http://e/g"}, []),
        ({"default-graph-uri": ["http://e/g", "http://e/none"]}, ["2"]),
    ],
)
def test_the_request_names_the_dataset(client: TestClient, parameters: dict[str, Any], values: list[str]) -> None:
    found = client.get("/sparql", params={"query": ALL, **parameters}).json()["results"]["bindings"]
    assert [row["o"]["value"] for row in found] == values


def test_etags_tell_version_and_media_type_apart(client: TestClient) -> None:
    def get(accept: str, tag: str = "") -> Any:
        return client.get("/sparql", params={"query": ALL}, headers={"accept": accept, "if-none-match": tag})

    first = get(JSON)
    tag = first.headers["etag"]
    assert (first.headers["vary"], first.headers["cache-control"]) == ("Accept", "no-cache")
    again = get(JSON, f'"other", {tag}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert [get(JSON, sent).status_code for sent in (tag.removeprefix("W/"), "*", tag[:-1])] == [304, 304, 200]
    assert get(CSV, tag).status_code == 200
    assert get(CSV).headers["etag"] != tag
    assert client.post("/update", data={"update": "INSERT DATA { <a:a> <a:b> 1 }"}, headers=WRITE).status_code == 204
    assert get(JSON, tag).status_code == 200
    for unsteady in ("SELECT (NOW() AS ?n) {}", "SELECT (RAND() AS ?n) {}"):
        assert "etag" not in client.get("/sparql", params={"query": unsteady}).headers
    assert "etag" not in client.post("/sparql", data={"query": ALL}).headers


def test_answers_are_gzipped_on_request(client: TestClient) -> None:
    query = "SELECT * { VALUES ?a { 1 2 3 4 5 } VALUES ?b { 1 2 3 4 5 } VALUES ?c { 1 2 3 4 5 } }"
    packed = client.get("/sparql", params={"query": query}, headers={"accept-encoding": "gzip"})
    plain = client.get("/sparql", params={"query": query}, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert "Accept-Encoding" in packed.headers["vary"]


def test_other_origins_read_and_never_write(client: TestClient) -> None:
    origin = {"origin": "https://elsewhere.example"}
    answer = client.get("/sparql", params={"query": ALL}, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Entente-Query-Id" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    assert client.get("/sparql", params={"query": "nonsense"}, headers=origin).headers["access-control-allow-origin"] == "*"
    for path, method, allowed in (
        ("/sparql", "POST", True),
        ("/sparql", "QUERY", True),
        ("/store", "GET", True),
        ("/update", "POST", False),
        ("/store", "PUT", False),
        ("/store", "DELETE", False),
    ):
        preflight = client.options(path, headers={**origin, "access-control-request-method": method})
        assert preflight.status_code == 204
        assert ("access-control-allow-origin" in preflight.headers) is allowed, (path, method)
    written = client.post("/update", data={"update": "CLEAR DEFAULT"}, headers={**origin, **WRITE})
    assert written.status_code == 204
    assert "access-control-allow-origin" not in written.headers


PROBLEMS = [
    ("POST", "/update", {"data": {"update": "CLEAR ALL"}}, 401, "ENTENTE-336"),
    ("POST", "/update", {"data": {"update": "CLEAR ALL"}, "headers": {"authorization": "Bearer wrong"}}, 401, "ENTENTE-336"),
    ("POST", "/update", {"data": {"update": "CLEAR ALL"}, "headers": {"authorization": HASH}}, 401, "ENTENTE-336"),
    ("PUT", "/store?default", {"content": "", "headers": {"content-type": TURTLE}}, 401, "ENTENTE-336"),
    ("DELETE", "/store?default", {}, 401, "ENTENTE-336"),
    ("GET", "/update", {}, 405, "ENTENTE-141"),
    ("POST", "/update", {"data": {"query": "ASK {}"}, "headers": WRITE}, 400, "ENTENTE-307"),
    ("POST", "/update", {"data": {"update": "LOAD <http://127.0.0.1:9/>"}, "headers": WRITE}, 403, "ENTENTE-322"),
    (
        "POST",
        "/update",
        {
            "data": {"update": "INSERT { <a:a> <a:a> ?x } WHERE { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }"},
            "headers": WRITE,
        },
        403,
        "ENTENTE-312",
    ),
    ("POST", "/update", {"data": {"update": "DROP GRAPH <http://e/none>"}, "headers": WRITE}, 400, "ENTENTE-320"),
    ("POST", "/update?using-graph-uri=x%20y", {"data": {"update": "CLEAR ALL"}, "headers": WRITE}, 400, "ENTENTE-321"),
    (
        "POST",
        "/update?using-graph-uri=http://e/g",
        {"data": {"update": "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"}, "headers": WRITE},
        400,
        "ENTENTE-331",
    ),
    ("GET", "/sparql?query=ASK%7B%7D&format=nonsense", {}, 406, "ENTENTE-332"),
    ("GET", "/sparql?query=ASK%7B%7D&min-version=x", {}, 400, "ENTENTE-337"),
    ("GET", "/sparql?query=SELECT%20(%3Chttp%3A//e/f%3E(1)%20AS%20%3Fx)%7B%7D", {}, 400, "ENTENTE-341"),
    ("POST", "/sparql", {"data": {"query": "ASK {}" + " " * 2000}}, 413, "ENTENTE-334"),
    (
        "POST",
        "/sparql",
        {
            "content": gzip.compress(b"ASK {}" + b" " * 100_000),
            "headers": {"content-type": "application/sparql-query", "content-encoding": "gzip"},
        },
        413,
        "ENTENTE-334",
    ),
    (
        "POST",
        "/sparql",
        {"content": b"ASK {}", "headers": {"content-type": "application/sparql-query", "content-encoding": "gzip"}},
        400,
        "ENTENTE-333",
    ),
    (
        "POST",
        "/sparql",
        {"content": b"ASK {}", "headers": {"content-type": "application/sparql-query", "content-encoding": "br"}},
        415,
        "ENTENTE-333",
    ),
    (
        "POST",
        "/sparql",
        {
            "content": gzip.compress(ALL.encode())[:-9],
            "headers": {"content-type": "application/sparql-query", "content-encoding": "gzip"},
        },
        400,
        "ENTENTE-333",
    ),
    (
        "POST",
        "/sparql",
        {"content": ALL.encode("utf-16"), "headers": {"content-type": "application/sparql-query; charset=utf-16"}},
        415,
        "ENTENTE-305",
    ),
    (
        "POST",
        "/update",
        {"content": b"CLEAR ALL #\xff", "headers": {**WRITE, "content-type": "application/sparql-update"}},
        400,
        "ENTENTE-305",
    ),
    (
        "POST",
        "/sparql",
        {"content": b"query=ASK%7B%7D%23%ff", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        400,
        "ENTENTE-305",
    ),
    ("GET", "/sparql?query=ASK%7B%7D%23%FF", {}, 400, "ENTENTE-305"),
    ("GET", "/store", {}, 400, "ENTENTE-338"),
    ("GET", "/store?default&graph=http://e/g", {}, 400, "ENTENTE-338"),
    ("GET", "/store?graph=relative", {}, 400, "ENTENTE-321"),
    ("GET", "/store?graph=http://e/none", {}, 404, "ENTENTE-339"),
    ("DELETE", "/store?graph=http://e/none", {"headers": WRITE}, 404, "ENTENTE-339"),
    (
        "POST",
        "/store?default",
        {"content": "", "headers": {**WRITE, "content-type": "multipart/form-data; boundary=x"}},
        400,
        "ENTENTE-340",
    ),
    (
        "PUT",
        "/store?default",
        {"content": "<a:a> <a:b> <a:c> <a:g> .", "headers": {**WRITE, "content-type": "application/n-quads"}},
        400,
        "ENTENTE-114",
    ),
    ("PUT", "/store?default", {"content": "not RDF", "headers": {**WRITE, "content-type": TURTLE}}, 400, "ENTENTE-112"),
    ("PUT", "/store?default", {"content": "x", "headers": {**WRITE, "content-type": "image/png"}}, 415, "ENTENTE-111"),
    ("PUT", "/store?default", {"content": "#" * 5000, "headers": {**WRITE, "content-type": TURTLE}}, 413, "ENTENTE-334"),
    ("DELETE", "/sparql/queries/none", {}, 404, "ENTENTE-329"),
]


@pytest.mark.parametrize("case", PROBLEMS)
def test_every_refusal_is_a_problem(client: TestClient, case: tuple[str, str, dict[str, Any], int, str]) -> None:
    method, path, extra, status, code = case
    before = client.get("/store?default", headers={"accept": "application/n-triples"}).text
    answer = client.request(method, path, **extra)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("www-authenticate" in answer.headers) is (status == 401)
    assert client.get("/store?default", headers={"accept": "application/n-triples"}).text == before


def test_without_tokens_nobody_writes() -> None:
    store = OxigraphStore(None)
    client = TestClient(create_app(store, None, Catalogue(()), Settings()))  # type: ignore[arg-type]
    answer = client.post("/update", data={"update": "CLEAR ALL"}, headers=WRITE)
    assert (answer.status_code, answer.json()["code"]) == (403, "ENTENTE-335")
    assert "SPARQL11Update" not in client.get("/sparql").text
    store.close()


def test_an_update_reads_the_graphs_that_the_request_names(client: TestClient) -> None:
    update = "INSERT { <http://e/copied> ?p ?o } WHERE { ?s ?p ?o }"
    answer = client.post("/update", params={"using-graph-uri": "http://e/g"}, data={"update": update}, headers=WRITE)
    assert answer.headers["entente-dataset-version"] == "2"
    found = client.get("/sparql", params={"query": "SELECT ?o { <http://e/copied> ?p ?o }", "min-version": "2"})
    assert [row["o"]["value"] for row in found.json()["results"]["bindings"]] == ["2"]


def test_graphs_keep_blank_nodes_apart_and_take_utf_16(client: TestClient) -> None:
    rdf = '<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    empty = client.put(
        "/store?graph=http://e/new",
        content=rdf.encode("utf-16"),
        headers={**WRITE, "content-type": "application/rdf+xml; charset=UTF-16"},
    )
    assert empty.status_code == 201, empty.text
    assert client.head("/store?graph=http://e/new").status_code == 200
    for _ in range(2):
        posted = client.post("/store?graph=http://e/new", content="_:a <a:b> 1 .", headers={**WRITE, "content-type": TURTLE})
        assert posted.status_code == 204
    lines = client.get("/store?graph=http://e/new", headers={"accept": "application/n-triples"}).text.splitlines()
    assert len(set(lines)) == 2
    made = client.post("/store", content="<> <a:b> 1 .", headers={**WRITE, "content-type": TURTLE})
    location = made.headers["location"]
    assert (made.status_code, location.startswith("http://testserver/store/")) == (201, True)
    assert f"<{location}>" in client.get(location, headers={"accept": "application/n-triples"}).text
    assert client.delete(location, headers=WRITE).status_code == 204
    assert client.get(location).status_code == 404


def test_rows_are_bounded_on_request_and_told(client: TestClient) -> None:
    query = "SELECT * { VALUES ?x { 1 2 3 4 } } ORDER BY ?x # done"
    answer = client.get("/sparql", params={"query": query, "max-rows": "2"})
    assert len(answer.json()["results"]["bindings"]) == 2
    assert "rows=2" in answer.headers["entente-limits"]
    assert "rows" not in client.get("/sparql", params={"query": query}).headers["entente-limits"]


def test_a_query_is_explained(client: TestClient) -> None:
    query = "SELECT * { ?s <http://e/p> ?o OPTIONAL { ?s <http://e/q> ?x } ?s <http://e/r> ?y }"
    explained = client.get("/sparql", params={"query": query, "explain": "1"}).json()
    assert explained["rules"] == ["optional-last"]
    assert explained["order"] == ["triples", "triples", "optional"]
    assert explained["rewritten"].endswith("OPTIONAL { ?s <http://e/q> ?x . } }")
    plain = client.get("/sparql", params={"query": ALL, "explain": "1"}).json()
    assert (plain["rewritten"], plain["rules"], plain["why_not"]) == (None, [], None)


def test_names_without_a_namespace_are_described_too(client: TestClient) -> None:
    client.post("/update", data={"update": "INSERT DATA { <urn:x> <urn:y> <urn:z> . <a:a> a <a:b> }"}, headers=WRITE)
    described = client.get("/.well-known/void?format=nt")
    assert described.status_code == 200
    assert '<http://rdfs.org/ns/void#triples> "3"' in described.text


def test_a_client_that_has_used_its_share_is_told_when_to_come_back() -> None:
    store = OxigraphStore(None)
    engine = LocalEngine(store, Limits(budget=1e-6))
    with TestClient(create_app(store, None, Catalogue(()), Settings(), engine)) as client:  # type: ignore[arg-type]
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        refused = client.get("/sparql", params={"query": "ASK {}"})
        assert (refused.status_code, refused.json()["code"]) == (429, "ENTENTE-328")
        assert int(refused.headers["retry-after"]) > 0
    engine.close()
    store.close()


def test_a_version_that_does_not_come_is_waited_for_in_vain() -> None:
    store = OxigraphStore(None)
    engine = LocalEngine(store, Limits(queue=0.01))
    with TestClient(create_app(store, None, Catalogue(()), Settings(), engine)) as client:  # type: ignore[arg-type]
        answer = client.get("/sparql", params={"query": "ASK {}", "min-version": "9"})
        assert (answer.status_code, answer.json()["code"]) == (503, "ENTENTE-525")
        assert "retry-after" in answer.headers
    engine.close()
    store.close()
