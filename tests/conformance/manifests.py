"""Reads the W3C's test manifests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

__all__ = ["Request", "entries", "every", "items", "load", "one", "requests_of", "text"]

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "mf": "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "qt": "http://www.w3.org/2001/sw/DataAccess/tests/test-query#",
    "ut": "http://www.w3.org/2009/sparql/tests/test-update#",
    "cnt": "http://www.w3.org/2011/content#",
    "ht": "http://www.w3.org/2011/http#",
}


def load(path: Path) -> ox.Store:
    """A manifest as a store, with file IRIs."""
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
    return store


def every(store: ox.Store, subject: Any, path: str) -> list[Any]:
    """What a path of predicates, such as `ht:body/cnt:chars`, leads to."""
    found = [subject]
    for step in path.split("/"):
        space, _, name = step.partition(":")
        predicate = ox.NamedNode(SPACES[space] + name)
        found = [quad.object for node in found for quad in store.quads_for_pattern(node, predicate, None)]
    return found


def one(store: ox.Store, subject: Any, path: str) -> Any:
    """The one thing that a path leads to, or None."""
    return next(iter(every(store, subject, path)), None)


def text(store: ox.Store, subject: Any, path: str) -> str | None:
    """The text of the one thing that a path leads to, or None."""
    found = one(store, subject, path)
    return None if found is None else str(found.value)


def items(store: ox.Store, head: Any) -> Iterator[Any]:
    """The members of an RDF list."""
    while head is not None and head != ox.NamedNode(SPACES["rdf"] + "nil"):
        yield one(store, head, "rdf:first")
        head = one(store, head, "rdf:rest")


def entries(store: ox.Store) -> list[tuple[str, Any]]:
    """The tests of a manifest in order, with their short names."""
    [head] = [quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(SPACES["mf"] + "entries"), None)]
    return [(test.value.rpartition("#")[2], test) for test in items(store, head)]


@dataclass
class Request:
    """A request of a protocol test, and what is expected of its answer."""

    method: str
    path: str
    body: str | None
    encoding: str
    headers: dict[str, str] = field(default_factory=dict)
    statuses: set[str] = field(default_factory=set)
    boolean: str | None = None
    format: str | None = None
    location: str | None = None
    expected_body: str | None = None


def requests_of(store: ox.Store, test: Any) -> list[Request]:
    """The requests of a protocol test, in order."""
    found = []
    for node in items(store, one(store, test, "mf:action/ht:requests")):
        reply = one(store, node, "ht:resp")
        headers = items(store, one(store, node, "ht:headers"))
        found.append(
            Request(
                str(text(store, node, "ht:methodName")),
                str(text(store, node, "ht:absolutePath")),
                text(store, node, "ht:body/cnt:chars"),
                text(store, node, "ht:body/cnt:characterEncoding") or "utf-8",
                {str(text(store, each, "ht:fieldName")): str(text(store, each, "ht:fieldValue")) for each in headers},
                {status.value.rpartition("#")[2] for status in every(store, reply, "mf:expectedStatus")},
                text(store, reply, "mf:expectedBoolean"),
                text(store, reply, "mf:expectedFormat"),
                text(store, reply, "mf:expectedLocation"),
                text(store, reply, "ht:body/cnt:chars"),
            )
        )
    return found
