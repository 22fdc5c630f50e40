"""The figures: worked out by hand on small cases, and against the scorer in ../shared/gold."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import load_script
from entente.evaluation import as_data, as_markdown, as_table, error_lines, evaluate, read_folder, read_sheet
from entente.evaluation.assignment import best_pairs

Record = dict[str, Any]


def event(kind: str, *parties: str, **more: Any) -> Record:
    """An event; a party is "RUS/actor", or "@NATO/actor" for an organisation."""
    people = [
        {"actor" if party.startswith("@") else "state": party.split("/")[0].removeprefix("@"), "role": party.split("/")[1]}
        for party in parties
    ]
    empty: Record = {"name": None, "places": [], "start": None, "end": None, "forces": [], "attributed_to": []}
    return {"type": kind, "mode": "actual", "participants": people, "evidence": "x", **empty, **more}


DRILL = event(
    "exercise",
    "RUS/participant",
    "CHN/participant",
    evidence="Russia and China held drills",
    name="Northern Interaction",
    places=["Sea of Japan"],
    start="2023-07-20",
    end="2023-07-23",
    status="concluded",
    attributed_to=["Russian Defense Ministry"],
    forces=[{"state": "RUS", "kind": "corvettes", "count": 2, "qualifier": "exact", "names": []}],
)
VISIT = event("visit", "IRN/actor", "IND/recipient", evidence="the minister flew to Delhi")
THREAT = event("threat", "PRK/actor", "USA/recipient", evidence="Pyongyang warned Washington")
RELATION = {"states": ["RUS", "CHN"], "label": "no limits partnership", "evidence": "their partnership"}
TEXT = "Russia and China held drills. Then the minister flew to Delhi, and Pyongyang warned Washington."


def score(gold: list[Record], predicted: list[Record], text: str | None = None) -> Record:
    sheets = ({"d": read_sheet({"events": events}, text)} for events in (gold, predicted))
    return as_data(evaluate(*sheets))


def f1(figures: Record, *path: str) -> float:
    for name in path:
        figures = figures[name]
    return float(figures["f1"])


def test_all_found_is_one() -> None:
    figures = score([DRILL, VISIT], [VISIT, DRILL], TEXT)
    assert [f1(figures, name) for name in ("event", "event_located", "event_macro", "tuple")] == [1.0] * 4
    assert {values["f1"] for values in figures["slots"].values()} == {1.0}
    assert figures["event_f1_ci95"] == [1.0, 1.0]
    assert figures["status"] == {"accuracy": 1.0, "n": 1}


def test_an_article_without_events_is_right_when_nothing_is_said() -> None:
    assert f1(score([], []), "event_macro") == 1.0
    assert f1(score([], [VISIT]), "event_macro") == 0.0


def test_a_false_alarm_costs_precision_only() -> None:
    figures = score([DRILL], [DRILL, VISIT])
    assert (figures["event"]["p"], figures["event"]["r"]) == (0.5, 1.0)
    assert figures["by_type"]["visit"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "pred": 1, "gold": 0}


def test_near_types_earn_half_and_others_nothing() -> None:
    assert score([VISIT], [{**VISIT, "type": "talks"}])["event"]["tp"] == 0.5
    assert score([VISIT], [{**VISIT, "type": "attack"}])["event"]["tp"] == 0


def test_an_unclear_event_neither_pays_nor_costs() -> None:
    figures = score([DRILL, {**VISIT, "certainty": "unclear"}], [DRILL, VISIT])
    assert figures["event"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 1.0, "pred": 1, "gold": 1}
    assert score([{**VISIT, "certainty": "unclear"}], [])["event"]["gold"] == 0


def test_a_located_event_needs_overlapping_words() -> None:
    figures = score([DRILL], [{**DRILL, "evidence_span": [30, 60]}], TEXT)
    assert (f1(figures, "event"), f1(figures, "event_located")) == (1.0, 0.0)


def test_slots_are_compared_as_the_guideline_says() -> None:
    other = {
        **DRILL,
        "places": ["Sea of Japan (East Sea)", "Vladivostok"],
        "start": "2023-07",
        "attributed_to": ["the Defence Ministry of Russia"],
        "forces": [{**DRILL["forces"][0], "kind": "corvette"}],
    }
    slots = score([DRILL], [other])["slots"]
    assert (slots["places"]["tp"], slots["places"]["pred"]) == (1, 2)
    assert (slots["dates"]["tp"], slots["dates (lenient)"]["tp"]) == (1, 2)
    assert slots["forces"]["f1"] == 1.0
    assert slots["attributed_to"]["tp"] == 0


def test_spellings_of_an_organisation_are_one() -> None:
    demand = event("demand", "@UN Security Council/actor", "PRK/recipient")
    assert f1(score([demand], [event("demand", "@United Nations/actor", "PRK/recipient")]), "tuple") == 1.0


def test_clusters_by_hand() -> None:
    # Three reports of one event; the prediction parts the third from the others and lets it join a stranger.
    gold = {
        name: read_sheet({"events": [{**DRILL, "cluster_event": cluster}]})
        for name, cluster in {"a": "k", "b": "k", "c": "k", "d": None}.items()
    }
    predicted = {
        name: read_sheet({"events": [{**DRILL, "canonical": canonical}]})
        for name, canonical in {"a": "1", "b": "1", "c": "2", "d": "2"}.items()
    }
    clusters = as_data(evaluate(gold, predicted))["clusters"]
    # precision (1 + 1 + 1/2 + 1/2) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4
    assert clusters["all matched events"] == {"p": 0.75, "r": 0.6667, "f1": 0.7059, "items": 4}
    assert clusters["events with cluster_event"]["p"] == 1.0
    assert clusters["coverage"] == 1.0
    assert score([DRILL], [DRILL])["clusters"] is None


def test_the_matching_is_the_best_one() -> None:
    chance = random.Random(1)
    for _ in range(60):
        height, width = chance.randint(1, 4), chance.randint(1, 4)
        weights = [[chance.choice((0.0, chance.random())) for _ in range(width)] for _ in range(height)]
        pairs = best_pairs(weights)
        assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
        best = max(
            sum(weights[row][column] for row, column in zip(rows, columns, strict=False))
            for rows in permutations(range(height))
            for columns in permutations(range(width))
        )
        assert sum(weights[row][column] for row, column in pairs) == pytest.approx(best)
    assert best_pairs([]) == best_pairs([[]]) == []


def test_errors_are_listed_with_type_parties_and_words() -> None:
    rows = evaluate(
        {"d": read_sheet({"events": [DRILL, VISIT]}, TEXT), "e": read_sheet({"events": [VISIT]}, TEXT)},
        {
            "d": read_sheet({"events": [{**DRILL, "id": "e1", "end": None}, {**THREAT, "id": "e2"}]}, TEXT),
            "e": read_sheet({"events": [VISIT]}, TEXT),
        },
    )
    text = "\n".join(error_lines(rows, {("d", "e2"): ["threat.case.v1"]}))
    assert text.splitlines()[0] == "--- d"
    assert "missed       visit [actual] IRN/a IND/r\n               35-61 “the minister flew to Delhi”" in text
    assert "false alarm  threat [actual] PRK/a USA/r  by threat.case.v1" in text
    assert "dates: start 2023-07-20 instead of start 2023-07-20, end 2023-07-23" in text
    assert "--- e" not in text


def test_tables_hold_the_figures() -> None:
    figures = score([DRILL, VISIT], [DRILL])
    table = as_table(figures, by_type=True)
    assert "events (micro)                 P 1.000  R 0.500  F1 0.667   (1 of 1 predicted, 2 gold)" in table
    assert "  visit " in table
    assert "by type" not in as_table(figures)
    markdown = as_markdown(figures)
    assert "| events (micro) | 1.000 | 0.500 | **0.667** | 1 | 2 |" in markdown
    assert "| visit | 0.000 | 0.000 | **0.000** | 0 | 1 |" in markdown


# ---- the oracle


@pytest.fixture(scope="module")
def oracle(shared: Path) -> ModuleType:
    return load_script(shared / "gold" / "score.py")


def both(oracle: ModuleType, gold: Record, predicted: Record, texts: dict[str, str]) -> tuple[Record, Record]:
    theirs, _ = oracle.score(gold, predicted, texts)
    rows = evaluate(
        {key: read_sheet(record, texts.get(key)) for key, record in gold.items()},
        {key: read_sheet(record, texts.get(key)) for key, record in predicted.items()},
    )
    return as_data(rows), json.loads(json.dumps(theirs))


def _spoil(record: Record, chance: random.Random) -> list[Record]:
    """Turn a gold event into what a fallible extractor might say: nothing, the same, or something a little different."""
    changes: list[Callable[[Record], Record]] = [
        lambda r: r,
        lambda r: {**r, "type": chance.choice(("visit", "talks", "threat", "demand", "accusation", "agreement"))},
        lambda r: {**r, "participants": r["participants"][:-1] or [{"actor": "NATO", "role": "actor"}]},
        lambda r: {**r, "start": (r["start"] or "2018-01-01")[:7], "end": None},
        lambda r: {**r, "places": [*r["places"], "Sea of Japan"], "mode": "planned"},
        lambda r: {**r, "evidence": r["evidence"][: len(r["evidence"]) // 2] or "x"},
        lambda r: {**r, "evidence_span": [50, 150], "background": not r["background"]},
        lambda r: {**r, "canonical": chance.choice(("one", r.get("cluster_event") or "two"))},
        lambda r: {**r, "attributed_to": ["the ministry"], "forces": [], "status": "signed"},
    ]
    return [chance.choice(changes)(chance.choice(changes)(record)) for _ in range(chance.choice((0, 1, 1, 1, 2)))]


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_the_shared_scorer(shared: Path, oracle: ModuleType, seed: int) -> None:
    gold = read_folder(shared / "gold" / "dev" / "gold")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (shared / "gold" / "dev" / "texts").glob("*.txt")}
    assert len(gold) == len(texts) == 45
    chance = random.Random(seed)
    predicted: Record = {
        key: {
            "events": [made for record in sheet["events"] for made in _spoil(record, chance)],
            "relations": sheet["relations"][chance.randint(0, 1) :],
        }
        for key, sheet in gold.items()
        if chance.random() < 0.95
    }
    mine, theirs = both(oracle, gold, predicted, {} if seed == 0 else texts)
    assert mine == theirs
    assert mine["clusters"] is not None


@pytest.mark.shared
def test_small_cases_agree_with_the_shared_scorer(oracle: ModuleType) -> None:
    merged = [{**DRILL, "cluster_event": "k"}, {**VISIT, "certainty": "unclear"}]
    cases: list[tuple[list[Record], list[Record]]] = [
        ([], []),
        ([DRILL, VISIT, THREAT], []),
        ([], [VISIT]),
        ([DRILL, DRILL, DRILL], [DRILL, DRILL]),
        ([VISIT], [{**VISIT, "type": "talks"}, VISIT]),
        (merged, [{**DRILL, "canonical": "1"}, {**VISIT, "canonical": "1"}]),
        ([{**THREAT, "type": "demand"}, {**THREAT, "type": "accusation"}], [THREAT, THREAT]),
    ]
    for gold, predicted in cases:
        data = ({"d": {"events": events, "relations": [RELATION]}} for events in (gold, predicted))
        mine, theirs = both(oracle, *data, {"d": TEXT})
        assert mine == theirs
