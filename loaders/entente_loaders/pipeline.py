"""The steps in order: article, document, extraction, resolution, delta, gate, graph or quarantine."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from entente.errors import ArticleError, Error, RefusedError
from entente.model import (
    Article,
    Delta,
    Document,
    EntityIndex,
    Extractor,
    Gate,
    GateReport,
    Held,
    Quarantine,
    Resolution,
    Sink,
)
from entente_loaders.assemble import assemble
from entente_loaders.resolve import resolve
from entente_loaders.text import read

__all__ = ["Finding", "Item", "Outcome", "OutcomeKind", "Steps", "ingest", "prepare", "settle", "unreadable"]

_LOG = logging.getLogger(__name__)

Item = Article | Delta
"""What can be taken in: an article, or the graph of one that a source has assembled itself."""


class OutcomeKind(StrEnum):
    """What became of an article."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the steps before the store made of one article: its graph and what the gate says of it, or why there is none.

    `rejected` counts the slots that the extractor proposed and that the text does not bear out. A failure is `passing` when
    another try may end otherwise.
    """

    origin: str
    slug: str
    claims: int = 0
    events: int = 0
    rejected: int = 0
    delta: Delta | None = None
    report: GateReport | None = None
    error: Error | None = None
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article, with the reasons where it did not go in."""

    origin: str
    slug: str | None
    kind: OutcomeKind
    claims: int = 0
    events: int = 0
    error: Error | None = None
    report: GateReport | None = None
    delta: Delta | None = None
    rejected: int = 0
    """How many slots the extractor proposed that the text does not bear out."""


def prepare(article: Article, extractor: Extractor, index: EntityIndex) -> tuple[Document, Resolution, Delta]:
    """Take one article through the steps that depend on nothing but the article and the reference data."""
    document = read(article)
    resolution = resolve(extractor.extract(document), index)
    return document, resolution, assemble(resolution)


@dataclass(frozen=True, slots=True)
class Steps:
    """All that an article goes through before the store; what they make of one depends on no other."""

    extractor: Extractor
    index: EntityIndex
    gate: Gate

    def examine(self, item: Item) -> Finding:
        """Take an article through all steps but the last; a mistake of ours in one article is that article's failure."""
        try:
            if isinstance(item, Delta):
                return Finding(item.origin, item.slug, delta=item, report=self.gate.check(item.triples))
            _, resolution, delta = prepare(item, self.extractor, self.index)
            found = resolution.extraction
            return Finding(
                item.origin,
                item.slug,
                claims=sum(len(event.claims) for event in found.events) + len(found.relations),
                events=len(found.events),
                rejected=len(found.rejected),
                delta=delta,
                report=self.gate.check(delta.triples),
            )
        except ArticleError as error:
            return Finding(item.origin, item.slug, error=error)
        except (Error, MemoryError):
            raise
        except Exception as error:
            _LOG.debug("%s failed", item.origin, exc_info=True)
            failure = ArticleError(
                251,
                f"{item.origin}: cannot be worked through ({type(error).__name__}: {error})",
                "this is a bug of Entente's; please report it with the traceback that --verbose --workers 1 shows",
            )
            return Finding(item.origin, item.slug, error=failure, passing=True)


def settle(
    batch: Sequence[tuple[Item, Finding]], *, sink: Sink, quarantine: Quarantine, dry_run: bool = False
) -> list[Outcome]:
    """Put what passed into the graph, in one step, and the rest into quarantine; no article may stand in a batch twice.

    What is refused leaves the graph as it was. With `dry_run` nothing is written anywhere.
    """
    outcomes = [_outcome(found, sink) for _, found in batch]
    if dry_run:
        return outcomes
    fresh = {OutcomeKind.ADDED, OutcomeKind.REPLACED}
    sink.put_all([outcome.delta for outcome in outcomes if outcome.kind in fresh and outcome.delta is not None])
    for (item, found), outcome in zip(batch, outcomes, strict=True):
        if outcome.kind is OutcomeKind.REFUSED and found.delta is not None and found.report is not None:
            quarantine.hold(found.delta, found.report, item if isinstance(item, Article) else None)
        elif outcome.kind is not OutcomeKind.FAILED:
            quarantine.release(found.slug)
    return outcomes


def _outcome(found: Finding, sink: Sink) -> Outcome:
    error = found.error
    if found.delta is None or found.report is None:
        kind = OutcomeKind.FAILED
    elif not found.report.passed:
        kind, error = OutcomeKind.REFUSED, _refusal(found, found.report)
    else:
        kinds = {Held.NOTHING: OutcomeKind.ADDED, Held.SAME: OutcomeKind.UNCHANGED, Held.OTHER: OutcomeKind.REPLACED}
        kind = kinds[sink.held(found.delta)]
    return Outcome(
        found.origin, found.slug, kind, found.claims, found.events, error, found.report, found.delta, found.rejected
    )


def unreadable(error: ArticleError) -> Outcome:
    """The outcome of what a source could not read."""
    return Outcome(error.message.split(":", 1)[0], None, OutcomeKind.FAILED, error=error)


def ingest(
    articles: Iterable[Item | ArticleError],
    *,
    extractor: Extractor,
    index: EntityIndex,
    gate: Gate,
    sink: Sink,
    quarantine: Quarantine,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Take articles into the graph one by one, yielding what became of each.

    An article that cannot be read fails, one that the gate refuses goes to quarantine; neither touches the graph nor
    stops the rest. With `dry_run` nothing is written anywhere.
    """
    steps = Steps(extractor, index, gate)
    for item in articles:
        if isinstance(item, ArticleError):
            yield unreadable(item)
        else:
            yield from settle([(item, steps.examine(item))], sink=sink, quarantine=quarantine, dry_run=dry_run)


def _refusal(found: Finding, report: GateReport) -> RefusedError:
    if not report.checked:
        return RefusedError(402, f"{found.origin}: the gate found nothing to check", "see: entente quarantine list")
    first = report.refusals[0]
    more = f" (and {len(report.refusals) - 1} more)" if len(report.refusals) > 1 else ""
    return RefusedError(401, f"{found.origin}: {first.message}{more}", f"see: entente quarantine explain {found.slug}")
