"""The commands that keep what people decide: list, show, accept, reject, undo, export and import."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from commands import run
from entente import resources
from entente.model import Quad
from entente.model.iri import graph
from entente.store import open_store

SHIP = "the ship"
SAMPLES = resources.folder("samples")
TWO = (str(SAMPLES / "interaction-002.txt"), str(SAMPLES / "interaction-003.txt"))
BY = ("--by", "A. Reviewer", "--on", "2031-05-03")


def table(store: Path, *args: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(store, "review", *args, "-f", "csv").stdout)))


def contents(store: Path) -> set[Quad]:
    """All but the base data, which no decision touches."""
    opened = open_store(str(store))
    try:
        base = {graph(name) for name in ("ontology", "vocab", "reference")}
        return {
            quad
            for name in (None, *opened.graphs())
            if name not in base
            for quad in opened.quads(None, None, None, name, default_graph=name is None)
        }
    finally:
        opened.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    unknown = folder / "unknown.txt"
    unknown.write_text("---\npublished: 2023-08-02\n---\nThe Chinese frigate Baishou arrived in Colombo on Tuesday.\n")
    run(folder / "store", "ingest", *TWO, str(unknown))
    return folder / "store"


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    """A graph of two reports on one exercise and one on a ship that nobody knows, for one test alone."""
    target = tmp_path / "store"
    target.mkdir()
    for path in filled.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
    return target


@pytest.fixture(scope="module")
def ship(filled: Path) -> str:
    """A ship that the reference data does not know."""
    return next(row["id"] for row in table(filled, "list", "--kind", "candidate") if row["kind"] == "Vessel")


def link_of(store: Path) -> str:
    [row] = [r for r in table(store, "list", "--kind", "link", "--state", "all") if r["what"].startswith("exercise")]
    return row["id"]


def test_list_shows_links_with_their_evidence_and_unknown_names_with_theirs(store: Path, ship: str) -> None:
    [link] = [row for row in table(store, "list", "--state", "automatic") if row["what"].startswith("exercise")]
    assert link["articles"] == "interaction-002 interaction-003"
    assert "name +12: both tell of northern-interaction-2023" in link["evidence"]
    candidates = {row["id"]: row for row in table(store, "list", "--kind", "candidate")}
    assert candidates[ship]["state"] == "open"
    assert candidates[ship]["what"] in candidates[ship]["evidence"]
    assert json.loads(run(store, "review", "list", "-f", "json").stdout)
    assert {row["state"] for row in table(store, "list", "--state", "decided")} == set()


def test_reject_undoes_a_link_and_undo_takes_that_back(store: Path) -> None:
    before = contents(store)
    link = link_of(store)
    told = run(store, "review", "reject", link, *BY, "--why", "two exercises")
    assert "northern-interaction-2023 and exercise/northern-interaction-2023-" in told.stderr
    shown = {row["what"]: row["value"] for row in table(store, "show", link)}
    assert (shown["verdict"], shown["by"], shown["on"], shown["why"]) == (
        "rejected",
        "A. Reviewer",
        "2031-05-03",
        "two exercises",
    )
    after = contents(store)
    run(store, "review", "reject", link, "--by", "B. Reviewer", "--on", "2031-06-01")
    assert contents(store) == after
    run(store, "review", "undo", link)
    assert contents(store) == before


def test_decisions_survive_a_store_that_is_built_anew(store: Path, ship: str, tmp_path: Path, filled: Path) -> None:
    run(store, "review", "reject", link_of(store), ship, *BY)
    files = [tmp_path / f"decisions.{suffix}" for suffix in ("csv", "json", "jsonl")]
    for file in files:
        run(store, "review", "export", "-o", str(file))
    expected = contents(store)
    other = tmp_path / "other"
    run(other, "review", "import", str(files[0]))
    run(other, "ingest", str(filled.parent / "unknown.txt"), *reversed(TWO))
    assert contents(other) == expected
    for file in files[1:]:
        run(other, "review", "import", str(file))
    assert contents(other) == expected


def test_a_candidate_is_settled(store: Path, ship: str) -> None:
    told = run(store, "review", "accept", ship, "--as", "state/RUS", *BY, code=2)
    assert "ENTENTE-162" in told.stderr
    run(store, "review", "accept", ship, "--new", *BY)
    [row] = table(store, "list", "--state", "decided")
    assert (row["id"], row["state"]) == (ship, "confirmed-new")
    known = next(r for r in table(store, "list", "--kind", "candidate", "--state", "all") if r["kind"] == "Formation")
    run(store, "review", "accept", known["id"], "--as", "force/CHN/navy", *BY)
    [row] = [row for row in table(store, "export") if row["subject"] == known["id"]]
    assert (row["verdict"], row["identity"]) == ("accepted", "force/CHN/navy")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("reject", "account-link/0000000000", *BY), 160),
        (("reject", "no such thing", *BY), 160),
        (("show", "state/RUS"), 160),
        (("accept", SHIP, *BY), 161),
        (("accept", SHIP, "--new", "--as", "state/RUS", *BY), 161),
        (("accept", SHIP, "--as", "vessel/RUS/nobody-knows-it", *BY), 162),
        (("accept", SHIP, "--as", "x y", *BY), 162),
        (("reject", SHIP), 100),
        (("import", "nowhere.csv"), 163),
    ],
)
def test_mistakes_are_told(filled: Path, ship: str, args: tuple[str, ...], code: int) -> None:
    assert f"ENTENTE-{code}" in run(filled, "review", *(ship if arg == SHIP else arg for arg in args), code=2).stderr


def test_a_mistake_changes_nothing(filled: Path, ship: str) -> None:
    before = contents(filled)
    run(filled, "review", "accept", link_of(filled), ship, *BY, code=2)
    assert contents(filled) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "{}"),
        ("a.json", "[1]"),
        ("a.csv", "subject,verdict,by,on\nx/y,maybe,me,2031-05-03\n"),
        ("a.csv", "subject,verdict,by,on\nx/y,rejected,me,someday\n"),
        ("a.csv", "subject,verdict,by,on\nx/y,rejected,,2031-05-03\n"),
        ("a.csv", "subject,verdict,by,on\n,rejected,me,2031-05-03\n"),
        ("a.csv", "subject,verdict,by,on\nx/y,accepted,me,2031-05-03\n"),
        ("a.csv", "subject,other,verdict,by,on\nx/y,x/z,confirmed-new,me,2031-05-03\n"),
        ("a.csv", "subject,verdict,by,on\nx y,rejected,me,2031-05-03\n"),
    ],
)
def test_a_file_that_holds_no_decisions_is_refused_whole(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert "ENTENTE-163" in run(tmp_path / "store", "review", "import", str(file), code=2).stderr
    assert not (tmp_path / "store").exists()
