"""Short reports of exercises, patrols, port calls, transits and deployments, in our own words: what each must be read as.

The articles and their gold files lie in `naval/`. They hold the wordings fast; how well real news is read, they do not show.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from entente.model import Article
from entente_loaders.records import records
from entente_loaders.resolve import resolve
from entente_loaders.text import read
from pipelines import tools

FOLDER = Path(__file__).parent / "naval"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
FIELDS = ("type", "mode", "status", "background", "name", "start", "end")


@cache
def gold(name: str) -> dict[str, Any]:
    """The gold file of an article."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def told(event: dict[str, Any]) -> dict[str, Any]:
    """An event as far as the gold fixes it, with what has no order sorted."""
    return {
        **{field: event[field] for field in FIELDS},
        "participants": sorted((party.get("state") or party["actor"], party["role"]) for party in event["participants"]),
        "places": sorted(event["places"]),
        "forces": sorted(json.dumps(force, sort_keys=True) for force in event["forces"]),
    }


def test_the_articles_cover_the_five_kinds() -> None:
    kinds = [event["type"] for name in NAMES for event in gold(name)["events"]]
    assert len(NAMES) == 25
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "deployment": 1,
        "exercise": 9,
        "joint_patrol": 4,
        "port_call": 6,
        "transit": 5,
    }


@pytest.mark.parametrize("name", NAMES)
def test_an_article_is_read_as_its_gold(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    expected = gold(name)
    base = tools()
    document = read(Article(name, text.encode(), f"{name}.txt", published=expected["doc"]["published"]))
    found = records(resolve(base.extractor.extract(document), base.index), base.index)["events"]
    assert [told(event) for event in found] == [told(event) for event in expected["events"]]
    assert all(event["evidence"] in text for event in (*found, *expected["events"]))
