"""SPARQLWrapper and rdflib against the service, as people use them."""

from __future__ import annotations

import hashlib
import itertools
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import GET, POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper

from api.server import serving
from entente.api import Settings, create_app
from entente.engine import Limits, LocalEngine
from entente.query import Catalogue
from entente.store import OxigraphStore

TOKEN = "clients"
DATA = "INSERT DATA { <http://e/s> <http://e/p> 1, 'two'@en . GRAPH <http://e/g> { <http://e/s> <http://e/p> 3 } }"
FORMS = {
    "SELECT": "SELECT ?o { <http://e/s> <http://e/p> ?o }",
    "ASK": "ASK { <http://e/s> <http://e/p> 1 }",
    "CONSTRUCT": "CONSTRUCT { ?s <http://e/q> ?o } WHERE { ?s <http://e/p> ?o }",
    "DESCRIBE": "DESCRIBE <http://e/s>",
}
ROWS, GRAPHS = ("json", "xml", "csv", "tsv"), ("turtle", "xml", "json-ld")
WAYS = {"get": (GET, URLENCODED), "post": (POST, URLENCODED), "direct": (POST, POSTDIRECTLY)}
WANTED = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "json-ld": "application/ld+json",
}
# CSV and TSV of an ASK are asked once, by GET alone.
MATRIX = [
    (way, form, asked)
    for way, form in itertools.product(WAYS, FORMS)
    for asked in (GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else ROWS if form == "SELECT" else ROWS[:3])
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    store = OxigraphStore(None)
    store.update(DATA)
    settings = Settings(token_hashes=(hashlib.sha256(TOKEN.encode()).hexdigest(),))
    engine = LocalEngine(store, Limits(budget=None))
    with serving(create_app(store, None, Catalogue(()), settings, engine)) as where:  # type: ignore[arg-type]
        yield where
    engine.close()
    store.close()


@pytest.mark.parametrize("only_accept", [False, True])
@pytest.mark.parametrize(("way", "form", "asked"), MATRIX)
def test_sparqlwrapper(address: str, way: str, form: str, asked: str, only_accept: bool) -> None:
    wrapper = SPARQLWrapper(f"{address}/sparql", returnFormat=asked)
    method, encoding = WAYS[way]
    wrapper.setMethod(method)
    wrapper.setRequestMethod(encoding)
    wrapper.setOnlyConneg(only_accept)
    wrapper.setQuery(FORMS[form])
    with warnings.catch_warnings():
        # It warns of formats that it thinks unknown for a form of query.
        warnings.simplefilter("ignore", RuntimeWarning)
        # It reads graphs with what rdflib wants no more.
        warnings.simplefilter("ignore", DeprecationWarning)
        answer = wrapper.query()
        media_type = answer.response.headers.get_content_type()
        graph = form in ("CONSTRUCT", "DESCRIBE")
        xml = "application/rdf+xml" if graph else "application/sparql-results+xml"
        assert media_type == WANTED.get(asked, xml)
        check(form, asked, answer.convert())


def check(form: str, asked: str, found: Any) -> None:
    if form in ("CONSTRUCT", "DESCRIBE"):
        graph = rdflib.Graph().parse(data=found, format="turtle") if isinstance(found, bytes) else found
        assert len(graph) == 2
    elif form == "ASK" and asked == "json":
        assert found["boolean"] is True
    elif form == "SELECT" and asked == "json":
        assert len(found["results"]["bindings"]) == 2
    elif asked in ("csv", "tsv"):
        assert len(found.splitlines()) == (3 if form == "SELECT" else 1)
    else:
        assert b"<binding" in found.toxml().encode() or b"<boolean>true" in found.toxml().encode()


def test_the_matrix_is_whole() -> None:
    assert len(MATRIX) == 39


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_and_writes(address: str, method: str) -> None:
    store = SPARQLUpdateStore(
        f"{address}/sparql",
        f"{address}/update",
        method=method,
        headers={"Authorization": f"Bearer {TOKEN}"},
        context_aware=False,
    )
    graph = rdflib.Graph(store)
    before = len(graph)
    triple = (rdflib.URIRef("http://e/rdflib"), rdflib.URIRef("http://e/p"), rdflib.Literal("Grüße", lang="de"))
    graph.add(triple)
    assert triple in graph
    assert len(graph) == before + 1
    rows = list(graph.query("SELECT ?o { <http://e/rdflib> ?p ?o }"))
    assert [row[0] for row in rows] == [triple[2]]
    graph.remove(triple)
    assert len(graph) == before


def test_comunica_and_others_find_the_service(address: str) -> None:
    described = rdflib.Graph().parse(f"{address}/sparql")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(described.objects(None, service.endpoint)) == [rdflib.URIRef(f"{address}/sparql")]
