"""RDF stores behind SPARQL 1.1, and the formats that RDF and answers are written in."""

from __future__ import annotations

from pathlib import Path

from entente.errors import InputError, StoreError
from entente.model.iri import graph
from entente.model.protocols import Store
from entente.store.address import Address, is_address, local_folder, read_address, require_folder
from entente.store.formats import (
    GRAPH_SUFFIXES,
    GRAPH_TYPES,
    RESULT_TYPES,
    choose,
    media_type_of,
    parse,
    serialise,
)
from entente.store.oxigraph import OxigraphStore
from entente.store.queries import read_answer
from entente.store.question import Begin, Question
from entente.store.remote import RemoteStore
from entente.store.scratch import Scratch, check_select
from entente.store.sparql import check_update

__all__ = [
    "GRAPH_SUFFIXES",
    "GRAPH_TYPES",
    "RESULT_TYPES",
    "Begin",
    "OxigraphStore",
    "Question",
    "RemoteStore",
    "Scratch",
    "check_select",
    "choose",
    "is_address",
    "local_folder",
    "media_type_of",
    "open_store",
    "parse",
    "read_answer",
    "require_folder",
    "run_update",
    "serialise",
]


def open_store(location: str) -> Store:
    """Open the store at a folder path, at the http(s) URL of a SPARQL endpoint, or in memory for `memory:`.

    A URL may begin with `sparql+`; read_address tells what else may stand in it.
    Raises StoreError for a folder that is in use or holds something else, and for an endpoint that cannot be reached.
    """
    if location == "memory:":
        return OxigraphStore(None)
    if is_address(location):
        return _open_remote(read_address(location))
    if not location:
        raise InputError(106, "the location of the store is empty", "give a folder, an http(s) URL or 'memory:'")
    return OxigraphStore(Path(location))


def run_update(store: Store, text: str) -> None:
    """Run a SPARQL update of somebody's own, whole or not at all.

    Raises QueryError for a text that cannot be read and for SERVICE and LOAD, StoreError for a store that takes no updates.
    """
    check_update(text)
    if not isinstance(store, OxigraphStore | RemoteStore):
        raise StoreError(805, f"{type(store).__name__} takes no updates", "name a folder or an endpoint: --store")
    store.update(text)


def _open_remote(address: Address) -> RemoteStore:
    """Open an endpoint; Virtuoso's default graph is the union of all graphs, so that a graph of ours must stand for it."""
    store = RemoteStore(address.query_url, address.update_url, address.auth, default_graph=address.default_graph)
    if address.default_graph is None and "virtuoso" in store.server():
        return RemoteStore(address.query_url, address.update_url, address.auth, default_graph=graph("default"))
    return store
