"""The work grows with the text, never faster, and hardly with the number of rules: steps are counted, not seconds."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from entente.index import ReferenceIndex
from entente.model import Article
from entente_loaders.extract import RuleExtractor, load_rules
from entente_loaders.records import records
from entente_loaders.resolve import resolve
from entente_loaders.text import read

SHORT, TIMES = 2_000, 3
# Part of the work is the same for every text, so that three times the text is three times the work at most; one that is
# cut at other places may need a little more.
ALLOWED = TIMES * 1.15
REPEATED = {
    "sentences": "Russia accused Japan of spying. ",
    "one sentence": "Russia and China held naval drills, ",
    "names in a list": "Russia, ",
    "dates": "Russia accused Japan on Monday, July 17, ",
    "relatives": "Russia, which held drills, ",
    "speech": "Russia said that China said that ",
    "ships": "the destroyers Alpha, Bravo, ",
    "persons": "President Boris Example of Russia, ",
    "lines": "Russia\n",
    "brackets": "(",
    "quotation marks": '"Russia" “',
    "commas": ",",
    "stops": ". ",
    "markup": '<p class="x">Russia &amp; China</p> ',
    "right to left": "روسيا ",
    "emoji": "🇷🇺👀 Russia ",
    "combining marks": "Ru\u0301ssi\u0301a\u0301 ",
    "numbers": "1,234,567 ",
    "one word": "a",
    "zero width": "\u200b\u200e",
}


def _article(text: str) -> Article:
    return Article("test", text.encode(), "test.txt", published="2023-07-20")


def _steps(text: str, extractor: RuleExtractor, index: ReferenceIndex) -> int:
    """Count the lines that Python runs from the text to its records."""
    count = 0

    def trace(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        records(resolve(extractor.extract(read(_article(text))), index), index)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", REPEATED)
def test_the_work_grows_with_the_text(name: str, extractor: RuleExtractor, index: ReferenceIndex) -> None:
    piece = REPEATED[name]
    short, long = (piece * (size // len(piece)) for size in (SHORT, SHORT * TIMES))
    extractor.extract(read(_article(short)))
    once = _steps(short, extractor, index)
    assert once > 0
    assert _steps(long, extractor, index) <= once * ALLOWED


def test_a_sentence_meets_few_rules_however_many_there_are(root: Path, extractor: RuleExtractor) -> None:
    rules = load_rules()
    tried = sentences = 0
    for path in sorted((root / "samples").glob("*.txt")):
        for reading in extractor.readings(read(Article(path.stem, path.read_bytes(), path.name))):
            sentences += 1
            present = frozenset[str]().union(*(unit.classes for unit in reading.clause.units))
            possible = rules.possible(present)
            tried += len(possible)
            assert [rule for rule in rules.rules if rule.pattern.needs <= present and rule in possible] == possible
    assert tried / sentences < len(rules.rules) / 20


def test_the_index_of_rules_hides_no_match(root: Path, extractor: RuleExtractor) -> None:
    rules = load_rules()
    for path in sorted((root / "samples").glob("*.txt"))[:4]:
        for reading in extractor.readings(read(Article(path.stem, path.read_bytes(), path.name))):
            units = reading.clause.units
            possible = {rule.id for rule in rules.possible(frozenset[str]().union(*(unit.classes for unit in units)))}
            assert {rule.id for rule in rules.rules if any(True for _ in rule.pattern.find(units))} <= possible
