"""Linking mentions, and records in the form of the gold files."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from entente.index import ReferenceIndex
from entente.model import Article
from entente_loaders.extract import RuleExtractor
from entente_loaders.records import records
from entente_loaders.resolve import resolve
from entente_loaders.text import read

TEXT = """Russia and China held naval drills in the Sea of Japan on July 10-14, according to the Russian Defence Ministry.
The Russian navy assigned the corvettes Alphaville and Betaville. US warships stayed away.
Gotham Times analysts said the ministry of Elbonia protested to China."""


@pytest.fixture(scope="module")
def resolution(extractor: RuleExtractor, index: ReferenceIndex):  # type: ignore[no-untyped-def]
    return resolve(extractor.extract(read(Article("test", TEXT.encode(), "test.txt", published="2023-07-20"))), index)


def test_known_names_link_and_unknown_ships_become_candidates(resolution) -> None:  # type: ignore[no-untyped-def]
    links = {mention.text: (str(link.iri).split("/id/")[1], link.candidate) for mention, link in resolution.links.items()}
    assert links["Russia"] == ("state/RUS", False)
    assert links["Russian navy"] == ("force/RUS/navy", False)
    assert links["Russian Defence Ministry"] == ("organ/RUS/defence-ministry", False)
    assert links["Alphaville"] == ("candidate/vessel/RUS-alphaville", True)


def test_nothing_is_both_linked_and_unresolved_and_nothing_is_lost(resolution) -> None:  # type: ignore[no-untyped-def]
    assert not set(resolution.links) & set(resolution.unresolved)
    assert set(resolution.links) | set(resolution.unresolved) == set(resolution.extraction.mentions)


def test_a_record_says_what_the_text_says(resolution, index: ReferenceIndex) -> None:  # type: ignore[no-untyped-def]
    event = records(resolution, index)["events"][0]
    assert event["type"] == "exercise"
    assert {p["state"] for p in event["participants"]} == {"RUS", "CHN"}
    assert event["places"] == ["Sea of Japan"]
    assert (event["start"], event["end"]) == ("2023-07-10", "2023-07-14")
    assert event["forces"] == [
        {"state": "RUS", "kind": "corvette", "count": 2, "qualifier": "exact", "names": ["Alphaville", "Betaville"]}
    ]
    assert event["attributed_to"] == ["Russian Defence Ministry"]
    start, end = event["evidence_span"]
    assert TEXT[start:end] == event["evidence"]


@pytest.mark.shared
def test_records_of_real_articles_fit_the_gold_schema(shared: Path, extractor: RuleExtractor, index: ReferenceIndex) -> None:
    schema = json.loads((shared / "gold" / "gold.schema.json").read_text("utf-8"))
    schema["properties"]["doc"]["properties"]["id"] = {"type": "string"}
    schema["$defs"]["event"]["properties"]["evidence_span"] = {"type": "array"}
    validator = jsonschema.Draft202012Validator(schema)
    paths = sorted((shared / "gold" / "dev" / "texts").glob("*.txt"))
    assert len(paths) == 45
    for path in paths:
        document = read(Article(path.stem, path.read_bytes(), path.name, published="2018-01-10"))
        made = records(resolve(extractor.extract(document), index), index)
        assert [error.message for error in validator.iter_errors(made)] == [], path.stem
        for event in made["events"]:
            start, end = event["evidence_span"]
            assert document.text[start:end] == event["evidence"]
