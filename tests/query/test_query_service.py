"""The cards that need what our engine has beyond SPARQL 1.1: search, and the functions of GeoSPARQL."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from entente.model import Change, Literal, Solutions
from entente.query import Card, load, run, shorten
from entente.store import OxigraphStore, RemoteStore, parse

HERE = Path(__file__).parent
WORLD = HERE / "service" / "world.trig"
CARDS = [card for card in load(HERE.parents[1] / "queries").cards if card.subject == "service"]
BY_NAME = {card.name: card for card in CARDS}
SAMPLES = {
    "exercise-distances": {"state": "RUS"},
    "places-in-area": {"area": "POLYGON((27 40, 42 40, 42 47, 27 47, 27 40))"},
    "things-matching": {"text": "black sea"},
}


def world() -> Change:
    prefixes = (HERE / "fixtures" / "prefixes.ttl").read_text(encoding="utf-8")
    document = f"{prefixes}{WORLD.read_text(encoding='utf-8')}"
    return Change(insert=parse(document.encode(), "application/trig"))


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    made = OxigraphStore(None)
    made.apply(world())
    return made


def table(found: Solutions) -> list[list[str]]:
    def cell(term: object) -> str:
        return term.lexical if isinstance(term, Literal) else shorten(str(term or ""))

    return [list(found.variables), *([cell(term) for term in row] for row in found.rows)]


def test_every_card_has_golden_rows() -> None:
    assert sorted(BY_NAME) == sorted(SAMPLES) == sorted(path.stem for path in (HERE / "service").glob("*.csv"))
    assert len(CARDS) == 3


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_golden_rows(card: Card, store: OxigraphStore) -> None:
    with (HERE / "service" / f"{card.name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert len(expected) > 2
    assert tuple(expected[0]) == card.columns
    assert table(run(card, SAMPLES[card.name], store)) == expected
    # The file as it stands asks for the same.
    assert table(store.select(card.text)) == expected


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("places-in-area", {"area": "POINT(0 0)"}),
        ("exercise-distances", {"state": "JPN"}),
        ("things-matching", {"text": "black seal"}),
    ],
)
def test_what_must_not_be_answered(name: str, values: dict[str, str], store: OxigraphStore) -> None:
    assert run(BY_NAME[name], values, store).rows == ()


def test_a_search_takes_other_spellings(store: OxigraphStore) -> None:
    found = table(run(BY_NAME["things-matching"], {"text": "JAPÓN*"}, store))
    assert [row[:2] for row in found[1:]] == [["place:sea-of-japan", "Mer du Japon"]]


def test_oxigraph_as_a_remote_store_answers_alike(endpoint: str, store: OxigraphStore) -> None:
    far = RemoteStore(f"{endpoint}/query", f"{endpoint}/update")
    far.apply(Change(remove=tuple(far.quads()), insert=world().insert))
    for card in CARDS:
        # Without an index all matches are equally good.
        assert sorted(table(run(card, SAMPLES[card.name], far))) == sorted(table(run(card, SAMPLES[card.name], store)))
