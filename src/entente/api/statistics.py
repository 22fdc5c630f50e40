"""What the served dataset holds, counted once for each version."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

from entente.api.signposts import LICENSE
from entente.engine import Engine
from entente.errors import Error
from entente.model import Iri, Literal, Store, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import dcterms
from entente.query.holdings import VOID, Holdings, Summary, count, describe, summarise

__all__ = ["PREFIXES", "Statistics", "describe_holdings"]

PREFIXES: Mapping[str, str] = MappingProxyType({**VOCABULARIES, "void": VOID})
_QUICK = 0.5
_log = logging.getLogger(__name__)

_Found = TypeVar("_Found", bound=Summary)


class Statistics:
    """The numbers of an engine's dataset, counted once for each version that anybody asks about.

    Where counting takes long, they are those of an earlier version until they have been counted anew, so that nobody waits.
    """

    def __init__(self, engine: Engine) -> None:
        self._summary = _Counted(engine, summarise)
        self._holdings = _Counted(engine, count)

    def summary(self) -> Summary:
        """Give the summary; blocks while it is counted for the first time."""
        return self._summary.get()

    def holdings(self) -> Holdings:
        """Give all numbers; blocks while they are counted for the first time."""
        return self._holdings.get()


class _Counted(Generic[_Found]):
    def __init__(self, engine: Engine, count: Callable[[Store, int | None], _Found]) -> None:
        self._engine = engine
        self._count = count
        self._lock = threading.Lock()
        self._known: _Found | None = None
        self._seconds = 0.0
        self._thread: threading.Thread | None = None

    def get(self) -> _Found:
        with self._lock:
            known, version = self._known, self._engine.version
            if known is not None and version is not None and known.version == version:
                return known
            if known is None or self._seconds < _QUICK:
                return self._renew()
            if self._thread is None:
                self._thread = threading.Thread(target=self._renew_behind, daemon=True)
                self._thread.start()
            return known

    def _renew_behind(self) -> None:
        try:
            self._renew()
        except Error as error:
            # The store may have been closed meanwhile; who asks next is told of what stays wrong.
            _log.warning("the dataset was not counted: %s", error)
        finally:
            with self._lock:
                self._thread = None

    def _renew(self) -> _Found:
        # Time of this thread only, so that a busy machine does not make a small dataset look large.
        began = time.thread_time()
        known = self._count(self._engine.store, self._engine.version)
        self._known, self._seconds = known, time.thread_time() - began
        return known


def describe_holdings(holdings: Holdings, root: str, title: str) -> Iterator[Triple]:
    """Describe the dataset that is served at a root address."""
    here = f"{root}/.well-known/void"
    dataset = Iri(f"{here}#dataset")
    yield Triple(dataset, dcterms.title, Literal(title))
    yield Triple(dataset, dcterms.license, Iri(LICENSE))
    yield Triple(dataset, Iri(VOID + "sparqlEndpoint"), Iri(f"{root}/sparql"))
    yield from describe(holdings, here, dumps=f"{root}/linksets")
