"""`entente rules`: what rule writers see."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import Result

from commands import invoke
from entente import resources
from entente_loaders.extract import load_rules

SAMPLES = resources.folder("samples")
GOLD = Path(__file__).parents[1] / "articles" / "gold"


def run(*args: str, code: int = 0) -> Result:
    return invoke("rules", *args, code=code)


def rows(*args: str) -> list[dict[str, str]]:
    return list(csv.DictReader(run(*args, "-f", "csv").stdout.splitlines()))


def test_the_list_holds_all_rules() -> None:
    listed = rows("list")
    assert [row["id"] for row in listed] == [rule.id for rule in load_rules().rules]
    assert {"id": "exercise.nominal.with.v1", "type": "exercise", "form": "nominal"}.items() <= next(
        row for row in listed if row["id"] == "exercise.nominal.with.v1"
    ).items()
    assert all(row["file"].startswith("rules/") for row in listed)


def test_lint_exits_with_1_when_something_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"file": "lexicon/verbs.yaml", "of": "PRAISE", "finding": "'praise' stands in it 2 times"}
    sources = {"rules": {}, "lexicon": {"verbs.yaml": "PRAISE: [praise, praise]"}}
    monkeypatch.setattr("entente.cli.commands.rules.data_files", sources.__getitem__)
    result = run("lint", "-f", "json", code=1)
    assert json.loads(result.stdout)[0] == {"severity": "error", **words}
    assert " rules, 1 errors, 1 warnings" in result.stderr


def test_warnings_refuse_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = {"rules": {}, "lexicon": {"verbs.yaml": "NOSUCH: [praise]"}}
    monkeypatch.setattr("entente.cli.commands.rules.data_files", sources.__getitem__)
    assert rows("lint")[0]["severity"] == "warning"
    run("lint", "--strict", code=1)


def test_the_bundled_rules_have_no_errors() -> None:
    assert [row for row in rows("lint") if row["severity"] == "error"] == []


def test_misses_are_grouped_by_verb(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Japan resembled Russia. Brazil resembled Peru. Peru followed Brazil.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff")
    result = run("misses", str(tmp_path), "--examples", "1", "-f", "json")
    assert [(row["verb"], row["sentences"]) for row in json.loads(result.stdout)] == [("resemble", 2), ("follow", 1)]
    assert "error[ENTENTE-201]" in result.stderr


def test_score_counts_by_rule() -> None:
    scored = rows("score", "--gold", str(GOLD), "--texts", str(SAMPLES))
    assert len(scored) > 10
    for row in scored:
        assert int(row["fired"]) == float(row["right"]) + float(row["wrong"]) > 0
        assert 0 < float(row["proposed"]) < 1
    located = rows("score", "--gold", str(GOLD), "--texts", str(SAMPLES), "--located", "--all")
    assert len(located) > len(scored)


def test_explain_says_what_a_rule_looks_for() -> None:
    out = run("explain", "support.praise.owned.v1").stdout
    for words in (
        "support.praise.owned.v1: support, active, prior",
        "in rules/support.yaml",
        "( PREP NP ){0,3}",
        "a verb group of PRAISE, in the active = verb",
        "V.PRAISE: applaud, ",
        "actor        0-11 South Korea",
    ):
        assert words in out
    assert run("explain", "x.y.v1", code=2).stderr.startswith("error[ENTENTE-152]")
