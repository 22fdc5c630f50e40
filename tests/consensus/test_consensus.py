"""What the default graph says after several articles, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import SERIES, SmallIndex, agent, claim, days, delta, event, naming, ships, takes_part
from entente.consensus import GraphSink, canonical_events
from entente.index import load_base
from entente.model import (
    DatePrecision,
    Delta,
    During,
    EventStatus,
    EventType,
    Held,
    Iri,
    Kind,
    Literal,
    Modality,
    Mode,
    Role,
    StatusIs,
    Triple,
    When,
    canonical_nquads,
)
from entente.model.iri import entity, vocab
from entente.model.terms import ent, owl, rdf, rdfs, sem
from entente.resources import root
from entente.store import open_store

Base = Mapping[str, Iterable[Triple]]

EXERCISE = entity("exercise", "northern-interaction-2023")
MINISTRY = agent("CHN", "navy", kind=Kind.FORCE)


@cache
def schema() -> Base:
    """The class tree and the property axioms of the ontology, with a state and its navy."""
    ontology = load_base(root()).graphs["ontology"]
    axioms = {rdfs.subClassOf, rdfs.subPropertyOf, owl.inverseOf, owl.propertyChainAxiom, rdf.first, rdf.rest}
    navy, forces, russia = entity("force", "RUS", "navy"), entity("force", "RUS"), entity("state", "RUS")
    reference = {
        Triple(russia, rdf.type, ent.State),
        Triple(navy, ent.branchOf, forces),
        Triple(forces, ent.belongsToState, russia),
    }
    return {"ontology": {t for t in ontology if t.predicate in axioms}, "reference": reference}


class Graph:
    """A store in memory with its sink, and the base data if any is given."""

    def __init__(self, *deltas: Delta, base: Base | None = None) -> None:
        self.store = open_store("memory:")
        self.sink = GraphSink(self.store, SmallIndex())
        if base is not None:
            self.sink.prepare("base", base)
        for each in deltas:
            self.sink.put(each)

    def default(self) -> set[Triple]:
        return {quad.triple for quad in self.store.quads(default_graph=True)}

    def values(self, subject: Iri, *path: Iri) -> set[object]:
        nodes: set[object] = {subject}
        for predicate in path:
            nodes = {t.object for t in self.default() if t.subject in nodes and t.predicate == predicate}
        return nodes

    def relations(self, kind: str) -> list[Iri]:
        wanted = vocab("claim-relation", kind)
        return sorted(t.subject for t in self.default() if t.predicate == ent.relationType and t.object == wanted)

    def text(self) -> str:
        return canonical_nquads(self.store.quads())


def counted() -> Delta:
    return delta("seed", event("e1", claim(*takes_part("RUS", "CHN"), naming(), ships(2))), outlet="A")


def named() -> Delta:
    facts = (*takes_part("RUS"), naming("Northern Interaction 2023"), ships(None, "Gremyashchiy", "Aldar"))
    return delta("named", event("e1", claim(*facts)), outlet="B")


def test_two_articles_on_one_edition_are_one_event() -> None:
    graph = Graph(counted(), named())
    assert graph.values(EXERCISE, ent.describedAs) == {entity("article", slug, "event", "e1") for slug in ("seed", "named")}
    assert graph.values(EXERCISE, ent.coveredIn) == {entity("article", slug) for slug in ("seed", "named")}
    assert graph.values(EXERCISE, ent.name) == {
        Literal("North/Interaction-2023", lang="en"),
        Literal("Northern Interaction 2023", lang="en"),
    }
    assert graph.values(EXERCISE, ent.editionOf) == {SERIES}


def test_canonical_events_need_no_store_and_agree_with_it() -> None:
    apart = delta("apart", event("e7", claim(*takes_part("RUS", "CHN"), naming("North/Interaction-2024"))))
    found = canonical_events([counted(), apart, named()], SmallIndex())
    assert found == {
        ("seed", "e1"): EXERCISE,
        ("named", "e1"): EXERCISE,
        ("apart", "e7"): entity("exercise", "northern-interaction-2024"),
    }
    assert found == canonical_events([named(), counted(), apart], SmallIndex())
    published = {t.subject for t in Graph(counted(), named(), apart).default() if t.predicate == ent.describedAs}
    assert published == set(found.values())


def test_named_ships_refine_the_counted_ones() -> None:
    graph = Graph(counted(), named())
    assert graph.values(EXERCISE, ent.hasContribution, ent.count) == {Literal.of(2)}
    assert len(graph.values(EXERCISE, ent.hasContribution)) == 1
    assert len(graph.values(EXERCISE, ent.hasContribution, ent.includesVessel)) == 2
    assert len([t for t in graph.default() if t.object == ent.ForceContribution]) == 1
    assert len(graph.relations("refines")) == 1


def test_a_count_alone_makes_no_vessel() -> None:
    assert not [t for t in Graph(counted()).default() if t.predicate == rdf.type and t.object == ent.Vessel]


def test_a_repeated_fact_counts_once() -> None:
    again = delta("again", event("e1", claim(*takes_part("RUS", "CHN"), naming(), ships(2))), outlet="C")
    graph = Graph(counted(), again)
    contributions = graph.store.select(
        f"SELECT (SUM(?n) AS ?ships) WHERE {{ ?c a <{ent.ForceContribution}> ; <{ent.count}> ?n }}"
    )
    assert contributions.rows == ((Literal.of(2),),)
    assert len(graph.values(EXERCISE, ent.hasParticipation)) == 2


def test_counts_that_differ_are_a_contradiction_and_left_out() -> None:
    other = delta("other", event("e1", claim(naming(), *takes_part("RUS"), ships(3))), outlet="C")
    graph = Graph(counted(), other)
    assert graph.values(EXERCISE, ent.hasContribution, ent.count) == set()
    assert len(graph.relations("contradicts")) == 1


def test_dates_are_intersected() -> None:
    begun = delta("begun", event("e1", claim(naming(), days(begin="2023-07-20"))), outlet="A")
    ended = delta("ended", event("e1", claim(naming(), days(end="2023-07-23"))), outlet="B")
    graph = Graph(begun, ended)
    assert graph.values(EXERCISE, ent.when, ent.edtf) == {
        Literal("2023-07-20/2023-07-23", "http://id.loc.gov/datatypes/edtf/EDTF")
    }


def test_begins_that_exclude_one_another_are_a_contradiction_and_the_end_stands() -> None:
    one = delta("one", event("e1", claim(naming(), days("2023-07-19", "2023-07-23"), speaker=MINISTRY)), outlet="A")
    two = delta("two", event("e1", claim(naming(), days("2023-07-20", "2023-07-23"))), outlet="B")
    graph = Graph(one, two)
    assert graph.values(EXERCISE, ent.when, sem.hasEarliestBeginTimeStamp) == set()
    assert graph.values(EXERCISE, ent.when, sem.hasLatestEndTimeStamp) == {Literal.date("2023-07-23")}
    [conflict] = graph.relations("contradicts")
    assert graph.values(conflict, ent.onProperty) == {ent.when}
    assert len(graph.values(conflict, ent.relates)) == 2
    assert len(graph.values(conflict, ent.betweenValue, sem.hasEarliestBeginTimeStamp)) == 2


def test_the_latest_stage_is_the_status_and_an_end_contradicts_a_cancellation() -> None:
    def at(slug: str, status: EventStatus) -> Delta:
        return delta(slug, event("e1", claim(naming(), StatusIs(status))), outlet=slug)

    graph = Graph(at("a", EventStatus.PLANNED), at("b", EventStatus.CONCLUDED), at("c", EventStatus.STARTED))
    assert graph.values(EXERCISE, ent.status) == {vocab("event-status", "concluded")}
    graph.sink.put(at("d", EventStatus.CANCELLED))
    assert graph.values(EXERCISE, ent.status) == set()
    assert len(graph.relations("contradicts")) == 1


def test_a_denied_event_is_claimed_but_no_fact() -> None:
    denied = claim(*takes_part("CHN"), naming(), modality=Modality.DENIED)
    graph = Graph(delta("denial", event("e1", denied, mode=Mode.NEGATED)))
    assert graph.values(EXERCISE, rdf.type) == {ent.UnrealisedEvent}
    assert graph.values(EXERCISE, ent.hasParticipation) == set()
    assert len([t for t in graph.default() if t.predicate == ent.asserts]) > 0
    assert not [t for t in graph.default() if t.object == ent.Participation]


def test_a_denial_of_what_others_assert_is_a_contradiction() -> None:
    denied = claim(*takes_part("CHN"), naming(), speaker=agent("CHN"), modality=Modality.DENIED)
    graph = Graph(counted(), delta("denial", event("e1", denied, mode=Mode.NEGATED), outlet="B"))
    assert len(graph.relations("contradicts")) == 1
    assert len(graph.values(EXERCISE, ent.hasParticipation)) == 2


def test_organs_of_one_state_are_one_voice() -> None:
    def by(slug: str, *speaker: str) -> Delta:
        said = claim(naming(), *takes_part("RUS"), speaker=agent(*speaker, kind=Kind.FORCE))
        return delta(slug, event("e1", said), outlet=slug)

    graph = Graph(by("a", "RUS"), by("b", "RUS", "navy"))
    assert graph.values(EXERCISE, ent.independentSources) == {Literal.of(1)}
    graph.sink.put(by("c", "CHN"))
    assert graph.values(EXERCISE, ent.independentSources) == {Literal.of(2)}


def test_unnamed_events_merge_on_states_days_and_place_only() -> None:
    def talks(slug: str, day: str, *codes: str) -> Delta:
        return delta(slug, event("e1", claim(*takes_part(*codes), days(day, day)), type=EventType.TALKS), outlet=slug)

    graph = Graph(talks("a", "2023-06-18", "USA", "CHN"), talks("b", "2023-06-18", "CHN", "USA"))
    graph.sink.put(talks("c", "2023-06-18", "USA", "IND"))
    graph.sink.put(talks("d", "2023-08-18", "USA", "CHN"))
    events = {t.subject for t in graph.default() if t.predicate == ent.describedAs}
    assert len(events) == 3


def test_a_year_long_ago_is_another_edition() -> None:
    now = delta("now", event("e1", claim(naming("North/Interaction-2023"))), outlet="A")
    then = During(When(date(1992, 1, 1), date(1992, 12, 31), precision=DatePrecision.YEAR))
    long_ago = delta("then", event("e1", claim(naming("North/Interaction"), then)), outlet="B")
    graph = Graph(now, long_ago)
    assert graph.values(EXERCISE, ent.coveredIn) == {entity("article", "now")}
    earlier = entity("exercise", "northern-interaction-1992")
    assert graph.values(earlier, ent.coveredIn) == {entity("article", "then")}


def test_derived_facts() -> None:
    graph = Graph(counted())
    assert graph.values(EXERCISE, ent.involvesState) == {entity("state", "RUS"), entity("state", "CHN")}
    assert graph.values(EXERCISE, ent.dyad) == {entity("dyad", "365-710")}
    assert graph.values(EXERCISE, ent.plover) == {vocab("plover-event", "cooperate")}
    assert graph.values(EXERCISE, ent.cameo) == {vocab("cameo", "062")}


@pytest.mark.parametrize(
    ("codes", "mode", "expected"),
    [(("RUS", "CHN"), Mode.PLANNED, "agree"), (("CHN",), Mode.ACTUAL, "mobilize")],
)
def test_plover_code_of_an_exercise(codes: tuple[str, ...], mode: Mode, expected: str) -> None:
    graph = Graph(delta("a", event("e1", claim(*takes_part(*codes), naming()), mode=mode)))
    assert graph.values(EXERCISE, ent.plover) == {vocab("plover-event", expected)}


def test_a_directed_event_pairs_actor_and_recipient_only() -> None:
    facts = (*takes_part("USA", role=Role.ACTOR), *takes_part("CHN", "RUS", role=Role.RECIPIENT))
    graph = Graph(delta("a", event("e1", claim(*facts), type=EventType.SANCTION)))
    dyads = {t.object for t in graph.default() if t.predicate == ent.dyad}
    assert dyads == {entity("dyad", "2-710"), entity("dyad", "2-365")}


def test_twice_is_once_and_a_correction_replaces() -> None:
    graph = Graph(counted())
    before = graph.text()
    assert graph.sink.held(counted()) is Held.SAME
    graph.sink.put(counted())
    assert graph.text() == before
    corrected = delta("seed", event("e1", claim(*takes_part("RUS", "CHN"), naming(), ships(4))), outlet="A")
    assert graph.sink.held(corrected) is Held.OTHER
    graph.sink.put(corrected)
    assert graph.text() == Graph(corrected).text()


def test_a_retraction_takes_out_what_rested_on_the_article_alone() -> None:
    graph = Graph(counted(), named())
    graph.store.apply(graph.sink.change(named().graph, ()))
    assert graph.text() == Graph(counted()).text()
    graph.store.apply(graph.sink.change(counted().graph, ()))
    assert graph.text() == ""


_NAMES = st.sampled_from(["North/Interaction-2023", "Northern Interaction 2023", None])
_DAYS = st.sampled_from(["2023-07-19", "2023-07-20", None])
_SHIPS = st.sampled_from([(2,), (3,), (None, "Gremyashchiy"), (2, "Gremyashchiy", "Aldar"), (None, "A", "B", "C"), None])
_STATES = st.sampled_from([("RUS", "CHN"), ("CHN",), ("RUS", "IND")])
_STATUS = st.sampled_from([EventStatus.PLANNED, EventStatus.STARTED, EventStatus.CANCELLED, None])


_SPEAKERS = st.sampled_from([None, agent("RUS"), MINISTRY])
_EVENTS = st.tuples(_NAMES, _DAYS, _SHIPS, _STATES, _STATUS, _SPEAKERS, st.booleans())
_ARTICLES = st.lists(st.lists(_EVENTS, min_size=1, max_size=2), min_size=1, max_size=4)


def article(number: int, specs: Sequence[tuple[Any, ...]]) -> Delta:
    """An article with an event for each spec."""
    events = []
    for key, (name, day, force, states, status, speaker, denied) in enumerate(specs):
        facts = [*takes_part(*states)]
        facts += [naming(name)] if name else []
        facts += [days(day, "2023-07-23")] if day else []
        facts += [ships(*force)] if force else []
        facts += [StatusIs(status)] if status else []
        said = claim(*facts, speaker=speaker, modality=Modality.DENIED if denied else Modality.ASSERTED)
        events.append(event(f"e{key}", said, mode=Mode.NEGATED if denied else Mode.ACTUAL))
    return delta(f"article-{number}", *events, outlet=f"Outlet {number % 2}")


def text(graph: Graph) -> str:
    """All that a graph holds but for the mark of its version."""
    return "".join(line for line in graph.text().splitlines(keepends=True) if "graph/dataset" not in line)


def rebuilt(deltas: Iterable[Delta], base: Base) -> str:
    """The graph as prepare() builds it from the article graphs alone."""
    graph = Graph(*deltas)
    graph.sink.prepare("another version", base)
    return text(graph)


def test_two_events_of_one_article_with_one_name_are_one() -> None:
    both = delta("both", event("e1", claim(*takes_part("RUS"), naming())), event("e2", claim(*takes_part("CHN"), naming())))
    assert len(Graph(both).values(EXERCISE, ent.describedAs)) == 2
    graph = Graph(both, counted())
    graph.store.apply(graph.sink.change(counted().graph, ()))
    assert graph.text() == Graph(both).text()


@pytest.mark.parametrize("base", [{}, schema()], ids=["bare", "with-ontology"])
@settings(max_examples=40, deadline=None)
@given(specs=_ARTICLES, random=st.randoms(use_true_random=False))
def test_any_order_and_any_history_give_the_same_graph(
    base: Base, specs: list[list[tuple[Any, ...]]], random: Random
) -> None:
    deltas = [article(number, spec) for number, spec in enumerate(specs)]
    expected = text(Graph(*deltas, base=base))
    shuffled = list(deltas)
    random.shuffle(shuffled)
    graph = Graph(*shuffled, base=base)
    assert text(graph) == expected
    first = deltas[0]
    graph.store.apply(graph.sink.change(first.graph, ()))
    assert text(graph) == text(Graph(*deltas[1:], base=base))
    graph.sink.put(first)
    assert text(graph) == expected
    graph.sink.put(first)
    assert text(graph) == expected
    cut = random.randint(0, len(shuffled))
    batches = Graph(base=base)
    batches.sink.put_all(shuffled[:cut])
    batches.sink.put_all([*shuffled[cut:], *shuffled[:1]])
    assert text(batches) == expected
    assert rebuilt(deltas, base) == expected


def test_of_two_versions_in_one_batch_the_later_stands() -> None:
    graph = Graph()
    corrected = delta("seed", event("e1", claim(*takes_part("RUS", "CHN"), naming(), ships(3))), outlet="A")
    graph.sink.put_all([counted(), named(), corrected])
    assert graph.text() == Graph(corrected, named()).text()
    graph.sink.put_all([])
    assert graph.text() == Graph(corrected, named()).text()
