"""RDF stores behind SPARQL 1.1, and the formats that RDF and answers are written in."""

from __future__ import annotations

from pathlib import Path

from entente.errors import InputError
from entente.model.protocols import Store
from entente.store.formats import (
    GRAPH_TYPES,
    RESULT_TYPES,
    choose,
    media_type_of,
    parse,
    serialise,
)
from entente.store.oxigraph import OxigraphStore
from entente.store.question import Begin, Question
from entente.store.remote import RemoteStore
from entente.store.scratch import Scratch, check_select

__all__ = [
    "GRAPH_TYPES",
    "RESULT_TYPES",
    "Begin",
    "OxigraphStore",
    "Question",
    "RemoteStore",
    "Scratch",
    "check_select",
    "choose",
    "media_type_of",
    "open_store",
    "parse",
    "serialise",
]


def open_store(location: str) -> Store:
    """Open the store at a folder path, at the http(s) URL of a SPARQL endpoint, or in memory for `memory:`.

    The URL of an endpoint may also be written `sparql+http://`.

    A URL opens the endpoint for reading; make a RemoteStore with an `update_url` to write.
    Raises StoreError for a folder that is in use or holds something else.
    """
    if location == "memory:":
        return OxigraphStore(None)
    url = location.removeprefix("sparql+")
    if url.startswith(("http://", "https://")):
        return RemoteStore(url)
    if not location:
        raise InputError(106, "the location of the store is empty", "give a folder, an http(s) URL or 'memory:'")
    return OxigraphStore(Path(location))
