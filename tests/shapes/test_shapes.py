"""The shapes against fixtures: pass_* conform, fail_* give exactly the results that their `# expect:` lines list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, SH
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent.parent
FIXTURES = Path(__file__).parent / "fixtures"
ENT = "https://w3id.org/entente/ns#"
SHAPES = "https://w3id.org/entente/shapes#"
EXPECT = re.compile(r"^# expect: (\S+) (\S+) (\S+)$", re.MULTILINE)
PASSING = sorted(FIXTURES.glob("*/pass_*.ttl"))
FAILING = sorted(FIXTURES.glob("*/fail_*.ttl"))
CONSTRAINTS = (
    SH.minCount,
    SH.maxCount,
    SH["class"],
    SH.datatype,
    SH.nodeKind,
    SH.pattern,
    SH.minLength,
    SH.minInclusive,
    SH.maxInclusive,
    SH.lessThan,
    SH.lessThanOrEquals,
    SH["or"],
    SH["not"],
    SH.sparql,
)


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def ontology() -> Graph:
    graph = Graph()
    for path in [ROOT / "ontology/entente.ttl", *sorted((ROOT / "ontology/modules").glob("*.ttl"))]:
        graph.parse(path)
    return graph


@cache
def data(path: Path) -> Graph:
    """The fixture with the class hierarchy, as the gate adds it."""
    graph = Graph().parse(path)
    for triple in ontology().triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    return graph


def spell(graph: Graph, path: Node | None) -> str:
    """A result path in SPARQL's notation, `-` where there is none."""
    if path is None:
        return "-"
    if isinstance(path, BNode):
        if (inverse := graph.value(path, SH.inversePath)) is not None:
            return f"^{spell(graph, inverse)}"
        return "|".join(spell(graph, part) for part in Collection(graph, graph.value(path, SH.alternativePath)))
    return path.n3(graph.namespace_manager)


def results(path: Path, shacl: Graph) -> list[tuple[str, str, str]]:
    """(focus, path, component) of every result."""
    fixture = data(path)
    _, report, _ = pyshacl.validate(fixture, shacl_graph=shacl, inference=None, inplace=False)
    assert isinstance(report, Graph)
    for prefix, namespace in fixture.namespaces():
        report.bind(prefix, namespace)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        assert focus is not None
        found.append(
            (
                focus.n3(report.namespace_manager),
                spell(report, report.value(result, SH.resultPath)),
                component.removesuffix("ConstraintComponent"),
            )
        )
    return sorted(found)


def parts(node: Node) -> Iterator[Node]:
    """The shapes that a node shape consists of, itself first."""
    yield node
    yield from shapes().objects(node, SH.property)


def targeted() -> list[Node]:
    """The node shapes with a target, sorted."""
    return sorted({*shapes().subjects(SH.targetClass), *shapes().subjects(SH.targetSubjectsOf)})


def test_every_targeted_shape_has_fixtures() -> None:
    names = {str(shape).removeprefix(SHAPES) for shape in targeted()}
    assert names == {path.parent.name for path in PASSING} == {path.parent.name for path in FAILING}
    assert (len(names), len(PASSING), len(FAILING)) == (39, 60, 128)


@pytest.mark.parametrize("path", PASSING, ids=name_of)
def test_passing_fixture_conforms(path: Path) -> None:
    assert results(path, shapes()) == []


@pytest.mark.parametrize("path", FAILING, ids=name_of)
def test_failing_fixture_gives_exactly_its_results(path: Path) -> None:
    expected = sorted(EXPECT.findall(path.read_text(encoding="utf-8")))
    assert expected
    assert results(path, shapes()) == expected


def test_reference_data_conforms_and_a_fault_in_it_is_found() -> None:
    graph = Graph()
    for path in sorted((ROOT / "ontology/reference").glob("*.ttl")):
        graph.parse(path)
    for triple in ontology().triples((None, RDFS.subClassOf, None)):
        graph.add(triple)
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(), inference=None, inplace=True)
    assert conforms, text
    graph.remove((URIRef("https://w3id.org/entente/id/state/RUS"), URIRef(ENT + "iso3166alpha3"), None))
    conforms, _, _ = pyshacl.validate(graph, shacl_graph=shapes(), inference=None, inplace=True)
    assert not conforms


