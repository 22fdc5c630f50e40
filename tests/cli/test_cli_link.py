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


def test_a_table_keeps_its_delimiter(tmp_path: Path) -> None:
    expected = ["RUS", "PRK"]
    for delimiter, args in ((",", ()), (";", ()), ("\t", ("--delimiter", "tab")), ("|", ())):
        text = delimiter.join(('"who"', "note")) + "\r\n" + delimiter.join(("Russia", f'"a{delimiter}b"')) + "\r\n"
        text += delimiter.join(('"Korea, North"', "", "", "")) + "\r\n"
        result = link(tmp_path, text, "--column", "who", *args)
        assert result.exit_code == 0, result.output
        found = list(csv.DictReader(result.stdout.splitlines(), delimiter=delimiter))
        assert [row["state"] for row in found] == expected
        assert found[0]["note"] == f"a{delimiter}b"


def test_the_delimiter_is_the_one_that_gives_the_column(tmp_path: Path) -> None:
    """Most cells would be made by commas, which stand in names here."""
    result = link(tmp_path, "who;a, b, c, d\nKorea, South;1\n", "--column", "who")
    assert "732" in result.stdout
    assert result.stdout.startswith("who;a, b, c, d;iri;")


@pytest.mark.parametrize(
    ("encoding", "args"),
    [
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("windows-1252", ("--encoding", "windows-1252")),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, args: tuple[str, ...]) -> None:
    result = link(tmp_path, "who\nCôte d'Ivoire\nÉtats-Unis\n".encode(encoding), "--column", "who", *args)
    assert [(row["who"], row["state"]) for row in rows(result.stdout)] == [("Côte d'Ivoire", "CIV"), ("États-Unis", "USA")]


def test_a_table_with_a_column_state(tmp_path: Path) -> None:
    """The usual name of the column with states is one that is added too."""
    result = link(tmp_path, "State ,state code,state,score\nx,y,Russia,7\n", "--column", "state")
    [row] = rows(result.stdout)
    assert (row["state"], row["linked_state"], row["score"], row["linked_score"]) == ("Russia", "RUS", "7", "100")
    again = link(tmp_path, result.stdout, "--column", "state")
    assert again.exit_code == 2
    assert "error[ENTENTE-198]" in again.stderr


def test_columns_by_their_names_in_another_case(tmp_path: Path) -> None:
    result = link(tmp_path, " Who ,flag,x,x\nPacific Fleet,Russia,1,2\n", "--column", "who", "--state-column", "FLAG")
    assert "force/RUS/pacific-fleet" in result.stdout
    assert result.stdout.startswith(" Who ,flag,x,x,iri,")


def test_standard_input() -> None:
    result = CliRunner().invoke(cli, ["link", "-", "--column", "who"], input="who\nFrance\n")
    assert rows(result.stdout)[0]["state"] == "FRA"
    nothing = CliRunner().invoke(cli, ["link", "-", "--column", "who"], input="")
    assert "standard input is empty" in nothing.stderr


def test_rows_of_spaces_quotes_and_line_ends(tmp_path: Path) -> None:
    text = 'who,n\r\n"Great\r\nBritain",1\r\n\r\n   ,2\r\n"the ""United States""",3\r\n'
    found = list(csv.DictReader(link(tmp_path, text, "--column", "who").stdout.splitlines(keepends=True)))
    assert [(row["n"], row["state"]) for row in found] == [("1", "GBR"), ("2", ""), ("3", "USA")]


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        (b"who\n\xff\n", "who", "196"),
        (b"\xff\xfewho", "who", "196"),
        ("", "who", "196"),
        ("who\na,b\n", "who", "196"),
        ('who\n"open\n', "who", "196"),
        ("name\nRussia\n", "who", "197"),
        ("who,who\nRussia,x\n", "who", "198"),
    ],
)
def test_tables_that_cannot_be_linked(tmp_path: Path, text: str | bytes, column: str, code: str) -> None:
    target = tmp_path / "out.csv"
    result = link(tmp_path, text, "--column", column, "-o", str(target))
    assert result.exit_code == 2
    assert f"error[ENTENTE-{code}]" in result.stderr
    assert not target.exists()


def test_messages_tell_where_the_table_is_wrong(tmp_path: Path) -> None:
    wrong = link(tmp_path, b"who\nFrance\nC\xf4te d'Ivoire\n", "--column", "who")
    assert "line 3 is not in UTF-8" in wrong.stderr
    assert "--encoding windows-1252" in wrong.stderr
    longer = link(tmp_path, 'who,n\n"a\nb",1\nRussia,1,2\n', "--column", "who")
    assert "the row that ends in line 4 has 3 cells for 2 columns" in longer.stderr
    unknown = link(tmp_path, "who\nFrance\n", "--column", "who", "--encoding", "klingon")
    assert "there is no encoding 'klingon'" in unknown.stderr
    missing = link(tmp_path, "name;year\nRussia;1990\n", "--column", "who")
    assert "it has: name, year" in missing.stderr
