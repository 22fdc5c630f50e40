"""Every card gives its golden rows in two engines, needs the triple that its mutation drops, and falls for no trap."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from entente.index import load_base
from entente.model.iri import NS, VOCAB
from entente.query import Card, bind, expand, load, shorten

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"
# The gates in quality/ that judge the ontology have fixtures of their own, and so has what needs our own engine.
CARDS = [
    card
    for card in load(HERE.parents[1] / "queries").cards
    if card.subject not in ("quality", "service") or (HERE / "golden" / f"{card.name}.csv").exists()
]
BY_NAME = {card.name: card for card in CARDS}
COMPETENCY = [card for card in CARDS if card.competency is not None]
Rows = list[list[str]]

# rdflib 7.6 warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def documents(name: str, *, negative: bool = False) -> list[str]:
    """The TriG documents of a card's fixture: its own or the common world, and the traps."""
    own = FIXTURES / ("exports.trig" if BY_NAME[name].codebook else f"{name}.trig")
    paths = [own if own.exists() else FIXTURES / "world.trig"]
    if BY_NAME[name].listing:
        paths.append(FIXTURES / "lists.trig")
    if negative:
        paths.append(FIXTURES / "negative" / f"{name}.trig")
    prefixes = (FIXTURES / "prefixes.ttl").read_text(encoding="utf-8")
    return [prefixes + path.read_text(encoding="utf-8") for path in paths]


def store_of(name: str, *, negative: bool = False) -> ox.Store:
    store = ox.Store()
    for document in documents(name, negative=negative):
        store.load(document.encode(), format=ox.RdfFormat.TRIG)
    return store


def dataset_of(name: str, *, negative: bool = False) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    for document in documents(name, negative=negative):
        dataset.parse(data=document, format="trig")
    return dataset


def cell(lexical: str, datatype: str) -> str:
    # Engines write the same decimal as 19 or 19.0.
    return format(Decimal(lexical).normalize(), "f") if datatype.endswith("#decimal") else shorten(lexical)


def from_oxigraph(store: ox.Store, query: str) -> Rows:
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)

    def row(solution: Iterable[object]) -> list[str]:
        return [
            "" if term is None else cell(str(term.value), str(getattr(getattr(term, "datatype", None), "value", "")))  # type: ignore[attr-defined]
            for term in solution
        ]

    return [[v.value for v in answer.variables], *map(row, answer)]


def from_rdflib(dataset: rdflib.Dataset, query: str) -> Rows:
    answer = dataset.query(query)
    assert answer.vars is not None
    rows = [
        ["" if term is None else cell(str(term), str(getattr(term, "datatype", ""))) for term in row]  # type: ignore[union-attr]
        for row in answer
    ]
    return [[str(v) for v in answer.vars], *rows]


