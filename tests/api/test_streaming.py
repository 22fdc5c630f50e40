"""Over a real connection: no broken answer passes for a whole one, and a client that goes takes its query along."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import pytest
import rdflib
from SPARQLWrapper import SPARQLWrapper

from api.server import serving
from entente.api import Settings, create_app
from entente.engine import FolderEngine, Limits
from entente.query import Catalogue

TOKEN = "streams"
DATA = "INSERT DATA { " + " ".join(f"<http://e/s{i}> <http://e/p> {i} ." for i in range(400)) + " }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TEXT = "BIND(CONCAT(STR(?c), '-', STR(?f), '-', STR(?i)) AS ?x)"
GRAPH = f"CONSTRUCT {{ ?a ?b ?x }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i {TEXT} }}"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderEngine]:
    made = FolderEngine(tmp_path_factory.mktemp("streaming") / "store", Limits(readers=1, parallel=None, budget=None))
    made.update(DATA)
    yield made
    made.close()


@pytest.fixture(scope="module")
def address(engine: FolderEngine) -> Iterator[str]:
    settings = Settings(token_hashes=(hashlib.sha256(TOKEN.encode()).hexdigest(),))
    with serving(create_app(engine.store, None, Catalogue(()), settings, engine)) as where:  # type: ignore[arg-type]
        yield where


@contextmanager
def asked(address: str, query: str, accept: str) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": accept})
    yield connection.getresponse()
    connection.close()


def wait_for_a_query(engine: FolderEngine) -> None:
    while not any(query.stop for query in engine.register.active()):
        threading.Event().wait(0.005)


def cancel(address: str, query_id: str | None) -> None:
    with urlopen(Request(f"{address}/sparql/queries/{query_id}", method="DELETE"), timeout=30) as answer:
        assert answer.status == 204


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (LONG, "application/sparql-results+json"),
        (LONG, "application/sparql-results+xml"),
        (LONG, "text/csv"),
        (LONG, "text/tab-separated-values"),
        (GRAPH, "application/n-triples"),
        (GRAPH, "text/turtle"),
        (GRAPH, "application/ld+json"),
    ],
)
def test_what_breaks_off_is_cut_off(address: str, query: str, accept: str) -> None:
    with asked(address, query, accept) as answer:
        assert (answer.status, answer.headers["transfer-encoding"]) == (200, "chunked")
        assert len(answer.read(1000)) == 1000
        cancel(address, answer.headers["entente-query-id"])
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


def test_clients_raise_when_an_answer_breaks_off(address: str, engine: FolderEngine) -> None:
    def end_soon() -> None:
        wait_for_a_query(engine)
        cancel(address, engine.register.active()[0].id)

    wrapper = SPARQLWrapper(f"{address}/sparql", returnFormat="json")
    wrapper.setQuery(LONG)
    graph = rdflib.Graph()
    for work in (
        lambda: wrapper.query().convert(),
        lambda: graph.parse(f"{address}/sparql?query={quote(GRAPH)}&format=nt", format="nt"),
    ):
        ender = threading.Thread(target=end_soon)
        ender.start()
        with pytest.raises((http.client.IncompleteRead, HTTPError)):
            work()
        ender.join()


def test_an_error_before_the_first_part_is_a_problem(address: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}/sparql?query=SELECT%20nonsense", timeout=30)
    with refused.value as answer:
        assert answer.status == 400
        assert json.load(answer)["code"] == "ENTENTE-310"


def test_a_client_that_goes_takes_its_query_along(address: str, engine: FolderEngine) -> None:
    for query in (LONG, LONG.replace("*", "(COUNT(*) AS ?n)")):
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        connection.request("GET", f"/sparql?query={quote(query)}")
        wait_for_a_query(engine)
        connection.close()
        asyncio.run(_until_nothing_runs(engine))


async def _until_nothing_runs(engine: FolderEngine) -> None:
    async with asyncio.timeout(30):
        while engine.register.active():
            await asyncio.sleep(0)


def test_who_runs_what_is_shown_to_whom(address: str) -> None:
    with asked(address, LONG, "text/csv") as answer:
        with urlopen(f"{address}/sparql/queries", timeout=30) as shown:
            [query] = json.load(shown)
        assert (query["query"], query["id"]) == (LONG, answer.headers["entente-query-id"])
        with urlopen(
            Request(f"{address}/sparql/queries", headers={"Authorization": f"Bearer {TOKEN}"}), timeout=30
        ) as shown:
            assert len(json.load(shown)) == 1
        cancel(address, query["id"])
