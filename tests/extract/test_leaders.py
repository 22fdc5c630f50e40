"""Leaders stand in the lexicon only with a source, in order, and under a state that the reference data knows."""

from __future__ import annotations

import pytest

from entente.errors import InternalError
from entente.index import ReferenceIndex
from entente.model import Role
from entente_loaders.extract.directory import Directory
from entente_loaders.extract.leaders import read_leaders

SOURCES = {"list": "A list of rulers, edition of 2020", "book": "A book of facts, edition of 2026"}


@pytest.fixture(scope="module")
def directory(index: ReferenceIndex) -> Directory:
    return Directory(index)


def test_a_row_gives_state_name_and_years(directory: Directory) -> None:
    rows = {"FRA": ["Dupont: Ada Dupont, 1995, 2007, list", "Dupont: Bob Dupont, 2020, 9999, list+book"]}
    found = read_leaders({"sources": SOURCES, "leaders": rows}, directory.state)
    assert [(one.state.rpartition("/")[2], one.name, one.first, one.last) for one in found["Dupont"]] == [
        ("FRA", "Ada Dupont", 1995, 2007),
        ("FRA", "Bob Dupont", 2020, 9999),
    ]


@pytest.mark.parametrize(
    ("code", "row", "why"),
    [
        ("FRA", "Dupont: Ada Dupont, 1995, 2007", "malformed"),
        ("FRA", "Dupont: Ada Dupont, 1995, 2007, memory", "no known source"),
        ("FRA", "Dupont: Ada Dupont, 1995, 2007, list+memory", "no known source"),
        ("FRA", "Dupont: Ada Dupont, 2007, 1995, list", "ends before it begins"),
        ("FRE", "Dupont: Ada Dupont, 1995, 2007, list", "no state's code"),
    ],
)
def test_loading_refuses_what_rests_on_nothing(code: str, row: str, why: str, directory: Directory) -> None:
    with pytest.raises(InternalError, match=why):
        read_leaders({"sources": SOURCES, "leaders": {code: [row]}}, directory.state)


@pytest.mark.parametrize(("published", "actors"), [("2010-06-01", []), ("2020-06-01", ["JOR"])])
def test_a_title_that_the_leaders_of_two_states_share_means_neither(published: str, actors: list[str], extract) -> None:  # type: ignore[no-untyped-def]
    events = extract("King Abdullah accused Japan of lies.", published).events
    facts = [fact for event in events for fact in event.claims[0].facts if getattr(fact, "role", None) is Role.ACTOR]
    assert [fact.agent.state.rpartition("/")[2] for fact in facts] == actors
