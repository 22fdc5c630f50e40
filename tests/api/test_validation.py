"""POST /validate: what it answers, and that nothing hostile gets beyond its limits or out of the process."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from entente.api import Settings, create_app
from entente.api.validation import ValidationLimits
from entente.gate.workers import Limits
from entente.index import ReferenceIndex, load_base
from entente.model import Change, Iri, Quad
from entente.model.terms import ent, rdf
from entente.query import load
from entente.store import open_store, parse

ROOT = Path(__file__).parents[2]
PREFIXES = """\
@prefix ent: <https://w3id.org/entente/ns#> .
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
BAD = PREFIXES + 'ex:c a ent:Outlet ;\n    ent:alia "Daily"@en .\n'
GOOD = PREFIXES + 'ex:c a ent:Outlet ; skos:prefLabel "Daily"@en .\n'
SHAPE = PREFIXES + (
    "ex:S a sh:NodeShape ; sh:targetClass ent:Outlet ; sh:property ex:S-name .\n"
    'ex:S-name sh:path ex:name ; sh:minCount 1 ; sh:message "Name it."@en .\n'
)
TURTLE = {"content-type": "text/turtle"}
BODY_LIMIT = 400_000
GRAPH = Iri("urn:example:graph")


def clients(limits: Limits) -> Iterator[TestClient]:
    store = open_store("memory:")
    store.apply(Change(insert=tuple(Quad(*quad.triple, GRAPH) for quad in parse(GOOD.encode(), "text/turtle"))))
    settings = Settings(validation=ValidationLimits(body_bytes=BODY_LIMIT, stored_statements=10, work=limits))
    before = list(store.quads())
    app = create_app(store, ReferenceIndex(load_base(ROOT)), load(ROOT / "queries"), settings)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made
    assert list(store.quads()) == before
    store.close()


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    yield from clients(Limits(seconds=60))


@pytest.fixture(scope="module")
def hasty() -> Iterator[TestClient]:
    yield from clients(Limits(seconds=3))


def code_of(response: Any) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json", response.text
    return response.status_code, response.json()["code"]


def test_a_report_with_lines_and_suggestions(client: TestClient) -> None:
    response = client.post("/validate", content=BAD, headers=TURTLE)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    (item,) = response.json()
    assert item["passed"] is False
    found = {(r["shape"].rsplit("#", 1)[-1], r["line"], r["suggestion"]) for r in item["results"]}
    assert found == {("Organisation-label", 6, None), ("KnownProperty", 7, "did you mean ent:alias?")}
    (good,) = client.post("/validate", content=GOOD, headers=TURTLE).json()
    assert (good["passed"], good["results"], set(good["focusNodes"].values())) == (True, [], {1})


@pytest.mark.parametrize(
    ("accept", "media_type", "begins"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", b"@prefix "),
        ("application/ld+json", "application/ld+json", b"[{"),
        ("application/n-triples", "application/n-triples", b"<http"),
        ("text/csv", "text/csv; charset=utf-8", b"file,graph,severity"),
        ("text/html;q=0.9, text/plain", "text/html; charset=utf-8", b"<!doctype html>"),
        ("application/sarif+json", "application/sarif+json", b"{"),
    ],
)
def test_reports_in_every_format(client: TestClient, accept: str, media_type: str, begins: bytes) -> None:
    response = client.post("/validate", content=BAD, headers={**TURTLE, "accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert response.content.startswith(begins)
    if "turtle" in accept or "triples" in accept or "ld+json" in accept:
        assert parse(response.content, accept)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/n-triples", f"<urn:c> <{rdf.type}> <{ent.Outlet}> ."),
        ("application/ld+json", '{"@id": "urn:c", "@type": "https://w3id.org/entente/ns#Outlet"}'),
        (
            "application/rdf+xml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://w3id.org/entente/ns#">'
            '<e:Outlet r:about="urn:c"/></r:RDF>',
        ),
    ],
)  # fmt: skip
def test_data_in_other_formats(client: TestClient, media_type: str, body: str) -> None:
    (item,) = client.post("/validate", content=body, headers={"content-type": media_type}).json()
    assert [result["focus"] for result in item["results"]] == ["urn:c"]


