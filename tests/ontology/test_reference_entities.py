"""Organs, forces and organisations: whose they are; and that a name means one entity of all the reference data."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from entente.model.iri import slug
from reference_data import ENT, Node, nodes

ROOT = Path(__file__).resolve().parent.parent.parent
ID = "https://w3id.org/entente/id/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
FILES = ("armed-groups", "forces", "organisations", "organs", "places", "series", "states", "vessels")
NAMES = ("alias", "demonym", "peopleName", "seatName", SKOS + "prefLabel")


def known(*names: str) -> dict[str, Node]:
    return nodes(*(f"reference/{name}" for name in names or FILES), english=True)


def types(node: dict[str, list[str]]) -> set[str]:
    return {iri.removeprefix(ENT) for iri in node[RDF_TYPE]}


def test_counts() -> None:
    classes = Counter(cls for node in known("forces", "organisations", "organs", "states").values() for cls in types(node))
    assert classes == {
        "State": 206,
        "PartiallyRecognisedState": 4,
        "Government": 206,
        "GovernmentOrgan": 610,
        "ArmedForces": 181,
        "ServiceBranch": 489,
        "Formation": 140,
        "InternationalOrganisation": 121,
        "Coalition": 36,
        "LooseCollective": 6,
    }


def test_armed_groups_are_no_organs_of_states() -> None:
    found = known("armed-groups")
    assert len(found) == 54
    for node in found.values():
        assert types(node) == {"ArmedGroup"}
        assert not node["belongsToState"]
        assert [iri.rsplit("/", 1)[-1] for iri in node["sector"]] == ["REB"]


def test_every_name_means_one_entity() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for iri, node in known().items():
        for name in NAMES:
            for text in node[name]:
                assert text == text.strip()
                owners[text].add(iri)
        for predicate in ("prefLabel", "altLabel"):
            for label in node[SKOSXL + predicate]:
                for text in known()[label][SKOSXL + "literalForm"]:
                    owners[text].add(iri)
    assert len(owners) > 16000
    assert {text: found for text, found in owners.items() if len(found) > 1} == {}


def test_ambiguous_names_are_no_aliases() -> None:
    """A ship's marked names are the matter of test_reference_vessels."""
    marked = {text for name in FILES[:-1] for node in known(name).values() for text in node["ambiguousName"]}
    assert marked == {
        *("Congo", "Emirates", "Georgia", "Gulf", "Islamic Republic", "Korea", "Squad", "The Sound", "Tibet", "West"),
        *("Western Sahara", "Zanzibar"),
    }
    used = {text for node in known().values() for text in node["alias"] + node["seatName"]}
    assert not marked & used


def test_everything_is_named_and_identified() -> None:
    for iri, node in known().items():
        assert iri.startswith(ID)
        if types(node) & {f"{SKOSXL}Label", "ControlClaim"}:
            continue
        assert len(node[SKOS + "prefLabel"]) == 1, iri
        kind, *path = iri.removeprefix(ID).split("/")
        assert kind in {"force", "organ", "organisation", "place", "series", "state", "vessel"}
        if kind in {"force", "organ"}:
            assert len(path) == 2
            assert path[1] == slug(path[1])


def test_organs_and_forces_belong_to_the_state_in_their_identifier() -> None:
    checked = 0
    for iri, node in known("organs", "forces").items():
        checked += 1
        state = f"{ID}state/{iri.removeprefix(ID).split('/')[1]}"
        assert node["belongsToState"] == [state]
        assert state in known("states")
        owners = node["organOf"] + node["governs"] + node["branchOf"] + node["formationOf"]
        assert len(owners) == (0 if types(node) == {"ArmedForces"} else 1), iri
        for owner in owners:
            assert owner == state or known("organs", "forces")[owner]["belongsToState"] == [state]
    assert checked == 1626


def test_names_that_the_project_started_from() -> None:
    names = {text: iri for iri, node in known().items() for name in NAMES for text in node[name]}
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
