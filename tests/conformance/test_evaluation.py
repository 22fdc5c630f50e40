"""The W3C's tests of SPARQL 1.1 Query, Update, federation and result formats, through the store that the service asks."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conformance.manifests import SPACES, entries, every, items, load, one, text
from conftest import require
from entente.engine import Relay
from entente.errors import QueryError
from entente.store import OxigraphStore, Question
from entente.store.sparql import check_update
from servers import Handler, answering

RESULTS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
TYPES = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_SUFFIXES = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".nt": "application/n-triples"}
EVALUATION = {"QueryEvaluationTest", "CSVResultFormatTest"}
SERVICE = re.compile(r"SERVICE\s+(?:SILENT\s+)?<([^>]*)>")
SYNTAX = {
    "PositiveSyntaxTest11": True,
    "NegativeSyntaxTest11": False,
    "PositiveUpdateSyntaxTest11": True,
    "NegativeUpdateSyntaxTest11": False,
}
# Every test that is not passed, and why.
ENGINE = "Oxigraph 0.5 answers otherwise: "
EXCLUDED = {
    "aggregates/agg-groupconcat-04": ENGINE + "GROUP_CONCAT of one language keeps the language",
    "aggregates/agg-groupconcat-06": ENGINE + "GROUP_CONCAT of one language keeps the language",
    "aggregates/agg-empty-group-count-graph": ENGINE + "a group around GRAPH over empty graphs",
    "bindings/graph": ENGINE + "VALUES that binds the name of the graph around it",
    "functions/bnode01": ENGINE + "BNODE(str) is fresh in each row and column",
    "negation/graph-minus": ENGINE + "the name of the graph counts as shared by MINUS",
    "property-path/zero_or_more_set_start": ENGINE + "paths of length zero from a term that is not in the graph",
    "property-path/zero_or_more_set_end": ENGINE + "paths of length zero to a term that is not in the graph",
    "property-path/zero_or_one_set_start": ENGINE + "paths of length zero from a term that is not in the graph",
    "property-path/zero_or_one_set_end": ENGINE + "paths of length zero to a term that is not in the graph",
    "service/service5": "SERVICE of a variable is refused",
    "update-silent/load-silent": "LOAD is refused, silent or not",
    "update-silent/load-into-silent": "LOAD is refused, silent or not",
}


# What the W3C's list of all tests counts, and where each part is run.
PARTS = {
    "manifest-sparql11-query.ttl": 328,
    "manifest-sparql11-update.ttl": 157,
    "manifest-sparql11-fed.ttl": 10,
    "manifest-sparql11-results.ttl": 10,
}
ELSEWHERE = {"protocol": 34, "service-description": 3, "graph-store-protocol": 13}
"""Parts that test_protocol runs."""
LEFT_OUT = {"entailment": 70}
"""Entailment regimes, RIF among them: no part of ../shared/conformance."""


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    """The folder of the SPARQL 1.1 tests."""
    folder = shared / "conformance" / "rdf-tests" / "sparql" / "sparql11"
    require(folder.is_dir(), "the W3C's tests are not in ../shared/conformance")
    return folder


def path_of(iri: str) -> Path:
    return Path(ox.NamedNode(iri).value.removeprefix("file://"))


def read_graph(file: Path) -> Iterator[ox.Triple]:
    for quad in ox.parse(
        file.read_bytes(), ox.RdfFormat.from_media_type(GRAPH_SUFFIXES[file.suffix]), base_iri=file.as_uri()
    ):
        yield quad.triple


def fill(store: OxigraphStore, graph: str | None, file: Path) -> None:
    lines = "".join(f"{triple} .\n" for triple in read_graph(file))
    name = f"GRAPH <{graph}>" if graph else ""
    create = f"CREATE SILENT GRAPH <{graph}> ; " if graph else ""
    store.update(f"{create}INSERT DATA {{ {name} {{ {lines} }} }}" if graph else f"INSERT DATA {{ {lines} }}")


def canonical(triples: Any) -> ox.Dataset:
    """A graph with literals as the store keeps them and blank nodes that equal graphs share."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    found = ox.Dataset(store)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def rows_graph(solutions: ox.QuerySolutions) -> Iterator[ox.Triple]:
    """Rows as a graph, so that rows with blank nodes can be compared."""
    for name in solutions.variables:
        yield ox.Triple(ox.BlankNode("head"), ox.NamedNode(RESULTS + "resultVariable"), ox.Literal(name.value))
    for row in solutions:
        node = ox.BlankNode()
        yield ox.Triple(ox.BlankNode("head"), ox.NamedNode(RESULTS + "solution"), node)
        for name in solutions.variables:
            if row[name] is not None:
                yield ox.Triple(node, ox.NamedNode(f"{RESULTS}value/{name.value}"), row[name])


