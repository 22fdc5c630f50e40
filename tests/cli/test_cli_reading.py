"""The commands that read the graph, over the fixture world in a store on disk."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import commands
from entente.cli import cli
from entente.model import Change
from entente.store import open_store, parse

ROOT = Path(__file__).parents[2]
WORLD = ROOT / "tests" / "query" / "fixtures" / "world.trig"
DYAD = ["query", "joint-exercises-of-dyad", "-p", "a=RUS", "-p", "b=CHN"]
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("world") / "store")
    store = open_store(folder)
    store.apply(Change(insert=parse(WORLD.read_bytes(), "application/trig")))
    store.close()
    return folder


@pytest.fixture
def run(location: str) -> Run:
    return partial(commands.run, location)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_pipe_gets_csv_with_full_iris(run: Run) -> None:
    found = rows(run(*DYAD).stdout)
    assert [row["name"] for row in found] == ["Sea Bridge", "North/Interaction-2023"]
    assert found[0]["exercise"].startswith("https://w3id.org/entente/id/exercise/")


def test_table_has_short_iris(run: Run) -> None:
    lines = run(*DYAD, "--format", "table").stdout.splitlines()
    assert lines[0].split() == ["exercise", "name", "mode", "year", "begin", "end", "place", "states"]
    assert lines[2].startswith("exercise:northern-interaction-2023 ")


def test_json_and_jsonl_have_numbers_and_nulls(run: Run) -> None:
    whole = json.loads(run(*DYAD, "--format", "json").stdout)
    lines = [json.loads(line) for line in run(*DYAD, "--format", "jsonl").stdout.splitlines()]
    assert whole == lines
    assert whole[0]["states"] == 2
    timeline = run("query", "dyad-timeline", "-p", "a=RUS", "-p", "b=CHN", "-f", "json").stdout
    assert None in [row["name"] for row in json.loads(timeline)]


@pytest.mark.parametrize(
    ("suffix", "start"), [("csv", "exercise,name"), ("json", "["), ("jsonl", "{"), ("table", "exercise  ")]
)
def test_the_suffix_decides(run: Run, tmp_path: Path, suffix: str, start: str) -> None:
    target = tmp_path / f"out.{suffix}"
    assert run(*DYAD, "-o", str(target)).stdout == ""
    assert target.read_text(encoding="utf-8").startswith(start)


def test_list_and_show(run: Run) -> None:
    listed = rows(run("query", "--list").stdout)
    assert ("1", "joint-exercises-of-dyad") in [(row["competency"], row["name"]) for row in listed]
    card = (ROOT / "queries" / "competency" / "joint-exercises-of-dyad.rq").read_text(encoding="utf-8")
    assert run("query", "joint-exercises-of-dyad", "--show").stdout == card
    assert "id/state/JPN" in run(*DYAD[:2], "-p", "a=JPN", "-p", "b=CHN", "--show").stdout


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["query", "joint-exercise-of-dyad"], "error[ENTENTE-300]: no query named 'joint-exercise-of-dyad'"),
        (["query", "joint-exercises-of-dyad"], "error[ENTENTE-302]"),
        ([*DYAD, "-p", "c=1"], "error[ENTENTE-301]"),
        ([*DYAD[:4], "-p", "b=Chinaa"], "error[ENTENTE-303]: parameter 'b'"),
        ([*DYAD, "-p", "b"], "error[ENTENTE-123]: -p b is no NAME=VALUE"),
        ([*DYAD, "-p", "b=JPN"], "error[ENTENTE-123]: -p b=... is given twice"),
        ([*DYAD, "-o", "out.xyz"], "error[ENTENTE-121]"),
        ([*DYAD, "-o", "/nowhere/at/all.csv"], "error[ENTENTE-122]"),
        (["sparql", "SELECT ?s WHERE { ?s ?p ?o }", "-f", "ttl"], "error[ENTENTE-121]"),
        (["sparql", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "-f", "csv"], "error[ENTENTE-121]"),
        (["sparql", "SELECT"], "error[ENTENTE-3"),
        (["show", "Atlantis"], "error[ENTENTE-124]: nothing is named 'Atlantis'"),
        (["show", "state:ZZZ"], "error[ENTENTE-124]: the graph says nothing about state:ZZZ"),
        (["show", "https://exa mple.org/"], "error[ENTENTE-124]"),
        (["dump", "-o", "out.csv"], "error[ENTENTE-121]"),
        (["dump", "--graph", "graph:none"], "error[ENTENTE-124]: there is no graph"),
        (["dump", "--graph", "no iri"], "error[ENTENTE-124]"),
    ],
)
def test_wrong_input(run: Run, args: list[str], error: str) -> None:
    result = run(*args, code=2)
    assert result.stdout == ""
    assert result.stderr.startswith(error)


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--store", str(tmp_path / "none"), "stats"])
    assert result.exit_code == 2
    assert "error[ENTENTE-120]: there is no store at" in result.stderr
    assert "hint: make one with: entente demo" in result.stderr
    assert not (tmp_path / "none").exists()


def test_sparql_rows(run: Run) -> None:
    query = "SELECT ?s ?n ?none WHERE { ?s <https://w3id.org/entente/ns#independentSources> ?n } ORDER BY DESC(?n) LIMIT 1"
    assert json.loads(run("sparql", query, "-f", "json").stdout) == [
        {"s": "https://w3id.org/entente/id/exercise/northern-interaction-2023", "n": 4, "none": None}
    ]
    assert run("sparql", "-", stdin=query).stdout.startswith("s,n,none\n")


def test_sparql_ask_and_graphs(run: Run) -> None:
    assert run("sparql", "ASK { ?s ?p ?o }").stdout == "answer\ntrue\n"
    construct = "CONSTRUCT { ?s a <https://example.org/E> } WHERE { ?s a <https://w3id.org/entente/ns#Exercise> }"
    assert "<https://example.org/E>" in run("sparql", construct).stdout
    assert run("sparql", construct, "-f", "nt").stdout.count(" .\n") == 3
    assert json.loads(run("sparql", construct, "-f", "jsonld").stdout)


def test_sparql_refuses_what_is_no_text(run: Run) -> None:
    assert run("sparql", "-", stdin=b"\xff", code=2).stderr.startswith("error[ENTENTE-305]")


@pytest.mark.parametrize("thing", ["state:RUS", "https://w3id.org/entente/id/state/RUS", "russia"])
def test_show(run: Run, thing: str) -> None:
    found = rows(run("show", thing).stdout)
    assert {"property": "skos:prefLabel", "value": "Russia", "label": "", "graph": ""} in found
    assert "Russian Navy" in [row["label"] for row in found if row["property"] == "^ent:belongsToState"]


def test_show_as_a_graph(run: Run) -> None:
    assert '"Russia"@en' in run("show", "state:RUS", "-f", "ttl").stdout


def test_show_prefers_what_is_known_to_candidates_and_asks_which_is_meant(tmp_path: Path) -> None:
    folder = str(tmp_path / "names")
    store = open_store(folder)
    label = '<http://www.w3.org/2004/02/skos/core#prefLabel> "Kilo"@en'
    kinds = (("a", "State"), ("b", "CandidateEntity"), ("c", "State"))
    lines = "".join(f"<urn:{n}> {label} ; a <https://w3id.org/entente/ns#{kind}> .\n" for n, kind in kinds)

    def show() -> Result:
        return CliRunner().invoke(cli, ["--store", folder, "show", "Kilo"])

    data = parse(lines.encode(), "text/turtle")
    store.apply(Change(insert=data))
    store.close()
    asked = show()
    assert asked.exit_code == 2
    assert "error[ENTENTE-125]: 2 things are named 'Kilo'" in asked.stderr
    assert "hint: choose one: urn:a, urn:c" in asked.stderr
    store = open_store(folder)
    store.apply(Change(remove=tuple(quad for quad in data if quad.subject == "urn:c")))
    store.close()
    assert show().exit_code == 0


@pytest.mark.parametrize(
    ("args", "start"),
    [
        ([], "@prefix"),
        (["-f", "nq"], "<"),
        (["-f", "ttl"], "@prefix"),
        (["--graph", "graph:article/wire-1"], "@prefix"),
    ],
)
def test_dump(run: Run, args: list[str], start: str) -> None:
    first = run("dump", *args).stdout
    assert first.startswith(start)
    assert run("dump", *args).stdout == first


def test_dump_round_trip(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "all.nq"
    run("dump", "-o", str(target))
    assert set(parse(target.read_bytes(), "application/n-quads")) == set(parse(WORLD.read_bytes(), "application/trig"))


def test_stats(run: Run) -> None:
    found = {row["what"]: row["value"] for row in rows(run("stats").stdout)}
    assert found["articles"] == "2"
    assert found["events: exercise"] == "3"
    assert found["entente here"]


def test_a_text_cannot_steer_the_terminal(location: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "hostile")
    store = open_store(folder)
    data = b'<https://example.org/a> <https://example.org/b> "\\u001B[2Jgone" .'
    store.apply(Change(insert=parse(data, "application/n-triples")))
    store.close()
    shown = CliRunner().invoke(cli, ["--store", folder, "show", "https://example.org/a", "-f", "table"]).stdout
    assert "\x1b" not in shown
    assert "gone" in shown