def test_shapes_of_ones_own_and_profiles(client: TestClient) -> None:
    files = {"data": ("d.ttl", GOOD, "text/turtle"), "shapes": ("s.ttl", SHAPE, "application/octet-stream")}
    (alone,) = client.post("/validate", files=files).json()
    assert [result["message"] for result in alone["results"]] == ["Name it."]
    (both,) = client.post("/validate?profile=core", files=files).json()
    assert set(both["focusNodes"]) > set(alone["focusNodes"])
    assert code_of(client.post("/validate?profile=nonsense", content=GOOD, headers=TURTLE)) == (400, "ENTENTE-170")


def test_a_graph_of_the_store(client: TestClient) -> None:
    (item,) = client.post("/validate", params={"graph": GRAPH}).json()
    assert (item["file"], item["passed"]) == (GRAPH, True)
    assert code_of(client.post("/validate", params={"graph": "urn:nothing"})) == (404, "ENTENTE-124")
    assert code_of(client.post("/validate", params={"graph": GRAPH}, content=GOOD, headers=TURTLE)) == (400, "ENTENTE-178")


def test_what_is_wrong_with_a_request_is_said(client: TestClient) -> None:
    assert code_of(client.post("/validate")) == (400, "ENTENTE-178")
    assert code_of(client.post("/validate", content=b"x", headers={"content-type": "text/plain"})) == (415, "ENTENTE-177")
    assert code_of(client.post("/validate", content=b"<", headers=TURTLE)) == (400, "ENTENTE-112")
    assert code_of(client.post("/validate", content=b"<a:b> <a:c> 1 .", headers=TURTLE)) == (422, "ENTENTE-423")
    refusing = {**TURTLE, "accept": "image/png"}
    assert code_of(client.post("/validate", content=GOOD, headers=refusing)) == (406, "ENTENTE-313")
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert code_of(client.post("/validate", content=b"--y", headers=broken)) == (400, "ENTENTE-176")
    assert code_of(client.post("/validate", content=b"--y", headers={"content-type": "multipart/form-data"})) == (
        400,
        "ENTENTE-176",
    )
    twice = [("data", ("a.ttl", GOOD)), ("data", ("b.ttl", GOOD))]
    assert code_of(client.post("/validate", files=twice)) == (400, "ENTENTE-176")


def test_a_large_literal_is_refused_by_its_size(client: TestClient) -> None:
    large = f'{PREFIXES}ex:c a ent:Outlet ; skos:prefLabel "{"x" * BODY_LIMIT}" .'
    assert code_of(client.post("/validate", content=large, headers=TURTLE)) == (413, "ENTENTE-334")
    assert code_of(client.post("/validate", files={"data": ("d.ttl", large)})) == (413, "ENTENTE-334")
    below = f'{PREFIXES}ex:c a ent:Outlet ; skos:prefLabel "{"x" * (BODY_LIMIT - 1000)}" .'
    assert client.post("/validate", content=below, headers=TURTLE).status_code == 200


@pytest.mark.parametrize("brackets", ["()", "[]"])
def test_a_bomb_of_nested_brackets_ends_within_the_limits(client: TestClient, brackets: str) -> None:
    depth = 15_000
    opened = {"()": "( ", "[]": "[ ex:p "}[brackets]
    body = f"{BAD}ex:c ex:p {opened * depth}1 {brackets[1] * depth} .\n"
    response = client.post("/validate", content=body, headers=TURTLE)
    if response.status_code == 200:
        (item,) = response.json()
        assert ("Organisation-label", 6) in {(r["shape"].rsplit("#", 1)[-1], r["line"]) for r in item["results"]}
    else:
        assert code_of(response)[1] in ("ENTENTE-112", "ENTENTE-179", "ENTENTE-421", "ENTENTE-422")
    assert client.post("/validate", content=GOOD, headers=TURTLE).status_code == 200