def table(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def golden(card: Card) -> Rows:
    return table(HERE / "golden" / f"{card.name}.csv")


def changed(store: ox.Store, change: str, subject: str, predicate: str, object: str) -> ox.Store:
    """Add or drop one triple, in whatever graphs speak of its subject."""
    s, p = (ox.NamedNode(str(expand(part))) for part in (subject, predicate))
    iri = expand(object)
    if change == "add":
        assert iri
        for graph in {quad.graph_name for quad in store.quads_for_pattern(s, None, None)} or {ox.DefaultGraph()}:
            store.add(ox.Quad(s, p, ox.NamedNode(iri), graph))
        return store
    o = ox.NamedNode(iri) if iri else None
    quads = [q for q in store.quads_for_pattern(s, p, o) if o is not None or getattr(q.object, "value", None) == object]
    assert quads, "the fixture has no such triple"
    for quad in quads:
        store.remove(quad)
    return store


MUTATIONS = table(FIXTURES / "mutations.csv")[1:]
PROVOCATIONS = table(FIXTURES / "provocations.csv")[1:]


def test_every_card_has_golden_rows_and_a_mutation() -> None:
    assert len(CARDS) == 59
    assert sorted(path.stem for path in (HERE / "golden").glob("*.csv")) == sorted(BY_NAME)
    assert {row[0] for row in MUTATIONS} == set(BY_NAME)


def test_the_25_competency_questions_are_there_with_traps() -> None:
    assert [card.competency for card in COMPETENCY] == list(range(1, 26))
    assert {card.name for card in CARDS if card.subject == "competency"} == {card.name for card in COMPETENCY}
    assert sorted(path.stem for path in (FIXTURES / "negative").glob("*")) == sorted(card.name for card in COMPETENCY)
    assert {row[0] for row in PROVOCATIONS} == {card.name for card in COMPETENCY}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_golden_rows_in_both_engines(card: Card) -> None:
    expected = golden(card)
    assert len(expected) > 1, "a golden file without rows tests nothing"
    assert tuple(expected[0]) == card.columns
    assert from_oxigraph(store_of(card.name), card.text) == expected
    assert from_rdflib(dataset_of(card.name), card.text) == expected


@pytest.mark.parametrize("card", COMPETENCY, ids=lambda card: card.name)
def test_traps_add_nothing_in_either_engine(card: Card) -> None:
    assert from_oxigraph(store_of(card.name, negative=True), card.text) == golden(card)
    assert from_rdflib(dataset_of(card.name, negative=True), card.text) == golden(card)


@pytest.mark.parametrize(("name", "change", "subject", "predicate", "object"), PROVOCATIONS)
def test_a_trap_is_one_triple_from_an_answer(name: str, change: str, subject: str, predicate: str, object: str) -> None:
    store = changed(store_of(name, negative=True), change, subject, predicate, object)
    assert from_oxigraph(store, BY_NAME[name].text) != golden(BY_NAME[name])


@pytest.mark.parametrize(("name", "subject", "predicate", "object"), MUTATIONS)
def test_mutation_changes_the_answer(name: str, subject: str, predicate: str, object: str) -> None:
    store = changed(store_of(name), "drop", subject, predicate, object)
    assert from_oxigraph(store, BY_NAME[name].text) != golden(BY_NAME[name])


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_optional_parameters_may_be_left_out(card: Card) -> None:
    examples = {
        "state": "RUS",
        "string": "East Sea",
        "iri": "organ:RUS/defence-ministry",
        "integer": "30",
        "date": "2023-01-01",
    }
    query = bind(card, {param.name: examples[param.type] for param in card.params if param.required})
    assert sorted(from_oxigraph(store_of(card.name), query)) == sorted(from_rdflib(dataset_of(card.name), query))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("exercises-at-place", {"place": "Japan"}),
        ("joint-exercises-of-dyad", {"a": "RUS", "b": "JPN"}),
        ("accusations", {"accuser": "USA"}),
        ("agreements-of-dyad", {"a": "CHN", "b": "JPN"}),
        ("own-ministry-only", {"state": "JPN"}),
    ],
)
def test_what_must_not_be_answered(name: str, values: dict[str, str]) -> None:
    assert from_oxigraph(store_of(name), bind(BY_NAME[name], values))[1:] == []


def test_a_fact_repeated_in_two_articles_counts_once() -> None:
    rows = from_oxigraph(store_of("events-by-dyad"), bind(BY_NAME["events-by-dyad"], {"type": "exercise"}))
    assert ["state:CHN", "state:RUS", "vocab:event-type/exercise", "2"] in rows
    sole = from_oxigraph(store_of("sole-source-facts"), bind(BY_NAME["sole-source-facts"], {"state": "RUS"}))
    assert not [row for row in sole if row[2] == "ent:location"], "two articles give the place"


def test_states_on_one_side_of_an_act_are_no_pair() -> None:
    accusation = "accusation:chn-usa-2023-07-24-a1b2c6"
    store = changed(store_of("events-by-dyad"), "add", accusation, "ent:involvesState", "state:RUS")
    rows = from_oxigraph(store, bind(BY_NAME["events-by-dyad"], {"type": "accusation"}))
    assert rows[1:] == [["state:CHN", "state:USA", "vocab:event-type/accusation", "1"]]


@pytest.mark.parametrize(("days", "rows"), [("21", 0), ("22", 1), ("400", 1)])
def test_days_between_calendar_dates(days: str, rows: int) -> None:
    values = {"a": "RUS", "b": "CHN", "target": "USA", "days": days}
    answer = from_oxigraph(store_of("exercises-after-hostility"), bind(BY_NAME["exercises-after-hostility"], values))
    assert len(answer[1:]) == rows


def test_every_term_of_cards_and_fixtures_is_in_the_ontology() -> None:
    base = load_base(HERE.parents[1])
    known = {str(triple.subject) for graph in ("ontology", "vocab") for triple in base.graphs[graph]}
    used = {f"{NS}{name}" for card in CARDS for name in re.findall(r"\bent:(\w+)", card.text)}
    used |= {iri for card in CARDS for iri in re.findall(rf"<({re.escape(VOCAB)}[^>]+)>", card.text)}
    for path in sorted(FIXTURES.rglob("*.trig")):
        text = path.read_text(encoding="utf-8")
        used |= {f"{NS}{name}" for name in re.findall(r"\bent:(\w+)", text)}
        used |= {f"{VOCAB}{local}" for local in re.findall(r"<vocab/([^>]+)>", text)}
    assert len(used) > 150
    assert used - known == set()
