"""The bundled samples through the whole pipeline: one exercise out of several reports, and the same bytes in any order."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pytest
import rdflib
import yaml

from entente.model import Iri, Literal, Store, Triple
from entente.model.iri import entity, vocab
from entente.model.terms import ent, skos
from entente.resources import folder
from entente_loaders.pipeline import OutcomeKind
from pipelines import default_graph, ingested, run

SAMPLES = sorted(folder("samples").glob("*.txt"))
INTERACTION = [path for path in SAMPLES if path.name.startswith("interaction-")]
EXERCISE = entity("exercise", "northern-interaction-2023")


def dump(store: Store, media_type: str = "application/n-quads") -> bytes:
    """The whole dataset as bytes."""
    sink = io.BytesIO()
    store.dump(sink, media_type)
    return sink.getvalue()


def about(triples: frozenset[Triple], subject: Iri, *path: Iri) -> set[object]:
    """What a path of properties leads to."""
    nodes: set[object] = {subject}
    for predicate in path:
        nodes = {t.object for t in triples if t.subject in nodes and t.predicate == predicate}
    return nodes


def test_there_are_enough_samples_and_each_names_its_source() -> None:
    assert len(SAMPLES) == 17
    for path in SAMPLES:
        header = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        assert header["id"] == path.stem
        assert header["source"].startswith("https://")
        assert header["published"]
        assert header["outlet"]


def test_every_sample_passes_the_gate() -> None:
    outcomes = run(SAMPLES).outcomes
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.ADDED] * len(SAMPLES)


def test_four_reports_from_four_outlets_are_one_exercise() -> None:
    published = default_graph(ingested(*INTERACTION))
    assert len(INTERACTION) == 4
    exercises = {
        t.subject for t in published if t.predicate == ent.editionOf and t.object == entity("series", "northern-interaction")
    }
    assert exercises == {EXERCISE}
    assert about(published, EXERCISE, ent.coveredIn) == {entity("article", path.stem) for path in INTERACTION}
    assert len(about(published, EXERCISE, ent.coveredIn, ent.publisher)) == 4
    assert about(published, EXERCISE, ent.involvesState) == {entity("state", "RUS"), entity("state", "CHN")}


def test_named_ships_refine_counted_ones(shared: Path) -> None:
    seed = next((shared / "seed").glob("*.txt"))
    published = default_graph(ingested(seed, *INTERACTION))
    corvettes = {
        c
        for c in about(published, EXERCISE, ent.hasContribution)
        if about(published, c, ent.materielType) == {vocab("vessel-type", "corvette")}  # type: ignore[arg-type]
    }
    assert len(corvettes) == 1
    [contribution] = corvettes
    assert isinstance(contribution, Iri)
    assert about(published, contribution, ent.count) == {Literal.of(2)}
    names = about(published, contribution, ent.includesVessel, skos.prefLabel)
    assert names == {Literal("Gremyashchiy", lang="en"), Literal("Aldar Tsydenzhapov (corvette)", lang="en")}
    refining = [t.subject for t in published if t.object == vocab("claim-relation", "refines")]
    assert refining


def test_the_start_date_is_a_stored_contradiction(shared: Path) -> None:
    seed = next((shared / "seed").glob("*.txt"))
    published = default_graph(ingested(seed, *INTERACTION))
    conflicts = {t.subject for t in published if t.object == vocab("claim-relation", "contradicts")}
    on_time = [c for c in conflicts if about(published, c, ent.onProperty) == {ent.when}]  # type: ignore[arg-type]
    assert on_time
    speakers = {s for c in on_time for s in about(published, c, ent.relates, ent.assertedBy)}  # type: ignore[arg-type]
    assert entity("organ", "CHN", "defence-ministry") in speakers
    assert len(speakers) > 1


COUNT = f"SELECT (COUNT(*) AS ?n) WHERE {{ <{EXERCISE}> <{ent.involvesState}> ?s . <{EXERCISE}> <{ent.editionOf}> ?e }}"


# rdflib's own N-Quads parser uses what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_a_fact_repeated_by_two_articles_counts_once_in_pyoxigraph_and_in_rdflib() -> None:
    store = ingested(*INTERACTION)
    assert store.select(COUNT).rows == ((Literal.of(2),),)
    dataset = rdflib.Dataset()
    dataset.parse(data=dump(store), format="nquads")
    assert [row[0].toPython() for row in dataset.query(COUNT)] == [2]


def test_no_statement_stands_twice_in_the_default_graph() -> None:
    lines = [line for line in dump(ingested(*INTERACTION)).splitlines() if line]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_gives_the_same_bytes(seed: int) -> None:
    shuffled = list(SAMPLES)
    random.Random(seed).shuffle(shuffled)
    assert shuffled != SAMPLES
    assert dump(run(shuffled).store) == dump(ingested(*SAMPLES))


@pytest.mark.parametrize("media_type", ["application/n-quads", "application/trig", "text/turtle", "application/ld+json"])
def test_twice_is_once(media_type: str) -> None:
    first = run(INTERACTION)
    before = dump(first.store, media_type)
    again = run(INTERACTION, first.store)
    assert {outcome.kind for outcome in again.outcomes} == {OutcomeKind.UNCHANGED}
    assert dump(first.store, media_type) == before


def test_the_samples_hold_the_events_that_their_gold_names() -> None:
    """A floor, not a score: texts of our own are no evidence of quality, but a rule that stops working must be seen."""
    gold = {
        path.stem: {event["type"] for event in json.loads(path.read_text("utf-8"))["events"] if "certainty" not in event}
        for path in sorted((Path(__file__).parent / "gold").glob("*.json"))
    }
    assert sorted(gold) == [path.stem for path in SAMPLES]
    published = default_graph(ingested(*SAMPLES))
    found: dict[str, set[str]] = {slug: set() for slug in gold}
    for triple in published:
        if triple.predicate == ent.coveredIn and isinstance(triple.subject, Iri) and isinstance(triple.object, Iri):
            types = about(published, triple.subject, ent.eventType)
            found[triple.object.rsplit("/", 1)[-1]].update(str(t).rsplit("/", 1)[-1] for t in types)
    hits = sum(len(types & found[slug]) for slug, types in gold.items())
    assert hits / sum(map(len, gold.values())) >= 0.4
