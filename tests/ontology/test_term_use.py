"""Every term of the ontology is used by a shape, query, loader or the data, follows from one, or is marked as for users."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from entente.model.iri import NS

ROOT = Path(__file__).parents[2]
USERS = (
    *("shapes/**/*.ttl", "queries/**/*.rq", "ontology/reference/*.ttl", "ontology/vocab/*.ttl", "scripts/tables.py"),
    *("loaders/entente_loaders/**/*.py", "loaders/entente_loaders/**/*.yaml", "src/entente/**/*.py"),
)
OWL = "http://www.w3.org/2002/07/owl#"
USAGE_NOTE = "http://purl.org/vocab/vann/usageNote"
"""The mark of a term that nothing of ours states or asks for; it says for what users may want it."""

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
KINDS = {f"{OWL}{kind}" for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}


def axioms() -> list[tuple[str, str, str]]:
    files = chain(ROOT.glob("ontology/entente.ttl"), sorted(ROOT.glob("ontology/modules/*.ttl")))
    parsed = chain.from_iterable(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE) for path in files)
    return [(str(t.subject.value), t.predicate.value, str(getattr(t.object, "value", ""))) for t in parsed]  # type: ignore[union-attr]


def mentioned() -> set[str]:
    # The module of all terms mentions each of them.
    paths = [path for pattern in USERS for path in ROOT.glob(pattern) if path.name != "terms.py"]
    assert len(paths) > 300
    return {f"{NS}{name}" for path in paths for name in re.findall(r"\bent[:.](\w+)", path.read_text(encoding="utf-8"))}


def test_every_term_is_used_or_for_users() -> None:
    ontology = axioms()
    declared = {subject for subject, _, kind in ontology if kind in KINDS and subject.startswith(NS)}
    assert len(declared) > 300
    used = mentioned()
    # What queries/rules publishes of what is stated: inverses, and classes and properties up the tree.
    follows = [(s, o) for s, p, o in ontology if p in {f"{RDFS}subClassOf", f"{RDFS}subPropertyOf", f"{OWL}inverseOf"}]
    follows += [(o, s) for s, p, o in ontology if p == f"{OWL}inverseOf"]
    while fresh := {then for given, then in follows if given in used and then not in used}:
        used |= fresh
    for_users = {subject for subject, predicate, _ in ontology if predicate == USAGE_NOTE and subject in declared}
    assert for_users
    assert sorted(declared - used) == sorted(for_users)