def recorded(triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    """Rows that are written in the W3C's result-set vocabulary, as rows_graph writes them."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    for row in store.query(f"SELECT ?v {{ ?s <{RESULTS}resultVariable> ?v }}"):
        yield ox.Triple(ox.BlankNode("head"), ox.NamedNode(RESULTS + "resultVariable"), row["v"])
    rows = f"?s <{RESULTS}solution> ?r"
    for row in store.query(f"SELECT DISTINCT ?r {{ {rows} }}"):
        yield ox.Triple(ox.BlankNode("head"), ox.NamedNode(RESULTS + "solution"), row["r"])
    binding = f"?r <{RESULTS}binding> ?b . ?b <{RESULTS}variable> ?n ; <{RESULTS}value> ?v"
    for row in store.query(f"SELECT ?r ?n ?v {{ {rows} . {binding} }}"):
        yield ox.Triple(row["r"], ox.NamedNode(f"{RESULTS}value/{row['n'].value}"), row["v"])


def answer(store: OxigraphStore, question: Question) -> tuple[str, bytes]:
    types: list[str] = []
    sink = io.BytesIO()
    store.evaluate(question, types.append, sink)
    return types[0], sink.getvalue()


def cells(table: str) -> list[list[tuple[str, str]]]:
    """A CSV table without the order of rows and columns, its numbers as values, its blank nodes without names."""
    rows = csv.DictReader(io.StringIO(table))
    return sorted(sorted((name, cell(written)) for name, written in row.items()) for row in rows)


def cell(written: str) -> str:
    if written.startswith("_:"):
        return "_:"
    try:
        return str(float(written))
    except ValueError:
        return written


def query_problem(manifest: ox.Store, test: Any) -> str | None:
    services = every(manifest, test, "mf:action/qt:serviceData")
    if not services and path_of(str(text(manifest, test, "mf:action/qt:query"))).parent.name != "service":
        return local_problem(manifest, test, Question)
    with others(manifest, services) as (address, places), closing(Relay((address,), permit=lambda _: True)) as relay:

        def ask(query: str) -> Question:
            for named in sorted({*SERVICE.findall(query), *places}):
                query = query.replace(f"<{named}>", f"<{address}{places.get(named, 'none')}>")
            return Question(relay.redirect(query), relay=relay.address)

        return local_problem(manifest, test, ask)


@contextmanager
def others(manifest: ox.Store, services: list[Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Run the other servers of a test on this machine: their common address, and which path stands for which of them."""
    stores: dict[str, ox.Store] = {}
    places = {}
    for number, service in enumerate(services):
        store = ox.Store()
        for data in every(manifest, service, "qt:data"):
            store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in read_graph(path_of(data.value)))
        stores[f"/{number}"] = store
        places[one(manifest, service, "qt:endpoint").value] = str(number)

    class Others(Handler):
        def do_POST(self) -> None:  # noqa: N802 - what http.server calls
            query = self.rfile.read(int(self.headers["Content-Length"])).decode()
            known = self.path in stores
            body = b""
            if known:
                body = stores[self.path].query(query).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr, assignment]
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(body)

    with answering(Others) as url:
        yield f"{url}/", places


def local_problem(manifest: ox.Store, test: Any, ask: Callable[[str], Question]) -> str | None:
    store = OxigraphStore(None)
    query = path_of(str(text(manifest, test, "mf:action/qt:query")))
    for data in every(manifest, test, "mf:action/qt:data"):
        fill(store, None, path_of(data.value))
    for data in every(manifest, test, "mf:action/qt:graphData"):
        fill(store, data.value, path_of(data.value))
    result = one(manifest, test, "mf:result")
    file = path_of(result.value)
    question = replace(ask(query.read_text(encoding="utf-8")), base=query.as_uri())
    if file.suffix == ".csv":
        _, body = answer(store, replace(question, accept=("text/csv",)))
        found, wanted = (cells(written) for written in (body.decode(), file.read_text(encoding="utf-8")))
        return None if found == wanted else f"{found} instead of {wanted}"
    if file.suffix in TYPES:
        accept = TYPES[file.suffix]
        _, body = answer(store, replace(question, accept=(accept.media_type,)))
        found = ox.parse_query_results(body, accept)
        wanted = ox.parse_query_results(file.read_bytes(), accept)
        if isinstance(wanted, ox.QueryBoolean) or isinstance(found, ox.QueryBoolean):
            return None if bool(found) == bool(wanted) else f"answers {bool(found)}"
        found_rows, wanted_rows = list(rows_graph(found)), list(rows_graph(wanted))
    else:
        wanted_rows = list(read_graph(file))
        accept_both = ("application/sparql-results+json", "application/n-triples")
        media_type, body = answer(store, replace(question, accept=accept_both))
        if media_type == "application/n-triples":
            found_rows = [quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)]
        else:
            wanted_rows = list(recorded(wanted_rows))
            found_rows = list(rows_graph(ox.parse_query_results(body, ox.QueryResultsFormat.JSON)))
    return None if canonical(found_rows) == canonical(wanted_rows) else f"{body.decode()} instead of {file.name}"


