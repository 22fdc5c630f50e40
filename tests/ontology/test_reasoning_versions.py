"""Versions of the meaning: what changed between two ontologies, and whether the version number says so."""

from __future__ import annotations

import pytest

from entente.errors import InputError
from entente.model import Triple
from entente.ontology import Bump, classify, compare, entail, version_of
from entente.store import parse

OLD = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex: a owl:Ontology ; owl:versionInfo "VERSION" .
ex:A a owl:Class ; skos:prefLabel "a"@en .
ex:B a owl:Class ; rdfs:subClassOf ex:A .
ex:p a owl:ObjectProperty ; owl:propertyChainAxiom ( ex:q ex:q ) .
ex:q a owl:ObjectProperty .
"""
CASES = [
    ("", "", Bump.NONE, "annotated", []),
    ('"a"@en', '"the a"@en', Bump.PATCH, "annotated", ["A"]),
    ("ex:q a", "ex:C a owl:Class . ex:q a", Bump.MINOR, "added", ["C"]),
    ('"a"@en', '"a"@en ; owl:deprecated true', Bump.MINOR, "deprecated", ["A"]),
    ("rdfs:subClassOf ex:A", "rdfs:subClassOf owl:Thing", Bump.MAJOR, "changed", ["B"]),
    ("( ex:q ex:q )", "( ex:q ex:p )", Bump.MAJOR, "changed", ["p"]),
    ("ex:B a owl:Class ; rdfs:subClassOf ex:A .", "", Bump.MAJOR, "removed", ["B"]),
]


def triples(version: str, before: str = "", after: str = "") -> set[Triple]:
    text = OLD.replace("VERSION", version)
    assert before in text
    return {quad.triple for quad in parse(text.replace(before, after).encode(), "text/turtle")}


@pytest.mark.parametrize(("before", "after", "bump", "kind", "names"), CASES)
def test_changes_demand_a_step(before: str, after: str, bump: Bump, kind: str, names: list[str]) -> None:
    versions = {Bump.NONE: "1.2.3", Bump.PATCH: "1.2.4", Bump.MINOR: "1.3.0", Bump.MAJOR: "2.0.0"}
    for made, version in versions.items():
        changes = compare(triples("1.2.3"), triples(version, before, after))
        assert getattr(changes, kind) == tuple(f"https://example.org/{name}" for name in names)
        assert (changes.demanded, changes.made) == (bump, made)
        assert changes.sufficient is (made >= bump)
    assert len(CASES) == 7


def test_a_version_must_not_go_back() -> None:
    changes = compare(triples("1.2.3"), triples("1.1.9"))
    assert changes.made is None
    assert not changes.sufficient


def test_before_version_one_a_minor_step_is_enough() -> None:
    assert compare(triples("0.1.0"), triples("0.2.0", "( ex:q ex:q )", "( ex:q ex:p )")).sufficient


@pytest.mark.parametrize("version", ["1.0", "one", ""])
def test_a_version_of_another_form_is_refused(version: str) -> None:
    with pytest.raises(InputError) as caught:
        version_of(triples(version))
    assert caught.value.code == "ENTENTE-134"


NTRIPLES = """
<https://e.org/A> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<https://e.org/B> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<https://e.org/C> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<https://e.org/B> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <https://e.org/A> .
<https://e.org/C> <http://www.w3.org/2002/07/owl#equivalentClass> <https://e.org/B> .
"""
CONTRADICTION = """
<https://e.org/A> <http://www.w3.org/2002/07/owl#disjointWith> <https://e.org/B> .
<https://e.org/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://e.org/B> .
"""


def test_the_class_tree() -> None:
    tree = classify(NTRIPLES.encode())
    [equal] = tree.equal
    assert equal == ("https://e.org/B", "https://e.org/C")
    [top] = tree.below(None)
    assert top == "https://e.org/A"
    assert tree.below(top) == equal


def test_an_inconsistent_ontology_has_no_tree_and_no_entailments() -> None:
    for ask in (classify, entail):
        with pytest.raises(InputError) as caught:
            ask((NTRIPLES + CONTRADICTION).encode())
        assert caught.value.code == "ENTENTE-133"
