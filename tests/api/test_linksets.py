"""The links to other datasets: each agrees with the check tables, is counted and told of in VoID, and can be downloaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from entente.api import create_app
from entente.model import Change, Iri, Quad, Store
from entente.model.terms import owl
from entente.query import load
from entente.store import open_store, parse
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
STATE = "https://w3id.org/entente/id/state/"
NS = "https://w3id.org/entente/ns#"
NAMES = ["wikidata", "geonames", "eu-country", "cow", "gw", "iso-3166", "m49"]
# Not one of today's countries: the table of country codes has no row for them.
GONE = {"CSK", "DDR", "RVN", "SUN", "TBT", "XKX", "YMD", "YUG", "ZAN"}
VOID = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcterms: <http://purl.org/dc/terms/>"


def client_of(store: Store) -> TestClient:
    return TestClient(create_app(store, tools().index, load(ROOT / "queries")), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(ingested(ROOT / "samples" / "kentucky-001.txt")) as made:
        yield made


def triples(client: TestClient, name: str) -> set[tuple[str, str, str]]:
    """The statements of a download; a literal is given by its text."""
    answer = client.get(f"/linksets/{name}.nt")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/n-triples"), answer.text
    return {
        (str(q.subject), str(q.predicate), getattr(q.object, "lexical", str(q.object)))
        for q in parse(answer.content, "application/n-triples")
    }


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_links_are_those_of_the_check_tables(client: TestClient, shared: Path) -> None:
    rows = {row["ISO3166-1-Alpha-3"]: row for row in table(shared / "checks/country-codes.csv")}
    ours = {s.removeprefix(STATE) for s, _, _ in triples(client, "iso-3166")}
    assert len(ours) == 206
    today = ours - GONE
    assert len(today) == 197

    def pairs(name: str) -> dict[str, str]:
        return {s.removeprefix(STATE): o.rstrip("/").rsplit("/", 1)[-1] for s, _, o in triples(client, name)}

    # The table has no item of Wikidata for Namibia, so we have none either.
    assert pairs("wikidata") == {iso: rows[iso]["wikidata_id"].rsplit("/", 1)[-1] for iso in today - {"NAM"}}
    assert pairs("geonames") == {iso: rows[iso]["Geoname ID"] for iso in today}
    assert pairs("eu-country") == {iso: iso for iso in today}
    assert pairs("m49") == {iso: rows[iso]["M49"].zfill(3) for iso in today}
    codes = {(s.removeprefix(STATE), p.removeprefix(NS), o) for s, p, o in triples(client, "iso-3166")}
    expected = {(iso, "iso3166alpha3", iso) for iso in ours}
    for iso in today:
        expected.add((iso, "iso3166alpha2", rows[iso]["ISO3166-1-Alpha-2"]))
        expected.add((iso, "iso3166numeric", rows[iso]["ISO3166-1-numeric"].zfill(3)))
    # No code of the standard, but one that it leaves to its users, and that the EU gives.
    assert codes == expected | {("XKX", "iso3166alpha2", "XK")}


@pytest.mark.parametrize(("name", "file", "column"), [("cow", "cow_years.csv", "cowc"), ("gw", "gw_years.csv", "gwc")])
def test_codes_are_members_of_their_lists(client: TestClient, shared: Path, name: str, file: str, column: str) -> None:
    rows = table(shared / "checks" / file)
    listed = {(row[f"{column[:-1]}n"], row[column]) for row in rows}
    nodes: dict[str, dict[str, str]] = {}
    for subject, predicate, value in triples(client, name):
        nodes.setdefault(subject, {})[predicate.removeprefix(NS)] = value
    assert all(node["codeOf"].startswith(STATE) for node in nodes.values())
    given = {(node["codeNumber"], node["codeLetters"]) for node in nodes.values()}
    assert len(given) > 180
    assert {number for number, _ in given} <= {number for number, _ in listed}
    assert len(given & listed) / len(given) > 0.95


def test_what_is_listed_is_what_is_downloaded(client: TestClient) -> None:
    listed = client.get("/linksets").json()
    assert [each["name"] for each in listed] == NAMES
    for each in listed:
        held = triples(client, each["name"])
        assert len(held) == each["triples"]
        assert each["download"] == f"http://testserver/linksets/{each['name']}.nt"
        states = {term for s, _, o in held for term in (s, o) if term.startswith(STATE)}
        assert len(states) == each["links"]
        assert set(each["predicates"]) <= {p for _, p, _ in held}


def test_void_tells_of_them(client: TestClient) -> None:
    described = ox.Store()
    described.load(client.get("/.well-known/void").content, ox.RdfFormat.TURTLE)
    counts = {each["name"]: each["triples"] for each in client.get("/linksets").json()}
    dumps = described.query(f"{VOID} SELECT ?file ?n {{ ?d void:subset [ void:dataDump ?file ; void:triples ?n ] }}")
    told = {row["file"].value.rsplit("/", 1)[-1].removesuffix(".nt"): int(row["n"].value) for row in dumps}  # type: ignore[union-attr]
    assert told == counts
    sets = described.query(
        f"{VOID} SELECT ?from ?to ?p {{ ?l a void:Linkset ; void:subjectsTarget ?s ; void:objectsTarget ?o ; "
        "void:linkPredicate ?p . ?s dcterms:title ?from . ?o dcterms:title ?to }"
    )
    led = {(row["from"].value, row["to"].value, row["p"].value.rsplit("#", 1)[-1]) for row in sets}  # type: ignore[union-attr]
    assert led == {
        ("Entente", "Wikidata", "sameAs"),
        ("Entente", "GeoNames", "exactMatch"),
        ("Entente", "Country authority table of the EU Publications Office", "exactMatch"),
        ("Correlates of War, state system membership", "Entente", "codeOf"),
        ("Gleditsch and Ward, independent states", "Entente", "codeOf"),
    }


def test_formats_of_a_linkset(client: TestClient) -> None:
    cases = {None: "application/n-triples", "text/turtle": "text/turtle", "application/ld+json": "application/ld+json"}
    for accept, media_type in cases.items():
        answer = client.get("/linksets/geonames", headers={"accept": accept or "*/*"})
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert len(parse(answer.content, media_type)) == 197
    by_suffix = client.get("/linksets/geonames.ttl", headers={"accept": "text/html"})
    assert by_suffix.headers["content-type"] == "text/turtle; charset=utf-8"
    head = client.head("/linksets/geonames.nt")
    assert (head.status_code, head.content) == (200, b"")
    again = client.get("/linksets/geonames.nt", headers={"if-none-match": head.headers["etag"]})
    assert (again.status_code, again.headers["etag"]) == (304, head.headers["etag"])
    assert by_suffix.headers["etag"] != head.headers["etag"]
    other = client.get("/linksets/wikidata.nt", headers={"if-none-match": head.headers["etag"]})
    assert other.status_code == 200
    refused = client.get("/linksets/geonames", headers={"accept": "image/png"})
    assert (refused.status_code, refused.json()["code"]) == (406, "ENTENTE-861")


@pytest.mark.parametrize("name", ["dbpedia", "nowhere", "wikidata.csv", ".nt"])
def test_no_such_linkset(client: TestClient, name: str) -> None:
    refused = client.get(f"/linksets/{name}")
    assert (refused.status_code, refused.json()["code"]) == (404, "ENTENTE-860")
    assert "wikidata, geonames" in refused.json()["hint"]


def test_links_of_other_data_are_counted_too() -> None:
    world = open_store("memory:")
    thing, other = Iri(STATE + "USA"), Iri(STATE + "CAN")
    places = ["http://dbpedia.org/resource/Canada", "https://kg.example/a/1", "https://kg.example/a/2", str(other)]
    world.apply(Change(insert=tuple(Quad(thing, owl.sameAs, Iri(place)) for place in places)))
    with client_of(world) as client:
        assert [each["name"] for each in client.get("/linksets").json()] == ["dbpedia"]
        assert triples(client, "dbpedia") == {(str(thing), str(owl.sameAs), places[0])}
        void = client.get("/.well-known/void?format=nt").text
        assert void.count("void#Linkset>") == 2
        assert '"https://kg.example/a/"' in void
        assert not [line for line in void.splitlines() if "uriSpace" in line and "entente" in line.partition("uriSpace")[2]]
    world.close()
