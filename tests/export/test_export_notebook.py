"""The tutorial's notebook runs from top to bottom on the graph that the demo makes."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from entente.model import Change
from entente.store import open_store
from pipelines import ingested


def test_the_first_analysis_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(str(tmp_path / "entente-data"))
    store.apply(Change(insert=tuple(ingested(*sorted((root / "samples").glob("*.txt"))).quads())))
    store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENTENTE_STORE", raising=False)
    notebook = json.loads((root / "docs" / "tutorials" / "first-analysis.ipynb").read_text(encoding="utf-8"))
    cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) == 5
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, "first-analysis", "exec"), names)
    merged, events, ministry = names["merged"], names["events"], names["ministry"]
    assert isinstance(merged, pd.DataFrame)
    assert list(merged["iso1"] + merged["iso2"]) == ["RUSCHN", "USAKOR"]
    assert isinstance(events, pd.DataFrame)
    assert any(str(event).endswith("/northern-interaction-2023") for event in events["event"])
    assert isinstance(ministry, pd.DataFrame)
    assert ministry["quote"].str.len().min() > 0
