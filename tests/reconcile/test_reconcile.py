"""Names as people type them are matched with the entity that they mean."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.index import ReferenceIndex, load_base
from entente.reconcile import KINDS, PROPERTIES, Condition, Query, Reconciler
from entente.reconcile.spelling import fold, readings
from entente.resources import root

MESSY = Path(__file__).parent / "fixtures" / "messy.csv"


@cache
def reconciler() -> Reconciler:
    return Reconciler(ReferenceIndex(load_base(root())))


def best(text: str, *kinds: str, state: str | None = None) -> tuple[str, str, bool] | None:
    conditions = (Condition("state", (state,)),) if state else ()
    found = reconciler().candidates(Query(text, kinds, conditions))
    return (found[0].record.id, found[0].tier, found[0].match) if found else None


@pytest.mark.parametrize("typed", [True, False])
def test_messy_names_are_found(typed: bool) -> None:
    """All but ten of 200 messy names come first, also where no type is given; a certain match is never wrong."""
    rows = list(csv.DictReader(MESSY.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 200
    assert len({row["text"] for row in rows}) == 200
    assert all(reconciler().record(row["expected"]) for row in rows)
    wrong, surely = {}, {}
    for row in rows:
        found = best(row["text"], *([row["type"]] if typed else []))
        if found is None or found[0] != row["expected"]:
            wrong[row["text"]] = found
            if found and found[2]:
                surely[row["text"]] = found
    assert len(wrong) <= 10, wrong
    assert not surely


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia", ("state/RUS", "exact", True)),
        ("Rusia", ("state/RUS", "exact", True)),
        ("Russian Federation", ("state/RUS", "alias", True)),
        ("Russian", ("state/RUS", "alias", True)),
        ("643", ("state/RUS", "code", True)),
        ("ROK", ("state/KOR", "alias", True)),
        ("ru", ("state/RUS", "code", True)),
        ("Q159", ("state/RUS", "code", True)),
        ("Rusian Federatin", ("state/RUS", "fuzzy", False)),
    ],
)
def test_tiers(text: str, expected: tuple[str, str, bool]) -> None:
    assert best(text, "state") == expected


@pytest.mark.parametrize("text", ["Congo", "Korea", "710", "365"])
def test_what_may_mean_several_is_no_match(text: str) -> None:
    found = reconciler().candidates(Query(text, ("state",)))
    assert len({each.record.id for each in found if each.score == found[0].score}) == 2
    assert not any(each.match for each in found)


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        ("Pacific Fleet", "Russia", "force/RUS/pacific-fleet"),
        ("Pacific Fleet", "USA", "force/USA/pacific-fleet"),
        ("coast guard", "state/JPN", "force/JPN/coast-guard"),
        ("East Sea Fleet", "DPRK", "force/PRK/east-sea-fleet"),
        ("East Sea Fleet", "中国", "force/CHN/east-sea-fleet"),
    ],
)
def test_the_state_decides_between_namesakes(text: str, state: str, expected: str) -> None:
    found = best(text, "force", state=state)
    assert found is not None
    assert found[0] == expected


def test_a_condition_that_fails_forbids_certainty() -> None:
    assert best("Pacific Fleet", "force", state="France") == ("force/RUS/pacific-fleet", "alias", False)


def test_a_hull_number_beside_another_name_is_not_certain() -> None:
    assert best("USS Ronald Reagan (CVN-76)", "vessel") == ("vessel/USA-ronald-reagan", "exact", True)
    assert best("USS Xqzzy (CVN-76)", "vessel") == ("vessel/USA-ronald-reagan", "code", False)


def test_types_bound_or_prefer() -> None:
    only = reconciler().candidates(Query("Hainan", ("state",), limit=50))
    preferred = reconciler().candidates(Query("Hainan", ("state",), limit=50, preferred=True))
    assert {each.record.kind for each in only} <= {"state"}
    assert {each.record.kind for each in preferred} > {"state"}


def test_every_label_finds_its_entity() -> None:
    """Each of the entities is among the candidates of its own label, with a full score."""
    records = list(reconciler().gazetteer.records.values())
    assert len(records) > 3000
    assert {record.kind for record in records} == set(KINDS)
    assert {name for record in records for name in record.values} == set(PROPERTIES)
    for record in records[::25]:
        found = reconciler().candidates(Query(record.label, (record.kind,), limit=100))
        assert {each.record.id: each.score for each in found}.get(record.id) == 100


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert next(readings(text)) == (text, 1)
    scores = [each.score for each in reconciler().candidates(Query(text))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