def test_recursive_shapes_end(client: TestClient) -> None:
    shapes = PREFIXES + (
        "ex:S a sh:NodeShape ; sh:targetClass ent:Outlet ; sh:property ex:P .\nex:P sh:path ex:next ; sh:node ex:S .\n"
    )
    data = PREFIXES + "ex:c a ent:Outlet ; ex:next ex:d . ex:d ex:next ex:c .\n"
    response = client.post("/validate", files={"data": ("d.ttl", data), "shapes": ("s.ttl", shapes)})
    assert response.status_code == 200 or code_of(response)[1] in ("ENTENTE-118", "ENTENTE-179")
    assert client.post("/validate", content=GOOD, headers=TURTLE).status_code == 200


def test_a_constraint_that_never_ends_is_ended(hasty: TestClient) -> None:
    many = "".join(f"ex:n{n} ex:p {n} .\n" for n in range(1000))
    joins = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(6))
    shapes = PREFIXES + (
        "ex:S a sh:NodeShape ; sh:targetClass ent:Outlet ; sh:sparql [ a sh:SPARQLConstraint ; "
        f'sh:message "m" ; sh:select "SELECT $this WHERE {{ $this a ?c . {joins} FILTER (?o0 + ?o1 + ?o2 + ?o5 < -1) }}" ] .'
    )
    response = hasty.post("/validate", files={"data": ("d.ttl", GOOD + many), "shapes": ("s.ttl", shapes)})
    assert code_of(response) == (503, "ENTENTE-421")
    assert hasty.post("/validate", content=GOOD, headers=TURTLE).status_code == 200


class Listener:
    """A server that notes every connection."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        self.connections = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self) -> None:
        # closing alone does not wake a thread that waits in accept
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def test_nothing_is_fetched(client: TestClient) -> None:
    listener = Listener()
    with socket.create_connection(("127.0.0.1", int(listener.address.rsplit(":", 1)[1].removesuffix("/x")))):
        pass
    imports = f"<urn:o> owl:imports <{listener.address}> .\n"
    data, shapes = GOOD + imports, SHAPE + imports
    (item,) = client.post("/validate", files={"data": ("d.ttl", data), "shapes": ("s.ttl", shapes)}).json()
    assert len(item["notes"]) == 2
    assert all("is not followed" in note for note in item["notes"])
    context = json.dumps({"@context": listener.address, "@id": "urn:c", "@type": "Outlet"})
    response = client.post("/validate", content=context, headers={"content-type": "application/ld+json"})
    assert code_of(response) == (400, "ENTENTE-112")

    def constraint(pattern: str, dataset: str = "") -> str:
        select = f"SELECT $this {dataset} WHERE {{ {pattern} }}"
        return f'{PREFIXES}ex:S a sh:NodeShape ; sh:targetClass ent:Outlet ; sh:sparql [ sh:select "{select}" ] .'

    for number, text in enumerate(
        (
            constraint(f"SERVICE <{listener.address}> {{ $this ?p ?o }}"),
            constraint(f"SERVICE SILENT <{listener.address}> {{ $this ?p ?o }}"),
            constraint("$this ?p ?o", f"FROM <{listener.address}>"),
            constraint("$this ?p ?o").replace("sh:select", f"sh:prefixes <{listener.address}> ; sh:select"),
        )
    ):
        response = client.post("/validate", files={"data": ("d.ttl", GOOD), "shapes": ("s.ttl", text)})
        assert number > 1 or code_of(response) == (403, "ENTENTE-312"), response.text
        assert response.status_code in (200, 400, 403), response.text
    doctype = f'<!DOCTYPE r [<!ENTITY e SYSTEM "{listener.address}">]><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert client.post("/validate", content=doctype, headers={"content-type": "application/rdf+xml"}).status_code >= 400
    listener.close()
    assert listener.connections == 1
