"""The core and the profile `mme` on all 3,707 exercises of the data set, which is dirty as research data is."""

from __future__ import annotations

import calendar
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from entente.gate import load_shapes
from entente.model import Iri, Literal, Triple, Violation
from entente.model.terms import ent, rdf, sem, skos, xsd
from shapesets import CORE, PROFILES, ROOT, read, tree

VOCAB = "https://w3id.org/entente/vocab/"
DOMAINS = ("Air", "Land", "Sea", "Amphibious", "Cyber")
FOCUSES = ("Warfighting", "Peacekeeping", "Humanitarian")


@cache
def reference() -> tuple[Triple, ...]:
    return tuple(triple for name in ("states", "codes") for triple in read(ROOT / f"ontology/reference/{name}.ttl"))


@cache
def names() -> Mapping[str, Iri]:
    """English names of states."""
    return {
        triple.object.lexical: triple.subject
        for triple in reference()
        if triple.predicate in {skos.prefLabel, ent.alias}
        and isinstance(triple.object, Literal)
        and triple.object.lang == "en"
        if isinstance(triple.subject, Iri)
    }


def concept(scheme: str, name: str) -> Iri:
    return Iri(f"{VOCAB}{scheme}/{name.lower()}")


def coded(number: int, row: Mapping[str, str]) -> Iterator[Triple]:
    """An exercise as its row tells it; -9 and xx are unknown, and states that our reference data lacks are left out."""
    exercise = Iri(f"https://example.org/{number}-{row['MMEID']}")
    when = Iri(f"{exercise}/when")
    yield Triple(exercise, rdf.type, ent.Exercise)
    yield Triple(exercise, ent.mmeId, Literal(row["MMEID"]))
    yield Triple(exercise, ent.eventType, concept("event-type", "exercise"))
    yield Triple(exercise, ent.mode, concept("mode", "actual"))
    if row["Ex_Name"] != "-9":
        yield Triple(exercise, ent.name, Literal(row["Ex_Name"], lang="en"))
    if row["Location"] != "-9":
        place = Iri(f"{exercise}/place")
        yield Triple(exercise, ent.location, place)
        yield Triple(place, rdf.type, ent.Place)
        yield Triple(place, skos.prefLabel, Literal(row["Location"], lang="en"))
    for column in DOMAINS:
        if row[column] == "1":
            yield Triple(exercise, ent.domain, concept("domain", column))
    for column in FOCUSES:
        if row[column] == "1":
            yield Triple(exercise, ent.focus, concept("focus", column))
    for column in [name for name in row if name.startswith("State") and row[name] in names()]:
        part = Iri(f"{exercise}/{column}")
        yield Triple(exercise, ent.hasParticipation, part)
        yield Triple(part, rdf.type, ent.Participation)
        yield Triple(part, ent.inEvent, exercise)
        yield Triple(part, ent.participant, names()[row[column]])
        yield Triple(part, ent.roleType, concept("role-type", "participant"))
    yield Triple(exercise, ent.when, when)
    yield Triple(when, rdf.type, ent.TimeBounds)
    yield Triple(when, ent.dateBasis, concept("date-basis", "explicit"))
    exact = {row["s.day"], row["e.day"]}.isdisjoint({"xx", "-9", ""})
    yield Triple(when, ent.datePrecision, concept("date-precision", "day" if exact else "month"))
    for end, early, late in (
        ("s", sem.hasEarliestBeginTimeStamp, sem.hasLatestBeginTimeStamp),
        ("e", sem.hasEarliestEndTimeStamp, sem.hasLatestEndTimeStamp),
    ):
        year, month, day = int(row[f"{end}.year"]), int(row[f"{end}.month"]), row[f"{end}.day"]
        first, last = (int(day), int(day)) if day.isdecimal() else (1, calendar.monthrange(year, month)[1])
        yield Triple(when, early, Literal(f"{year}-{month:02}-{first:02}", datatype=xsd.date))
        yield Triple(when, late, Literal(f"{year}-{month:02}-{last:02}", datatype=xsd.date))


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "checks" / "mme_v7.csv").open(encoding="latin-1", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def found(rows: list[dict[str, str]]) -> Mapping[str, list[Violation]]:
    """The results by shape."""
    profile = next(shape_set for shape_set in PROFILES if shape_set.name == "exercise-mme")
    shapes = load_shapes((*CORE.files, *profile.files), tree())
    data = [triple for number, row in enumerate(rows) for triple in coded(number, row)]
    by_shape = defaultdict(list)
    for violation in shapes.validate(data, reference()).violations:
        by_shape[violation.shape.rsplit("/", 1)[-1]].append(violation)
    return by_shape


def test_the_data_set_is_what_it_was(rows: list[dict[str, str]]) -> None:
    assert len(rows) == 3707


def test_exercises_that_end_before_they_start(found: Mapping[str, list[Violation]]) -> None:
    assert set(map(row, found["shapes#TimeBounds-span"])) == {"mme281", "mme395", "mme1872", "mme2365", "mme3156", "mme3681"}


def test_participants_that_were_no_members_of_the_state_system(found: Mapping[str, list[Violation]]) -> None:
    states = {(row(v), (v.value or "").rpartition("/")[2]) for v in found["exercise-mme#Exercise"]}
    tonga = {(name, "TON") for name in ("mme756", "mme768", "mme901", "mme1081", "mme1326", "mme3507")}
    assert states == tonga | {("mme1845", "SRB"), ("mme3365", "SSD")}


@pytest.mark.parametrize(
    ("shape", "columns", "unknown"),
    [("name", ("Ex_Name",), "-9"), ("purpose", FOCUSES, "0"), ("conduct", DOMAINS, "0"), ("location", ("Location",), "-9")],
)
def test_unknowns_are_missing_values(
    rows: list[dict[str, str]], found: Mapping[str, list[Violation]], shape: str, columns: tuple[str, ...], unknown: str
) -> None:
    missing = Counter(line["MMEID"] for line in rows if all(line[name] == unknown for name in columns))
    assert missing.total() == {"name": 1033, "purpose": 39, "conduct": 569, "location": 71}[shape]
    assert Counter(map(row, found[f"exercise-mme#Exercise-{shape}"])) == missing


def test_nothing_else_is_found_but_lack_of_states_and_wide_bounds(found: Mapping[str, list[Violation]]) -> None:
    others = {"Exercise-name", "Exercise-purpose", "Exercise-conduct", "Exercise-location", "Exercise"}
    assert found.keys() == {
        "shapes#TimeBounds-span",
        "shapes#TimeBounds-begins-before-end",
        "shapes#TimeBounds-ends-after-begin",
        "shapes#Exercise",
        "exercise-mme#Exercise-state",
        "exercise-mme#Exercise-states",
        *(f"exercise-mme#{name}" for name in others),
    }


def row(violation: Violation) -> str:
    """The identifier of the row that a result is about."""
    return violation.focus.removesuffix("/when").rpartition("-")[2]
