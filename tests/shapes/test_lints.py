"""Lints of the shapes: their terms exist, each says what to do and by whose rule, and none looks at nothing."""

from __future__ import annotations

import re

import pytest
from rdflib import RDF, RDFS, XSD, Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, SH
from rdflib.term import Node

from pipelines import ingested
from shapesets import (
    CORE,
    PARAMETERS,
    ROOT,
    SETS,
    SHAPES,
    TARGETS,
    ShapeSet,
    compiled,
    graph_of,
    ontology,
    path_terms,
    targeted,
)

DOCS = "https://w3id.org/entente/docs/shapes#"
PAGE = (ROOT / "docs/shapes.md").read_text(encoding="utf-8")
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
each_set = pytest.mark.parametrize("shape_set", SETS, ids=lambda s: s.name)
IDLE = {
    **dict.fromkeys(
        ("DyadPeriod", "StatusCount", "DirectedDyad", "Dyad"),
        "counted for export, and the merged graph names dyads without describing them",
    ),
    **dict.fromkeys(
        ("Post", "SpokespersonMembership", "Person", "Commanded"),
        "the reference data has bodies and states, and the rules take leaders for the offices that they hold",
    ),
    **dict.fromkeys(
        ("AllianceTreaty", "BindingTreaty", "DefenceCooperationAgreement", "Declaration", "ArmsTransferDeal"),
        "the bundled articles tell of no treaty, and deals of arms are events there",
    ),
    **dict.fromkeys(
        ("AgreementStatusChange", "StatusOrder"), "articles give the status of the day; its changes come with treaty data"
    ),
    **dict.fromkeys(
        ("DyadicRelation", "LabelledRelation", "CodedAlliance"),
        "the bundled articles call no relation by a label; the reference data codes none",
    ),
    **dict.fromkeys(
        ("ExercisePhase", "HostedExercise", "OpposingForce", "TaskDetachment"),
        "no bundled article tells of phases, hosts, enemies or detachments of an exercise",
    ),
    **dict.fromkeys(("VesselDesignation", "Territory"), "the reference data has today's names, and states for their land"),
    "AgentNameUse": "the rules resolve metonyms without noting the use",
    "CopyLink": "no bundled article copies another",
    "ReviewDecision": "nobody has decided anything in a fresh store",
}


