"""Waters, islands, ports and ranges: where they are, what everybody calls them and who claims them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from entente.model.iri import slug
from reference_data import ENT, Node, nodes, table

ROOT = Path(__file__).resolve().parent.parent.parent
PLACE = "https://w3id.org/entente/id/place/"
STATE = "https://w3id.org/entente/id/state/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
SIDES = {
    "westLongitude": "min_lon",
    "southLatitude": "min_lat",
    "eastLongitude": "max_lon",
    "northLatitude": "max_lat",
}


def known() -> dict[str, Node]:
    return nodes("reference/places")


def of_class(*classes: str) -> Mapping[str, Mapping[str, list[str]]]:
    wanted = {cls if ":" in cls else ENT + cls for cls in classes}
    return {iri: node for iri, node in known().items() if wanted & set(node[RDF_TYPE])}


def marine_areas(shared: Path) -> Mapping[str, list[dict[str, str]]]:
    areas: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table(shared / "checks/marine_areas.csv"):
        areas[" ".join(row["name"].split())].append(row)
    return areas


def test_counts() -> None:
    counts = Counter(cls.removeprefix(ENT).removeprefix(SKOSXL) for node in known().values() for cls in node[RDF_TYPE])
    assert counts == {
        "BroadArea": 41,
        "ContestedPlace": 42,
        "ControlClaim": 88,
        "Facility": 14,
        "Island": 76,
        "Label": 134,
        "MilitaryBase": 245,
        "Port": 185,
        "Region": 37,
        "Sea": 124,
        "Settlement": 231,
        "Strait": 61,
        "TrainingRange": 40,
    }


def test_there_are_as_many_as_promised() -> None:
    assert len(of_class("Sea", "Strait", "ContestedPlace")) >= 120
    sites = of_class("Port", "MilitaryBase", "TrainingRange")
    assert sum(bool(node["placeInState"]) for node in sites.values()) >= 150


def test_a_place_is_found_under_its_name() -> None:
    checked = 0
    for iri, node in known().items():
        if node[RDF_TYPE] not in ([f"{SKOSXL}Label"], [f"{ENT}ControlClaim"]):
            checked += 1
            [label] = node[f"{SKOS}prefLabel"]
            assert iri == PLACE + slug(label)
    assert checked == 791


def test_boxes_are_those_of_the_marine_areas(shared: Path) -> None:
    areas, waters = marine_areas(shared), of_class("Sea", "Strait")
    checked = 0
    for iri, node in known().items():
        [label] = node[f"{SKOS}prefLabel"] or [""]
        if label not in areas or iri not in waters:
            assert not node["westLongitude"], iri
            continue
        checked += 1
        assert any(
            all(abs(float(node[ours][0]) - float(row[theirs])) < 0.06 for ours, theirs in SIDES.items())
            for row in areas[label]
        ), label
    assert checked == 141
    assert checked == sum(row["source"] == "marine_areas.csv" for row in table(ROOT / "ontology/tables/places.csv"))


def test_other_names_of_waters_are_those_of_the_marine_areas(shared: Path) -> None:
    checked = 0
    for label, rows in marine_areas(shared).items():
        node = known().get(PLACE + slug(label))
        for row in rows:
            if node is not None and row["namealt"]:
                checked += 1
                names = {known()[name][f"{SKOSXL}literalForm"][0] for name in node[f"{SKOSXL}altLabel"]}
                assert row["namealt"] in names | {*node["alias"], *node["ambiguousName"]}, label
    assert checked == 4


def test_a_name_has_an_advocate_where_it_is_contested() -> None:
    labels = of_class(f"{SKOSXL}Label")
    for iri, node in labels.items():
        [status] = node["nameStatus"]
        assert len(node[f"{SKOSXL}literalForm"]) == 1
        assert status.endswith("/contested") == bool(node["preferredBy"]), iri
        assert all(state in nodes("reference/states") for state in node["preferredBy"])
    assert len(labels) == 134


def test_every_label_names_the_place_above_it() -> None:
    labelled = {
        label: iri for iri, node in known().items() for which in ("prefLabel", "altLabel") for label in node[SKOSXL + which]
    }
    assert set(labelled) == set(of_class(f"{SKOSXL}Label"))
    assert all(label.startswith(f"{place}/name/") for label, place in labelled.items())
    for place, node in known().items():
        main = [known()[label][f"{SKOSXL}literalForm"][0] for label in node[f"{SKOSXL}prefLabel"]]
        assert main == node[f"{SKOS}prefLabel"] if place in labelled.values() else not main


def test_a_contested_place_has_names_of_two_sides() -> None:
    places = of_class("ContestedPlace")
    for iri, node in places.items():
        sides = {
            side
            for which in ("prefLabel", "altLabel")
            for label in node[SKOSXL + which]
            for side in known()[label]["preferredBy"]
        }
        assert sides, iri
        assert len(node[f"{SKOSXL}prefLabel"] + node[f"{SKOSXL}altLabel"]) >= 2, iri
    assert len(places) == 42


def test_places_lie_in_known_states_and_places() -> None:
    for iri, node in known().items():
        assert all(state in nodes("reference/states") for state in node["placeInState"])
        for place in node["partOfPlace"]:
            assert place in known()
            assert iri not in known()[place]["partOfPlace"], iri


def test_claims_take_no_side() -> None:
    claims = of_class("ControlClaim")
    sides: dict[str, list[list[str]]] = defaultdict(list)
    for node in claims.values():
        [place] = node["controlOf"]
        [claimant] = node["claimant"]
        assert claimant in nodes("reference/states")
        sides[place].append(node["administers"])
    for place, held in sides.items():
        assert place in known()
        assert len(held) >= 2, place
        # Either one of them holds all of it, or nothing is said.
        assert held.count(["true"]) == 1 or not any(held), place
        holders = [
            claim["claimant"]
            for claim in claims.values()
            if claim["controlOf"] == [place] and "true" in claim["administers"]
        ]
        assert known()[place]["placeInState"] in ([], *holders), place
    assert len(claims) == 88


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Gulf of America", "gulf-of-mexico"),
        ("Taiping Island", "itu-aba"),
        ("Yongshu Reef", "fiery-cross-reef"),
        ("Dongsha Island", "pratas-island"),
        ("동해", "sea-of-japan"),
        ("北方領土", "kuril-islands"),
        ("Islas Malvinas", "falkland-islands"),
    ],
)
def test_either_side_finds_the_place_by_its_name(name: str, place: str) -> None:
    node = known()[PLACE + place]
    labels = node[f"{SKOSXL}prefLabel"] + node[f"{SKOSXL}altLabel"]
    assert name in {known()[label][f"{SKOSXL}literalForm"][0] for label in labels}


def test_every_row_names_its_source() -> None:
    checked = 0
    for name in ("places", "places-claims", "places-labels", "ports"):
        for row in table(ROOT / f"ontology/tables/{name}.csv"):
            checked += 1
            assert row["source"], row
    assert checked == 1013
