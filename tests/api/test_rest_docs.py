"""The examples of docs/rest.md are answered, and its table of lists is whole."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from entente.api import create_app
from entente.api.rest import resources
from entente.query import load
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "rest.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\$ (curl .*)$", TEXT, re.MULTILINE)


def test_all_lists_are_named() -> None:
    [named] = re.findall(r"^`(/states .*)`$", TEXT, re.MULTILINE)
    assert sorted(named.split()) == sorted(f"/{resource.name}" for resource in resources())


@pytest.fixture(scope="module")
def client() -> TestClient:
    store = ingested(*sorted((ROOT / "samples").glob("*.txt")))
    return TestClient(create_app(store, tools().index, load(ROOT / "queries")))


def test_the_examples_are_answered(client: TestClient) -> None:
    assert len(EXAMPLES) == 12
    for example in EXAMPLES:
        words = shlex.split(example)
        [address] = [word.removeprefix("localhost:8000") for word in words if word.startswith("localhost:8000")]
        headers = dict(words[n + 1].split(": ") for n, word in enumerate(words) if word == "-H")
        response = client.get(address, headers=headers)
        assert response.status_code == 200, response.text
        if response.headers["content-type"] == "application/json":
            assert response.json().get("total", 1) > 0, example


def test_the_answer_that_is_shown(client: TestClient) -> None:
    [shown] = re.findall(r'^(\{"items".*)\.\.\.$', TEXT, re.MULTILINE)
    address = shlex.split(EXAMPLES[0])[-1].removeprefix("localhost:8000")
    assert client.get(address).text.startswith(shown)
