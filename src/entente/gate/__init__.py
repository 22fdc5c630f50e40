"""The gate: SHACL validation, its reports, and the quarantine for what it refuses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from entente.gate.quarantine import FolderQuarantine, HeldArticle
from entente.gate.report import as_data, as_lines, as_triples
from entente.gate.shacl import Engine, Progress, ShaclGate, Shapes
from entente.model import BlankNode, Quad, Triple
from entente.store.formats import media_type_of, parse

__all__ = [
    "Engine",
    "FolderQuarantine",
    "HeldArticle",
    "Progress",
    "ShaclGate",
    "Shapes",
    "as_data",
    "as_lines",
    "as_triples",
    "load_shapes",
    "read_shapes",
]


def load_shapes(files: Iterable[Path], ontology: Iterable[Triple] = (), engine: Engine = Engine.COMPILED) -> Shapes:
    """Read shapes from RDF files, each with blank nodes of its own.

    `ontology` gives the class tree, `engine` what runs the shapes.
    Raises InputError for a file that cannot be read.
    """
    return Shapes(read_shapes(files), ontology, engine)


def read_shapes(files: Iterable[Path]) -> list[Triple]:
    """Read the triples of shapes from RDF files, each with blank nodes of its own.

    Raises InputError for a file that cannot be read.
    """
    triples = []
    for number, path in enumerate(sorted(files)):
        for quad in parse(path.read_bytes(), media_type_of(path.name), origin=str(path)):
            triples.append(_apart(quad, f"f{number}"))
    return triples


def _apart(quad: Quad, stem: str) -> Triple:
    subject, value = (BlankNode(f"{stem}{t}") if isinstance(t, BlankNode) else t for t in (quad.subject, quad.object))
    return Triple(subject, quad.predicate, value)  # type: ignore[arg-type]
