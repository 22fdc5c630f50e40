"""The wheel: one package from five folders, with all that it needs inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

FOLDERS = ("ontology", "shapes", "queries", "samples")


@pytest.fixture(scope="module")
def packed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    made = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(command, cwd=root, capture_output=True, check=True)
    [file] = made.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def wheel(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked outside the checkout."""
    unpacked = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(unpacked)
    return unpacked


def test_the_top_level_holds_the_two_packages_and_nothing_else(wheel: Path) -> None:
    names = sorted(path.name for path in wheel.iterdir())
    assert names[0] == "entente"
    assert names[1].startswith("entente-")
    assert names[2:] == ["entente_loaders"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_of_the_shared_folders_is_inside(root: Path, wheel: Path, folder: str) -> None:
    here = {p.relative_to(root) for p in (root / folder).rglob("*") if p.is_file()}
    there = {
        p.relative_to(wheel / "entente/_assets") for p in (wheel / "entente/_assets" / folder).rglob("*") if p.is_file()
    }
    assert here == there
    assert here


def test_rules_lexicon_and_type_marks_are_inside(root: Path, wheel: Path) -> None:
    for package in ("entente", "entente_loaders"):
        assert (wheel / package / "py.typed").is_file()
    for folder in ("rules", "lexicon"):
        here = {path.name for path in (root / "loaders/entente_loaders" / folder).glob("*.yaml")}
        assert here == {path.name for path in (wheel / "entente_loaders" / folder).glob("*.yaml")}


def test_templates_of_pages_are_inside(root: Path, wheel: Path) -> None:
    here = {path.name for path in (root / "src/entente/api/pages").iterdir()}
    assert here == {path.name for path in (wheel / "entente/api/pages").iterdir()}
    assert {"frame.html", "style.css"} <= here


def test_the_scripts_of_the_pages_are_inside_with_their_licences(wheel: Path) -> None:
    bundle = wheel / "entente/api/bundle"
    entries = json.loads((bundle / "manifest.json").read_text())
    assert {"page.js", "query.js", "timeline.js", "map.js", "graph.js", "chart.js", "query.css"} <= set(entries)
    assert all((bundle / name).is_file() for name in entries.values())
    licences = (bundle / "LICENSES.txt").read_text(encoding="utf-8")
    for library in ("@zazuko/yasgui", "cytoscape", "leaflet", "vis-timeline", "world-atlas", "@observablehq/plot"):
        assert f"{library} " in licences
    assert not (wheel / "entente/api/scripts").exists()
    code = "".join(path.read_text(encoding="utf-8") for path in bundle.glob("*.js"))
    assert "lov.linkeddata.es" not in code


def test_the_wheel_is_small(packed: Path) -> None:
    assert packed.stat().st_size < 6_000_000


def test_the_unpacked_wheel_answers_a_question(wheel: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(wheel)}

    def entente(*args: str) -> str:
        command = [sys.executable, "-m", "entente.cli", "--store", str(tmp_path / "store"), *args]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout

    where = [sys.executable, "-c", "import entente; print(entente.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout
    assert found.startswith(str(wheel))
    entente("demo", "--no-serve")
    assert "interaction-003" in entente("query", "conflicts")