def ours() -> set[Node]:
    """The terms that the ontology declares, our own and other vocabularies'."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return {term for kind in kinds for term in ontology().subjects(RDF.type, kind)} | {
        RDF.Statement,
        RDF.subject,
        RDF.predicate,
        RDF.object,
    }


def path_terms(path: Node) -> set[Node]:
    graph = shapes()
    if not isinstance(path, BNode):
        return {path}
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return path_terms(inverse)
    return set(Collection(graph, graph.value(path, SH.alternativePath)))


def test_shacl_terms_exist() -> None:
    used = {term for triple in shapes() for term in triple if isinstance(term, URIRef) and term.startswith(str(SH))}
    assert len(used) > 30
    assert [term for term in sorted(used) if term not in SH] == []


def test_targets_classes_and_paths_are_in_the_ontology() -> None:
    graph = shapes()
    named = {*graph.objects(None, SH.targetClass), *graph.objects(None, SH["class"])}
    named |= {*graph.objects(None, SH.targetSubjectsOf), *graph.objects(None, SH.lessThanOrEquals)}
    for path in graph.objects(None, SH.path):
        named |= path_terms(path)
    assert len(named) > 90
    assert sorted(named - ours()) == []


def test_terms_in_sparql_are_in_the_ontology() -> None:
    graph = shapes()
    prefixes = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.subjects(RDF.type, SH.PrefixDeclaration)
    }
    queries = sorted(str(query) for query in graph.objects(None, SH.select))
    assert len(queries) == 9
    for query in queries:
        for prefix, local in re.findall(r"\b([a-z]+):([A-Za-z0-9]+)", re.sub(r"<[^>]*>", "", query)):
            assert URIRef(prefixes[prefix] + local) in ours(), f"{prefix}:{local}"


def test_concepts_named_in_shapes_exist() -> None:
    schemes = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "ontology/vocab").glob("*.ttl")}
    vocab = r"https://w3id\\?\.org/entente/vocab/([a-z|()-]+)/([\w-]+)?"
    found = 0
    for literal in shapes().objects():
        for names, concept in re.findall(vocab, str(literal)):
            for name in names.strip("()").split("|"):
                found += 1
                assert name in schemes
                assert not concept or f"/vocab/{name}/{concept}>" in schemes[name]
    assert found == 27


def test_every_shape_says_what_to_do() -> None:
    graph = shapes()
    inner = {shape for shape in graph.subjects(RDF.type, SH.NodeShape) if shape not in targeted()}
    for shape in sorted(graph.subjects(RDF.type, SH.PropertyShape)):
        assert isinstance(shape, URIRef)
        if not any((owner, SH.property, shape) in graph for owner in inner):
            assert str(graph.value(shape, SH.message)).endswith(".")
            assert graph.value(shape, SH.severity) in {SH.Violation, SH.Warning}
    for constraint in graph.subjects(RDF.type, SH.SPARQLConstraint):
        assert str(graph.value(constraint, SH.message)).endswith(".")


MUTATIONS = sorted(
    (shape, part, predicate, value)
    for shape in targeted()
    for part in parts(shape)
    for predicate in CONSTRAINTS
    for value in shapes().objects(part, predicate)
)


def test_mutations_are_all_there() -> None:
    assert len(MUTATIONS) == 276


@cache
def alone(shape: URIRef) -> Graph:
    """One node shape with all that it refers to."""
    graph, todo = Graph(), [shape]
    while todo:
        for triple in shapes().triples((todo.pop(), None, None)):
            if triple not in graph:
                graph.add(triple)
                todo.append(triple[2])
    return graph


@cache
def unmutated(path: Path, shape: URIRef) -> list[tuple[str, str, str]]:
    return results(path, alone(shape))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m[1].removeprefix(SHAPES)}-{m[2].removeprefix(str(SH))}")
def test_removing_a_constraint_makes_a_result_vanish(mutation: tuple[URIRef, URIRef, URIRef, Node]) -> None:
    shape, part, predicate, value = mutation
    weaker = Graph()
    weaker += alone(shape)
    weaker.remove((part, predicate, value))
    subject = (value if predicate == SH.sparql else part).removeprefix(f"{shape}-")
    fixtures = [path for path in FAILING if path.parent.name == shape.removeprefix(SHAPES)]
    likely_first = sorted(fixtures, key=lambda path: not path.stem.startswith(f"fail_{subject}"))
    assert any(set(results(path, weaker)) < set(unmutated(path, shape)) for path in likely_first)
