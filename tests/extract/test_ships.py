"""Ships' names: which known ship they mean, and what an unknown name becomes."""

from __future__ import annotations

import pytest

from entente.index import ReferenceIndex
from entente.model import Contribution, Kind, Link, Naming
from entente_loaders.resolve import resolve


def _links(text: str, kind: Kind, extract, index: ReferenceIndex) -> dict[str, Link]:  # type: ignore[no-untyped-def]
    found = resolve(extract(text), index).links
    return {mention.text: link for mention, link in found.items() if mention.kind is kind}


LINKS = {
    "The Chinese destroyer Qiqihar arrived in Colombo.": ("Qiqihar", "vessel/CHN-qiqihar"),
    "The Chinese warship Qiqihar arrived in Colombo.": ("Qiqihar", "vessel/CHN-qiqihar"),
    "The US destroyer USS Dewey arrived in Colombo.": ("USS Dewey", "vessel/USA-dewey"),
    # Another type, another state, or no ship that we know: never the one that is only similar.
    "The Chinese frigate Qiqihar arrived in Colombo.": ("Qiqihar", "candidate/vessel/CHN-qiqihar"),
    "The Indian destroyer Qiqihar arrived in Colombo.": ("Qiqihar", "candidate/vessel/IND-qiqihar"),
    "The Chinese destroyer Qiqiharo arrived in Colombo.": ("Qiqiharo", "candidate/vessel/CHN-qiqiharo"),
    "The destroyer INS Kolkatar arrived in Colombo.": ("INS Kolkatar", "candidate/vessel/IND-ins-kolkatar"),
}


@pytest.mark.parametrize("text", LINKS)
def test_a_ship_is_known_by_name_state_and_type(text: str, extract, index: ReferenceIndex) -> None:  # type: ignore[no-untyped-def]
    name, end = LINKS[text]
    link = _links(text, Kind.VESSEL, extract, index)[name]
    assert link.iri.endswith(f"/id/{end}")
    assert link.candidate == end.startswith("candidate/")


def test_states_and_agreements_become_no_ships_and_places(extract, index: ReferenceIndex) -> None:  # type: ignore[no-untyped-def]
    text = "Warships of India and Japan ended drills. A port call had been promised in the Tokyo Declaration by India."
    for kind in (Kind.VESSEL, Kind.PLACE):
        assert [name for name, link in _links(text, kind, extract, index).items() if link.candidate] == []


def test_an_unknown_exercise_becomes_a_candidate_series_without_its_year(extract, index: ReferenceIndex) -> None:  # type: ignore[no-untyped-def]
    text = "India and Japan began the Southern Anchor 2024 naval exercise on Monday."
    links = _links(text, Kind.SERIES, extract, index)
    assert {name: link.iri.split("/id/")[1] for name, link in links.items()} == {
        "Southern Anchor": "candidate/series/southern-anchor"
    }
    [name] = [f for e in extract(text).events for c in e.claims for f in c.facts if isinstance(f, Naming)]
    assert name.text == "Southern Anchor 2024"


FORCES = {
    "The Arleigh Burke-class guided-missile destroyer USS Dewey (DDG 105) arrived in Colombo.": [
        ("guided-missile destroyer", 1, ["USS Dewey"])
    ],
    "USS Foo (DDG-200), a destroyer of the US Navy, arrived in Colombo.": [("destroyer", 1, ["USS Foo"])],
    "The Chinese frigates Alpha (500), Beta (501) and Gamma arrived in Colombo.": [
        ("frigate", 3, ["Alpha", "Beta", "Gamma"])
    ],
    "Two Chinese frigates, the Alpha and Beta, arrived in Colombo.": [("frigate", 2, ["Alpha", "Beta"])],
    "The Chinese destroyer Alpha and the supply ship Beta arrived in Colombo.": [
        ("destroyer", 1, ["Alpha"]),
        ("supply ship", 1, ["Beta"]),
    ],
    "A fleet of three Chinese corvettes arrived in Colombo.": [("corvette", 3, [])],
    "The Indian navy sent a squadron. The frigate INS Alpha arrived in Colombo.": [("frigate", 1, ["INS Alpha"])],
}


@pytest.mark.parametrize("text", FORCES)
def test_groups_of_ships_are_counted_and_named(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    calls = [event for event in extract(text).events if event.type == "port_call"]
    assert len(calls) == 1
    found = {f for claim in calls[0].claims for f in claim.facts if isinstance(f, Contribution)}
    assert sorted((f.noun, f.count, [v.text for v in f.vessels]) for f in found) == FORCES[text]
