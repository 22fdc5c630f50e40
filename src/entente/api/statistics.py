"""The description of the dataset that is served, counted once for each version of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from entente.engine import Engine
from entente.model import Iri, Literal, Store, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import dcterms
from entente.query.holdings import VOID, describe

__all__ = ["PREFIXES", "Statistics"]

PREFIXES: Mapping[str, str] = MappingProxyType({**VOCABULARIES, "void": VOID})


class Statistics:
    """The description of the default graph, made once for each version of the dataset that anybody asks about."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._known: tuple[int | None, str, tuple[Triple, ...]] | None = None

    def triples(self, root: str, title: str) -> tuple[Triple, ...]:
        """Describe the dataset that is served at a root address; blocks while it is counted."""
        with self._lock:
            version = self._engine.version
            if self._known is None or version is None or self._known[:2] != (version, root):
                self._known = (version, root, tuple(_describe(self._engine.store, root, title)))
            return self._known[2]


def _describe(store: Store, root: str, title: str) -> Iterator[Triple]:
    here = f"{root}/.well-known/void"
    dataset = Iri(f"{here}#dataset")
    yield Triple(dataset, dcterms.title, Literal(title))
    yield Triple(dataset, Iri(VOID + "sparqlEndpoint"), Iri(f"{root}/sparql"))
    yield from describe(store, here)
