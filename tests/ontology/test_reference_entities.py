"""Organs, forces, organisations, places and series: whose they are, and that a name means one of them."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from entente.model.iri import slug

ROOT = Path(__file__).resolve().parent.parent.parent
ENT = "https://w3id.org/entente/ns#"
ID = "https://w3id.org/entente/id/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
FILES = ("forces", "organisations", "organs", "places", "series", "states")
NAMES = ("alias", "demonym", "peopleName", "seatName", SKOS + "prefLabel")


@cache
def nodes(*names: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in names or FILES:
        data = (ROOT / f"ontology/reference/{name}.ttl").read_bytes()
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
            found[quad.subject.value][quad.predicate.value.removeprefix(ENT)].append(quad.object.value)
    return found


def types(node: dict[str, list[str]]) -> set[str]:
    return {iri.removeprefix(ENT) for iri in node[RDF_TYPE]}


def test_counts() -> None:
    classes = Counter(cls for node in nodes().values() for cls in types(node))
    assert classes == {
        "State": 199,
        "PartiallyRecognisedState": 3,
        "Government": 47,
        "GovernmentOrgan": 124,
        "ArmedForces": 47,
        "ServiceBranch": 160,
        "Formation": 33,
        "InternationalOrganisation": 31,
        "Coalition": 9,
        "LooseCollective": 1,
        "Sea": 58,
        "Strait": 27,
        "Island": 50,
        "Settlement": 157,
        "Facility": 22,
        "Region": 37,
        "BroadArea": 41,
        "ContestedPlace": 14,
        f"{SKOSXL}Label": 40,
        "ExerciseSeries": 74,
    }


def test_every_name_means_one_entity() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for iri, node in nodes().items():
        for name in NAMES:
            for text in node[name]:
                assert text == text.strip()
                owners[text].add(iri)
        for predicate in ("prefLabel", "altLabel"):
            for label in node[SKOSXL + predicate]:
                owners[nodes()[label][SKOSXL + "literalForm"][0]].add(iri)
    assert len(owners) > 3000
    assert {text: found for text, found in owners.items() if len(found) > 1} == {}


def test_ambiguous_names_are_no_aliases() -> None:
    marked = {text for node in nodes().values() for text in node["ambiguousName"]}
    assert marked == {"Congo", "Emirates", "Georgia", "Gulf", "Islamic Republic", "Korea", "West"}
    used = {text for node in nodes().values() for text in node["alias"] + node["seatName"]}
    assert not marked & used


def test_everything_is_named_and_identified() -> None:
    for iri, node in nodes().items():
        assert iri.startswith(ID)
        if f"{SKOSXL}Label" in types(node):
            continue
        [label] = node[SKOS + "prefLabel"]
        kind, *path = iri.removeprefix(ID).split("/")
        assert kind in {"force", "organ", "organisation", "place", "series", "state"}
        if kind == "place":
            assert path == [slug(label)]
        elif kind in {"force", "organ"}:
            assert len(path) == 2
            assert path[1] == slug(path[1])


def test_organs_and_forces_belong_to_the_state_in_their_identifier() -> None:
    checked = 0
    for iri, node in nodes("organs", "forces").items():
        checked += 1
        state = f"{ID}state/{iri.removeprefix(ID).split('/')[1]}"
        assert node["belongsToState"] == [state]
        assert state in nodes("states")
        owners = node["organOf"] + node["governs"] + node["branchOf"] + node["formationOf"]
        assert len(owners) == (0 if types(node) == {"ArmedForces"} else 1), iri
        for owner in owners:
            assert owner == state or nodes("organs", "forces")[owner]["belongsToState"] == [state]
    assert checked == 411


def test_boxes_equal_the_marine_areas(shared: Path) -> None:
    with (shared / "checks/marine_areas.csv").open(encoding="utf-8", newline="") as file:
        areas: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in csv.DictReader(file):
            areas[" ".join(row["name"].split())].append(row)
    sides = {
        "westLongitude": "min_lon",
        "southLatitude": "min_lat",
        "eastLongitude": "max_lon",
        "northLatitude": "max_lat",
    }
    checked = 0
    for node in nodes("places").values():
        [label] = node[SKOS + "prefLabel"] or [""]
        if label not in areas or not types(node) & {"Sea", "Strait"}:
            assert not node["westLongitude"]
            continue
        checked += 1
        assert any(
            all(abs(float(node[ours][0]) - float(row[theirs])) < 0.06 for ours, theirs in sides.items())
            for row in areas[label]
        ), label
    assert checked == 77


def test_other_names_of_seas_are_those_of_the_marine_areas(shared: Path) -> None:
    with (shared / "checks/marine_areas.csv").open(encoding="utf-8", newline="") as file:
        other = {row["name"]: row["namealt"] for row in csv.DictReader(file) if row["namealt"]}
    for sea in ("Sea of Japan", "Persian Gulf"):
        node = nodes("places")[f"{ID}place/{slug(sea)}"]
        assert "ContestedPlace" in types(node)
        labels = {
            nodes("places")[label][SKOSXL + "literalForm"][0]
            for name in ("prefLabel", "altLabel")
            for label in node[SKOSXL + name]
        }
        assert {sea, other[sea]} <= labels


def test_contested_names_have_an_advocate() -> None:
    checked = 0
    for iri, node in nodes("places").items():
        if f"{SKOSXL}Label" not in types(node):
            continue
        checked += 1
        status = node["nameStatus"][0].rsplit("/", 1)[-1]
        assert (status == "contested") == bool(node["preferredBy"]), iri
        assert all(state in nodes("states") for state in node["preferredBy"])
    assert checked == 40


def test_places_lie_in_known_states_and_places() -> None:
    for node in nodes("places").values():
        assert all(state in nodes("states") for state in node["placeInState"])
        assert all(place in nodes("places") for place in node["partOfPlace"])


def test_names_that_the_project_started_from() -> None:
    names = {text: iri for iri, node in nodes().items() for name in NAMES for text in node[name]}
    expected = {
        "East Sea": "place/sea-of-japan",
        "Arabian Gulf": "place/persian-gulf",
        "Ayungin Shoal": "place/second-thomas-shoal",
        "North/Interaction": "series/northern-interaction",
        "Pacific Fleet": "force/RUS/pacific-fleet",
        "US Pacific Fleet": "force/USA/pacific-fleet",
        "Russian Defense Ministry": "organ/RUS/defence-ministry",
        "Chinese Defence Ministry": "organ/CHN/defence-ministry",
        "Kremlin": "organ/RUS/presidency",
        "Pentagon": "organ/USA/defence-ministry",
        "7th Fleet": "force/USA/seventh-fleet",
        "PLAN": "force/CHN/navy",
        "NATO": "organisation/NATO",
        "Beijing": "state/CHN",
        "US": "state/USA",
    }
    assert {text: names[text].removeprefix(ID) for text in expected} == expected
