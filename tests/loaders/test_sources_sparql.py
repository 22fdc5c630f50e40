"""A SPARQL endpoint of this machine with data in Wikidata's shape: pages, cache, patience and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from entente.cli.sourcing import kit as make_kit
from entente.cli.workbench import Workbench
from entente.consensus import GraphSink
from entente.errors import ArticleError, InputError, StoreError
from entente.model import Change, Delta, Iri, Literal, Quad, Solutions, Triple
from entente.model.iri import entity
from entente.model.terms import ent, owl, skos
from entente.store import RemoteStore, open_store
from entente_loaders.sources import Item, Kit, open_source
from entente_loaders.sources.sparql import ask
from pipelines import default_graph, tools

W = "http://www.wikidata.org/"
SHIPS = 7
QUERY = """PREFIX wdt: <http://www.wikidata.org/prop/direct/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?item ?label ?country ?launched WHERE {
  ?item wdt:P31 <http://www.wikidata.org/entity/Q1> ; rdfs:label ?label ; wdt:P17 ?country .
  OPTIONAL { ?item wdt:P571 ?launched }
} ORDER BY ?item"""
MAPPING = {
    "name": "wikidata-ships",
    "query": QUERY,
    "outlet": "Wikidata",
    "licence": "CC0-1.0",
    "subject": {"column": "item", "class": "Vessel"},
    "properties": [
        {"column": "label", "property": "skos:prefLabel"},
        {"column": "country", "property": "ent:belongsToState", "state": "wikidata"},
        {"column": "launched", "property": "dcterms:created", "datatype": "date"},
    ],
}


@cache
def kit() -> Kit:
    return make_kit(Workbench.open())


def wikidata_iri(state: str) -> Iri:
    """The IRI that the reference data give for a state."""
    iri = entity("state", state)
    [same] = [t.object for t in tools().index.closure([iri]) if t.subject == iri and t.predicate == owl.sameAs]
    assert isinstance(same, Iri)
    return same


@pytest.fixture
def filled(endpoint: str) -> Iterator[str]:
    """An endpoint with ships in Wikidata's shape; the last belongs to a country that is no state of ours."""
    label, instance, country, launched = (
        Iri("http://www.w3.org/2000/01/rdf-schema#label"),
        *(Iri(f"{W}prop/direct/P{n}") for n in (31, 17, 571)),
    )
    quads = []
    for number in range(SHIPS):
        ship = Iri(f"{W}entity/Q90{number}")
        owner = wikidata_iri("RUS") if number < SHIPS - 1 else Iri(f"{W}entity/Q999999999")
        quads += [
            Quad(ship, instance, Iri(f"{W}entity/Q1")),
            Quad(ship, label, Literal(f"Albatross {number}", lang="en")),
            Quad(ship, country, owner),
            Quad(ship, launched, Literal(f"199{number}-05-03T00:00:00Z", "http://www.w3.org/2001/XMLSchema#dateTime")),
        ]
    quads.append(Quad(Iri(f"{W}entity/Q900"), label, Literal("Альбатрос", lang="ru")))
    store = RemoteStore(f"{endpoint}/query", f"{endpoint}/update")
    store.apply(Change(remove=tuple(store.quads()), insert=tuple(quads)))
    yield f"{endpoint}/query"
    store.apply(Change(remove=tuple(store.quads())))


def written(folder: Path, url: str, **changes: object) -> Path:
    file = folder / "ships.sparql.yaml"
    file.write_text(yaml.safe_dump({**MAPPING, "endpoint": url, **changes}))
    return file


def options(folder: Path, **more: str) -> dict[str, str]:
    return {"cache": str(folder / "cache"), "delay": "0", **more}


def deltas(items: list[Item]) -> list[Delta]:
    assert all(isinstance(item, Delta) for item in items), items
    return [item for item in items if isinstance(item, Delta)]


@pytest.mark.parametrize("page", ["1", "3", "8", "1000"])
def test_all_pages_are_asked_for_and_every_subject_comes_once(page: str, filled: str, tmp_path: Path) -> None:
    file = written(tmp_path, filled)
    found = deltas(list(open_source(str(file), None, options(tmp_path, page=page), kit())))
    assert [delta.slug for delta in found] == [f"wikidata-ships-q90{number}" for number in range(SHIPS)]


def test_a_ship_becomes_a_candidate_with_its_state_that_the_gate_lets_in(filled: str, tmp_path: Path) -> None:
    first, *_, last = deltas(list(open_source(str(written(tmp_path, filled)), None, options(tmp_path), kit())))
    assert tools().gate.check(first.triples).passed
    [ship] = {t.subject for t in first.triples if t.object == ent.CandidateEntity}
    said = {(t.predicate, t.object) for t in first.triples if t.subject == ship}
    assert (skos.exactMatch, Iri(f"{W}entity/Q900")) in said
    assert (ent.belongsToState, entity("state", "RUS")) in said
    assert {value for predicate, value in said if predicate == skos.prefLabel} == {
        Literal("Albatross 0", lang="en"),
        Literal("Альбатрос", lang="ru"),
    }
    assert Literal.date("1990-05-03") in {value for _, value in said}
    assert last.unresolved == (f"{W}entity/Q999999999",)
    sink = GraphSink(open_store("memory:"), tools().index)
    sink.put(first)
    assert Triple(ship, ent.belongsToState, entity("state", "RUS")) in default_graph(sink.store)


