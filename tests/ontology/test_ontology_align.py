"""The alignments: Turtle and table say the same, name only terms that exist, and stay out of what is loaded."""

from __future__ import annotations

import csv
import datetime
import re
from pathlib import Path

import pyoxigraph as ox

from entente import resources
from entente.index import load_base

ROOT = Path(__file__).resolve().parent.parent.parent
ALIGN = ROOT / "ontology/align"
FILES = sorted(ALIGN.glob("*.ttl"))
TABLE = (ALIGN / "mappings.sssom.tsv").read_text(encoding="utf-8")
ENT = "https://w3id.org/entente/ns#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WIKIDATA = "http://www.wikidata.org/entity/"
COLUMNS = ["subject_id", "predicate_id", "object_id", "mapping_justification", "source", "date_checked"]

Mapping = tuple[str, str, str]


def triples(paths: list[Path]) -> set[Mapping]:
    return {
        (q.subject.value, q.predicate.value, q.object.value)
        for path in paths
        for q in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
        if isinstance(q.object, ox.NamedNode) and isinstance(q.subject, ox.NamedNode)
    }


def core() -> set[Mapping]:
    return triples([ROOT / "ontology/entente.ttl", *sorted((ROOT / "ontology/modules").glob("*.ttl"))])


def table() -> list[dict[str, str]]:
    lines = [line for line in TABLE.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def expanded() -> set[Mapping]:
    """The mappings of the table, written out in full."""
    prefixes = dict(re.findall(r"^#   (\w+): (\S+)$", TABLE, re.MULTILINE))

    def iri(curie: str) -> str:
        prefix, name = curie.split(":", 1)
        return str(prefixes[prefix]) + name

    return {(iri(row["subject_id"]), iri(row["predicate_id"]), iri(row["object_id"])) for row in table()}


def test_table_is_complete_and_sorted() -> None:
    rows = table()
    assert list(rows[0]) == COLUMNS
    assert len(rows) == len(expanded()) == 151
    keys = [tuple(row[column] for column in COLUMNS) for row in rows]
    assert keys == sorted(keys)
    for row in rows:
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert row["source"]
        assert datetime.date.fromisoformat(row["date_checked"]) >= datetime.date(2026, 11, 22)


def test_table_equals_the_turtle_and_the_core() -> None:
    links = {
        mapping
        for mapping in core()
        if mapping[1] in {RDFS + "subClassOf", RDFS + "subPropertyOf"} and not mapping[2].startswith(ENT)
    }
    aligned = triples(FILES)
    assert (len(FILES), len(aligned), len(links)) == (13, 89, 62)
    assert not aligned & links
    assert expanded() == aligned | links


def test_subjects_exist_and_objects_are_foreign() -> None:
    known = {subject for subject, predicate, _ in core() if predicate == RDF_TYPE}
    known |= {s for s, p, _ in triples(sorted((ROOT / "ontology/vocab").glob("*.ttl"))) if p == RDF_TYPE}
    kinds = {SKOS + kind + "Match" for kind in ("exact", "close", "broad", "related")}
    for subject, predicate, target in triples(FILES):
        assert subject in known
        assert predicate in kinds
        assert not target.startswith(ENT)


def test_wikidata_identifiers_are_the_verified_ones(shared: Path) -> None:
    design = (shared / "design/domain.md").read_text(encoding="utf-8")
    schemes = re.search(r"^exercise-type .*$", design.split("### 1.9")[1], re.MULTILINE)
    properties = re.search(r"^\| Wikidata properties \(label-checked\).*$", design, re.MULTILINE)
    assert schemes
    assert properties
    verified = set(re.findall(r"\bQ\d+\b", schemes[0]))
    verified |= set(re.findall(r"\bP\d+\b", properties[0].split("Recalled, unchecked")[0]))
    named = {target.removeprefix(WIKIDATA) for _, _, target in triples(FILES) if target.startswith(WIKIDATA)}
    assert len(named) == 11
    assert named <= verified


def test_alignments_are_not_loaded() -> None:
    loaded = {str(triple.object) for graph in load_base(resources.root()).graphs.values() for triple in graph}
    foreign = {target for _, _, target in triples(FILES)}
    declared = {subject for subject, predicate, _ in core() if predicate == RDF_TYPE}
    only_aligned = foreign - declared
    assert len(only_aligned) > 50
    assert not only_aligned & loaded
