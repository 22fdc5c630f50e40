"""A researcher's file of ten thousand lines with fifty errors: all of them are found, nothing else, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from entente.gate.examination import Examiner, ShapeSet
from entente.gate.locations import RdfDocument
from entente.gate.profiles import profile_files
from entente.gate.terminology import Terminology
from entente.index import ReferenceIndex, load_base

ROOT = Path(__file__).resolve().parents[2]
RECORDS = 350
PROLOGUE = """\
@prefix ent: <https://w3id.org/entente/ns#> .
@prefix ex: <https://example.org/drills/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix state: <https://w3id.org/entente/id/state/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/entente/vocab/> .
"""
RECORD = '''
# Exercise N; "quoted . ; [
ex:exercise-N a ent:Exercise ;
    ent:name "Exercise N"@en ;
    ent:eventType <event-type/exercise> ;
    ent:mode <mode/actual> ;
    ent:background false ;
    ent:location state:IND ;
    ent:when ex:time-N ;
    ent:hasParticipation
        ex:host-N ,
        ex:guest-N ;
    ent:statedAim [ a ent:AimStatement ;
        ent:aimText """To train
        together # and so on ."""@en
    ] .
ex:host-N a ent:Participation ; ent:participant state:IND ;
    ent:roleType <role-type/host> ;
    ent:inEvent ex:exercise-N .
ex:guest-N
    a ent:Participation ;
    ent:participant
        state:FRA ;
    ent:roleType <role-type/participant> ;
    ent:inEvent ex:exercise-N .
ex:time-N a ent:TimeBounds ;
    sem:hasEarliestBeginTimeStamp "2020-03-01"^^xsd:date ;
    ent:datePrecision <date-precision/day> ;
    ent:dateBasis <date-basis/explicit> .
'''
BOTH = 'write the date as "2020-03-01"^^xsd:date or "2020-01-03"^^xsd:date'
FAULTS = (
    # what is written, what is written instead, the line of the record that the result must name, shape, suggestion
    ("ent:eventType <event-type/exercise> ;", "", 3, "Occurrence-type", None),
    ("ent:mode <mode/actual>", 'ent:mode "actual"', 6, "Occurrence-mode", "did you mean <https://w3id.org/entente/vocab/mode/actual>?"),
    ("ent:background false", 'ent:background "false"', 7, "Occurrence-background", 'write "false"^^xsd:boolean'),
    ("ent:background false", "ent:backgrounds false", 7, "KnownProperty", "did you mean ent:background?"),
    ("ent:location state:IND", 'ent:location "India"', 8, "Occurrence-location", None),
    ("ent:when ex:time-N", "ent:when ex:exercise-N", 9, "Occurrence-when", None),
    ("        ex:guest-N ;", "        ex:guest-N , state:FRA ;", 12, "Exercise-participation", None),
    ("ent:aimText", "ent:name", 13, "AimStatement-text", None),
    ("participant state:IND", "participant state:ind", 17, "Participation-agent", "did you mean state:IND?"),
    ("<role-type/host>", "<role-type/Host>", 18, "KnownConcept", "did you mean <https://w3id.org/entente/vocab/role-type/host>?"),
    ("        state:FRA ;", '        "France"@en ;', 23, "Participation-agent", "did you mean state:FRA?"),
    ("<role-type/participant>", "<role-type/particpant>", 24, "KnownConcept", "did you mean <https://w3id.org/entente/vocab/role-type/participant>?"),
    ("    ent:inEvent ex:exercise-N .\nex:time", "    .\nex:time", 20, "Participation-event", None),
    ("a ent:TimeBounds", "a ent:TimeBounds , ent:TimeBound", 26, "KnownClass", "did you mean ent:TimeBounds?"),
    ('"2020-03-01"^^xsd:date', '"01/03/2020"', 27, "TimeBounds-earliest-begin", BOTH),
    ('"2020-03-01"^^xsd:date', '"2020-03-01"', 27, "TimeBounds-earliest-begin", 'write "2020-03-01"^^xsd:date'),
    ("date ;", 'date ;\n    sem:hasLatestBeginTimeStamp "2020-02-01"^^xsd:date ;', 27, "TimeBounds-earliest-begin", None),
    ("<date-precision/day>", "<date-precision/day> ,\n <date-precision/month>", 29, "TimeBounds-precision", None),
    ("    ent:dateBasis <date-basis/explicit> .", "    .", 26, "TimeBounds-basis", None),
)  # fmt: skip


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    base = load_base(ROOT)
    terminology = Terminology(triple for graph in base.graphs.values() for triple in graph)
    shapes = ShapeSet.read(profile_files(ROOT / "shapes"), base.graphs["ontology"])
    return Examiner(shapes, terminology, ReferenceIndex(base))


def records() -> Iterator[tuple[str, list[tuple[int, str, str | None]]]]:
    """Each record, with the errors in it: the line in the record, the shape, the suggestion."""
    for number in range(RECORDS):
        text = RECORD
        planted = []
        if number % 6 == 1 and number // 6 < 50:
            before, after, line, shape, suggestion = FAULTS[number // 6 % len(FAULTS)]
            assert text.count(before) == 1, before
            text = text.replace(before, after)
            planted = [(line, shape, suggestion)]
        yield text.replace("-N", f"-{number}"), planted


def test_exactly_the_fifty_errors_are_found_each_with_its_line(examiner: Examiner) -> None:
    text, expected = PROLOGUE, []
    for record, planted in records():
        first = text.count("\n")
        text += record
        expected += [(first + line, shape, suggestion) for line, shape, suggestion in planted]
    assert text.count("\n") >= 10_000
    assert len(expected) == 50
    assert len({shape for _, shape, _ in expected}) >= 10
    (item,) = examiner.each(RdfDocument.read("drills.ttl", text.encode(), "text/turtle"))
    found = [(f.line or 0, f.violation.shape.rsplit("#", 1)[-1], f.suggestion) for f in item.findings]
    assert sorted(found, key=lambda one: one[:2]) == sorted(expected, key=lambda one: one[:2])


def test_a_file_without_errors_has_no_findings(examiner: Examiner) -> None:
    text = PROLOGUE + RECORD.replace("-N", "-1")
    (item,) = examiner.each(RdfDocument.read("one.ttl", text.encode(), "text/turtle"))
    assert item.findings == ()
    assert item.report.focus_nodes["https://w3id.org/entente/shapes#Participation"] == 2
