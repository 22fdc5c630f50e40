"""What people decide stands above the scores, whenever it is decided and however the graph is built."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import SmallIndex, claim, days, delta, event, naming, ships, takes_part
from entente.consensus import ACCEPTED, NEW, REJECTED, Book, Decision, GraphSink, Queue
from entente.model import Delta, EventType, Iri, canonical_nquads
from entente.model.iri import entity
from entente.model.terms import ent, rdf
from entente.store import open_store

DAY = date(2031, 5, 3)
SHIP = entity("candidate", "vessel", "aldar")
KNOWN = entity("vessel", "RUS", "aldar-tsydenzhapov")


def account(slug: str) -> Iri:
    return entity("article", slug, "event", "e1")


def talks(slug: str, day: str, *codes: str) -> Delta:
    return delta(slug, event("e1", claim(*takes_part(*codes), days(day, day)), type=EventType.TALKS), outlet=slug)


def drill(slug: str, *vessels: str) -> Delta:
    return delta(slug, event("e1", claim(*takes_part("RUS"), naming(), ships(None, *vessels))), outlet=slug)


def on_link(one: str, other: str, verdict: Iri, by: str = "A. Reviewer") -> Decision:
    first, second = sorted((account(one), account(other)))
    return Decision((first, second), verdict, by, DAY, "a test")


def sink(*deltas: Delta) -> GraphSink:
    made = GraphSink(open_store("memory:"), SmallIndex())
    for each in deltas:
        made.put(each)
    return made


def decide(graph: GraphSink, *decisions: Decision) -> None:
    graph.store.apply(graph.decide({decision.iri: decision for decision in decisions}))


def text(graph: GraphSink) -> str:
    lines = canonical_nquads(graph.store.quads()).splitlines(keepends=True)
    return "".join(line for line in lines if "graph/dataset" not in line)


def events(graph: GraphSink) -> set[frozenset[str]]:
    found: dict[Iri, set[str]] = {}
    for quad in graph.store.quads(None, ent.describedAs, None, default_graph=True):
        assert isinstance(quad.subject, Iri)
        found.setdefault(quad.subject, set()).add(str(quad.object).split("/article/")[1].split("/")[0])
    return {frozenset(slugs) for slugs in found.values()}


ONE, TWO, FAR = (
    talks("one", "2031-05-03", "USA", "CHN"),
    talks("two", "2031-05-03", "CHN", "USA"),
    talks("far", "2031-06-20", "USA", "CHN"),
)


def test_a_rejected_link_is_undone_and_comes_back_when_the_decision_is_taken_back() -> None:
    graph = sink(ONE, TWO)
    before = text(graph)
    assert events(graph) == {frozenset({"one", "two"})}
    decision = on_link("one", "two", REJECTED)
    decide(graph, decision)
    assert events(graph) == {frozenset({"one"}), frozenset({"two"})}
    assert Book(graph.store).all() == (decision,)
    graph.store.apply(graph.decide({decision.iri: None}))
    assert text(graph) == before


def test_an_accepted_link_joins_and_survives_correction_and_retraction() -> None:
    graph = sink(ONE, FAR)
    decide(graph, on_link("one", "far", ACCEPTED))
    assert events(graph) == {frozenset({"one", "far"})}
    expected = text(graph)
    graph.store.apply(graph.change(FAR.graph, ()))
    assert events(graph) == {frozenset({"one"})}
    graph.put(FAR)
    assert text(graph) == expected


def test_a_decision_may_come_before_the_articles() -> None:
    graph = sink()
    decide(graph, on_link("one", "two", REJECTED))
    for each in (TWO, ONE):
        graph.put(each)
    later = sink(ONE, TWO)
    decide(later, on_link("one", "two", REJECTED))
    assert text(graph) == text(later)


def test_a_link_keeps_its_evidence_in_the_graph() -> None:
    graph = sink(ONE, TWO)
    [item] = Queue(graph.store).links()
    assert (item.state, item.kind, item.articles) == ("automatic", "link", ("one", "two"))
    assert item.score is not None
    assert item.score >= 0.8
    assert [text.split(" ")[0] for text in item.evidence] == ["dates", "parties", "prior", "words"]
    assert "talks, CHN USA, 2031-05-03/2031-05-03" in item.names


def test_a_candidate_gives_way_to_the_entity_that_it_is() -> None:
    graph = sink(drill("one", "Aldar"), drill("two", "Aldar", "Sol"))
    before = text(graph)
    decision = Decision((SHIP,), ACCEPTED, "A. Reviewer", DAY, identity=KNOWN)
    decide(graph, decision)
    named = {q.object for q in graph.store.quads(None, ent.includesVessel, None, default_graph=True)}
    assert named == {KNOWN, entity("candidate", "vessel", "sol")}
    assert not list(graph.store.quads(SHIP, None, None, default_graph=True))
    assert any(q.object == SHIP for q in graph.store.quads(None, ent.includesVessel, None, drill("one").graph))
    replayed = sink()
    decide(replayed, decision)
    for each in (drill("two", "Aldar", "Sol"), drill("one", "Aldar")):
        replayed.put(each)
    assert text(replayed) == text(graph)
    graph.store.apply(graph.decide({decision.iri: None}))
    assert text(graph) == before


def test_a_candidate_confirmed_as_new_is_none_any_more() -> None:
    graph = sink(drill("one", "Aldar"), drill("two", "Aldar"))
    decide(graph, Decision((SHIP,), NEW, "A. Reviewer", DAY))
    types = {q.object for q in graph.store.quads(SHIP, rdf.type, None, default_graph=True)}
    assert types == {ent.Vessel}
    graph.store.apply(graph.change(drill("two").graph, ()))
    assert {q.object for q in graph.store.quads(SHIP, rdf.type, None, default_graph=True)} == {ent.Vessel}
    [item] = [item for item in Queue(graph.store).candidates() if item.iri == SHIP]
    assert (item.kind, item.state, item.articles) == ("Vessel", "confirmed-new", ("one",))


def test_the_same_decision_again_changes_nothing() -> None:
    first, again = on_link("one", "two", REJECTED), on_link("one", "two", REJECTED, by="B. Reviewer")
    assert first.says_the_same(again)
    assert not first.says_the_same(on_link("one", "two", ACCEPTED))
    assert first.iri == again.iri
    assert Decision.read(first.quads()) == first


def test_a_link_that_other_decisions_exclude_is_not_made() -> None:
    graph = sink(ONE, TWO, FAR)
    decide(graph, on_link("one", "far", ACCEPTED), on_link("two", "far", REJECTED))
    assert events(graph) == {frozenset({"one", "far"}), frozenset({"two"})}


_DAYS = st.sampled_from(["2031-05-03", "2031-05-04", "2031-05-20"])
_STATES = st.sampled_from([("USA", "CHN"), ("USA",), ("CHN", "RUS")])
_NAMED = st.sampled_from([None, "North/Interaction-2031", "North/Interaction-2030"])
_VERDICTS = st.lists(st.sampled_from([ACCEPTED, REJECTED, None]), min_size=6, max_size=6)


@settings(max_examples=40, deadline=None)
@given(
    specs=st.lists(st.tuples(_DAYS, _STATES, _NAMED), min_size=2, max_size=4),
    verdicts=_VERDICTS,
    random=st.randoms(use_true_random=False),
)
def test_decisions_and_articles_in_any_order_give_the_same_graph(
    specs: list[tuple[str, tuple[str, ...], str | None]], verdicts: list[Iri | None], random: Random
) -> None:
    deltas = []
    for number, (day, states, name) in enumerate(specs):
        facts = (*takes_part(*states), days(day, day), *([naming(name)] if name else []))
        deltas.append(delta(f"a{number}", event("e1", claim(*facts)), outlet=f"Outlet {number % 2}"))
    pairs = combinations([f"a{number}" for number in range(len(deltas))], 2)
    decisions = [on_link(*pair, verdict) for pair, verdict in zip(pairs, verdicts, strict=False) if verdict is not None]
    graph = sink(*deltas)
    decide(graph, *decisions)
    expected = text(graph)
    steps: list[Delta | Decision] = [*deltas, *decisions, random.choice(deltas)]
    random.shuffle(steps)
    mixed = sink()
    for step in steps:
        if isinstance(step, Delta):
            mixed.put(step)
        else:
            decide(mixed, step)
    assert text(mixed) == expected
    mixed.prepare("another version", {})
    assert text(mixed) == expected
    mixed.store.apply(mixed.change(deltas[0].graph, ()))
    rest = sink(*deltas[1:])
    decide(rest, *decisions)
    assert text(mixed) == text(rest)
