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
OWL = "http://www.w3.org/2002/07/owl#"
CODE_QUADS = {1: "verbal-cooperation", 2: "material-cooperation", 3: "verbal-conflict", 4: "material-conflict"}
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
    assert len(SCHEMES) == 43
    assert sum(len(concepts(scheme)) for scheme in SCHEMES) == 822


def test_every_scheme_names_the_version_of_its_source() -> None:
    versions = {}
    for scheme in SCHEMES:
        data = (ROOT / f"ontology/vocab/{scheme}.ttl").read_bytes()
        stated = [
            q.object.value for q in ox.parse(data, format=ox.RdfFormat.TURTLE) if q.predicate.value == OWL + "versionInfo"
        ]
        [versions[scheme]] = stated
    third_party = {scheme for scheme, version in versions.items() if version != "1.0.0"}
    assert third_party == {
        "cameo", "dca-scope", "highest-action", "hostility-level", "obligation", "plover-auxiliary-mode", "plover-context",
        "plover-event", "plover-mode", "plover-sector", "quad", "side",
    }  # fmt: skip
    assert all("0.8" in version for scheme, version in versions.items() if scheme.startswith("plover"))


def test_vessel_types_and_weapon_kinds_are_many() -> None:
    kinds = {scheme: len(concepts(scheme)) for scheme in ("vessel-type", "materiel-type")}
    assert kinds == {"vessel-type": 68, "materiel-type": 45}
    names = sum(1 + len(concept["altLabel"]) for scheme in kinds for concept in concepts(scheme).values())
    assert names == 562


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


def test_plover_modes_and_scores_equal_the_manual(shared: Path) -> None:
    manual = (shared / "checks/PLOVER_MANUAL.tex").read_text(encoding="utf-8")
    tables = re.findall(
        r"\\caption\{(?:\\plcat\{)?([A-Z]+)\}? modes.*?\\hline\nName & Content \\\\\n\\hline\n(.*?)\\hline",
        manual,
        re.DOTALL,
    )
    listed = {
        f"{event.lower()}-{mode}"
        for event, table in tables
        for mode in re.findall(r"^([a-z][a-z-]+) &", table, re.MULTILINE)
    }
    scores = {
        f"{event}-{mode}".lower(): float(score)
        for event, mode, score in re.findall(r"\b([A-Z]{3,}): ([\w-]+)\s*&\s*(-?[\d.]+)", manual)
    }
    ours = concepts("plover-mode")
    assert len(tables) == 11
    assert len(listed) == len(ours) == 67
    assert set(ours) == listed
    assert listed - set(scores) == {"protest-vandalize"}
    assert set(scores) <= listed
    for notation, concept in ours.items():
        assert concept["broadMatch"] == [f"{VOCAB}plover-event/{notation.partition('-')[0]}"]
        assert [float(score) for score in concept["ploverScore"]] == ([scores[notation]] if notation in scores else [])


def test_plover_sectors_equal_the_manual(shared: Path) -> None:
    manual = (shared / "checks/PLOVER_MANUAL.tex").read_text(encoding="utf-8")
    table = manual.split(r"\caption{Sector Codes}")[1].split(r"\end{longtable}")[0]
    codes = re.findall(r"^\s*([A-Z]{3}) & ", table, re.MULTILINE)
    assert len(codes) == 25
    assert set(codes) == set(concepts("plover-sector"))


def test_cameo_codes_equal_the_tables(shared: Path) -> None:
    names = json.loads((shared / "checks/cameo_codes.json").read_text(encoding="utf-8"))
    ours = concepts("cameo")
    assert (len(names), len(ours)) == (316, 319)
    assert set(ours) - set(names) == {"183", "1213", "1214"} <= set(conversions(shared))
    assert set(names) | set(conversions(shared)) == set(ours)
    for code, concept in ours.items():
        assert concept["broader"] == ([] if len(code) == 2 else [f"{VOCAB}cameo/{parent(code)}"])
        root = names[code[:2]]
        assert concept["quad"] == [f"{VOCAB}quad/{CODE_QUADS[root['quad_class']]}"]
        if code in names and code != "1883":
            assert names[code]["quad_class"] == root["quad_class"]
            name = re.sub(r", not specified below$", "", names[code]["name"]).replace("Threate n", "Threaten").rstrip(", ")
            assert concept["prefLabel"] == [name if len(code) == 2 else name.lower()]


def test_cameo_is_mapped_to_plover_as_the_table_says(shared: Path) -> None:
    table = conversions(shared)
    assert len(table) == 274
    unknown = []
    for code, concept in concepts("cameo").items():
        expected = set()
        for event, mode, contexts in table.get(code, []):
            expected.add(f"plover-event/{event}")
            for word in filter(None, (mode, *contexts)):
                if f"{event}-{word}" in concepts("plover-mode") and word == mode:
                    expected.add(f"plover-mode/{event}-{word}")
                elif word in concepts("plover-context"):
                    expected.add(f"plover-context/{word}")
                else:
                    unknown.append(code)
                    assert any(word in note for note in concept["editorialNote"]), (code, word)
        assert {iri.removeprefix(VOCAB) for iri in concept["relatedMatch"]} == expected, code
    assert len(unknown) == 22


def parent(code: str) -> str:
    """The code above a code; 1883 is a misprint of 183 in the list."""
    return "183" if code == "1883" else code[:-1] if len(code) == 4 else code[:2]


def conversions(shared: Path) -> dict[str, list[tuple[str, str, list[str]]]]:
    """CAMEO code -> (PLOVER event, mode, contexts), from the conversion table."""
    found = defaultdict(list)
    for line in (shared / "checks/CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8").splitlines():
        if row := re.match(r"(\d+): *([A-Z]+)([^#]*)", line):
            _, mode, contexts = (row[3] + ",,").split(",")[:3]
            found[row[1]].append((row[2].lower(), mode.strip(), [word.strip() for word in contexts.split(";")]))
    return found