def state(manifest: ox.Store, node: Any) -> Iterator[tuple[str | None, Path]]:
    for data in every(manifest, node, "ut:data"):
        yield None, path_of(data.value)
    for data in every(manifest, node, "ut:graphData"):
        yield str(text(manifest, data, "rdfs:label")), path_of(str(text(manifest, data, "ut:graph")))


def update_problem(manifest: ox.Store, test: Any) -> str | None:
    action, result = one(manifest, test, "mf:action"), one(manifest, test, "mf:result")
    store, wanted = OxigraphStore(None), OxigraphStore(None)
    for graph, file in state(manifest, action):
        fill(store, graph, file)
    for graph, file in state(manifest, result):
        fill(wanted, graph, file)
    request = path_of(str(text(manifest, action, "ut:request")))
    asked = request.read_text(encoding="utf-8")
    check_update(asked)
    store.update(asked, request.as_uri())
    states = []
    for each in (store, wanted):
        sink = io.BytesIO()
        every_quad = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        each.evaluate(Question(every_quad, ("text/tab-separated-values",)), lambda _: None, sink)
        states.append(canonical(rows_graph(ox.parse_query_results(sink.getvalue(), ox.QueryResultsFormat.TSV))))
    return None if states[0] == states[1] else "leaves another state"


def syntax_problem(manifest: ox.Store, test: Any, kind: str) -> str | None:
    file = path_of(one(manifest, test, "mf:action").value)
    asked = file.read_text(encoding="utf-8")
    store = OxigraphStore(None)
    try:
        if "Update" in kind:
            check_update(asked)
            store.update(asked, file.as_uri())
        else:
            answer(store, Question(asked, base=file.as_uri()))
    except QueryError as error:
        return f"is refused: {error}" if SYNTAX[kind] and error.code == "ENTENTE-310" else None
    return None if SYNTAX[kind] else "is read"


def runner(kind: str) -> Callable[[ox.Store, Any], str | None]:
    if kind in EVALUATION:
        return query_problem
    if kind == "UpdateEvaluationTest":
        return update_problem
    return lambda manifest, test: syntax_problem(manifest, test, kind)


@pytest.mark.parametrize(("part", "expected"), PARTS.items())
def test_everything_but_the_named_exclusions_passes(suite: Path, part: str, expected: int) -> None:
    whole = load(suite / part)
    count = 0
    failures = {}
    folders = set()
    includes = [q.object for q in whole.quads_for_pattern(None, ox.NamedNode(SPACES["mf"] + "include"), None)]
    for folder in items(whole, includes[0]):
        manifest = load(path_of(folder.value))
        folders.add(path_of(folder.value).parent.name)
        for name, test in entries(manifest):
            kind = str(text(manifest, test, "rdf:type")).rpartition("#")[2]
            count += 1
            try:
                problem = runner(kind)(manifest, test)
            except (QueryError, ValueError, OSError) as error:
                problem = str(error)
            if problem:
                failures[f"{path_of(folder.value).parent.name}/{name}"] = problem[:300]
    excluded = {name for name in EXCLUDED if name.partition("/")[0] in folders}
    assert excluded <= set(failures), "one of these passes now: name it no more"
    assert {name: problem for name, problem in failures.items() if name not in EXCLUDED} == {}
    assert count == expected


def test_nothing_is_left_out_in_silence(suite: Path) -> None:
    run, elsewhere = sum(PARTS.values()), sum(ELSEWHERE.values())
    whole = load(suite / "manifest-all.ttl")
    [head] = [q.object for q in whole.quads_for_pattern(None, ox.NamedNode(SPACES["mf"] + "include"), None)]
    counts = {}
    for folder in items(whole, head):
        file = path_of(folder.value)
        parts = [file] if file.exists() else []
        if file.parent.name == "graph-store-protocol":
            parts = [file.with_name(f"manifest-{kind}.ttl") for kind in ("direct", "indirect")]
        counts[file.parent.name] = sum(len(entries(load(part))) for part in parts)
    assert {name for name, count in counts.items() if not count} == set(LEFT_OUT)
    assert {name: counts[name] for name in ELSEWHERE} == ELSEWHERE
    assert sum(counts.values()) == run + elsewhere
    passed = run - len(EXCLUDED) + elsewhere
    # pytest -rP shows it.
    sys.stdout.write(f"{passed} of {run + elsewhere} pass; {sum(LEFT_OUT.values())} of entailment are left out\n")
    assert (passed, run + elsewhere, run + elsewhere + sum(LEFT_OUT.values())) == (542, 555, 625)
