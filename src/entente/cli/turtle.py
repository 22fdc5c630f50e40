"""Reads the RDF files that a command is pointed at, or the ontology that comes with Entente."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from entente import resources
from entente.errors import InputError
from entente.model import BlankNode, Literal, Term, Triple
from entente.model.iri import DEFAULT_BASE
from entente.store import media_type_of, parse

__all__ = ["bundled", "read_files"]

_PARTS = ("*.ttl", "modules/*.ttl", "vocab/*.ttl", "reference/*.ttl")


def bundled(*, data: bool = True) -> tuple[Path, ...]:
    """The files of the ontology that comes with Entente, with its vocabularies and reference data or without."""
    folder = resources.folder("ontology")
    return tuple(path for pattern in _PARTS[: None if data else 2] for path in sorted(folder.glob(pattern)))


def read_files(paths: Iterable[Path]) -> frozenset[Triple]:
    """Read files, and all Turtle files of folders; blank nodes of different files stay different.

    Raises InputError 129 for a file that cannot be read and for a folder without Turtle files.
    """
    found: set[Triple] = set()
    for number, path in enumerate(_files(paths)):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                129, f"{path} cannot be read: {error.strerror}", "check the path and its permissions"
            ) from error
        quads = parse(data, media_type_of(path.name), base_iri=f"{DEFAULT_BASE}{path.name}", origin=str(path))
        for subject, predicate, value, _ in quads:
            node = _own(subject, number)
            assert not isinstance(node, Literal)
            found.add(Triple(node, predicate, _own(value, number)))
    return frozenset(found)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(path.rglob("*.ttl"))
        if not inside:
            raise InputError(129, f"{path} holds no Turtle files", "name a folder with *.ttl files")
        yield from inside


def _own(term: Term, number: int) -> Term:
    return BlankNode(f"f{number}-{term}") if isinstance(term, BlankNode) else term
