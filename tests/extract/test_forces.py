"""Numbers, ships and other forces."""

from __future__ import annotations

import pytest

from entente.model import Contribution, CountQualifier, Kind

Q = CountQualifier
LEAD = "Russia and China held naval drills. "
CASES: dict[str, list[tuple[str, int | None, CountQualifier, list[str]]]] = {
    "The Russian navy was represented by two corvettes.": [("corvette", 2, Q.EXACT, [])],
    "The Russian navy was represented by 12 warships.": [("warship", 12, Q.EXACT, [])],
    "The Russian navy was represented by some twenty warships.": [("warship", 20, Q.APPROXIMATE, [])],
    "The Russian navy was represented by about 2,000 marines.": [("marine", 2000, Q.APPROXIMATE, [])],
    "The Russian navy was represented by more than 30 aircraft.": [("aircraft", 30, Q.AT_LEAST, [])],
    "The Russian navy was represented by at least two dozen warships.": [("warship", 24, Q.AT_LEAST, [])],
    "The Russian navy was represented by several frigates.": [("frigate", None, Q.UNSPECIFIED_PLURAL, [])],
    "The Russian navy was represented by a frigate.": [("frigate", 1, Q.EXACT, [])],
    "The Russian navy was represented by two anti-submarine ships, two corvettes, and auxiliary ships.": [
        ("anti-submarine ship", 2, Q.EXACT, []),
        ("auxiliary ship", None, Q.UNSPECIFIED_PLURAL, []),
        ("corvette", 2, Q.EXACT, []),
    ],
    "The Russian navy assigned the corvettes Gremyashchiy and Aldar Tsydenzhapov and the tanker Pechenga.": [
        ("corvette", 2, Q.EXACT, ["Gremyashchiy", "Aldar Tsydenzhapov"]),
        ("tanker", 1, Q.EXACT, ["Pechenga"]),
    ],
}


def test_the_force_cases_are_all_tried() -> None:
    assert len(CASES) == 10


@pytest.mark.parametrize("text", CASES)
def test_forces_are_counted_typed_and_named(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    facts = [fact for event in extract(LEAD + text).events for claim in event.claims for fact in claim.facts]
    found = [fact for fact in facts if isinstance(fact, Contribution)]
    assert sorted((f.noun, f.count, f.qualifier, [v.text for v in f.vessels]) for f in found) == sorted(CASES[text])
    for fact in found:
        assert fact.owner is not None
        assert str(fact.owner.state).endswith("/state/RUS")


def test_an_unknown_ship_is_a_vessel_of_its_noun(extract) -> None:  # type: ignore[no-untyped-def]
    found = extract(LEAD + "The Russian navy assigned the corvettes Alphaville and Betaville.")
    vessels = [mention for mention in found.mentions if mention.kind is Kind.VESSEL]
    assert [(v.text, v.entities, v.head, v.use) for v in vessels] == [
        ("Alphaville", (), "corvette", "unknown"),
        ("Betaville", (), "corvette", "unknown"),
    ]
    assert all(str(v.concept).endswith("/vessel-type/corvette") for v in vessels)


UNTYPED = {
    "Turkish troops attacked Syria on Monday.": [],
    "About 200 Turkish troops attacked Syria on Monday.": [("troop", 200)],
    "Russia deployed missiles near Norway.": [],
    "Russia deployed anti-submarine ships near Norway.": [("anti-submarine ship", None)],
}


def test_bare_plurals_that_neither_count_nor_type_are_no_forces(extract) -> None:  # type: ignore[no-untyped-def]
    for text, forces in UNTYPED.items():
        facts = [fact for event in extract(text).events for claim in event.claims for fact in claim.facts]
        found = [(fact.noun, fact.count) for fact in facts if isinstance(fact, Contribution)]
        assert found == forces, text
    assert len(UNTYPED) == 4
