"""The RDF documents that the arguments of a command name: files, folders, standard input, graphs of the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from entente.cli.session import Session
from entente.errors import InputError
from entente.gate.locations import RdfDocument
from entente.model import Iri
from entente.query import expand
from entente.store import GRAPH_SUFFIXES, media_type_of

__all__ = ["read_documents"]


def read_documents(session: Session, names: Sequence[str], input_format: str | None = None) -> list[RdfDocument]:
    """Read all that the names stand for; blank nodes get names that differ from one document to the next.

    `input_format` is the suffix that stands for the format of standard input, named `-`.
    Raises InputError for what is not there or cannot be parsed.
    """
    documents: list[RdfDocument] = []
    for name in names:
        for path in _paths(name):
            documents.append(_file(path, len(documents)))
        if name == "-":
            documents.append(_standard_input(input_format, len(documents)))
        elif not Path(name).exists():
            documents.append(_graph(session, name))
    return documents


def _paths(name: str) -> Iterator[Path]:
    """The file of that name, or the RDF files of the folder of that name."""
    path = Path(name)
    if name == "-" or not path.exists():
        return
    if not path.is_dir():
        yield path
        return
    suffixes = [f".{suffix}" for suffix in GRAPH_SUFFIXES]
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in suffixes and file.is_file())
    if not found:
        raise InputError(172, f"{path} holds no RDF files", f"their names end in {', '.join(suffixes)}")
    yield from found


def _file(path: Path, number: int) -> RdfDocument:
    media_type = media_type_of(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(129, f"{path} cannot be read: {error.strerror}", "check the path and its permissions") from error
    return RdfDocument.read(str(path), data, media_type, _stem(number))


def _standard_input(input_format: str | None, number: int) -> RdfDocument:
    if input_format is None:
        raise InputError(173, "the format of standard input is unknown", "give --input-format ttl, or another")
    return RdfDocument.read("standard input", sys.stdin.buffer.read(), GRAPH_SUFFIXES[input_format], _stem(number))


def _graph(session: Session, name: str) -> RdfDocument:
    try:
        iri = expand(name) or Iri(name)
    except ValueError as error:
        hint = "check the path; a graph of the store is written like graph:article/interaction-001"
        raise InputError(174, f"there is no file, folder or graph named {name!r}", hint) from error
    with session.store() as store:
        if iri not in store.graphs():
            raise InputError(124, f"there is no graph {iri}", "see: entente stats")
        return RdfDocument(iri, tuple(store.quads(graph=iri)))


def _stem(number: int) -> str:
    return f"d{number}-" if number else ""
