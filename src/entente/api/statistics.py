"""What the served dataset holds, counted once for each version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from entente.api.keeping import Kept
from entente.api.signposts import LICENSE
from entente.engine import Engine
from entente.model import Iri, Literal, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import dcterms
from entente.query.holdings import VOID, Holdings, Summary, count, describe, summarise

__all__ = ["PREFIXES", "Statistics", "describe_holdings"]

PREFIXES: Mapping[str, str] = MappingProxyType({**VOCABULARIES, "void": VOID})


class Statistics:
    """The numbers of an engine's dataset, counted once for each version that anybody asks about.

    Where counting takes long, they are those of an earlier version until they have been counted anew, so that nobody waits.
    """

    def __init__(self, engine: Engine) -> None:
        self._summary = Kept(engine, summarise, behind=True)
        self._holdings = Kept(engine, count, behind=True)

    def summary(self) -> Summary:
        """Give the summary; blocks while it is counted for the first time.

        Raises StoreError 871 where a large dataset has not been counted yet.
        """
        return self._summary.get()

    def known(self) -> Summary:
        """Give the summary, or one of nothing and of no version until a large dataset is counted."""
        return self._summary.known(Summary(None, {}, ()))[1]

    def holdings(self) -> Holdings:
        """Give all numbers; blocks while they are counted for the first time. Raises StoreError 871 as summary() does."""
        return self._holdings.get()


def describe_holdings(holdings: Holdings, root: str, title: str) -> Iterator[Triple]:
    """Describe the dataset that is served at a root address."""
    here = f"{root}/.well-known/void"
    dataset = Iri(f"{here}#dataset")
    yield Triple(dataset, dcterms.title, Literal(title))
    yield Triple(dataset, dcterms.license, Iri(LICENSE))
    yield Triple(dataset, Iri(VOID + "sparqlEndpoint"), Iri(f"{root}/sparql"))
    yield from describe(holdings, here, dumps=f"{root}/linksets")
