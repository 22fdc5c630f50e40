"""Every card: parses in both engines, gives its golden rows on the fixture, and needs the triple that its mutation drops."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from entente.index import load_base
from entente.model.iri import NS, VOCAB
from entente.query import Card, bind, expand, load, shorten

HERE = Path(__file__).parent
CARDS = load(HERE.parents[1] / "queries").cards
BY_NAME = {card.name: card for card in CARDS}
Rows = list[list[str]]

# rdflib 7.6 warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def world() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=HERE / "fixtures" / "world.trig", format=pyoxigraph.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def in_oxigraph() -> pyoxigraph.Store:
    return world()


@pytest.fixture(scope="module")
def in_rdflib() -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(data=(HERE / "fixtures" / "world.trig").read_text(encoding="utf-8"), format="trig")
    return dataset


def table(rows: Iterable[Iterable[object]]) -> Rows:
    return [["" if term is None else shorten(str(getattr(term, "value", term))) for term in row] for row in rows]


def from_oxigraph(store: pyoxigraph.Store, query: str) -> Rows:
    answer = store.query(query)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [[v.value for v in answer.variables], *table(answer)]


def from_rdflib(dataset: rdflib.Dataset, query: str) -> Rows:
    answer = dataset.query(query)
    assert answer.vars is not None
    rows = [["" if term is None else shorten(str(term)) for term in row] for row in answer]  # type: ignore[union-attr]
    return [[str(v) for v in answer.vars], *rows]


def golden(card: Card) -> Rows:
    with (HERE / "golden" / f"{card.name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def mutations() -> list[list[str]]:
    with (HERE / "fixtures" / "mutations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_there_are_as_many_cards_golden_files_and_mutations() -> None:
    assert len(CARDS) == 22
    assert sorted(path.stem for path in (HERE / "golden").glob("*.csv")) == sorted(BY_NAME)
    assert {row[0] for row in mutations()} == set(BY_NAME)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_golden_rows_in_both_engines(card: Card, in_oxigraph: pyoxigraph.Store, in_rdflib: rdflib.Dataset) -> None:
    expected = golden(card)
    assert len(expected) > 1, "a golden file without rows tests nothing"
    assert tuple(expected[0]) == card.columns
    assert from_oxigraph(in_oxigraph, card.text) == expected
    assert from_rdflib(in_rdflib, card.text) == expected


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_optional_parameters_may_be_left_out(card: Card, in_oxigraph: pyoxigraph.Store, in_rdflib: rdflib.Dataset) -> None:
    examples = {"state": "RUS", "string": "East Sea", "iri": "organ:RUS/defence-ministry"}
    query = bind(card, {param.name: examples[param.type] for param in card.params if param.required})
    assert sorted(from_oxigraph(in_oxigraph, query)) == sorted(from_rdflib(in_rdflib, query))


@pytest.mark.parametrize(("name", "subject", "predicate", "object"), mutations())
def test_mutation_changes_the_answer(name: str, subject: str, predicate: str, object: str) -> None:
    store = world()
    s, p = (pyoxigraph.NamedNode(str(expand(part))) for part in (subject, predicate))
    iri = expand(object)
    o = pyoxigraph.NamedNode(iri) if iri else None
    quads = [q for q in store.quads_for_pattern(s, p, o) if o is not None or getattr(q.object, "value", None) == object]
    assert quads, "the fixture has no such triple"
    for quad in quads:
        store.remove(quad)
    assert from_oxigraph(store, BY_NAME[name].text) != golden(BY_NAME[name])


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
def test_what_must_not_be_answered(name: str, values: dict[str, str], in_oxigraph: pyoxigraph.Store) -> None:
    assert from_oxigraph(in_oxigraph, bind(BY_NAME[name], values))[1:] == []


def test_a_fact_repeated_in_two_articles_counts_once(in_oxigraph: pyoxigraph.Store) -> None:
    rows = from_oxigraph(in_oxigraph, bind(BY_NAME["events-by-dyad"], {"type": "exercise"}))
    assert ["state:CHN", "state:RUS", "vocab:event-type/exercise", "2"] in rows
    sole = from_oxigraph(in_oxigraph, BY_NAME["sole-source-facts"].text)
    assert not [row for row in sole if row[2] == "ent:location"], "two articles give the place"


def test_every_term_of_the_cards_is_in_the_ontology() -> None:
    base = load_base(HERE.parents[1])
    known = {str(triple.subject) for graph in ("ontology", "vocab") for triple in base.graphs[graph]}
    used = {f"{NS}{name}" for card in CARDS for name in re.findall(r"\bent:(\w+)", card.text)}
    used |= {iri for card in CARDS for iri in re.findall(rf"<({re.escape(VOCAB)}[^>]+)>", card.text)}
    assert len(used) > 40
    assert used - known == set()
