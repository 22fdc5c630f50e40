"""The documents: PLOVER records, MME rows, nanopublications and RDF 1.2, read back by other means."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from entente.export import DOCUMENTS, names, page, report, tabulate
from entente.query import load
from entente.resources import folder
from pipelines import ingested

SAMPLES = tuple(sorted(folder("samples").glob("*.txt")))
CATALOGUE = load(folder("queries"))
ENT = "https://w3id.org/entente/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NP = "http://www.nanopub.org/nschema#"


def written(name: str) -> bytes:
    return DOCUMENTS[name].write(CATALOGUE, ingested(*SAMPLES))


def statements() -> set[tuple[str, str, str, str]]:
    """What the store's claims assert: claim, subject, predicate, object."""
    query = f"""SELECT ?c ?s ?p ?o WHERE {{ GRAPH ?g {{
        ?c <{ENT}asserts> ?x . ?x <{RDF}subject> ?s ; <{RDF}predicate> ?p ; <{RDF}object> ?o }} }}"""
    rows = ingested(*SAMPLES).select(query).rows
    assert len(rows) > 200
    return {tuple(term.n3() for term in row if term is not None) for row in rows}  # type: ignore[misc]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_the_same_every_time_and_says_what_it_loses(name: str) -> None:
    assert written(name) == written(name)
    assert report(DOCUMENTS[name].losses, ingested(*SAMPLES))
    assert DOCUMENTS[name].write(CATALOGUE, ingested()).count(b"\n") <= 2


def test_rdf_12_gives_the_statements_back() -> None:
    found = set()
    for quad in ox.parse(written("rdf12"), format=ox.RdfFormat.N_QUADS):
        if quad.predicate.value == f"{RDF}reifies":
            assert isinstance(quad.object, ox.Triple)
            found.add((str(quad.subject), *map(str, (quad.object.subject, quad.object.predicate, quad.object.object))))
    assert found == statements()


def test_each_claim_is_a_nanopublication_with_its_speaker_and_words() -> None:
    store = ox.Store()
    store.load(written("nanopub"), format=ox.RdfFormat.TRIG)
    claims = {claim for claim, *_ in statements()}
    query = f"""SELECT ?np (COUNT(DISTINCT ?who) AS ?speakers) (COUNT(DISTINCT ?quote) AS ?quotes) WHERE {{
        GRAPH ?head {{ ?np a <{NP}Nanopublication> ; <{NP}hasAssertion> ?a ; <{NP}hasProvenance> ?p .
                       ?np <{NP}hasPublicationInfo> ?i }}
        GRAPH ?p {{ ?a <http://www.w3.org/ns/prov#wasAttributedTo> ?who . ?words <http://www.w3.org/ns/oa#exact> ?quote }}
        GRAPH ?i {{ ?np a ?any }}
    }} GROUP BY ?np"""
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    rows = {(str(row["np"]), row["speakers"].value, int(row["quotes"].value) > 0) for row in answer}
    assert rows == {(f"{claim[:-1]}/nanopub>", "1", True) for claim in claims}


def test_a_nanopublication_asserts_what_its_claim_does_and_describes_it() -> None:
    store = ox.Store()
    store.load(written("nanopub"), format=ox.RdfFormat.TRIG)
    for claim, subject, predicate, value in statements():
        graph = ox.NamedNode(f"{claim[1:-1]}/nanopub/assertion")
        own = {(str(q.subject), str(q.predicate), str(q.object)) for q in store.quads_for_pattern(None, None, None, graph)}
        assert (subject, predicate, value) in own
        if predicate == f"<{ENT}when>":
            assert any(s == value and "TimeStamp" in p for s, p, _ in own), "a date without its bounds says nothing"


def test_plover_records_hold_what_the_events_do() -> None:
    records = [json.loads(line) for line in written("plover").decode().splitlines()]
    events = {row["event"]: row for row in tabulate("events", CATALOGUE, ingested(*SAMPLES)).records()}
    assert len(records) > 20
    for record in records:
        event = events[record["id"]]
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", record["date"])
        assert record["event"] == [str(event["plover"]).upper()]
        assert record["quad_code"] in {1, 2, 3, 4}
        assert all(re.fullmatch("[A-Z]{3}", actor["code"]) for actor in record["actor"] + record["recipient"])
    north = next(record for record in records if record["id"].endswith("/northern-interaction-2023"))
    assert [north["event"], north["reciprocal"], north["context"], north["quad_code"]] == [
        ["COOPERATE"],
        True,
        ["military"],
        2,
    ]
    assert [actor["code"] for actor in north["actor"]] == [actor["code"] for actor in north["recipient"]] == ["CHN", "RUS"]
    directed = [record for record in records if record["event"] == ["ACCUSE"]]
    assert all(not record["reciprocal"] for record in directed)


def test_mme_rows_have_the_data_sets_columns(shared: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(written("mme").decode())))
    with (shared / "checks" / "mme_v7.csv").open(encoding="latin-1", newline="") as file:
        assert list(rows[0]) == next(csv.reader(file))
    malabar = next(row for row in rows if row["MMEID"].endswith("/malabar-2023"))
    assert [malabar[f"State{letter}"] for letter in "ABCDE"] == ["Australia", "India", "Japan", "United States", ""]
    assert [malabar["EndDate"], malabar["s.year"], malabar["Series_Name"]] == ["2023-08-21", "xx", "Malabar"]
    assert all(row["StateB"] for row in rows), "an exercise of one state is none of that data set"


@pytest.mark.parametrize("name", [*names(CATALOGUE), *DOCUMENTS])
def test_the_codebook_page_is_current(name: str, root: Path) -> None:
    path = root / "docs" / "exports" / f"{name}.md"
    assert path.read_text(encoding="utf-8") == page(name, CATALOGUE), f"entente export {name} --codebook -o {path.name}"


def test_every_export_has_a_page(root: Path) -> None:
    pages = {path.stem for path in (root / "docs" / "exports").glob("*.md")} - {"index"}
    assert pages == {*names(CATALOGUE), *DOCUMENTS}
