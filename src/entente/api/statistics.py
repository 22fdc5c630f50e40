"""What the served dataset holds: classes, properties, links, in VoID."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from entente.api.signposts import LICENSE
from entente.engine import Engine
from entente.model import Iri, Literal, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import dcterms
from entente.query.holdings import VOID, Holdings, count, describe

__all__ = ["PREFIXES", "Statistics", "describe_holdings"]

PREFIXES: Mapping[str, str] = MappingProxyType({**VOCABULARIES, "void": VOID})


class Statistics:
    """Counts the served dataset, once for each of its versions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._known: Holdings | None = None

    def holdings(self) -> Holdings:
        """Give what the dataset as it is holds; blocks while it is counted."""
        with self._lock:
            version = self._engine.version
            if self._known is None or version is None or self._known.version != version:
                self._known = count(self._engine.store, version)
            return self._known


def describe_holdings(holdings: Holdings, root: str, title: str) -> Iterator[Triple]:
    """Describe the dataset that is served at a root address."""
    here = f"{root}/.well-known/void"
    dataset = Iri(f"{here}#dataset")
    yield Triple(dataset, dcterms.title, Literal(title))
    yield Triple(dataset, dcterms.license, Iri(LICENSE))
    yield Triple(dataset, Iri(VOID + "sparqlEndpoint"), Iri(f"{root}/sparql"))
    yield from describe(holdings, here, dumps=f"{root}/linksets")
