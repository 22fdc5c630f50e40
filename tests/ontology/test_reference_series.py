"""Exercise series: their names, and that who usually takes part stays a remark."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from reference_data import ENT, nodes, table

ROOT = Path(__file__).resolve().parent.parent.parent
SERIES = "https://w3id.org/entente/id/series/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SAID = {RDF_TYPE, f"{SKOS}prefLabel", f"{SKOS}note", "alias", "ambiguousName"}


def test_every_series_has_a_name_and_a_source() -> None:
    rows = table(ROOT / "ontology/tables/series.csv")
    assert len(rows) == len(nodes("reference/series")) == 175
    for row in rows:
        node = nodes("reference/series")[SERIES + row["id"]]
        assert node[RDF_TYPE] == [f"{ENT}ExerciseSeries"]
        assert node[f"{SKOS}prefLabel"] == [row["name"]]
        assert row["source"]


def test_usual_participants_are_a_remark_and_no_fact() -> None:
    for iri, node in nodes("reference/series").items():
        assert set(node) <= SAID
        [note] = node[f"{SKOS}note"]
        assert note.startswith("Usual participants: "), iri
        assert note.endswith("."), iri


def test_series_that_the_exercise_data_set_knows_are_known_to_it(shared: Path) -> None:
    with (shared / "checks/mme_v7.csv").open(encoding="latin-1", newline="") as file:
        parties: dict[str, set[str]] = defaultdict(set)
        for row in csv.DictReader(file):
            parties[row["Series_Name"].strip()] |= {value for key, value in row.items() if key.startswith("State") and value}
    checked = shared_state = 0
    for row in table(ROOT / "ontology/tables/series.csv"):
        if row["mme"]:
            checked += 1
            assert row["mme"] in parties, row["id"]
            shared_state += any(state in row["usual"] for state in parties[row["mme"]])
    assert checked == 57
    # The others are usual in an alliance or a region, which the note names instead of its members.
    assert shared_state == 50
