"""OpenRefine, the real one, reconciles messy names with our service and takes codes from it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from api.server import serving
from entente.api import create_app
from entente.query import load
from entente.reconcile import PROPERTIES, Reconciler
from entente.store import open_store
from pipelines import tools
from reconcile.openrefine import OpenRefine, openrefine

ROOT = Path(__file__).parents[2]
MESSY = Path(__file__).parent / "fixtures" / "messy.csv"
CODES = {name: PROPERTIES[name].name for name in ("cow", "wikidata")}


@pytest.fixture(scope="module")
def refined(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str | None]]:
    """The messy names as OpenRefine has them in the end: what it matched itself, the best candidate, and the codes."""
    with MESSY.open(encoding="utf-8", newline="") as file:
        messy = list(csv.DictReader(file))
    # The service gets to see the names only.
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerows([["number", "name"], *([number, row["text"]] for number, row in enumerate(messy))])
    world = open_store("memory:")
    app = create_app(world, tools().index, load(ROOT / "queries"))
    with openrefine(tmp_path_factory.mktemp("openrefine")) as http, serving(app) as address:
        project = OpenRefine(http, table.getvalue())
        project.reconcile("name", f"{address}/reconcile")
        alone = project.rows()
        project.match_best("name")
        project.extend("name", f"{address}/reconcile", CODES)
        extended = project.rows()
    world.close()
    assert len(alone) == len(extended) == len(messy) == 200
    found = []
    for row, before, after in zip(messy, alone, extended, strict=True):
        recon = (before["name"] or {}).get("recon") or {}
        candidates = [each["id"] for each in recon.get("c") or ()]
        matched = recon["m"]["id"] if recon.get("m") else None
        codes = {name: str(cell["v"]) if (cell := after[header]) else None for name, header in CODES.items()}
        found.append({**row, "matched": matched, "best": matched or next(iter(candidates), None), **codes})
    return found


def test_nine_of_ten_names_are_right_at_the_first_place(refined: list[dict[str, str | None]]) -> None:
    wrong = {
        row["text"]: row["best"] or row["matched"] for row in refined if (row["best"] or row["matched"]) != row["expected"]
    }
    assert len(wrong) <= 20, wrong
    surely = {row["text"]: row["matched"] for row in refined if row["matched"] not in (None, row["expected"])}
    assert not surely


def test_tables_get_codes_and_items(refined: list[dict[str, str | None]]) -> None:
    reconciler = Reconciler(tools().index)
    codes = items = 0
    for row in refined:
        if row["best"] != row["expected"]:
            continue
        record = reconciler.record(str(row["expected"]))
        assert record is not None
        assert row["cow"] == next(iter(record.values.get("cow", ())), None), row["text"]
        assert row["wikidata"] == next(iter(record.values.get("wikidata", ())), None), row["text"]
        codes += row["cow"] is not None
        items += row["wikidata"] is not None
    assert codes > 160
    assert items > 80
