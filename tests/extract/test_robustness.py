"""Whatever the input: spans lie inside the text, the same text gives the same extraction, and long lines cost little."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.index import ReferenceIndex, load_base
from entente.model import Article, Document, Extraction
from entente_loaders.extract import RuleExtractor
from entente_loaders.resolve import resolve
from entente_loaders.text import read

ROOT = Path(__file__).resolve().parents[2]
INDEX = ReferenceIndex(load_base(ROOT))
EXTRACTOR = RuleExtractor(INDEX)
WORDS = [
    "Russia",
    "China",
    "Japan",
    "the",
    "a",
    "joint",
    "naval",
    "drills",
    "drill",
    "held",
    "will",
    "hold",
    "accused",
    "of",
    "in",
    "Sea",
    "Beijing's",
    "navy",
    ",",
    ".",
    "and",
    "with",
    "said",
    "that",
    "on",
    "Monday",
    "July",
    "19",
    "2023",
    "two",
    "corvettes",
    "he",
    "they",
    "its",
    "(",
    ")",
    '"',
    "'",
    "according",
    "to",
    "not",
    "visited",
    "talks",
    "pact",
    "signed",
    "by",
    "dubbed",
    "Interaction",
    "which",
    "after",
    "-",
    ";",
    ":",
    "30",
]

NASTY = {
    "empty paragraphs": "\n\n\nRussia accused Japan.\n\n\n\n",
    "one long line": "Russia and China held naval drills, " * 1_500,
    "one word of a megabyte": "a" * 1_000_000,
    "only stops": "." * 20_000,
    "only quotation marks": '"' * 10_000,
    "only brackets": "(" * 10_000,
    "only commas": "Russia, " * 4_000,
    "right to left": "روسيا والصين أجرتا مناورات. Russia accused Japan.",
    "emoji": "Russia 🇷🇺 accused Japan 🇯🇵 of spying 👀.",
    "markup": "<p>Russia <b>accused</b> Japan &amp; others.</p>",
    "dotted capital i": "İstanbul İ İ İ Russia accused Japan.",
    "no letters": "12 34 -- !! ?? 5,6.",
    "impossible dates": "Russia accused Japan on February 31, 2023 and on 99 July 2023.",
}


def _check(document: Document, found: Extraction) -> None:
    length = len(document.text)
    for event in found.events:
        assert event.evidence.end <= length
        assert event.claims
        for claim in event.claims:
            assert 0 < claim.confidence <= 1
            assert claim.evidence
            for span in claim.evidence:
                assert span.end <= length
                assert span.of(document.text).strip()
    for mention in found.mentions:
        assert mention.span.end <= length
    assert [event.key for event in found.events] == [f"e{number}" for number in range(1, len(found.events) + 1)]


def test_the_nasty_inputs_are_all_tried() -> None:
    assert len(NASTY) == 13


@pytest.mark.parametrize("name", NASTY)
def test_nasty_input_is_read_without_a_crash(name: str) -> None:
    document = read(Article("test", NASTY[name].encode(), "test.txt", published="2023-07-20"))
    found = EXTRACTOR.extract(document)
    _check(document, found)
    assert resolve(found, INDEX).extraction is found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
def test_any_run_of_words_keeps_its_spans(words: list[str]) -> None:
    document = read(Article("test", " ".join(words).encode(), "test.txt", published="2023-07-20"))
    _check(document, EXTRACTOR.extract(document))


_PROGRAM = """
import hashlib, sys
from pathlib import Path
from entente.index import ReferenceIndex, load_base
from entente.model import Article
from entente_loaders.extract import RuleExtractor
from entente_loaders.text import read
root = Path(sys.argv[1])
extractor = RuleExtractor(ReferenceIndex(load_base(root)))
digest = hashlib.sha256()
for path in sorted((root / "samples").glob("*.txt")):
    document = read(Article(path.stem, path.read_bytes(), path.name, published="2023-07-20"))
    digest.update(repr(extractor.extract(document)).encode())
print(digest.hexdigest())
"""


def test_two_processes_with_other_hash_seeds_extract_the_same() -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(ROOT)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0].strip()) == 64
