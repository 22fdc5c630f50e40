"""The rules: what they infer is what HermiT infers, no more and no less, and counting by class counts each thing once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from entente.consensus.rules import Reasoner, Rule, read_rules, rules_version
from entente.errors import InternalError
from entente.index import load_base
from entente.model import BlankNode, Change, Iri, Literal, Quad, Store, Triple, canonical_nquads
from entente.model.iri import DEFAULT_BASE, NS
from entente.model.terms import ent, owl, rdf, rdfs
from entente.ontology import entail
from entente.query import Card, load
from entente.resources import folder, root
from entente.store import open_store, parse

EX = "https://example.org/"
FIXTURE = Path(__file__).parent / "fixtures" / "bodies.ttl"
RULES = read_rules(folder("queries") / "rules")


@cache
def ontology() -> frozenset[Triple]:
    """The ontology with its blank nodes as such, as a reasoner for OWL wants them."""
    paths = [path for pattern in ("*.ttl", "modules/*.ttl") for path in sorted((root() / "ontology").glob(pattern))]
    found = set()
    for path in paths:
        for s, p, o, _ in parse(path.read_bytes(), "text/turtle", base_iri=DEFAULT_BASE):
            subject = BlankNode(f"{path.stem}-{s}") if isinstance(s, BlankNode) else s
            found.add(Triple(subject, p, BlankNode(f"{path.stem}-{o}") if isinstance(o, BlankNode) else o))
    return frozenset(found)


@cache
def facts() -> frozenset[Triple]:
    return frozenset(quad.triple for quad in parse(FIXTURE.read_bytes(), "text/turtle"))


@cache
def reasoner() -> Reasoner:
    return Reasoner(RULES, load_base(root()).graphs["ontology"])


def ex(name: str) -> Iri:
    return Iri(EX + name)


def test_rules_are_read_in_order_and_summarised() -> None:
    assert [rule.name for rule in RULES] == ["chains", "inverses", "super-properties", "symmetric", "transitive", "types"]
    assert all(rule.summary and rule.text.count("CONSTRUCT") == 1 for rule in RULES)


def test_a_rule_without_a_summary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.rq").write_text("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }\n", encoding="utf-8")
    with pytest.raises(InternalError) as caught:
        read_rules(tmp_path)
    assert caught.value.code == "ENTENTE-903"


def test_the_version_changes_with_any_rule() -> None:
    first, *others = RULES
    assert rules_version([Rule(first.name, first.summary, first.text + "\n"), *others]) != rules_version(RULES)


def test_the_rules_infer_what_hermit_infers() -> None:
    inferred = entail(canonical_nquads(ontology() | facts()).encode())
    by_hermit = {
        t
        for t in inferred
        if str(t.subject).startswith(EX)
        and (t.predicate == rdf.type or str(t.object).startswith(EX))
        and t.object != owl.Thing
    } - facts()
    # Domains and ranges are no rules: the shapes check them, and the fixture gives all types.
    by_rules = reasoner().infer(facts())
    assert len(by_rules) > 60
    assert by_rules == by_hermit


def test_every_property_axiom_of_the_ontology_has_a_rule() -> None:
    used = {t.object for t in ontology() if t.predicate == rdf.type} & {owl.SymmetricProperty, owl.ReflexiveProperty}
    assert used == {owl.SymmetricProperty}
    axioms = {t.predicate for t in ontology()} & {owl.equivalentClass, owl.equivalentProperty, owl.intersectionOf}
    assert axioms == set()
    chains = [t.object for t in ontology() if t.predicate == owl.propertyChainAxiom]
    rest = {t.subject: t.object for t in ontology() if t.predicate == rdf.rest}
    assert len(chains) > 4
    assert {rest[rest[chain]] for chain in chains if isinstance(chain, BlankNode)} == {rdf.nil}


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("detachment", ent.belongsToState, "state"),
        ("ship", ent.belongsToState, "state"),
        ("ministry", ent.belongsToState, "state"),
        ("exercise", ent.hasParticipant, "navy"),
        ("state", ent.hasNationalEntity, "flotilla"),
        ("series", ent.hasEdition, "exercise"),
        ("fleet", ent.hasFormation, "flotilla"),
    ],
)
def test_shortcuts(subject: str, predicate: Iri, value: str) -> None:
    assert Triple(ex(subject), predicate, ex(value)) in reasoner().infer(facts())


def test_types_reach_the_top_and_each_thing_counts_once() -> None:
    store = open_store("memory:")
    store.apply(Change(insert=tuple(Quad(*t) for t in facts() | reasoner().infer(facts()))))
    for cls, number in ((ent.Event, 1), (ent.Occurrence, 1), (ent.Agent, 8), (ent.Formation, 3), (ent.Agreement, 1)):
        [[count]] = store.select(f"SELECT (COUNT(?x) AS ?n) WHERE {{ ?x a {cls.n3()} }}").rows
        assert count == Literal.of(number), cls


def test_nothing_follows_without_an_ontology() -> None:
    assert Reasoner(RULES, ()).infer(facts()) == set()
    assert reasoner().infer(()) == set()


def test_a_circle_in_the_data_ends() -> None:
    circle = {Triple(ex("a"), ent.formationOf, ex("b")), Triple(ex("b"), ent.formationOf, ex("a"))}
    assert Triple(ex("b"), ent.hasFormation, ex("a")) in reasoner().infer(circle)


def test_rules_name_no_term_of_ours() -> None:
    assert not [rule.name for rule in RULES if NS in rule.text]
    assert {t.predicate for t in ontology()} & {rdfs.subClassOf, rdfs.subPropertyOf, owl.inverseOf, owl.propertyChainAxiom}


def test_the_catalogue_leaves_the_rules_out() -> None:
    assert not {rule.name for rule in RULES} & {card.name for card in load(folder("queries")).cards}


@cache
def worlds() -> tuple[Store, Store]:
    """The fixture of the query cards with the ontology, without what follows and with it."""
    world = parse((FIXTURE.parents[2] / "query" / "fixtures" / "world.trig").read_bytes(), "application/trig")
    axioms = load_base(root()).graphs["ontology"]
    published = {quad.triple for quad in world if quad.graph is None}
    plain, full = open_store("memory:"), open_store("memory:")
    for store in (plain, full):
        store.apply(Change(insert=(*world, *(Quad(*t) for t in axioms))))
    full.apply(Change(insert=tuple(Quad(*t) for t in reasoner().infer(published))))
    return plain, full


@pytest.mark.parametrize("card", load(folder("queries")).cards, ids=lambda card: card.name)
def test_what_follows_repeats_no_row_of_a_card(card: Card) -> None:
    plain, full = (world.select(card.text).rows for world in worlds())
    if card.name == "event-account":  # it asks for statements as such, and what follows is some of them
        assert set(plain) < set(full)
        return
    assert full == plain
