"""The reference data is what scripts/reference makes of the tables, and it refuses tables that are not in order."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TABLES = ROOT / "ontology/tables"


def build(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "scripts/reference", *options], capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("scripts", "ontology/tables", "ontology/reference"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_the_reference_data_is_current() -> None:
    made = build(ROOT, "--check")
    assert (made.returncode, made.stderr) == (0, "current\n")


def test_every_row_of_every_table_has_a_source() -> None:
    count = 0
    for path in sorted(TABLES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                count += 1
                assert row["source"], path.name
    assert count > 4000


def test_a_changed_table_is_noticed_and_written(copy: Path) -> None:
    path = copy / "ontology/tables/states.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Afghans", "Afghan people"), encoding="utf-8")
    stale = build(copy, "--check")
    assert (stale.returncode, stale.stderr) == (1, "stale: states.ttl: run scripts/reference\n")
    assert build(copy).returncode == 0
    assert '"Afghan people"@en' in (copy / "ontology/reference/states.ttl").read_text(encoding="utf-8")
    assert build(copy, "--check").returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cow_years.csv\n", "\n", "name the source"),
        (",cow,700,", ",cow,seven hundred,", "'seven hundred' is no integer"),
        (",cow,700,", ",cow ,700,", "take the spaces at the edges of a cell away"),
        (",cow,700,", ",cow,", "give every column one cell"),
        ("scheme,number", "scheme,numeral", "say in scripts/tables.py what the column numeral means"),
        ("gw-700-AFG-1919", "gw-700-AFG-1816", "has a row already"),
    ],
)
def test_a_table_out_of_order_is_refused(copy: Path, old: str, new: str, message: str) -> None:
    path = copy / "ontology/tables/codes.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    refused = build(copy)
    assert refused.returncode == 1
    assert message in refused.stderr
