"""The quality gates of queries/quality/ontology: each fires on its fixture, none on our ontology and vocabularies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FIXTURES = Path(__file__).parent / "fixtures/quality"
GATES = sorted((ROOT / "queries/quality/ontology").glob("*.rq"))
PREFIX = re.compile(r"^@prefix (\w+): <([^>]+)> \.$", re.MULTILINE)
EXPECT = re.compile(r"^# expect: (\w+):(\S+)$", re.MULTILINE)
HEADER = re.compile(r"\A#\+ summary: (.+)\n#\+ severity: (error|warning)\n#\+ like: (.+)\n")
# The checks of `robot report` (ROBOT 1.9) that say something about an ontology outside OBO.
ROBOT = """annotation_whitespace deprecated_boolean_datatype deprecated_class_reference deprecated_property_reference
duplicate_definition duplicate_exact_synonym duplicate_label duplicate_label_synonym duplicate_scoped_synonym
equivalent_class_axiom_no_genus equivalent_pair illegal_use_of_built_in_vocabulary invalid_entity_uri label_formatting
label_whitespace lowercase_definition missing_definition missing_label missing_obsolete_label
missing_ontology_description missing_ontology_license missing_ontology_title missing_superclass misused_obsolete_label
misused_replaced_by multiple_definitions multiple_equivalent_class_definitions multiple_equivalent_classes
multiple_labels"""
# The pitfalls that OOPS! rates as critical or important, as far as a query can find them.
OOPS = "P03 P05 P06 P10 P11 P12 P14 P15 P18 P19 P24 P25 P26 P27 P28 P29 P31 P33 P34 P35 P38 P40 P41"


def load(paths: Iterable[Path]) -> ox.Store:
    store = ox.Store()
    for path in paths:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    return store


@cache
def ours() -> ox.Store:
    return load(path for pattern in ("*.ttl", "modules/*.ttl", "vocab/*.ttl") for path in (ROOT / "ontology").glob(pattern))


def rows(store: ox.Store, gate: Path) -> list[str]:
    """The terms that a gate finds fault with, sorted."""
    found = store.query(gate.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    return sorted(row["term"].value for row in found)


def test_every_gate_has_a_fixture() -> None:
    assert len(GATES) == 45
    assert [gate.stem for gate in GATES] == sorted(path.stem for path in FIXTURES.glob("*.ttl"))


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.stem)
def test_gate_fires_on_its_fixture_only_where_it_should(gate: Path) -> None:
    fixture = FIXTURES / f"{gate.stem}.ttl"
    text = fixture.read_text(encoding="utf-8")
    prefixes = dict(PREFIX.findall(text)) | {"ex": "https://example.org/"}
    expected = sorted(prefixes[prefix] + name for prefix, name in EXPECT.findall(text))
    assert expected
    assert rows(load([fixture]), gate) == expected


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.stem)
def test_gate_is_silent_on_our_ontology(gate: Path) -> None:
    assert len(ours()) > 9000
    assert rows(ours(), gate) == []


def test_gates_cover_the_checks_of_the_usual_tools() -> None:
    headers = [HEADER.match(gate.read_text(encoding="utf-8")) for gate in GATES]
    assert all(headers)
    like = " ".join(header[3] for header in headers if header)
    named = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|\bP\d\d\b", like))
    assert len(ROBOT.split()) == 29
    assert set(ROBOT.split()) <= named
    assert set(OOPS.split()) <= named