def test_states_are_matched_by_their_codes_and_said_more_of(filled: str, tmp_path: Path) -> None:
    query = 'SELECT ?code ?name WHERE { VALUES (?code ?name) { ("RUS" "Rossiya") ("XXX" "Nowhere") } } ORDER BY ?code'
    changes = {"query": query, "subject": {"column": "code", "match": "alpha3"}, "name": "names"}
    file = written(tmp_path, filled, **changes, properties=[{"column": "name", "property": "ent:alias", "lang": "en"}])
    state, unknown = open_source(str(file), None, options(tmp_path), kit())
    assert isinstance(state, Delta)
    assert Triple(entity("state", "RUS"), ent.alias, Literal("Rossiya", lang="en")) in state.triples
    assert isinstance(unknown, ArticleError)
    assert (unknown.code, "XXX" in unknown.message) == ("ENTENTE-238", True)


class Slow:
    """Stands between the source and the endpoint: counts questions, and fails some of them."""

    def __init__(self, failures: int = 0) -> None:
        self.asked = 0
        self.agents: set[str] = set()
        self._failures = failures

    def select(self, url: str, query: str, agent: str, timeout: int) -> Solutions:
        self.asked += 1
        self.agents.add(agent)
        if self._failures:
            self._failures -= 1
            raise StoreError(503, f"{url} refused the request: too many", "wait")
        return RemoteStore(url, timeout=timeout, agent=agent).select(query)

    def kit(self) -> Kit:
        return Kit(kit().index, kit().codes, None, self.select)


def test_what_was_asked_once_comes_from_the_cache(filled: str, tmp_path: Path) -> None:
    file, between = str(written(tmp_path, filled)), Slow()
    first = list(open_source(file, None, options(tmp_path, page="3"), between.kit()))
    assert between.asked == 3
    assert list(open_source(file, None, options(tmp_path, page="3"), between.kit())) == first
    assert between.asked == 3
    for damaged in (tmp_path / "cache").iterdir():
        damaged.write_text('[{"item": ["iri"')
    assert list(open_source(file, None, options(tmp_path, page="3"), between.kit())) == first
    assert list(open_source(file, None, options(tmp_path, page="3", refresh="yes"), between.kit())) == first
    assert between.asked == 9
    assert all(agent.startswith("entente/") for agent in between.agents)


def test_an_endpoint_that_fails_is_asked_again_ever_more_slowly(filled: str, tmp_path: Path) -> None:
    waits: list[float] = []
    found = list(ask(str(written(tmp_path, filled)), options(tmp_path, delay="2"), Slow(3).kit(), waits.append))
    assert (len(found), waits) == (SHIPS, [4.0, 8.0, 16.0])


def test_an_endpoint_that_fails_for_good_is_named(filled: str, tmp_path: Path) -> None:
    between = Slow(99)
    [error] = open_source(str(written(tmp_path, filled)), None, options(tmp_path), between.kit())
    assert isinstance(error, ArticleError)
    assert (error.code, between.asked) == ("ENTENTE-237", 4)


def test_a_query_that_the_endpoint_cannot_read_is_not_asked_again(filled: str, tmp_path: Path) -> None:
    file = written(tmp_path, filled, query="SELECT ?item WHERE { ?item ?p } ORDER BY ?item")
    [error] = open_source(str(file), None, options(tmp_path), kit())
    assert isinstance(error, ArticleError)
    assert error.code == "ENTENTE-237"


def test_rows_that_do_not_stand_together_are_refused(filled: str, tmp_path: Path) -> None:
    query = 'SELECT ?item ?label WHERE { VALUES (?item ?label) { ("a" "1") ("b" "2") ("a" "3") } } ORDER BY ?label'
    found = list(open_source(str(written(tmp_path, filled, query=query)), None, options(tmp_path), kit()))
    assert [isinstance(item, Delta) for item in found] == [True, True, False]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"query": "SELECT ?item WHERE { ?item ?p ?o }"}, "ORDER BY"),
        ({"query": f"{QUERY} LIMIT 5"}, "LIMIT"),
        ({"endpoint": "file:///etc/passwd"}, "no http(s) address"),
        ({"name": "Not A Slug"}, "no slug"),
        ({"colour": "red"}, "unknown"),
        ({"subject": {"column": "item", "class": "Vesel"}}, "'ent:Vesel' is no term"),
        ({"subject": {"column": "item"}}, "class"),
        ({"subject": {"column": "item", "match": "flag"}}, "match"),
        ({"properties": []}, "properties"),
        ({"properties": [{"column": "label", "property": "foaf:name"}]}, "no term"),
        ({"properties": [{"column": "label", "property": "ent:alias", "datatype": "float"}]}, "datatype"),
        ({"properties": [{"property": "ent:alias"}]}, "column"),
    ],
)
def test_a_mapping_that_is_none_is_the_callers_mistake(changes: dict[str, object], words: str, tmp_path: Path) -> None:
    file = written(tmp_path, "http://127.0.0.1:9/", **changes)
    with pytest.raises(InputError) as caught:
        list(open_source(str(file), None, options(tmp_path), kit()))
    assert (caught.value.code, words in caught.value.message) == ("ENTENTE-195", True)


def test_no_folder_makes_anybody_ask_a_server(tmp_path: Path) -> None:
    written(tmp_path, "http://127.0.0.1:9/")
    assert list(open_source(str(tmp_path), None, None, kit())) == []
