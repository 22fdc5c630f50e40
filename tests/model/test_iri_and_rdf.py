"""Minting of IRIs and the spelling of terms."""

from __future__ import annotations

import os
import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import entente.model
from entente.model import Iri, Literal, Quad, Span, Triple, When, canonical_nquads
from entente.model.iri import child, digest, entity, graph, slug, vocab

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
PARTS = st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,20}", fullmatch=True), min_size=1, max_size=4)


def test_every_exported_name_of_the_model_exists() -> None:
    assert len(entente.model.__all__) > 50
    assert all(hasattr(entente.model, name) for name in entente.model.__all__)


@given(TEXT)
def test_a_slug_is_a_path_segment_and_stable(text: str) -> None:
    made = slug(text)
    assert made == slug(text)
    assert entity("thing", made) == f"https://w3id.org/entente/id/thing/{made}"
    assert slug(made) == made


def test_slugs_read_well_and_long_or_foreign_names_stay_apart() -> None:
    assert slug("Northern/Interaction 2023") == "northern-interaction-2023"
    assert slug("São Tomé") == "sao-tome"
    assert slug("Северное") != slug("Взаимодействие")
    assert slug("x" * 100) != slug("x" * 101)
    assert len(slug("x" * 500)) < 100


@given(PARTS, PARTS)
def test_different_parts_give_different_iris(one: list[str], other: list[str]) -> None:
    assert (entity("a", *one) == entity("a", *other)) is (one == other)
    assert (child(entity("a"), *one) == child(entity("a"), *other)) is (one == other)
    assert (digest(*one) == digest(*other)) is (one == other)


@pytest.mark.parametrize("part", ["", "a/b", "a b", "ä", "#x", "-x", "a?b", ".."])
def test_a_part_that_is_no_path_segment_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="no path segment"):
        entity("state", part)


def test_the_base_can_be_moved_and_terms_stay() -> None:
    code = "from entente.model.iri import *; print(entity('state', 'RUS'), graph('article', 'x'), vocab('mode', 'actual'))"
    moved = {**os.environ, "ENTENTE_BASE_IRI": "http://localhost:8000/"}
    printed = subprocess.run([sys.executable, "-c", code], env=moved, capture_output=True, text=True, check=True).stdout
    assert printed.split() == [
        "http://localhost:8000/id/state/RUS",
        "http://localhost:8000/graph/article/x",
        "https://w3id.org/entente/vocab/mode/actual",
    ]


@pytest.mark.parametrize("base", ["example", "https://example.org", "ftp://x/", "https://ex ample/"])
def test_a_base_that_is_none_is_refused_with_a_remedy(base: str) -> None:
    bad = {**os.environ, "ENTENTE_BASE_IRI": base}
    command = [sys.executable, "-c", "import entente.model.iri"]
    done = subprocess.run(command, env=bad, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "ENTENTE-101" in done.stderr
    assert "hint:" in done.stderr


@given(TEXT, st.sampled_from(["", "en", "zh-hant"]))
def test_any_string_survives_the_spelling_of_literals(text: str, lang: str) -> None:
    line = canonical_nquads([Quad(entity("a"), vocab("x", "p"), Literal(text, lang=lang), graph("g"))])
    assert line.count("\n") == 1
    [read] = ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS)
    assert (read.object.value, read.object.language or "") == (text, lang)


def test_equal_sets_have_equal_spelling() -> None:
    triples = [Triple(entity("a"), vocab("x", "p"), Literal.of(number)) for number in range(5)]
    assert canonical_nquads(triples) == canonical_nquads([*reversed(triples), triples[0]])


@pytest.mark.parametrize("text", ["no scheme", "a b:c", "http://x/<y>", "http://x/\n", "plain"])
def test_an_iri_with_forbidden_characters_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        Iri(text)


@pytest.mark.parametrize(("number", "spelled"), [(0.9, "0.9"), (1.0, "1"), (0.123456, "0.123"), (0.0, "0")])
def test_decimals_are_spelled_as_stores_keep_them(number: float, spelled: str) -> None:
    assert Literal.decimal(number).lexical == spelled


def test_spans_and_bounds_keep_their_order() -> None:
    from datetime import date

    with pytest.raises(ValueError, match="start < end"):
        Span(3, 3)
    with pytest.raises(ValueError, match="out of order"):
        When(earliest_begin=date(2023, 7, 20), latest_begin=date(2023, 7, 19))
    assert Span(0, 5).covers(Span(1, 5))
    assert not Span(0, 5).overlaps(Span(5, 6))
