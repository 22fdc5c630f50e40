"""The base data that every graph starts from: ontology, vocabularies and reference entities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from entente.model import BlankNode, Iri, Literal, Quad, Term, Triple
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
    graphs = {}
    digest = hashlib.sha256(BASE.encode())
    for name, patterns in _FOLDERS.items():
        triples: set[Triple] = set()
        for path in (path for pattern in patterns for path in sorted((root / "ontology").glob(pattern))):
            data = path.read_bytes()
            digest.update(f"{name}/{path.name}\n".encode() + data)
            quads = parse(data, "text/turtle", base_iri=f"{DEFAULT_BASE}{path.name}", origin=str(path))
            triples.update(_placed(quads, f"{name}-{path.stem}"))
        graphs[name] = frozenset(triples)
    return BaseData(graphs, digest.hexdigest()[:16])


def _placed(quads: Iterable[Quad], stem: str) -> Iterator[Triple]:
    for subject, predicate, value, _ in quads:
        if type(subject) is BlankNode or type(value) is BlankNode or BASE != DEFAULT_BASE:
            placed = _term(subject, stem)
            assert not isinstance(placed, Literal)
            yield Triple(placed, predicate, _term(value, stem))
        else:
            yield Triple(subject, predicate, value)


def _term(term: Term, stem: str) -> Term:
    """Move an entity to the configured base, and name a blank node (RDF 1.1 Concepts §3.5), since stores rename them."""
    if isinstance(term, BlankNode):
        return Iri(f"{DEFAULT_BASE}.well-known/genid/{stem}-{term}")
    if isinstance(term, Iri) and term.startswith(_IDS):
        return Iri(BASE + term[len(DEFAULT_BASE) :])
    return term
