"""Reading bytes into text and sentences."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.errors import ArticleError
from entente.model import Article
from entente_loaders.language import english
from entente_loaders.text import SIZE_LIMIT, read


def _read(content: bytes) -> list[str]:
    document = read(Article("test", content, "test.txt"))
    return [sentence.span.of(document.text) for sentence in document.sentences]


REFUSED = {
    "invalid UTF-8": (b"Ankara \xe9t\xe9", "ENTENTE-201", "offset 7"),
    "empty": (b"", "ENTENTE-202", "no text"),
    "blank": (b" \r\n\t\n", "ENTENTE-202", "no text"),
    "NUL": (b"PK\x00\x03", "ENTENTE-203", "U+0000"),
    "control character": (b"a\x1bb", "ENTENTE-203", "U+001B"),
    "too large": (b"a" * (SIZE_LIMIT + 1), "ENTENTE-204", "test.txt"),
}


def test_the_refusals_are_all_tried() -> None:
    assert len(REFUSED) == 6


@pytest.mark.parametrize("name", REFUSED)
def test_bytes_that_are_no_article_are_refused_with_a_hint(name: str) -> None:
    content, code, words = REFUSED[name]
    with pytest.raises(ArticleError, match=r"test\.txt") as caught:
        read(Article("test", content, "test.txt"))
    assert caught.value.code == code
    assert words in caught.value.message
    assert caught.value.hint


def test_byte_order_mark_and_carriage_returns_are_normalised() -> None:
    document = read(Article("test", "\ufeffKyiv spoke.\r\nMinsk answered.\r".encode(), "test.txt"))
    assert document.text == "Kyiv spoke.\nMinsk answered.\n"
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


SENTENCES: dict[str, list[str]] = {
    "He met Gen. Smith. They spoke.": ["He met Gen. Smith.", "They spoke."],
    "The U.S. Navy sailed. It left.": ["The U.S. Navy sailed.", "It left."],
    "It left the U.S. The fleet stayed.": ["It left the U.S.", "The fleet stayed."],
    'He said: "We go." They went.': ['He said: "We go."', "They went."],
    "Twenty tasks were done... including firing.": ["Twenty tasks were done... including firing."],
    "One rose by 2.5 points. Two fell.": ["One rose by 2.5 points.", "Two fell."],
    "Wrapped lines\ngo on here. New one.": ["Wrapped lines\ngo on here.", "New one."],
    'The drills, "North. Interaction 2023", ran on.': ['The drills, "North. Interaction 2023", ran on.'],
}


def test_the_sentence_cases_are_all_tried() -> None:
    assert len(SENTENCES) == 8


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_end_where_they_should(text: str) -> None:
    assert _read(text.encode()) == SENTENCES[text]


def test_only_an_open_first_line_is_a_headline() -> None:
    with_title = read(Article("test", b"Fleets meet\nThe fleets met.", "test.txt"))
    without = read(Article("test", b"The fleets met.\nThey left.", "test.txt"))
    assert [sentence.headline for sentence in with_title.sentences] == [True, False]
    assert not any(sentence.headline for sentence in without.sentences)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1, max_size=300))
def test_sentences_are_in_order_and_cover_all_but_white_space(text: str) -> None:
    if not text.strip() or not english(text):
        return
    document = read(Article("test", text.encode(), "test.txt"))
    at = 0
    for sentence in document.sentences:
        assert not document.text[at : sentence.span.start].strip()
        assert sentence.span.of(document.text).strip()
        at = sentence.span.end
    assert not document.text[at:].strip()
