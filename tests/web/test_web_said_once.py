"""What pages say of types, of quality and of other servers: each once, and what was measured."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from entente.api import create_app
from entente.query import load
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
BROWSER = {"accept": "text/html"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    store = ingested(*(ROOT / "samples" / f"interaction-00{number}.txt" for number in (1, 2, 3)))
    with TestClient(create_app(store, tools().index, load(ROOT / "queries"))) as made:
        yield made


def page(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=BROWSER, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_each_type_is_said_once_the_closest_first(client: TestClient) -> None:
    found = re.search(r'<p class="types">(.*?)</p>', page(client, "/exercises/northern-interaction-2023"), re.DOTALL)
    assert found is not None
    said = [" ".join(text.split()).strip(", ") for text in re.findall(r">([^<]+)<", found[1])]
    said = [text for text in said if text]
    assert said[0] == "exercise"
    assert len(said) == len(set(said)) > 1


def test_the_quality_is_what_was_measured(client: TestClient) -> None:
    text = page(client, "/about")
    said = json.loads((files("entente.evaluation") / "quality.json").read_text("utf-8"))
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="number">([0-9.]+)</td>', text))
    assert rows == {each["name"].replace("&", "&amp;"): f"{each['value']:.3f}" for each in said["figures"]}
    assert f"on {said['articles']} real news articles" in text
    table = (ROOT / "docs" / "quality.md").read_text("utf-8")
    assert all(f"| {each['name']} | **{each['value']:.3f}** |" in table for each in said["figures"])
    assert len(said["figures"]) > 10


def test_federated_examples_are_listed_with_their_servers(client: TestClient) -> None:
    text = page(client, "/sparql")
    for card in load(ROOT / "queries").federated:
        assert card.summary in text
        assert f'data-example="{card.name}"' in text
    assert "<code>https://query.wikidata.org/sparql</code>" in text


def test_a_policy_can_be_chosen_where_there_are_conflicts(client: TestClient) -> None:
    text = page(client, "/dyads/RUS-CHN?by=month&policy=latest")
    links = re.findall(r'<a href="([^"]*)"( aria-current="true")?>(consensus|only party|only third party|latest)</a>', text)
    assert [word for _, chosen, word in links if chosen] == ["latest"]
    assert len(links) == 4
    assert all("by=month" in href for href, _, _ in links)
