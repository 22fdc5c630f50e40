"""The ontology: every term documented and declared, the header complete, the generated module current."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from entente.model import terms

ROOT = Path(__file__).resolve().parent.parent.parent
ENT = "https://w3id.org/entente/ns#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
ONTOLOGY = "https://w3id.org/entente/ns"
KINDS = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"}
TURTLE = sorted(
    path
    for pattern in (
        "ontology/*.ttl",
        "ontology/modules/*.ttl",
        "ontology/vocab/*.ttl",
        "ontology/align/*.ttl",
        "shapes/*.ttl",
        "shapes/profiles/*.ttl",
    )
    for path in ROOT.glob(pattern)
)
# Axioms and characteristics within OWL 2 RL (W3C, OWL 2 Profiles, section 4.2), as far as the ontology uses them.
RL_AXIOMS = {
    RDFS + "subClassOf",
    RDFS + "subPropertyOf",
    RDFS + "domain",
    RDFS + "range",
    OWL + "disjointWith",
    OWL + "inverseOf",
    OWL + "propertyChainAxiom",
}
RL_TYPES = {
    OWL + name
    for name in (
        *KINDS,
        "FunctionalProperty",
        "InverseFunctionalProperty",
        "SymmetricProperty",
        "TransitiveProperty",
        "Ontology",
    )
}


@cache
def triples(*patterns: str) -> tuple[ox.Triple, ...]:
    paths = [path for pattern in patterns for path in sorted((ROOT / "ontology").glob(pattern))]
    return tuple(q.triple for path in paths for q in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))


def ontology() -> tuple[ox.Triple, ...]:
    return triples("*.ttl", "modules/*.ttl")


@cache
def declared() -> dict[str, set[str]]:
    """The declared terms with their kinds."""
    found: dict[str, set[str]] = defaultdict(set)
    for s, p, o in ontology():
        if p.value == RDF + "type" and o.value.removeprefix(OWL) in KINDS:
            found[s.value].add(o.value.removeprefix(OWL))
    return dict(found)


def values(subject: str, predicate: str) -> list[ox.Literal | ox.NamedNode]:
    return [o for s, p, o in ontology() if s.value == subject and p.value == predicate]


def test_counts() -> None:
    ours = [kind for term, kinds in declared().items() if term.startswith(ENT) for kind in kinds]
    assert Counter(ours) == {"Class": 81, "ObjectProperty": 211, "DatatypeProperty": 73, "AnnotationProperty": 1}
    assert len(declared()) == len(ours) + 104


def test_header() -> None:
    assert [v.value for v in values(ONTOLOGY, OWL + "versionInfo")] == ["1.2.0"]
    assert [v.value for v in values(ONTOLOGY, OWL + "versionIRI")] == [f"{ONTOLOGY}/1.2.0"]
    assert [v.value for v in values(ONTOLOGY, OWL + "priorVersion")] == [f"{ONTOLOGY}/1.1.0"]
    assert [v.value for v in values(ONTOLOGY, DCTERMS + "license")] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert [v.value for v in values(ONTOLOGY, "http://purl.org/vocab/vann/preferredNamespaceUri")] == [ENT]
    for term in ("title", "description", "creator", "created", "modified"):
        assert len(values(ONTOLOGY, DCTERMS + term)) == 1
    assert not values(ONTOLOGY, OWL + "imports")
    assert "OWL 2 RL" in values(ONTOLOGY, SKOS + "scopeNote")[0].value


def test_every_term_is_documented() -> None:
    assert len(declared()) > 250
    for term, kinds in sorted(declared().items()):
        assert len(kinds) == 1, f"{term} is declared as {kinds}: punning"
        [label] = values(term, SKOS + "prefLabel")
        [definition] = values(term, SKOS + "definition")
        assert label.language == definition.language == "en", term
        assert definition.value.endswith("."), term
        assert definition.value == definition.value.strip(), term
        [source] = values(term, RDFS + "isDefinedBy")
        assert (source.value == ONTOLOGY) == term.startswith(ENT)
        assert not {label.value.lower(), definition.value.lower()} & {"", "todo"}


def test_labels_and_definitions_are_unique() -> None:
    for predicate in ("prefLabel", "definition"):
        seen = Counter(
            (next(iter(kinds)) == "Class", values(term, SKOS + predicate)[0].value)
            for term, kinds in declared().items()
            if term.startswith(ENT)
        )
        assert [text for text, number in seen.items() if number > 1] == []


def test_names_follow_the_convention() -> None:
    for term, kinds in declared().items():
        if term.startswith(ENT):
            pattern = r"[A-Z][A-Za-z]+" if kinds == {"Class"} else r"[a-z][A-Za-z0-9]*"
            assert re.fullmatch(pattern, term.removeprefix(ENT)), term


def test_central_classes_have_an_example() -> None:
    examples = {term: found for term in declared() if (found := values(term, SKOS + "example"))}
    assert len(examples) == 25
    assert {ENT + name for name in ("State", "Exercise", "ForceContribution", "Agreement", "Place", "Claim")} <= set(
        examples
    )
    for term, [example] in examples.items():
        assert declared()[term] == {"Class"}
        assert example.language == "en"
        assert example.value.endswith(".")


def test_codings_of_others_name_their_source() -> None:
    sources = {term: values(term, DCTERMS + "source") for term in declared() if values(term, DCTERMS + "source")}
    assert len(sources) == 51
    assert all(term.startswith(ENT) and len(found) == 1 for term, found in sources.items())


def test_axioms_keep_to_owl_2_rl() -> None:
    logical = [t for t in ontology() if t.predicate.value.startswith((OWL, RDFS))]
    annotations = {OWL + name for name in ("versionIRI", "versionInfo", "priorVersion")} | {RDFS + "isDefinedBy"}
    assert {t.predicate.value for t in logical} == RL_AXIOMS | annotations
    assert {t.object.value for t in ontology() if t.predicate.value == RDF + "type"} == RL_TYPES


def test_one_domain_and_one_range_at_most() -> None:
    for term in declared():
        assert len(values(term, RDFS + "domain")) < 2, f"{term}: several domains mean their intersection"
        assert len(values(term, RDFS + "range")) < 2, f"{term}: several ranges mean their intersection"


def test_no_class_is_above_itself() -> None:
    above: dict[str, set[str]] = defaultdict(set)
    for s, p, o in ontology():
        if p.value == RDFS + "subClassOf":
            above[s.value].add(o.value)
    for start, direct in list(above.items()):
        seen: set[str] = set()
        edge = set(direct)
        while edge:
            cls = edge.pop()
            assert cls != start, start
            edge |= above.get(cls, set()) - seen
            seen.add(cls)


def test_every_term_used_is_declared() -> None:
    namespaces = tuple({re.sub(r"[^/#]*$", "", term) for term in declared()})
    used = {
        node.value
        for triple in triples("*.ttl", "modules/*.ttl", "vocab/*.ttl", "reference/*.ttl")
        if triple.predicate.value != RDFS + "isDefinedBy"
        for node in triple
        if isinstance(node, ox.NamedNode) and node.value.startswith(namespaces)
    }
    assert len(used) > 250
    assert used <= set(declared())


def test_blank_nodes_are_labelled_chains_only() -> None:
    blank = {
        str(n)
        for t in triples("*.ttl", "modules/*.ttl", "vocab/*.ttl", "reference/*.ttl")
        for n in (t.subject, t.object)
        if isinstance(n, ox.BlankNode)
    }
    assert len(blank) == 12
    assert all("-then-" in node for node in blank)


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_turtle_is_formatted(path: Path) -> None:
    turtlefmt = Path(sys.executable).with_name("turtlefmt")
    run = subprocess.run([str(turtlefmt), "--check", str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"run: turtlefmt {path.relative_to(ROOT)}"


def test_turtle_files_are_all_there() -> None:
    assert len(TURTLE) == 94


def test_generated_module_is_current() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts/terms"), "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_generated_terms_are_frozen_and_complete() -> None:
    assert terms.ent.Exercise == ENT + "Exercise"
    assert {name for name in dir(terms.ent) if not name.startswith("_")} == {
        term.removeprefix(ENT) for term in declared() if term.startswith(ENT)
    }
    with pytest.raises(AttributeError):
        terms.ent.Exercise = terms.ent.Event  # type: ignore[misc]
