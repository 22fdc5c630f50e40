"""The text of an article is cut such that nothing of it is lost, and each claim has exactly its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from entente.api.site.highlighting import Piece, Span, cut

TEXTS = st.text(max_size=60)
SPANS = st.lists(st.builds(Span, st.integers(-5, 70), st.integers(-5, 70), st.integers(1, 6)), max_size=12)


@given(TEXTS, SPANS)
def test_the_pieces_are_the_text_and_each_claim_has_its_words(text: str, spans: list[Span]) -> None:
    pieces = cut(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    marked: list[tuple[int, ...]] = [piece.claims for piece in pieces for _ in piece.text]
    for position, claims in enumerate(marked):
        assert set(claims) == {span.claim for span in spans if span.start <= position < span.end}


@given(TEXTS, SPANS)
def test_each_claim_begins_once_and_ends_where_its_words_end(text: str, spans: list[Span]) -> None:
    pieces = cut(text, spans)
    told = {claim for piece in pieces for claim in piece.claims}
    begun = [claim for piece in pieces for claim in piece.begins]
    assert sorted(begun) == sorted(told)
    for place, piece in enumerate(pieces):
        after = pieces[place + 1].claims if place + 1 < len(pieces) else ()
        assert set(piece.ends) == set(piece.claims) - set(after)


def test_nested_and_overlapping_words() -> None:
    found = cut("navies of two states", [Span(0, 20, 1), Span(10, 13, 2), Span(7, 13, 3)])
    assert found == (
        Piece("navies ", (1,), (1,), ()),
        Piece("of ", (1, 3), (3,), ()),
        Piece("two", (1, 2, 3), (2,), (2, 3)),
        Piece(" states", (1,), (), (1,)),
    )


def test_words_outside_the_text_are_left_out() -> None:
    assert cut("", [Span(0, 4, 1)]) == ()
    assert cut("ab", [Span(2, 9, 1), Span(1, 1, 2)]) == (Piece("ab"),)
