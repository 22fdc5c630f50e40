"""`entente link`: a table gets the IRIs and codes of what it names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entente.cli import cli
from entente.cli.commands.link import ADDED


def link(folder: Path, text: str | bytes, *args: str) -> Result:
    table = folder / "table.csv"
    table.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(cli, ["link", str(table), *args])


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_rows_get_iris_and_codes(tmp_path: Path) -> None:
    text = '\ufeffyear,who\n1990,"Korea, South"\n1991,Rusian Federaton\n1992,Xqzzy\n1993,\n1994,Rossiya\n\n1995\n'
    result = link(tmp_path, text, "--column", "who", "--type", "state")
    assert result.exit_code == 0, result.output
    found = rows(result.stdout)
    assert list(found[0]) == ["year", "who", *ADDED]
    assert [row["year"] for row in found] == ["1990", "1991", "1992", "1993", "1994", "1995"]
    korea, russia, unknown, empty, *_ = found
    assert korea["iri"] == "https://w3id.org/entente/id/state/KOR"
    assert (korea["label"], korea["type"], korea["match"], korea["state"]) == ("South Korea", "state", "true", "KOR")
    assert (korea["iso_alpha3"], korea["cow"], korea["gw"], korea["wikidata"]) == ("KOR", "732", "732", "Q884")
    assert (russia["iso_alpha3"], russia["match"]) == ("RUS", "false")
    assert 75 <= float(russia["score"]) < float(korea["score"]) <= 100
    assert all(not unknown[name] and not empty[name] for name in ADDED)
    linked = sum(bool(row["iri"]) for row in found)
    assert f"{linked} of 6 rows linked, 1 of them certain, {6 - linked} without a match" in result.stderr


def test_the_state_of_a_row_decides(tmp_path: Path) -> None:
    text = "fleet,flag\nPacific Fleet,USA\nPacific Fleet,Russia\n"
    target = tmp_path / "linked.csv"
    args = ("--column", "fleet", "--type", "force", "--state-column", "flag", "-o", str(target))
    assert link(tmp_path, text, *args).exit_code == 0
    found = rows(target.read_text())
    assert [row["state"] for row in found] == ["USA", "RUS"]
    assert [row["cow"] for row in found] == ["2", "365"]


def test_nothing_matched_is_told_by_the_exit_code(tmp_path: Path) -> None:
    result = link(tmp_path, "who\nXqzzy\n", "--column", "who")
    assert result.exit_code == 1
    assert rows(result.stdout)[0]["who"] == "Xqzzy"
    assert "0 of 1 rows linked" in result.stderr


def test_what_is_below_the_least_score_is_left_out(tmp_path: Path) -> None:
    assert link(tmp_path, "who\nRusian Federaton\n", "--column", "who", "--least", "95").exit_code == 1


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        (b"who\n\xff\n", "who", "196"),
        ("", "who", "196"),
        ("who\na,b\n", "who", "196"),
        ('who\n"open\n', "who", "196"),
        ("name\nRussia\n", "who", "197"),
        ("who,iri\nRussia,x\n", "who", "198"),
        ("who,who\nRussia,x\n", "who", "198"),
    ],
)
def test_tables_that_cannot_be_linked(tmp_path: Path, text: str | bytes, column: str, code: str) -> None:
    target = tmp_path / "out.csv"
    result = link(tmp_path, text, "--column", column, "-o", str(target))
    assert result.exit_code == 2
    assert f"error[ENTENTE-{code}]" in result.stderr
    assert not target.exists()
