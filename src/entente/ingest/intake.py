"""Takes articles into a store in batches, passing over those that the journal knows to be done."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from entente.errors import ArticleError
from entente.gate import FolderQuarantine
from entente.ingest.entries import Entry, Run, input_digest, reason, said
from entente.ingest.examiners import Examined, Examiner, Planned
from entente.ingest.journal import Journal
from entente.model import Delta, Quarantine, Sink, Store, canonical_nquads
from entente.model.iri import digest, graph
from entente_loaders.pipeline import Finding, Item, Outcome, OutcomeKind, settle, unreadable
from entente_loaders.sources import Afterwards

__all__ = ["BATCH", "Intake"]

_LOG = logging.getLogger(__name__)

BATCH = 1024
"""Articles that are put into the store as one change: the more, the less the engine has to merge again and again."""
_LONGEST = 30.0
"""Seconds after which a batch is put into the store though it is not full."""
_LOOKED_UP = 64
"""Articles that are looked up in journal and store at once."""

_ACCEPTED = frozenset({OutcomeKind.ADDED, OutcomeKind.REPLACED, OutcomeKind.UNCHANGED})


@dataclass(frozen=True, slots=True)
class Intake:
    """The one writer of a store and its journal.

    `versions` is the digest of what articles are worked out with. `examiner` and `sink` are made only when there is an
    article to examine, which takes a second. With `again` every article is examined, whatever the journal says; with
    `dry_run` nothing is written, and no journal is read.
    """

    store: Store
    journal: Journal
    run: Run
    quarantine: Quarantine
    versions: str
    examiner: Callable[[], Examiner]
    sink: Callable[[], Sink]
    resumed: bool = False
    again: bool = False
    dry_run: bool = False

    def take(self, items: Iterable[Planned | ArticleError]) -> Iterator[Outcome]:
        """Take articles in, in their order, and yield what became of each once that is certain to stay.

        What comes as an outcome is given on as it is; what is to be done afterwards is done, unless nothing is written.
        """
        batch: list[tuple[Item, Finding]] = []
        slugs: set[str] = set()
        begun = time.monotonic()
        for each in self._examined(items):
            passing = isinstance(each, Outcome | Afterwards)
            repeated = not isinstance(each, Outcome | Afterwards) and each[1].slug in slugs
            if batch and (passing or repeated or len(batch) == BATCH or time.monotonic() - begun > _LONGEST):
                yield from self._settle(batch)
                batch, slugs = [], set()
            if isinstance(each, Outcome):
                yield each
                continue
            if isinstance(each, Afterwards):
                if not self.dry_run:
                    each.action()
                continue
            _LOG.debug("examined %s", each[1].slug)
            if not batch:
                begun = time.monotonic()
            batch.append(each)
            slugs.add(each[1].slug)
        if batch:
            yield from self._settle(batch)

    def reconsider(self, quarantine: FolderQuarantine) -> Iterator[Outcome]:
        """Take up again what is in quarantine from before a change of what the same extractor's articles rest on."""
        slugs = [held.slug for held in quarantine]
        entries = self.journal.entries(slugs)
        extractor = self.versions.rpartition(":")[0]
        stale = [
            slug
            for slug in slugs
            if slug not in entries
            or (entries[slug].versions != self.versions and entries[slug].versions.rpartition(":")[0] == extractor)
        ]
        yield from self.take(quarantine.get(slug).item() for slug in stale)

    def _examined(self, items: Iterable[Planned | ArticleError]) -> Iterator[Examined]:
        """Examine what needs it; nothing is made as long as nothing does."""
        planned = self._planned(items)
        for each in planned:
            if isinstance(each, Item):
                yield from self.examiner().examine(chain((each,), planned))
            else:
                yield each

    def _planned(self, items: Iterable[Planned | ArticleError]) -> Iterator[Planned]:
        source = iter(items)
        while chunk := list(islice(source, _LOOKED_UP)):
            fresh = [each for each in chunk if isinstance(each, Item)]
            known: Iterator[Outcome | None] = iter(())
            if not (self.dry_run or self.again):
                known = iter(self.known([(each.slug, each.origin, input_digest(each)) for each in fresh]))
            for item in chunk:
                if isinstance(item, ArticleError):
                    yield unreadable(item)
                elif isinstance(item, Item):
                    yield next(known, None) or item
                else:
                    yield item

    def known(self, items: Sequence[tuple[str, str, str]]) -> list[Outcome | None]:
        """The outcomes of articles, each given as slug, origin and digest of its input; None for what must be examined."""
        entries = self.journal.entries([slug for slug, _, _ in items])
        stored = self._stored([e.slug for e in entries.values() if e.graph is not None])
        known: list[Outcome | None] = []
        for slug, origin, given in items:
            entry, kind = entries.get(slug), None
            if entry is not None and entry.versions == self.versions and entry.input == given:
                if self.resumed and entry.run == self.run.id:
                    kind = entry.outcome
                elif entry.outcome in _ACCEPTED:
                    kind = OutcomeKind.UNCHANGED if slug in stored else None
                elif entry.outcome is OutcomeKind.FAILED or slug in self.quarantine:
                    kind = entry.outcome
            known.append(_outcome(origin, entry, kind) if entry and kind else None)
        return known

    def _stored(self, slugs: Sequence[str]) -> set[str]:
        """Those of the articles whose graph the store really holds."""
        if not slugs:
            return set()
        names = {graph("article", slug): slug for slug in slugs}
        values = " ".join(name.n3() for name in names)
        rows = self.store.select(
            f"SELECT ?g WHERE {{ VALUES ?g {{ {values} }} FILTER EXISTS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
        ).rows
        return {slug for name, slug in names.items() if (name,) in set(rows)}

    def _settle(self, batch: list[tuple[Item, Finding]]) -> Iterator[Outcome]:
        if self.dry_run:
            yield from settle(batch, sink=self.sink(), quarantine=self.quarantine, dry_run=True)
            return
        sink = self.sink()
        self.journal.forget(found.slug for _, found in batch)
        _LOG.debug("putting %d articles into the store", len(batch))
        outcomes = settle(batch, sink=sink, quarantine=self.quarantine)
        entries = [
            self._entry(item, found, outcome)
            for (item, found), outcome in zip(batch, outcomes, strict=True)
            if not found.passing
        ]
        _LOG.debug("put %d articles into the store", len(batch))
        self.journal.record(entries)
        _LOG.info("committed %d articles, from %s to %s", len(batch), batch[0][1].slug, batch[-1][1].slug)
        yield from outcomes

    def _entry(self, item: Item, found: Finding, outcome: Outcome) -> Entry:
        accepted = outcome.kind in _ACCEPTED and found.delta is not None
        return Entry(
            found.slug,
            input_digest(item),
            self.versions,
            _graph_digest(found.delta) if accepted and found.delta else None,
            outcome.kind,
            reason(outcome.error),
            found.claims,
            found.events,
            found.rejected,
            self.run.id,
            said(item),
        )


def _graph_digest(delta: Delta) -> str:
    return digest(canonical_nquads(delta.triples), length=64)


def _outcome(origin: str, entry: Entry, kind: OutcomeKind) -> Outcome:
    return Outcome(origin, entry.slug, kind, entry.claims, entry.events, entry.error(), rejected=entry.rejected)
