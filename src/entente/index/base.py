"""The base data that every graph starts from: ontology, vocabularies and reference entities."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from entente.model import BlankNode, Iri, Literal, Term, Triple, canonical_nquads
from entente.model.iri import BASE, DEFAULT_BASE
from entente.store.formats import parse

__all__ = ["BaseData", "load_base"]

_FOLDERS = {"ontology": ("*.ttl", "modules/*.ttl"), "vocab": ("vocab/*.ttl",), "reference": ("reference/*.ttl",)}
_IDS = f"{DEFAULT_BASE}id/"


@dataclass(frozen=True, slots=True)
class BaseData:
    """The base data by graph name (`ontology`, `vocab`, `reference`); `version` is a digest of all of it."""

    graphs: Mapping[str, frozenset[Triple]]
    version: str


def load_base(root: Path) -> BaseData:
    """Read the Turtle files below `root/ontology`.

    Entities are moved to the configured base IRI; terms of the ontology and the vocabularies keep theirs.
    """
    graphs = {
        name: frozenset(
            _placed(quad.triple, f"{name}-{path.stem}")
            for pattern in patterns
            for path in sorted((root / "ontology").glob(pattern))
            for quad in parse(path.read_bytes(), "text/turtle", base_iri=f"{DEFAULT_BASE}{path.name}", origin=str(path))
        )
        for name, patterns in _FOLDERS.items()
    }
    text = "".join(f"{name}\n{canonical_nquads(triples)}" for name, triples in sorted(graphs.items()))
    return BaseData(graphs, hashlib.sha256(text.encode()).hexdigest()[:16])


def _placed(triple: Triple, stem: str) -> Triple:
    subject, value = _term(triple.subject, stem), _term(triple.object, stem)
    assert not isinstance(subject, Literal)
    return Triple(subject, triple.predicate, value)


def _term(term: Term, stem: str) -> Term:
    """Move an entity to the configured base, and name a blank node (RDF 1.1 Concepts §3.5), since stores rename them."""
    if isinstance(term, BlankNode):
        return Iri(f"{DEFAULT_BASE}.well-known/genid/{stem}-{term}")
    if isinstance(term, Iri) and term.startswith(_IDS):
        return Iri(BASE + term[len(DEFAULT_BASE) :])
    return term
