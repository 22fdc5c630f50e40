"""`entente evaluate`, on the bundled articles and their gold files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from commands import invoke
from entente import resources

SAMPLES = resources.folder("samples")
GOLD = Path(__file__).parents[1] / "articles" / "gold"
ONE = "interaction-002"


def run(*args: str, code: int = 0) -> Result:
    return invoke("evaluate", *args, code=code)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold folder of one article, with its text beside it."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts").mkdir()
    shutil.copy(GOLD / f"{ONE}.json", tmp_path / "gold")
    shutil.copy(SAMPLES / f"{ONE}.txt", tmp_path / "texts")
    return tmp_path / "gold"


def test_the_bundled_articles_can_be_scored(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    out = run("--gold", str(GOLD), "--texts", str(SAMPLES), "--by-type", "--json", str(target)).stdout
    assert out.startswith("articles 17, without a prediction 0\nevents (micro) ")
    assert "\nby type:\n" in out
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert figures["event"]["gold"] > 60
    assert f"F1 {figures['event']['f1']:.3f}" in out.splitlines()[1]
    assert figures["event"]["p"] > 0.6
    # Four of the articles report one exercise.
    assert figures["clusters"]["events with cluster_event"]["items"] > 3
    assert "\nB3, all matched events " in out


def test_errors_name_the_article_and_the_rule(gold: Path) -> None:
    record = json.loads((gold / f"{ONE}.json").read_text("utf-8"))
    record["events"] = [{**event, "type": "aid"} for event in record["events"]]
    (gold / f"{ONE}.json").write_text(json.dumps(record), encoding="utf-8")
    out = run("--gold", str(gold), "--errors").stdout
    assert f"--- {ONE}\n  missed       aid " in out
    assert "  by exercise." in out


def test_two_coders_can_be_compared(gold: Path) -> None:
    same = run("--gold", str(gold), "--pred", str(gold)).stdout
    assert same.count("F1 1.000") >= 6
    assert "without a prediction 16" in run("--gold", str(GOLD), "--pred", str(gold)).stdout
    assert "articles 1, without a prediction 0" in run("--gold", str(GOLD), "--pred", str(gold), "--common").stdout


def test_a_date_that_the_coders_inferred_is_not_given_away(gold: Path) -> None:
    path = gold / f"{ONE}.json"
    text = gold.parent / "texts" / f"{ONE}.txt"
    text.write_text("Russia attacked Ukraine on Tuesday.", encoding="utf-8")
    record = json.loads(path.read_text("utf-8"))
    record["doc"] |= {"published": "2023-07-20", "note": None}
    parties = [{"state": "RUS", "role": "actor"}, {"state": "UKR", "role": "recipient"}]
    attack = {"type": "attack", "participants": parties, "evidence": "attacked", "start": "2023-07-18"}
    record |= {"events": [attack], "relations": []}
    for note, right in ((None, 1), ("publication date inferred from the text", 0)):
        record["doc"]["note"] = note
        path.write_text(json.dumps(record), encoding="utf-8")
        run("--gold", str(gold), "--json", str(gold.parent / "f.json"))
        assert json.loads((gold.parent / "f.json").read_text())["slots"]["dates"]["tp"] == right


def test_what_is_missing_is_named(gold: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("--gold", str(empty), code=2).stderr.startswith("error[ENTENTE-150]")
    assert run("--gold", str(gold), "--texts", str(empty), code=2).stderr.startswith("error[ENTENTE-151]")
    assert run("--gold", str(gold), "--extractor", "x", code=2).stderr.startswith("error[ENTENTE-127]")
    for content in ("[]", "{", '{"events": [1]}'):
        (gold / f"{ONE}.json").write_text(content, encoding="utf-8")
        assert run("--gold", str(gold), code=2).stderr.startswith("error[ENTENTE-150]")
