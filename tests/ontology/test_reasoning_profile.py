"""The profile checker: each fault is found where it stands, and the ontology of Entente has none."""

from __future__ import annotations

import pytest

from entente.cli.turtle import bundled, read_files
from entente.model import Triple
from entente.ontology import RULES, profile_faults
from entente.store import parse

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:A a owl:Class . ex:B a owl:Class ; rdfs:subClassOf ex:A .
ex:p a owl:ObjectProperty ; rdfs:domain ex:A ; rdfs:range ex:B . ex:q a owl:ObjectProperty .
ex:d a owl:DatatypeProperty ; rdfs:range xsd:string . ex:n a owl:AnnotationProperty .
ex:a a ex:A ; ex:p ex:b ; ex:d "text" ; ex:n "note" , ex:b ; rdfs:label "a"@en . ex:b a ex:B .
"""
FAULTS = [
    ("undeclared-term", "ex:C rdfs:subClassOf ex:A .", "C"),
    ("undeclared-term", "ex:a a ex:Unknown .", "Unknown"),
    ("undeclared-term", "ex:a ex:unknown ex:b .", "unknown"),
    ("undeclared-term", "ex:p rdfs:subPropertyOf ex:unknown .", "unknown"),
    ("undeclared-term", "ex:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:r ; owl:someValuesFrom ex:B ] .", "r"),
    ("illegal-punning", "ex:p a owl:DatatypeProperty .", "p"),
    ("illegal-punning", "ex:A a rdfs:Datatype .", "A"),
    ("reserved-vocabulary", "rdfs:label rdfs:range xsd:string .", "label"),
    ("reserved-vocabulary", "ex:s a rdf:Statement .", "Statement"),
    ("reserved-vocabulary", "ex:s rdf:subject ex:a .", "subject"),
    ("non-simple-property", "ex:p a owl:TransitiveProperty , owl:FunctionalProperty .", "p"),
    (
        "non-simple-property",
        "ex:q rdfs:subPropertyOf ex:p . ex:q a owl:TransitiveProperty . ex:p a owl:AsymmetricProperty .",
        "p",
    ),
    ("non-simple-property", "ex:p owl:propertyChainAxiom ( ex:q ex:q ) ; owl:propertyDisjointWith ex:q .", "p"),
    (
        "non-simple-property",
        'ex:p a owl:TransitiveProperty . ex:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .',  # noqa: E501
        "p",
    ),
    ("datatype", "ex:e a owl:DatatypeProperty ; rdfs:range xsd:date .", "e"),
    ("datatype", 'ex:a ex:d "2023-07-20"^^xsd:date .', "d"),
    ("property-kind", "ex:n rdfs:subPropertyOf ex:p .", "n"),
    ("property-kind", "ex:d owl:inverseOf ex:p .", "d"),
    ("property-kind", "ex:n a owl:FunctionalProperty .", "n"),
    ("property-kind", "ex:d a owl:TransitiveProperty .", "d"),
    ("property-kind", 'ex:a ex:p "text" .', "p"),
    ("property-kind", "ex:a ex:d ex:b .", "d"),
    ("property-kind", "ex:q rdfs:range xsd:string .", "q"),
]


def triples(text: str) -> set[Triple]:
    return {quad.triple for quad in parse((PREFIXES + text).encode(), "text/turtle")}


def test_the_cases_cover_every_check() -> None:
    assert len(FAULTS) == 23
    assert {rule for rule, _, _ in FAULTS} == set(RULES)


def test_a_sound_ontology_has_no_faults() -> None:
    assert profile_faults(triples("")) == ()


@pytest.mark.parametrize(("rule", "text", "term"), FAULTS)
def test_a_fault_is_found(rule: str, text: str, term: str) -> None:
    found = profile_faults(triples(text))
    assert (rule, term) in {(fault.rule, fault.term.replace("#", "/").rsplit("/", 1)[-1]) for fault in found}
    assert all(fault.message for fault in found)


def test_the_ontology_and_its_data_keep_to_owl_2_dl() -> None:
    given = read_files(bundled())
    assert len(given) > 15_000
    assert profile_faults(given) == ()
