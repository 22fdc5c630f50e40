"""Exports in the form of another data set or standard, beside the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from entente.export import mme, nanopub, plover, reifiers
from entente.model import Store
from entente.query import Catalogue, Column, Loss

__all__ = ["DOCUMENTS", "Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """An export of one form: what it is, what it is made of, what it loses, and how it is written."""

    name: str
    summary: str
    about: str
    suffix: str
    fields: tuple[Column, ...]
    losses: tuple[Loss, ...]
    write: Callable[[Catalogue, Store], bytes]


DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        document.name: document
        for document in (
            Document(
                "plover",
                "events as PLOVER 0.8 records, one JSON object a line",
                plover.ABOUT,
                "jsonl",
                plover.FIELDS,
                plover.LOSSES,
                plover.write,
            ),
            Document(
                "mme",
                "exercises in the columns of Multinational Military Exercises, version 7",
                mme.ABOUT,
                "csv",
                mme.FIELDS,
                mme.LOSSES,
                mme.write,
            ),
            Document(
                "nanopub", "claims as nanopublications, in TriG", nanopub.ABOUT, "trig", (), nanopub.LOSSES, nanopub.write
            ),
            Document(
                "rdf12",
                "articles' graphs with claims as reifiers of RDF 1.2, in N-Quads",
                reifiers.ABOUT,
                "nq",
                (),
                reifiers.LOSSES,
                reifiers.write,
            ),
        )
    }
)
"""The documents by name."""