@pytest.fixture(scope="module")
def known() -> set[Node]:
    """The terms that the ontology declares, our own and other vocabularies', and what RDF itself has."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {term for kind in kinds for term in ontology().subjects(RDF.type, kind)}
    return declared | {RDF.Statement, RDF.subject, RDF.predicate, RDF.object, RDF.type}


def constrained(graph: Graph) -> list[Node]:
    """Every property shape and SPARQL constraint, and every node shape with a constraint of its own."""
    found = {subject for subject, predicate in graph.subject_predicates() if predicate in PARAMETERS - {SH.sparql}}
    return sorted({*found, *graph.subjects(SH.path), *graph.objects(None, SH.property), *graph.objects(None, SH.sparql)})


@each_set
def test_shacl_terms_exist(shape_set: ShapeSet) -> None:
    used = {term for triple in graph_of(shape_set) for term in triple if isinstance(term, URIRef) and term in SH}
    foreign = {
        term
        for triple in graph_of(shape_set)
        for term in triple
        if isinstance(term, URIRef) and term.startswith(str(SH)) and term not in used
    }
    assert len(used) > 10
    assert foreign == set()


@each_set
def test_terms_of_shapes_are_in_the_ontology(shape_set: ShapeSet, known: set[Node]) -> None:
    graph = graph_of(shape_set)
    named = {term for kind in TARGETS for term in graph.objects(None, kind)}
    for predicate in (SH["class"], SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals):
        named.update(graph.objects(None, predicate))
    for path in graph.objects(None, SH.path):
        named.update(path_terms(graph, path))
    assert len(named) > 5
    assert sorted(named - known) == []


@each_set
def test_terms_in_sparql_are_in_the_ontology(shape_set: ShapeSet, known: set[Node]) -> None:
    graph = graph_of(shape_set)
    prefixes = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.subjects(RDF.type, SH.PrefixDeclaration)
    }
    queries = sorted(str(query) for query in graph.objects(None, SH.select))
    found = {
        URIRef(prefixes[prefix] + local)
        for query in queries
        for prefix, local in re.findall(r"\b([a-z]+):([A-Za-z0-9]+)", re.sub(r'<[^>]*>|"[^"]*"', "", query))
    }
    assert bool(found) == bool(queries)
    assert sorted(found - known - {XSD.date}) == []


@each_set
def test_concepts_named_in_shapes_exist(shape_set: ShapeSet) -> None:
    schemes = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "ontology/vocab").glob("*.ttl")}
    vocab = r"https://w3id\\?\.org/entente/vocab/([a-z|()-]+)/([\w-]+)?"
    found = [
        (name, concept)
        for value in graph_of(shape_set).objects()
        for names, concept in re.findall(vocab, str(value))
        for name in _choices(names)
    ]
    assert found
    for name, concept in found:
        assert name in schemes, name
        assert not concept or f"/vocab/{name}/{concept}>" in schemes[name], f"{name}/{concept}"


def _choices(pattern: str) -> list[str]:
    """The names that `name`, `(one|other)` or `stem-(one|other)` stands for."""
    stem, _, choices = pattern.partition("(")
    return [stem + choice for choice in choices.rstrip(")").split("|")] if choices else [stem]


@each_set
def test_every_constraint_has_a_name_and_says_what_to_do(shape_set: ShapeSet) -> None:
    graph = graph_of(shape_set)
    nodes = constrained(graph)
    assert len(nodes) > 5
    for node in nodes:
        assert isinstance(node, URIRef), f"a shape without an IRI: {graph.value(node, SH.path)}"
        assert node.startswith(shape_set.prefix)
        message = graph.value(node, SH.message)
        assert message is not None, node
        assert message.language == "en"
        assert re.fullmatch(r"[A-Z].*\.", message), node
        judged = graph.value(None, SH.sparql, node) or node
        assert graph.value(judged, SH.severity) in SEVERITIES, node


@each_set
def test_every_constraint_names_the_rule_that_it_rests_on(shape_set: ShapeSet) -> None:
    graph = graph_of(shape_set)
    anchors = {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", PAGE, re.M)}
    for node in constrained(graph):
        sources = list(graph.objects(node, DCTERMS.source))
        assert len(sources) == 1, node
        source = str(sources[0])
        if source.startswith(DOCS):
            assert source.removeprefix(DOCS) in anchors, source
        else:
            document = source.partition("#")[0] if isinstance(sources[0], URIRef) else source.partition(": ")[0]
            listed = " ".join(PAGE.split())
            assert [each for each in document.split("; ") if each not in listed] == [], source


@each_set
def test_targeted_shapes_have_labels_of_their_own(shape_set: ShapeSet) -> None:
    labels = [str(graph_of(shape_set).value(shape, RDFS.label)) for shape in targeted(shape_set)]
    assert len(labels) == len(set(labels))
    assert "None" not in labels


def test_profiles_are_no_part_of_the_core() -> None:
    assert {path.name for path in CORE.files}.isdisjoint({path.name for s in SETS[1:] for path in s.files})
    assert all(str(shape).startswith(SHAPES) for shape in targeted(CORE))


def test_every_shape_looks_at_something_but_for_good_reasons() -> None:
    """On the reference data and the bundled articles; a shape that looks at nothing there proves nothing there."""
    store = ingested(*sorted((ROOT / "samples").glob("*.txt")))
    report = compiled(CORE).validate({quad.triple for quad in store.quads()})
    idle = {str(shape) for shape in targeted(CORE)} - report.focus_nodes.keys()
    assert {name.removeprefix(SHAPES) for name in idle} == IDLE.keys()
    assert all(IDLE.values())
