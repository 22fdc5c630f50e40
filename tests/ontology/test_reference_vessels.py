"""Ship classes and named ships: whose they are, of what kind, and that a city is never taken for a ship."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from entente.index import ReferenceIndex, load_base
from entente.model import Kind
from entente.model.iri import entity
from reference_data import ENT, nodes

ROOT = Path(__file__).resolve().parent.parent.parent
ID = "https://w3id.org/entente/id/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
OTHERS = ("forces", "organisations", "organs", "places", "series", "states")
NAMES = ("alias", "demonym", "peopleName", "seatName", f"{SKOS}prefLabel", f"{SKOSXL}literalForm")


def vessels() -> Mapping[str, Mapping[str, list[str]]]:
    return nodes("reference/vessels")


def classes() -> Mapping[str, Mapping[str, list[str]]]:
    return nodes("reference/vessel-classes")


@cache
def names_of_others() -> frozenset[str]:
    return frozenset(
        text for name in OTHERS for node in nodes(f"reference/{name}").values() for use in NAMES for text in node[use]
    )


@pytest.mark.parametrize(("name", "least", "rows"), [("vessel-classes", 100, 193), ("vessels", 200, 544)])
def test_every_row_stands_in_the_graph_and_names_its_source(name: str, least: int, rows: int) -> None:
    with (ROOT / f"ontology/tables/{name}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(nodes(f"reference/{name}")) == rows >= least
    assert all(row["source"] for row in found)


def test_a_class_has_a_type_and_an_operator() -> None:
    types, forces = nodes("vocab/vessel-type"), nodes("reference/forces")
    numbered = 0
    for iri, node in classes().items():
        assert node[RDF_TYPE] == [f"{ENT}VesselClass"]
        assert len(node[f"{SKOS}prefLabel"]) == len(node["vesselType"]) == 1, iri
        assert node["vesselType"][0] in types, iri
        assert node["classOperatedBy"], iri
        assert all(force in forces for force in node["classOperatedBy"]), iri
        numbered += bool(node["nationalDesignation"])
    assert numbered == 98


def test_two_designs_share_no_name_and_no_number() -> None:
    for use in (f"{SKOS}prefLabel", "nationalDesignation", "natoReportingName"):
        values = [text for node in classes().values() for text in node[use]]
        assert len(values) == len(set(values))


def test_a_vessel_has_a_type_and_an_operator_of_its_state() -> None:
    types, forces = nodes("vocab/vessel-type"), nodes("reference/forces")
    for iri, node in vessels().items():
        assert node[RDF_TYPE] == [f"{ENT}Vessel"]
        assert len(node[f"{SKOS}prefLabel"]) == 1
        [operator] = node["operatedBy"]
        assert operator in forces, iri
        state = re.fullmatch(rf"{ID}vessel/([A-Z]{{3}})-[a-z0-9-]+", iri)
        assert state, iri
        assert operator.startswith(f"{ID}force/{state[1]}/")
        [kind] = node["vesselType"]
        assert kind in types, iri


def test_a_vessel_is_built_to_a_class_that_its_operator_has() -> None:
    classed = same = 0
    for iri, node in vessels().items():
        for design in node["vesselClass"]:
            classed += 1
            assert node["operatedBy"][0] in classes()[design]["classOperatedBy"], iri
            same += node["vesselType"] == classes()[design]["vesselType"]
    # Four submarines of the Ohio class were rebuilt for cruise missiles.
    assert (classed, same) == (528, 524)


def test_a_pennant_number_is_borne_once_in_a_navy() -> None:
    borne: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, node in vessels().items():
        assert len(node["pennantNumber"]) <= 1
        for number in node["pennantNumber"]:
            borne[node["operatedBy"][0], number].append(iri)
    assert {key: found for key, found in borne.items() if len(found) > 1} == {}
    assert len(borne) == 433


def test_pennants_that_an_article_of_ours_gives() -> None:
    expected = {
        "CHN-qiqihar": "121",
        "CHN-guiyang": "119",
        "CHN-zaozhuang": "542",
        "CHN-rizhao": "598",
        "CHN-taihu": "889",
        "RUS-admiral-tributs": "564",
        "RUS-admiral-panteleyev": "548",
        "RUS-gremyashchiy": "337",
        "RUS-aldar-tsydenzhapov": "339",
    }
    text = (ROOT / "samples/interaction-004.txt").read_text(encoding="utf-8")
    for vessel, number in expected.items():
        assert vessels()[f"{ID}vessel/{vessel}"]["pennantNumber"] == [number]
        assert f"({number})" in text


def test_a_name_of_a_vessel_names_nothing_else() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for iri, node in vessels().items():
        for text in node[f"{SKOS}prefLabel"] + node["alias"]:
            owners[text].add(iri)
    assert {text for text, found in owners.items() if len(found) > 1} == set()
    assert set(owners) & names_of_others() == set()
    assert len(owners) == 575


def test_what_a_ship_is_named_after_is_no_name_of_it() -> None:
    """A bare name that is also a city's, a state's or a person's is marked as ambiguous.

    The name of such a ship is the bare one behind a prefix ("CNS Qiqihar") or, in a navy without prefixes, before its
    kind ("Varyag (cruiser)"). A text that writes "the destroyer Qiqihar" gives the kind as the hint that the mark asks for.
    """
    marked = {text for node in vessels().values() for text in node["ambiguousName"]}
    assert len(marked) == 474
    named = {text for node in vessels().values() for text in node[f"{SKOS}prefLabel"] + node["alias"]}
    assert marked & named == set()
    # A name that something else owns is not even marked, so that the mark cannot take it from its owner.
    assert marked & names_of_others() == set()
    for iri, node in vessels().items():
        if iri.startswith(f"{ID}vessel/CHN-"):
            for text in node[f"{SKOS}prefLabel"] + node["alias"]:
                assert re.match(r"CNS |Peace Ark$", text), text


def test_no_name_takes_the_noun_that_counts_ships() -> None:
    """The noun in "the supply ship Taihu" is a contribution of one supply ship, so it stays outside the name."""
    kinds = nodes("vocab/vessel-type").values()
    nouns = {text for node in kinds for use in ("prefLabel", "altLabel") for text in node[SKOS + use]}
    assert {"destroyer", "supply ship", "submarine"} <= nouns
    for node in vessels().values():
        for text in node[f"{SKOS}prefLabel"] + node["alias"] + node["ambiguousName"]:
            assert not any(text.startswith(f"{noun} ") for noun in nouns), text


@pytest.mark.parametrize(
    ("surface", "vessel"),
    [
        ("USS Ronald Reagan", "USA-ronald-reagan"),
        ("Admiral Tributs", "RUS-admiral-tributs"),
        ("INS Vikrant", "IND-vikrant"),
        ("CNS Qiqihar", "CHN-qiqihar"),
        ("BRP Sierra Madre", "PHL-sierra-madre"),
        ("JS Izumo", "JPN-izumo"),
    ],
)
def test_the_index_knows_a_ship_by_the_name_that_the_press_writes(surface: str, vessel: str) -> None:
    known = index().entity(entity("vessel", vessel))
    assert known is not None
    assert (known.kind, known.code) == (Kind.VESSEL, vessel[:3])
    assert known.concept is not None
    assert {name.entity for name in index().names() if name.surface == surface} == {known.iri}


@pytest.mark.parametrize("surface", ["Qiqihar", "Guiyang", "Rizhao", "Nanjing", "Ronald Reagan", "Georgia", "Kazan"])
def test_the_index_takes_no_city_and_no_president_for_a_ship(surface: str) -> None:
    kinds = {known.kind for name in index().names() if name.surface == surface if (known := index().entity(name.entity))}
    assert Kind.VESSEL not in kinds


@cache
def index() -> ReferenceIndex:
    return ReferenceIndex(load_base(ROOT))
