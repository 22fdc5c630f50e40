"""What every state has: organs and forces under the names of the press, formations, and places in organisations."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from reference_data import Node, nodes

ROOT = Path(__file__).resolve().parent.parent.parent
ID = "https://w3id.org/entente/id/"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
HEADS = {
    *("presidency", "monarchy", "governor-general", "federal-council", "captains-regent", "co-princes", "papacy"),
    *("state-affairs-commission", "presidential-council", "presidential-leadership-council", "sovereignty-council"),
    *("supreme-leader", "head-of-state", "supreme-soviet-presidium", "state-council"),
}
SHORT_LIVED = {"TBT", "ZAN"}
NO_ARMED_FORCES = {
    *("AND", "CRI", "DMA", "FSM", "GRD", "ISL", "KIR", "LCA", "LIE", "MCO", "MHL", "MUS", "NRU", "PAN", "PLW", "PSE"),
    *("SLB", "SMR", "TUV", "VAT", "VCT", "VUT", "WSM"),
}
# States with armed forces whose defence is another ministry's or the head of government's, or where we are not sure.
NO_DEFENCE_MINISTRY = {
    *("ATG", "BHS", "BRB", "BTN", "COM", "GUY", "JAM", "KNA", "MLT", "SWZ", "SYC", "TON", "TTO"),
}
NAVIES_WITHOUT_A_SEA = {
    "AZE": "Caspian Sea",
    "BOL": "Lake Titicaca and rivers",
    "KAZ": "Caspian Sea",
    "PRY": "rivers",
    "TKM": "Caspian Sea",
}


@cache
def bodies(name: str) -> dict[str, Node]:
    return {iri.removeprefix(ID): node for iri, node in nodes(f"reference/{name}", english=True).items()}


def having(name: str, *tails: str) -> set[str]:
    """The states with a body of one of these kinds."""
    return {iri.split("/")[1] for iri in bodies(name) if iri.split("/")[2] in tails}


def states() -> set[str]:
    return {iri.removeprefix("state/") for iri in bodies("states")}


def test_every_state_has_its_organs() -> None:
    assert having("organs", "government") == states()
    assert having("organs", *HEADS) == states() - SHORT_LIVED - {"YMD"}
    assert having("organs", "foreign-ministry") == states() - SHORT_LIVED
    assert having("organs", "defence-ministry") == states() - SHORT_LIVED - NO_ARMED_FORCES - NO_DEFENCE_MINISTRY
    assert len(states()) == 206


def test_every_state_has_the_forces_that_it_keeps() -> None:
    assert having("forces", "armed-forces") == states() - SHORT_LIVED - NO_ARMED_FORCES
    for branch, count in {"army": 161, "navy": 122, "air-force": 144}.items():
        found = having("forces", branch)
        assert found <= having("forces", "armed-forces")
        assert len(found) == count, branch


def test_no_landlocked_state_has_a_navy_without_water(shared: Path) -> None:
    countries = json.loads((shared / "checks/countries.json").read_text(encoding="utf-8"))
    landlocked = {country["cca3"] for country in countries if country["landlocked"]}
    assert len(landlocked) == 45
    assert landlocked & having("forces", "navy") == set(NAVIES_WITHOUT_A_SEA)


def test_formations_of_many_armed_forces() -> None:
    formations = {iri for iri, node in bodies("forces").items() if node["formationOf"]}
    assert len(formations) == 140
    assert len({iri.split("/")[1] for iri in formations} - {"SUN"}) >= 30


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("force/RUS/navy", ["Russian Navy", "Russian navy", "Russia's navy", "navy of Russia"]),
        ("force/PER/navy", ["Peruvian Navy", "Peruvian navy", "Peru's navy", "navy of Peru"]),
        ("force/PHL/air-force", ["Philippine Air Force", "Philippines' air force", "air force of the Philippines"]),
        ("force/CHN/armed-forces", ["Chinese army", "Chinese military", "China's military", "military of China"]),
        ("force/USA/army", ["US Army", "U.S. Army", "American army"]),
        ("force/DEU/navy", ["German Navy", "West German navy"]),
        ("force/DDR/navy", ["East German Navy", "Volksmarine"]),
        ("force/NZL/air-force", ["New Zealand Air Force", "Royal New Zealand Air Force"]),
        ("organ/RUS/defence-ministry", ["Russian Defense Ministry", "Defence Ministry of Russia"]),
        ("organ/KEN/defence-ministry", ["Kenyan Ministry of Defence", "Kenya's Defense Ministry"]),
        ("organ/BOL/foreign-ministry", ["Bolivian Foreign Ministry", "Foreign Ministry of Bolivia"]),
        ("organ/MAR/monarchy", ["Moroccan monarchy", "Morocco's royal court"]),
        ("organ/BRA/foreign-ministry", ["Itamaraty"]),
        ("organ/ARG/presidency", ["Casa Rosada"]),
        ("organ/GBR/prime-minister", ["Downing Street"]),
    ],
)
def test_bodies_bear_the_names_of_the_press(body: str, names: list[str]) -> None:
    node = bodies("forces" if body.startswith("force") else "organs")[body]
    assert not set(names) - {*node["alias"], *node["seatName"], *node[LABEL]}


def test_organisations_are_bodies_of_their_own() -> None:
    assert len(bodies("organisations")) == 163
    for node in bodies("organisations").values():
        assert not node["belongsToState"]
        assert {iri.removeprefix(ID) for iri in node["memberState"]} <= set(bodies("states"))
        if any("LooseCollective" in iri for iri in node["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]):
            assert not node["memberState"]


def members(organisation: str) -> set[str]:
    return {iri.rsplit("/", 1)[1] for iri in bodies("organisations")[f"organisation/{organisation}"]["memberState"]}


def test_members_equal_the_memberships_that_last() -> None:
    lasting: dict[str, set[str]] = defaultdict(set)
    for iri, node in bodies("memberships").items():
        [organisation], [state] = node["membershipIn"], node["membershipOf"]
        assert iri == f"membership/{organisation.rsplit('/', 1)[1]}/{state.rsplit('/', 1)[1]}"
        assert state.removeprefix(ID) in bodies("states")
        [first] = node["validFromYear"]
        if node["validToYear"]:
            assert first <= node["validToYear"][0]
        else:
            lasting[organisation.rsplit("/", 1)[1]].add(state.rsplit("/", 1)[1])
    assert len(bodies("memberships")) == 422
    for organisation, found in lasting.items():
        assert members(organisation) == found, organisation
    assert len(lasting) == 42


def test_members_equal_the_tables(shared: Path) -> None:
    countries = json.loads((shared / "checks/countries.json").read_text(encoding="utf-8"))
    with (shared / "checks/countrycode.csv").open(encoding="utf-8", newline="") as file:
        union = {row["iso3c"] for row in csv.DictReader(file) if row["eu28"]}
    # The table counts the Holy See, an observer, among the members, and the Union before the United Kingdom left.
    assert members("UN") == {country["cca3"] for country in countries if country["unMember"]} - {"VAT"}
    assert members("EU") == union - {"GBR"}
    assert members("AU") == {c["cca3"] for c in countries if c["region"] == "Africa" and c["unMember"]} | {"ESH"}
    sizes = {"UN": 193, "EU": 27, "AU": 55, "NATO": 32, "ASEAN": 11, "SCO": 10, "CSTO": 6, "BRICS": 10, "AUKUS": 3}
    sizes |= {"QUAD": 4, "GCC": 6, "AL": 22, "OIC": 57, "COE": 46, "G7": 7, "FIVE-EYES": 5}
    assert {organisation: len(members(organisation)) for organisation in sizes} == sizes
