"""The examples that call other servers give their rows through the relay, from a server with data of the same shape."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery
from starlette.testclient import TestClient

from entente.api import create_app
from entente.engine import LocalEngine, Relay
from entente.model import Change, Iri, Quad
from entente.model.terms import ent, owl, rdf, skos
from entente.query import Card, bind, load
from entente.store import Question, open_store
from entente.store.sparql import service_iris
from pipelines import tools
from servers import oxigraph

ROOT = Path(__file__).parents[2]
STATE = "https://w3id.org/entente/id/state/"
CARDS = {card.name: card for card in load(ROOT / "queries").federated}
SERVERS = {
    "https://query.wikidata.org/sparql",
    "https://publications.europa.eu/webapi/rdf/sparql",
    "https://dbpedia.org/sparql",
}
# Who takes part in the made-up exercises, who borders on whom and who is a member of what, in the made-up Wikidata.
EXERCISES = ("CHN RUS", "CHN RUS", "CHN RUS PAK", "IND USA")
POPULATION = {"CHN": 1400, "RUS": 140, "PAK": 240, "USA": 330, "FRA": 68}
BORDERS = ("CHN RUS", "RUS CHN", "CHN PAK", "PAK CHN", "FRA DEU")
MEMBERS = {"Club of Rivers": "CHN RUS", "Club of Hills": "CHN PAK", "Union of Ports": "RUS CHN USA"}
EXPECTED = {
    "population-of-states": ["CHN 3 1400", "RUS 3 140", "PAK 1 240", "USA 1 330"],
    "exercises-of-neighbours": ["China Russia 3", "China Pakistan 1"],
    "shared-memberships": ["Club of Rivers", "Union of Ports"],
    "official-names-of-the-eu": ["CHN China (de)", "RUS Russland (de)"],
    "abstracts-of-dbpedia": ["RUS http://dbpedia.org/resource/Russia A large country."],
}


@dataclass
class World:
    """Our graph, behind an engine whose SERVICE calls go to the server that stands in for all others."""

    engine: LocalEngine
    address: str
    calls: list[str] = field(default_factory=list)

    def rows(self, card: Card, **values: str) -> list[dict[str, str]]:
        text = bind(card, values) if values else card.text
        for server in SERVERS:
            text = text.replace(f"<{server}>", f"<{self.address}>")
        answer = asyncio.run(self.engine.ask(Question(text, ("text/csv",)), "me"))
        return list(csv.DictReader(io.StringIO(answer.first.decode(), newline="")))


def item(code: str) -> str:
    """The item of Wikidata that the reference data has for a state."""
    [found] = [t.object for t in tools().index.reference() if t.subject == STATE + code and t.predicate == owl.sameAs]
    return str(found)


def elsewhere() -> str:
    """What the other servers know, in the shapes that they have."""
    lines = []
    for code, number in POPULATION.items():
        lines.append(f'<{item(code)}> wdt:P298 "{code}" ; wdt:P1082 {number} .')
    lines += [f"<{item(a)}> wdt:P47 <{item(b)}> ." for a, b in map(str.split, BORDERS)]
    for number, (name, members) in enumerate(MEMBERS.items()):
        body = f"<http://www.wikidata.org/entity/made-up-{number}>"
        lines.append(f'{body} rdfs:label "{name}"@en , "{name}"@mul .')
        lines += [f"<{item(code)}> wdt:P463 {body} ." for code in members.split()]
    table = "http://publications.europa.eu/resource/authority/country"
    for code, name in {"CHN": "China (de)", "RUS": "Russland (de)", "FRA": "Frankreich (de)"}.items():
        lines.append(f'<{table}/{code}> skos:inScheme <{table}> ; skos:prefLabel "{name}"@de , "{name}"@fr .')
    lines.append(
        f'dbr:Russia a dbo:Country ; owl:sameAs <{item("RUS")}> ; dbo:abstract "A large country."@en , "Ein Land."@de .'
    )
    lines.append(f'dbr:Moscow a dbo:City ; owl:sameAs <{item("CHN")}> ; dbo:abstract "No country."@en .')
    spaces = {
        "wdt": "http://www.wikidata.org/prop/direct/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "dbo": "http://dbpedia.org/ontology/",
        "dbr": "http://dbpedia.org/resource/",
    }
    return "".join(f"PREFIX {name}: <{space}>\n" for name, space in spaces.items()) + f"INSERT DATA {{ {' '.join(lines)} }}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    ours = open_store("memory:")
    quads = [
        Quad(*triple)
        for triple in tools().index.reference()
        if triple.predicate in (owl.sameAs, skos.exactMatch, skos.prefLabel)
    ]
    for number, states in enumerate(EXERCISES):
        exercise = Iri(f"https://w3id.org/entente/id/exercise/e{number}")
        quads.append(Quad(exercise, rdf.type, ent.Exercise))
        quads += [Quad(exercise, ent.involvesState, Iri(STATE + code)) for code in states.split()]
    ours.apply(Change(insert=tuple(quads)))
    with oxigraph(tmp_path_factory.mktemp("elsewhere")) as location:
        address = location.removeprefix("sparql+")
        with_writes = open_store(location)
        with_writes.update(elsewhere())  # type: ignore[attr-defined]
        relay = Relay((address,), permit=lambda _: True)
        made = World(LocalEngine(ours, relay=relay), address)
        send = relay.forward

        def forward(path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
            made.calls.append(body.decode())
            return send(path, body, headers)

        relay.forward = forward  # type: ignore[method-assign]
        yield made
        made.engine.close()
        relay.close()
        with_writes.close()
    ours.close()


def test_all_examples_call_servers_that_are_known() -> None:
    assert set(CARDS) == set(EXPECTED)
    assert {iri for card in CARDS.values() for _, _, iri in service_iris(card.text)} == SERVERS
    for card in CARDS.values():
        prepareQuery(card.text)
        assert len(service_iris(card.text)) == 1


@pytest.mark.parametrize("name", EXPECTED)
def test_rows_come_from_here_and_there_in_one_call(world: World, name: str) -> None:
    card = CARDS[name]
    world.calls.clear()
    rows = world.rows(card)
    assert tuple(rows[0]) == card.columns
    dropped = {"name"} if name == "population-of-states" else {"organisation"} if name == "shared-memberships" else set()
    said = [" ".join(value.removeprefix(STATE) for key, value in row.items() if key not in dropped) for row in rows]
    assert said == EXPECTED[name]
    # A call for each row would be an attack.
    assert len(world.calls) == 1


def test_the_states_of_a_dyad_may_be_exchanged(world: World) -> None:
    rows = world.rows(CARDS["shared-memberships"], a="PAK", b="CHN")
    assert [row["name"] for row in rows] == ["Club of Hills"]


def test_they_are_examples_and_not_run_by_name() -> None:
    catalogue = load(ROOT / "queries")
    assert not {card.name for card in catalogue.cards} & set(CARDS)
    store = open_store("memory:")
    with TestClient(create_app(store, tools().index, catalogue)) as client:
        assert client.get("/queries/population-of-states").status_code == 404
        refused = client.post("/sparql", data={"query": CARDS["population-of-states"].text})
        assert refused.status_code in (400, 403)
        examples = rdflib.Graph().parse(data=client.get("/.well-known/sparql-examples?format=nt").text, format="nt")
    store.close()
    federates = rdflib.URIRef("https://purl.expasy.org/sparql-examples/ontology#federatesWith")
    told = {(str(s).rpartition("#")[2], str(o)) for s, o in examples.subject_objects(federates)}
    assert told == {(card.name, iri) for card in CARDS.values() for _, _, iri in service_iris(card.text)}
