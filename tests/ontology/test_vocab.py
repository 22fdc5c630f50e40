"""The vocabularies: notations equal the enums of the model, and the third-party schemes equal their sources."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from enum import StrEnum
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from entente.model import (
    AttributionLevel,
    CountQualifier,
    DateBasis,
    DatePrecision,
    EventStatus,
    EventType,
    Modality,
    Mode,
    Role,
)

ROOT = Path(__file__).resolve().parent.parent.parent
VOCAB = "https://w3id.org/entente/vocab/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ENT = "https://w3id.org/entente/ns#"
SCHEMES = sorted(path.stem for path in (ROOT / "ontology/vocab").glob("*.ttl"))
ENUMS: dict[str, type[StrEnum]] = {
    "attribution-level": AttributionLevel,
    "count-qualifier": CountQualifier,
    "date-basis": DateBasis,
    "date-precision": DatePrecision,
    "event-status": EventStatus,
    "event-type": EventType,
    "modality": Modality,
    "mode": Mode,
    "role-type": Role,
}


@cache
def concepts(scheme: str) -> dict[str, dict[str, list[str]]]:
    """notation -> predicate's local name -> values, of one scheme."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    data = (ROOT / f"ontology/vocab/{scheme}.ttl").read_bytes()
    for s, p, o in (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)):
        if s.value != VOCAB + scheme:
            assert s.value.startswith(f"{VOCAB}{scheme}/")
            found[s.value.removeprefix(f"{VOCAB}{scheme}/")][re.split("[#/]", p.value)[-1]].append(o.value)
    return found


def test_schemes_are_all_there() -> None:
    assert len(SCHEMES) == 23
    assert sum(len(concepts(scheme)) for scheme in SCHEMES) == 268


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_concept_is_documented(scheme: str) -> None:
    for notation, concept in concepts(scheme).items():
        assert concept["notation"] == [notation]
        assert concept["inScheme"] == [VOCAB + scheme]
        assert len(concept["prefLabel"]) == len(concept["definition"]) == 1
        assert concept["definition"][0].endswith(".")
        assert bool(concept["broader"]) != bool(concept["topConceptOf"])
        for broader in concept["broader"]:
            assert broader.removeprefix(f"{VOCAB}{scheme}/") in concepts(scheme)


@pytest.mark.parametrize("scheme", ["vessel-type materiel-type", "activity-type", "target-type"])
def test_a_noun_denotes_one_concept(scheme: str) -> None:
    owners = defaultdict(set)
    for name in scheme.split():
        for notation, concept in concepts(name).items():
            for label in concept["prefLabel"] + concept["altLabel"]:
                assert label == label.strip()
                owners[label.lower()].add(notation)
    assert {label: found for label, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("scheme", sorted(ENUMS))
def test_notations_equal_the_enum(scheme: str) -> None:
    assert set(concepts(scheme)) == {member.value for member in ENUMS[scheme]}


def test_enums_are_all_there() -> None:
    assert len(ENUMS) == 9


def test_event_types_are_related_to_plover() -> None:
    assert len(concepts("event-type")) == 18
    for notation, concept in concepts("event-type").items():
        related = {iri.removeprefix(f"{VOCAB}plover-event/") for iri in concept["relatedMatch"]}
        assert related, notation
        assert related <= set(concepts("plover-event"))


def test_plover_events_and_scores_equal_the_manual(shared: Path) -> None:
    manual = (shared / "checks/PLOVER_MANUAL.tex").read_text(encoding="utf-8")
    sections = dict(re.findall(r"\\section\{([A-Z]+)\}.*?\\subsection\{Quad category: ([A-Z ]+)\}", manual, re.DOTALL))
    scores = {
        event: float(score)
        for event, score in re.findall(r"\\cellcolor\{gray!25\}([A-Z]+)\s*&\s*\\cellcolor\{gray!25\}\s*(-?[\d.]+)", manual)
    }
    assert len(sections) == len(scores) == 16
    ours = concepts("plover-event")
    assert {concept["prefLabel"][0] for concept in ours.values()} == set(sections)
    for notation, concept in ours.items():
        assert notation.upper() == concept["prefLabel"][0]
        assert concept["quad"] == [f"{VOCAB}quad/{sections[notation.upper()].lower().replace(' ', '-')}"]
        assert [float(score) for score in concept["ploverScore"]] == [scores[notation.upper()]]


def test_plover_contexts_equal_the_manual(shared: Path) -> None:
    manual = (shared / "checks/PLOVER_MANUAL.tex").read_text(encoding="utf-8")
    table = manual.split("START CONTEXTS TABLE")[1].split("END CONTEXTS TABLE")[0].split(r"\endlastfoot")[1]
    rows = re.findall(r"^(?:\\hyperref\[[^\]]*\]\{)?([a-z_\\]+)\}?\s*&", table, re.MULTILINE)
    assert len(rows) == 37
    assert {row.replace("\\", "") for row in rows} == set(concepts("plover-context"))


def test_cameo_codes_and_their_plover_events_equal_the_tables(shared: Path) -> None:
    names = json.loads((shared / "checks/cameo_codes.json").read_text(encoding="utf-8"))
    table = (shared / "checks/CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8")
    plover = {code: event.lower() for code, event in re.findall(r"^(\d+): *([A-Z]+)", table, re.MULTILINE)}
    ours = concepts("cameo")
    assert len(ours) == 28
    for code, concept in ours.items():
        name = re.sub(r", not specified below$", "", names[code]["name"]).replace("Threate n", "Threaten")
        assert concept["prefLabel"] == [name.lower()]
        assert concept["relatedMatch"] == [f"{VOCAB}plover-event/{plover[code]}"]
