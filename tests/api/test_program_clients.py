"""Programs of others against the service over the samples' graph: Rasqal's roqet and Comunica."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from shutil import which
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from api.server import serving
from conftest import ROOT, require
from entente.api import Settings, create_app
from entente.engine import Limits, LocalEngine
from entente.model import Change, Iri, Store
from entente.query import Catalogue, load
from entente.store import open_store, parse
from pipelines import ingested

RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"
QUERIES = {card.name: card.text for card in load(ROOT / "queries").cards if card.subject == "competency"}
PREFIXES = "PREFIX ent: <https://w3id.org/entente/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
NAMED = PREFIXES + "SELECT ?e ?name { ?e a ent:Exercise ; ent:involvesState ?state OPTIONAL { ?e ent:name ?name } }"
MISREAD = "SELECT * WHERE { ?s ?p }"
UNKNOWN = "SELECT (<http://example.org/unknown>(?e) AS ?x) WHERE { ?e ?p ?o }"
Solutions = Counter[tuple[tuple[str, str], ...]]


@pytest.fixture(scope="module")
def graph() -> Store:
    return ingested(*sorted((ROOT / "samples").glob("*.txt")))


@contextmanager
def service(store: Store) -> Iterator[str]:
    engine = LocalEngine(store, Limits(budget=None))  # type: ignore[arg-type]
    with serving(create_app(store, None, Catalogue(()), Settings(), engine)) as where:  # type: ignore[arg-type]
        # FastAPI makes its routes with the first request, under a filter of warnings that two threads undo for one another.
        with urlopen(f"{where}/sparql") as answer:
            assert answer.status == 200
        yield f"{where}/sparql"
    engine.close()


@pytest.fixture(scope="module")
def address(graph: Store) -> Iterator[str]:
    with service(graph) as where:
        yield where


def solutions(body: bytes, form: ox.QueryResultsFormat) -> Solutions:
    found = ox.parse_query_results(body, form)
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return Counter(tuple((name, str(row[name])) for name in names) for row in found)


def expected(graph: Store, query: str) -> Solutions:
    return solutions(graph.answer(query, (RESULTS,))[1], ox.QueryResultsFormat.JSON)


def roqet(address: str, query: str) -> subprocess.CompletedProcess[bytes]:
    program = which("roqet")
    require(program, "roqet is not installed (Debian package rasqal-utils)")
    command = [str(program), "-q", "-p", address, "-e", query, "-r", "xml"]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("name", QUERIES)
def test_roqet_gets_every_row(address: str, graph: Store, name: str) -> None:
    run = roqet(address, QUERIES[name])
    assert (run.returncode, run.stderr) == (0, b"")
    # What has no value it writes as a draft of the format had it.
    body = re.sub(rb'<binding name="\w+"><unbound/></binding>', b"", run.stdout)
    assert solutions(body, ox.QueryResultsFormat.XML) == expected(graph, QUERIES[name])


@pytest.mark.parametrize("query", [MISREAD, UNKNOWN])
def test_roqet_tells_of_what_is_refused(address: str, query: str) -> None:
    run = roqet(address, query)
    assert run.returncode != 0
    assert b"HTTP status 400" in run.stderr


def test_the_queries_are_all_there(graph: Store) -> None:
    assert len(QUERIES) == 25
    assert sum(1 for query in QUERIES.values() if expected(graph, query)) >= 15


def comunica(query: str, media_type: str, *sources: str) -> subprocess.CompletedProcess[bytes]:
    folder = Path(os.environ.get("ENTENTE_COMUNICA", ROOT / ".venv" / "comunica"))
    program = folder / "node_modules" / ".bin" / "comunica-sparql"
    require(which("node") and program.is_file(), "Comunica is not installed (.ci/run has the command that does it)")
    command = [str(program), *sources, "-q", query, "-t", media_type]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)


def rows(body: bytes) -> Solutions:
    # Comunica's JSON has a member beside those of the format.
    whole = json.loads(body)
    known = json.dumps({name: whole[name] for name in ("head", "results")})
    return solutions(known.encode(), ox.QueryResultsFormat.JSON)


def untagged(found: Solutions) -> Solutions:
    # Comunica 4.5.0 loses language tags: its rdf-data-factory 1 does not know how sparqljson-parse 3 gives them.
    bare: Solutions = Counter()
    for row, count in found.items():
        bare[tuple((name, re.sub(r'"@[A-Za-z0-9-]+$', '"', value)) for name, value in row)] += count
    return bare


SELECTS = {
    "filter": "SELECT ?s ?l { ?s skos:prefLabel ?l FILTER(LANG(?l) = 'en' && CONTAINS(?l, 'Sea')) }",
    "optional": NAMED.removeprefix(PREFIXES),
    "aggregate": "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c HAVING (COUNT(*) > 100)",
    "named": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "path": "SELECT DISTINCT ?e ?when { ?e a ent:Exercise ; ent:when/<http://semanticweb.cs.vu.nl/2009/11/sem/"
    "hasEarliestBeginTimeStamp> ?when }",
}


@pytest.mark.parametrize("name", SELECTS)
def test_comunica_gets_every_row(address: str, graph: Store, name: str) -> None:
    run = comunica(PREFIXES + SELECTS[name], RESULTS, address)
    assert (run.returncode, run.stderr) == (0, b"")
    wanted = expected(graph, PREFIXES + SELECTS[name])
    assert len(wanted) >= 3
    assert untagged(rows(run.stdout)) == untagged(wanted)


@pytest.mark.parametrize(("state", "answer"), [("RUS", b"true"), ("XXX", b"false")])
def test_comunica_asks(address: str, state: str, answer: bytes) -> None:
    query = f"{PREFIXES}ASK {{ ?e a ent:Exercise ; ent:involvesState <https://w3id.org/entente/id/state/{state}> }}"
    run = comunica(query, "simple", address)
    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, answer, b"")


def test_comunica_constructs(address: str, graph: Store) -> None:
    query = PREFIXES + "CONSTRUCT { ?s skos:prefLabel ?l } WHERE { ?s a ent:Sea ; skos:prefLabel ?l }"
    run = comunica(query, TRIPLES, address)
    assert (run.returncode, run.stderr) == (0, b"")
    wanted = set(graph.construct(query))
    assert len(wanted) > 100
    assert {quad.triple for quad in parse(run.stdout, TRIPLES)} == wanted


def test_comunica_joins_two_services(graph: Store) -> None:
    """It takes the query apart then, and asks each service with counts and VALUES."""
    name = Iri("https://w3id.org/entente/ns#name")
    apart = [
        Change(insert=tuple(quad for quad in graph.quads(default_graph=True) if (quad.predicate == name) == names))
        for names in (False, True)
    ]
    with ExitStack() as stack:
        stores = [stack.enter_context(closing(open_store("memory:"))) for _ in apart]
        for store, change in zip(stores, apart, strict=True):
            store.apply(change)
        run = comunica(NAMED, RESULTS, *(stack.enter_context(service(store)) for store in stores))
    assert (run.returncode, run.stderr) == (0, b"")
    wanted = expected(graph, NAMED)
    assert len(wanted) >= 5
    assert untagged(rows(run.stdout)) == untagged(wanted)


@pytest.mark.parametrize(("query", "said"), [(MISREAD, b"Parse error"), (UNKNOWN, b"ENTENTE-341")])
def test_comunica_tells_of_what_is_refused(address: str, query: str, said: bytes) -> None:
    run = comunica(query, RESULTS, address)
    assert run.returncode != 0
    assert said in run.stderr


def test_the_cases_are_all_there() -> None:
    assert len(SELECTS) == 5
