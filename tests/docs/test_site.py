"""The documentation builds without a warning, is complete, and loads nothing from other servers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from entente.cli.root import COMMANDS
from entente.query import load
from entente.resources import folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def headings(page: Path) -> list[str]:
    return re.findall(r'<h[23] id="[^"]+">(?:<code>)?(.+?)(?:</code>)?<a', page.read_text(encoding="utf-8"))


def test_every_command_and_question_is_in_the_reference(site: Path) -> None:
    commands = headings(site / "reference/commands.html")
    assert [name for name in COMMANDS if f"entente {name}" not in commands] == []
    assert {"entente review accept", "entente rules lint", "entente quarantine explain"} <= set(commands)
    questions = headings(site / "reference/queries.html")
    assert [card.name for card in load(folder("queries")).cards if card.name not in questions] == []


def test_routes_terms_shapes_and_vocabularies_are_in_the_reference(site: Path) -> None:
    assert len(headings(site / "reference/http.html")) > 25
    assert {"Exercise", "Claim", "NameUse"} <= set(headings(site / "reference/classes.html"))
    assert {"reportedIn", "location"} <= set(headings(site / "reference/properties.html"))
    assert {"event-type", "cameo"} <= set(headings(site / "reference/vocabularies.html"))
    shapes = (site / "reference/shapes.html").read_text()
    assert shapes.count("<tr>") > 200


def test_every_decision_is_listed(site: Path) -> None:
    listed = (site / "decisions/index.html").read_text()
    records = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert len(records) > 10
    assert [path.stem for path in records if f'href="{path.stem}.html"' not in listed] == []
    assert len({path.stem[:4] for path in records}) == len(records)


def test_every_page_that_is_written_can_be_reached(site: Path) -> None:
    linked = set()
    for page in site.rglob("*.html"):
        for target in re.findall(r'href="([^"#]+)', page.read_text(encoding="utf-8")):
            linked.add((page.parent / target).resolve())
    pages = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]
    assert len(pages) > 60
    built = {
        path: (site / path).with_suffix(".html") if path.name != "README.md" else (site / path.parent / "index.html")
        for path in pages
    }
    assert [str(path) for path, html in built.items() if html.resolve() not in linked] == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 70
    loaded = re.compile(
        r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//|<link[^>]+rel="(?:stylesheet|preconnect)"[^>]+href="(?:https?:)?//'
    )
    assert [str(page) for page in pages if loaded.search(page.read_text(encoding="utf-8"))] == []
