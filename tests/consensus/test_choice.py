"""Events merged anew from some of their claims: all of them give the consensus, and each choice admits its own speakers."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.consensus import Choice, choose
from entente.model import Iri, Store, Triple
from entente.model.iri import vocab
from entente.model.terms import ent, rdf
from pipelines import ingested, tools

ROOT = Path(__file__).parents[2]
NORTH = Iri("https://w3id.org/entente/id/exercise/northern-interaction-2023")


@pytest.fixture(scope="module")
def store() -> Store:
    return ingested(*sorted((ROOT / "samples").glob("*.txt")))


def events(store: Store) -> list[Iri]:
    return sorted({Iri(str(q.subject)) for q in store.quads(None, ent.describedAs, default_graph=True)})


def test_all_claims_together_give_the_consensus(store: Store) -> None:
    asked = events(store)
    assert len(asked) > 40
    published = {quad.triple for quad in store.quads(default_graph=True)}
    for event in asked:
        found = choose(store, tools().index, event, Choice.CONSENSUS)
        assert found <= published
        own = {t for t in published if t.subject == event and t.predicate in (ent.when, ent.hasContribution, ent.status)}
        assert own <= found


@pytest.mark.parametrize("choice", [Choice.ONLY_PARTY, Choice.ONLY_THIRD_PARTY])
def test_a_side_keeps_what_it_says_and_no_more(store: Store, choice: Choice) -> None:
    index = tools().index
    for event in events(store):
        parties = {quad.object for quad in store.quads(event, ent.involvesState, default_graph=True)}
        found = choose(store, index, event, choice)
        for triple in found:
            if triple.predicate == ent.assertedBy:
                assert isinstance(triple.object, Iri)
                known = index.entity(triple.object)
                owners = {q.object for q in store.quads(triple.object, ent.belongsToState, default_graph=True)}
                state = known.state if known and known.state else next(iter(owners), triple.object)
                assert (state in parties) is (choice is Choice.ONLY_PARTY)
        said = {t.object for t in found if t.predicate == rdf.object}
        assert {t.object for t in found if t.subject == event and t.predicate == ent.location} <= said


def contradictions(found: frozenset[Triple]) -> set[Iri]:
    against = {t.subject for t in found if t.object == vocab("claim-relation", "contradicts")}
    return {t.object for t in found if t.subject in against and t.predicate == ent.onProperty and isinstance(t.object, Iri)}


def test_the_latest_article_settles_what_is_in_dispute(store: Store) -> None:
    index = tools().index
    before = choose(store, index, NORTH, Choice.CONSENSUS)
    after = choose(store, index, NORTH, Choice.LATEST)
    assert (contradictions(before), contradictions(after)) == ({ent.when}, set())
    untouched = (ent.name, ent.location, ent.hasParticipation, ent.hasContribution)
    for predicate in untouched:
        assert {t.object for t in before if (t.subject, t.predicate) == (NORTH, predicate)} == {
            t.object for t in after if (t.subject, t.predicate) == (NORTH, predicate)
        }


def test_nothing_comes_of_no_claims(store: Store) -> None:
    assert choose(store, tools().index, Iri("https://w3id.org/entente/id/exercise/none"), Choice.ONLY_PARTY) == frozenset()
