"""`entente export`: formats by option and suffix, losses on stderr, errors before anything is written."""

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
from entente.store import open_store
from pipelines import ingested

SAMPLES = Path(__file__).parents[2] / "samples"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("exports") / "store")
    store = open_store(folder)
    store.apply(Change(insert=tuple(ingested(*sorted(SAMPLES.glob("interaction-*.txt"))).quads())))
    store.close()
    return folder


@pytest.fixture
def run(location: str) -> Run:
    return partial(commands.run, location)


def test_a_table_goes_to_stdout_and_its_losses_to_stderr(run: Run) -> None:
    result = run("export", "dyad-year", "-p", "from=2023")
    found = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["ccode1"], row["ccode2"], row["year"]) for row in found] == [("365", "710", "2023")]
    assert result.stderr.startswith("not in this export:\n")


@pytest.mark.parametrize(
    ("name", "begins"), [("x.csv", b"event,type"), ("x.jsonl", b"{"), ("x.parquet", b"PAR1"), ("x.dta", b"<stata_dta>")]
)
def test_the_suffix_decides_the_format(run: Run, tmp_path: Path, name: str, begins: bytes) -> None:
    result = run("export", "forces", "-o", str(tmp_path / name))
    assert result.stdout == ""
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_quiet_tells_no_losses(run: Run) -> None:
    assert run("--quiet", "export", "events").stderr == ""


def test_a_document_has_one_form(run: Run) -> None:
    first = json.loads(run("export", "plover").stdout.splitlines()[0])
    assert set(first) >= {"id", "date", "actor", "event"}
    assert "ENTENTE-148" in run("export", "plover", "--format", "csv", code=2).stderr


def test_the_list_names_tables_and_documents(run: Run) -> None:
    found = list(csv.DictReader(io.StringIO(run("export", "--list").stdout)))
    assert [row["export"] for row in found if row["form"] != "table"] == ["plover", "mme", "nanopub", "rdf12"]
    assert len(found) == 11


def test_a_codebook_needs_no_store(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--store", str(tmp_path / "none"), "export", "dyad-year", "--codebook"])
    assert result.exit_code == 0
    assert "| ccode1 | integer |" in result.stdout


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["dyad-years"], "ENTENTE-314"),
        (["dyad-year", "-p", "from=soon"], "ENTENTE-303"),
        (["dyad-year", "-p", "a=RUS"], "ENTENTE-301"),
        (["dyad-year", "-o", "x.xlsx"], "ENTENTE-121"),
        (["dyad-year", "-f", "stata"], "ENTENTE-121"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", *args, code=2)
    assert code in result.stderr
    assert result.stdout == ""
    assert not list(tmp_path.iterdir())
