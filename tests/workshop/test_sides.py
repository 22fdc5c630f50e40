"""Who a sentence tells of, without regard to events."""

from __future__ import annotations

import pytest

from entente.index import ReferenceIndex, load_base
from entente.model import Article
from entente.resources import root
from entente_loaders.extract import RuleExtractor
from entente_loaders.text import read
from entente_loaders.workshop import sides

CASES = {
    "Peru painted the embassy of Chile.": ["PER", "CHL"],
    "Peru painted all the walls of the town hall, a Chilean official said.": ["PER"],
    "Peru painted the walls because Chile had done so.": ["PER", "CHL"],
    "Peru and Chile painted the walls because Bolivia had done so.": ["PER", "CHL"],
    "Peru sent Chile a letter about the canals of Bolivia.": ["PER", "CHL"],
    "A Chilean official said it had rained.": ["CHL"],
    "Ethnic Albanians marched in Peru.": ["PER"],
    "Peru spent US $50 million on paint.": ["PER"],
}


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor(ReferenceIndex(load_base(root())))


@pytest.mark.parametrize("text", CASES)
def test_a_sentence_tells_of_those_who_act_and_not_of_reporters(text: str, extractor: RuleExtractor) -> None:
    document = read(Article("test", text.encode(), "test.txt", published="2023-07-20"))
    told = [str(state)[-3:] for reading in extractor.readings(document) for state in sides(reading)]
    assert told == CASES[text]
