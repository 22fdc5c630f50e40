"""Parts of speech that news style makes hard: each case is a sentence, one of its words, and the tag that this gets."""

from __future__ import annotations

import pytest

from entente_loaders.extract.tagger import tag
from entente_loaders.extract.tokens import tokenise

CASES = {
    "a past that is no participle": ("The minister spoke by telephone.", "spoke", "VBD"),
    "a doubled consonant": ("A delegation travelled to the city.", "travelled", "VBN"),
    "a progressive before an object": ("The minister is meeting the officials.", "meeting", "VBG"),
    "a noun that looks like one": ("The minister left the meeting in the city.", "meeting", "NN"),
    "a headline's verb after an office": ("Foreign minister visits the islands", "visits", "VBZ"),
    "an adjective between a verb and its object": ("The states enjoy close ties.", "close", "JJ"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_word_gets_the_tag_that_its_place_gives_it(name: str) -> None:
    text, word, wanted = CASES[name]
    tagged = {token.text: token.tag for token in tag(tokenise(text, 0, len(text), []))}
    assert tagged[word] == wanted
