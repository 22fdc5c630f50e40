"""The Multinational Military Exercises data set: rows of our own in its form, and the whole file where it is at hand."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from conftest import require
from entente.cli.sourcing import state_codes
from entente.consensus import GraphSink
from entente.errors import ArticleError, InputError
from entente.model import Delta, Held, Iri, Literal, Triple
from entente.model.iri import entity, vocab
from entente.model.terms import ent, oa, sem, skos
from entente.store import open_store
from entente_loaders.sources import Item, Kit, open_source
from material import COLUMNS, ROW
from pipelines import default_graph, tools


@cache
def kit() -> Kit:
    return Kit(tools().index, state_codes(tools().index.base))


def read(folder: Path, *changes: dict[str, str], encoding: str = "latin-1") -> list[Item]:
    """Read rows that differ from ROW."""
    lines = [",".join(COLUMNS)]
    for change in changes:
        cells = {**ROW, **change}
        lines.append(",".join(f'"{cells[name]}"' for name in COLUMNS))
    file = folder / "rows.csv"
    file.write_bytes("\n".join(lines).encode(encoding))
    return list(open_source(str(file), None, {}, kit()))


def one(folder: Path, **change: str) -> Delta:
    [item] = read(folder, change)
    assert isinstance(item, Delta), item
    return item


def values(delta: Delta, *path: Iri) -> set[str]:
    """What a path of properties leads to from the event."""
    nodes: set[object] = {Iri(f"{delta.article}/event/e1")}
    for predicate in path:
        nodes = {t.object for t in delta.triples if t.subject in nodes and t.predicate == predicate}
    return {node.lexical if isinstance(node, Literal) else str(node) for node in nodes}


def dates(delta: Delta) -> list[str]:
    bounds = (
        sem.hasEarliestBeginTimeStamp,
        sem.hasLatestBeginTimeStamp,
        sem.hasEarliestEndTimeStamp,
        sem.hasLatestEndTimeStamp,
    )
    return [*(next(iter(values(delta, ent.when, bound))) for bound in bounds), *values(delta, ent.when, ent.edtf)]


def test_a_row_becomes_an_exercise_that_the_gate_lets_in(tmp_path: Path) -> None:
    delta = one(tmp_path, Series_Name="Grey Gull", AdditionalParticipantInfo="NATO", CPX="1")
    assert tools().gate.check(delta.triples).passed
    parties = {entity("state", "RUS"), entity("state", "CHN"), entity("organisation", "NATO")}
    assert values(delta, ent.hasParticipation, ent.participant) == parties
    assert values(delta, ent.location) == {entity("place", "sea-of-japan")}
    assert values(delta, ent.domain) == {vocab("domain", "sea")}
    assert values(delta, ent.focus) == {vocab("focus", "warfighting")}
    assert values(delta, ent.exerciseType) == {vocab("exercise-type", "CPX")}
    assert (values(delta, ent.mmeId), values(delta, ent.name)) == ({"mme9001"}, {"Grey Gull 1999"})
    assert values(delta, ent.editionOf) == {entity("candidate", "series", "grey-gull")}
    assert dates(delta) == ["1999-05-03", "1999-05-03", "1999-05-09", "1999-05-09", "1999-05-03/1999-05-09"]


def test_the_data_set_is_the_speaker_and_every_span_is_a_cell(tmp_path: Path) -> None:
    delta = one(tmp_path)
    [text] = [t.object.lexical for t in delta.triples if t.predicate == ent.text and isinstance(t.object, Literal)]
    quotes = {t.object.lexical for t in delta.triples if t.predicate == oa.exact and isinstance(t.object, Literal)}
    assert quotes == {"Grey Gull 1999", "Sea of Japan", "5/3/99", "5/9/99", "1", "Russia", "China"}
    assert text.splitlines()[0] == "MMEID: mme9001"
    [speaker] = {t.object for t in delta.triples if t.predicate == ent.assertedBy}
    labels = {t.object for t in delta.triples if t.subject == speaker and t.predicate == skos.prefLabel}
    assert labels == {Literal("Multinational Military Exercises, version 7", lang="en")}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1999-5-xx", "1999-5-xx", ["1999-05-01", "1999-05-31", "1999-05-01", "1999-05-31", "1999-05"]),
        ("1999-2-10", "1999-2-xx", ["1999-02-10", "1999-02-10", "1999-02-10", "1999-02-28", "1999-02-10/1999-02"]),
        ("1999-12-xx", "2000-1-4", ["1999-12-01", "1999-12-31", "2000-01-04", "2000-01-04", "1999-12/2000-01-04"]),
        ("1999-5-xx", "1999-5-4", ["1999-05-01", "1999-05-04", "1999-05-04", "1999-05-04", "1999-05/1999-05-04"]),
    ],
)
def test_unknown_days_become_month_precision(start: str, end: str, expected: list[str], tmp_path: Path) -> None:
    parts = dict(
        zip(("s.year", "s.month", "s.day", "e.year", "e.month", "e.day"), (*start.split("-"), *end.split("-")), strict=True)
    )
    delta = one(tmp_path, **parts)
    assert dates(delta) == expected
    assert values(delta, ent.when, ent.datePrecision) == {vocab("date-precision", "month")}
    assert tools().gate.check(delta.triples).passed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"e.month": "4"}, "ends before it starts"),
        ({"s.month": "13"}, "which there is not"),
        ({"s.day": "31", "s.month": "2"}, "which there is not"),
        ({"s.year": "-9"}, "which there is not"),
        ({"MMEID": "-9"}, "no MMEID"),
        ({"StateA": "-9", "StateB": ""}, "no participant"),
        ({"Air": "2"}, "neither 0 nor 1"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line_and_reason(
    change: dict[str, str], words: str, tmp_path: Path
) -> None:
    first, refused, last = read(tmp_path, {"MMEID": "mme9000"}, change, {"MMEID": "mme9002"})
    assert (isinstance(first, Delta), isinstance(last, Delta)) == (True, True)
    assert isinstance(refused, ArticleError)
    assert refused.code == "ENTENTE-234"
    assert "rows.csv:3: " in refused.message
    assert words in refused.message


def test_one_id_for_two_rows_is_refused(tmp_path: Path) -> None:
    first, second = read(tmp_path, {}, {"Ex_Name": "Another"})
    assert isinstance(first, Delta)
    assert isinstance(second, ArticleError)
    assert "line 2" in second.message


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("Congo - Kinshasa", "state/COD"),
        ("Côte d’Ivoire", "state/CIV"),
        ("Federal Republic of Germany", "state/DEU"),
        ("NATO", "organisation/NATO"),
        ("Baltic States", "candidate/state/baltic-states"),
        ("Bermuda", "candidate/state/bermuda"),
        ("Serbia", "candidate/state/serbia"),
    ],
)
def test_names_are_resolved_at_the_date_or_listed(name: str, iri: str, tmp_path: Path) -> None:
    [delta] = read(tmp_path, {"StateA": name}, encoding="utf-8")
    assert isinstance(delta, Delta)
    assert entity(*iri.split("/")) in values(delta, ent.hasParticipation, ent.participant)
    assert bool(delta.unresolved) == iri.startswith("candidate")
    assert tools().gate.check(delta.triples).passed
    if name == "Serbia":  # which was no member of the state system in 1999
        assert delta.unresolved == ("Serbia in 1999",)


def test_a_place_that_nobody_knows_is_a_candidate_where_the_row_puts_it(tmp_path: Path) -> None:
    delta = one(tmp_path, Location="off the coast")
    assert {t.object for t in delta.triples if t.predicate == ent.southLatitude} == {Literal.decimal(40.5)}
    assert values(delta, ent.location) != values(one(tmp_path, Location="off the coast", lat="12"), ent.location)
    assert tools().gate.check(delta.triples).passed


def test_rows_are_told_apart_and_join_what_articles_say_in_the_published_graph(tmp_path: Path) -> None:
    twice = read(tmp_path, {}, {"MMEID": "mme9002"}, {"MMEID": "mme9003", "Ex_Name": "-9", "s.day": "xx", "e.day": "xx"})
    deltas = [item for item in twice if isinstance(item, Delta)]
    graphs = []
    for order in (deltas, deltas[::-1]):
        sink = GraphSink(open_store("memory:"), tools().index)
        sink.prepare(tools().index.version, tools().index.base.graphs)
        for delta in order:
            sink.put(delta)
        assert {sink.held(delta) for delta in deltas} == {Held.SAME}
        graphs.append(default_graph(sink.store))
    published = graphs[0]
    ids = {t.object.lexical: t.subject for t in published if t.predicate == ent.mmeId and isinstance(t.object, Literal)}
    assert sorted(ids) == ["mme9001", "mme9002", "mme9003"]
    assert len(set(ids.values())) == 3
    exercise = ids["mme9001"]
    assert Triple(exercise, ent.domain, vocab("domain", "sea")) in published
    assert Triple(exercise, ent.dyad, entity("dyad", "365-710")) in published
    assert graphs[0] == graphs[1]


def test_without_reference_data_the_source_says_what_it_needs(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(",".join(COLUMNS))
    with pytest.raises(InputError) as caught:
        list(open_source(str(file)))
    assert caught.value.code == "ENTENTE-194"


def test_a_table_without_the_columns_of_version_7_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("MMEID,name\nmme1,x\n")
    [error] = open_source(str(file), None, {}, kit())
    assert isinstance(error, ArticleError)
    assert (error.code, "StateA" in error.message) == ("ENTENTE-227", True)


@pytest.fixture(scope="module")
def whole(shared: Path) -> list[Item]:
    file = shared / "checks" / "mme_v7.csv"
    require(file.is_file(), "the data set is not in ../shared/checks")
    return list(open_source(str(file), None, {}, kit()))


@pytest.mark.shared
def test_every_row_of_the_data_set_is_an_exercise_or_refused_with_a_reason(whole: list[Item]) -> None:
    refused = [item.message for item in whole if isinstance(item, ArticleError)]
    reasons = Counter(re.sub(r"^.*?:\d+: |mme\d+|\d{4}-\d{2}(?:-\d{2})?|line \d+", "", reason).strip() for reason in refused)
    assert (len(whole), len(refused)) == (3707, sum(reasons.values()))
    assert reasons == {"names no participant": 77, "ends before it starts:  to": 6, "the id  is that of  already": 3}
    backwards = {found.group() for reason in refused if "ends before" in reason and (found := re.search(r"mme\d+", reason))}
    assert backwards == {"mme395", "mme1872", "mme2365", "mme281", "mme3156", "mme3681"}


@pytest.mark.shared
def test_unknown_days_and_names_of_the_data_set_are_kept_as_such(whole: list[Item]) -> None:
    deltas = [item for item in whole if isinstance(item, Delta)]
    states = {name for delta in deltas for name in delta.unresolved if re.fullmatch(r".* in \d{4}", name)}
    assert states == {
        "Serbia in 2000",
        "South Sudan in 2010",
        *(f"Tonga in {y}" for y in (1988, 1989, 1990, 1991, 1993, 1995)),
    }
    months = sum(vocab("date-precision", "month") in values(delta, ent.when, ent.datePrecision) for delta in deltas)
    assert months == 1207
    assert not [delta.slug for delta in deltas[::60] if not tools().gate.check(delta.triples).passed]
