"""The index of lists: it answers as the cards themselves do, for every filter and order that it has."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest

from entente.api.rest import resources
from entente.errors import QueryError, StoreError
from entente.model import Store
from entente.model.terms import ent
from entente.query import Card, Listing, ParamType, bind, load, parse
from entente.query.indexing import build
from entente.query.listindex import Cursor, ListIndex
from entente.query.plans import plans
from pipelines import ingested

ROOT = Path(__file__).parents[2]
CARDS = {card.name: card for card in load(ROOT / "queries").cards if card.listing and card.listing.indexed}
KEPT = {card.name: card for card in load(ROOT / "queries").cards if card.ahead}
FILTERS = [(card.name, name) for card in CARDS.values() if card.listing for name in card.listing.indexed]
ABSENT = {"date": ["1900-01-01", "2100-01-01", "2023-07-20"], "integer": ["1", "2", "99"]}


@pytest.fixture(scope="module")
def store() -> Store:
    return ingested(*sorted((ROOT / "samples").glob("*.txt")))


def answer(store: Store, query: str, media_type: str = "text/csv") -> bytes:
    return store.answer(query, (media_type,))[1]


@pytest.fixture(scope="module")
def index(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ListIndex]:
    file = tmp_path_factory.mktemp("lists") / "snap-1.lists"
    build(file, plans({**CARDS, **KEPT}.values()), lambda query, media_type: answer(store, query, media_type))
    made = ListIndex(file)
    yield made
    made.close()


def listing_of(card: Card) -> Listing:
    assert card.listing is not None
    return card.listing


def expected(store: Store, card: Card, filters: Mapping[str, str], column: str, *, descending: bool) -> list[Cursor]:
    listing = listing_of(card)
    kind = {"integer": int, "decimal": float}.get(listing.sorts[column], str)
    rows = csv.DictReader(io.StringIO(answer(store, listing.inner(bind(card, filters))).decode(), newline=""))
    found = [Cursor(kind(row[column]) if row[column] else None, row[listing.key]) for row in rows]
    known = sorted(((row.value, row.key) for row in found if row.value is not None), reverse=descending)
    return [
        *(Cursor(*row) for row in known),
        *(Cursor(None, key) for key in sorted(r.key for r in found if r.value is None)),
    ]


def values_of(store: Store, index: ListIndex, card: str, name: str) -> list[str]:
    """Some values of a parameter: of those that the data has, the first, one in the middle and the last."""
    plan = index.plans[card]
    if name in plan.bounds:
        return ABSENT["integer" if plan.bounds[name].type == "NUMERIC" else "date"]
    rows = csv.DictReader(io.StringIO(answer(store, plan.facets[name]).decode(), newline=""))
    found = sorted({row["value"] for row in rows})
    if ParamType.STATE in [param.type for param in CARDS[card].params if param.name == name]:
        # Some of what has a state is no state itself, which cannot be asked for.
        found = [value for value in found if "/id/state/" in value]
    return list(dict.fromkeys((found[0], found[len(found) // 2], found[-1]))) if found else []


def test_there_is_an_index_of_what_grows() -> None:
    named = "agreements articles claims conflicts dyads events forces places series vessels"
    assert sorted(CARDS) == [f"list-{name}" for name in named.split()]
    assert {resource.card for resource in resources()} > set(CARDS)
    assert len(FILTERS) == 41


@pytest.mark.parametrize(("name", "param"), FILTERS)
def test_each_filter_lets_the_same_through_in_the_same_order(store: Store, index: ListIndex, name: str, param: str) -> None:
    card = CARDS[name]
    values = values_of(store, index, name, param)
    assert len(values) >= 1
    for value in values:
        for column in listing_of(card).sorts:
            for descending in (False, True):
                wanted = expected(store, card, {param: value}, column, descending=descending)
                total, found = index.page(name, {param: value}, column, None, 10_000, descending=descending)
                assert (total, found) == (len(wanted), wanted)


@pytest.mark.parametrize("name", CARDS)
def test_filters_go_together_and_pages_follow_one_another(store: Store, index: ListIndex, name: str) -> None:
    card = CARDS[name]
    names = listing_of(card).indexed
    seen = 0
    for pair in [(), *combinations(names, 2)][:12]:
        filters = {param: values[len(values) // 2] for param in pair if (values := values_of(store, index, name, param))}
        for number, column in enumerate(listing_of(card).sorts):
            wanted = expected(store, card, filters, column, descending=bool(number % 2))
            size = max(1, len(wanted) // 5)
            found: list[Cursor] = []
            total, page = index.page(name, filters, column, None, size, descending=bool(number % 2))
            while page:
                found += page
                _, page = index.page(name, filters, column, page[-1], size, descending=bool(number % 2))
            assert (total, found) == (len(wanted), wanted), (filters, column)
            seen += len(wanted)
    assert seen > 0


def test_a_place_that_is_gone_is_gone_on_from(index: ListIndex) -> None:
    _, rows = index.page("list-events", {}, "begin", None, 10_000, descending=False)
    known = [row for row in rows if row.value is not None]
    between = Cursor(known[3].value, f"{known[3].key}!")
    for descending, following in ((False, known[4]), (True, known[3])):
        _, found = index.page("list-events", {}, "begin", between, 1, descending=descending)
        assert found == [following]
    _, found = index.page("list-events", {}, "begin", Cursor(None, ""), 1, descending=True)
    assert found == [row for row in rows if row.value is None][:1]


def test_what_it_does_not_have_it_does_not_cover(index: ListIndex) -> None:
    assert index.covers("list-events", ["state", "from"])
    assert not index.covers("list-dyads", ["from"])
    assert not index.covers("list-states", [])
    assert index.page("list-events", {"state": "https://example.org/nowhere"}, "begin", None, 9, descending=False) == (0, [])


def test_nothing_is_left_of_an_index_that_fails(tmp_path: Path) -> None:
    def fail(*_: str) -> bytes:
        raise QueryError(310, "no")

    with pytest.raises(QueryError):
        build(tmp_path / "snap-1.lists", plans(CARDS.values()), fail)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError) as caught:
        ListIndex(tmp_path / "snap-1.lists")
    assert caught.value.code == "ENTENTE-905"


def test_only_optional_parameters_are_indexed() -> None:
    text = CARDS["list-series"].text
    with pytest.raises(QueryError, match="indexed names optional parameters"):
        parse(text.replace("indexed: [state]", "indexed: [series]"), "list-series", "lists")


@pytest.mark.parametrize("card", KEPT.values(), ids=list(KEPT))
def test_answers_that_are_kept_are_those_of_the_card(store: Store, index: ListIndex, card: Card) -> None:
    assert card.ahead is not None
    pairs = sorted(str(row[0]) for row in store.select(f"SELECT DISTINCT ?d {{ ?e <{ent.dyad}> ?d }}").rows)
    compared = 0
    for values in card.ahead.values:
        for pair in pairs:
            asked = store.answer(bind(card, {**values, card.ahead.by: pair}), ("application/sparql-results+json",))[1]
            kept = index.answers(card.name, values, [pair])
            assert kept is not None
            # The series is asked of one pair, and does not tell which.
            assert [{name: row[name] for name in row if name in card.columns} for row in kept] == json.loads(asked)[
                "results"
            ]["bindings"]
            compared += len(kept)
    assert compared > len(pairs)
    assert index.answers(card.name, {}, ["https://example.org/nowhere"]) == ([] if {} in card.ahead.values else None)
    assert index.answers(card.name, {"from": "2023-01-01"}, pairs[:1]) is None


def test_what_a_filter_lets_through_is_counted_by_another(store: Store, index: ListIndex) -> None:
    plan = index.plans["list-events"]
    assert set(plan.counted) == {"type", "mode"}
    counted = 0
    for filters in ({}, {"state": values_of(store, index, "list-events", "state")[-1], "from": "2023-01-01"}):
        for name in plan.counted:
            rows = index.count_by("list-events", filters, name)
            assert [n for _, n in rows] == sorted((n for _, n in rows), reverse=True)
            for value, n in rows:
                total, _ = index.page("list-events", {**filters, name: value}, "begin", None, 1, descending=False)
                assert n == total
                counted += n
    assert counted > 0


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("{of: dyad}", "ahead needs by"),
        ("{by: digits}", "by names a parameter that is an IRI"),
        ("{by: dyad}", "values gives all parameters"),
        ("{by: dyad, values: [{digits: 4, decades: 1}]}", "values gives all parameters"),
        ("{by: dyad, values: 4}", "values is a list"),
    ],
)
def test_what_cannot_be_kept_is_told(header: str, message: str) -> None:
    text = KEPT["dyad-series"].text
    with pytest.raises(QueryError, match=message):
        parse(text.replace("{by: dyad, values: [{digits: 4}, {digits: 7}]}", header), "dyad-series", "analysis")
