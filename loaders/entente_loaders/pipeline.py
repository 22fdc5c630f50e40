"""The steps in order: article, document, extraction, resolution, delta, gate, graph or quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

__all__ = ["Outcome", "OutcomeKind", "ingest"]


class OutcomeKind(StrEnum):
    """What became of an article."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"


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


def ingest(
    articles: Iterable[Article | ArticleError],
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
    for article in articles:
        if isinstance(article, ArticleError):
            yield Outcome(article.message.split(":", 1)[0], None, OutcomeKind.FAILED, error=article)
            continue
        try:
            document, resolution, delta = prepare(article, extractor, index)
        except ArticleError as error:
            yield Outcome(article.origin, article.slug, OutcomeKind.FAILED, error=error)
            continue
        claims = sum(len(event.claims) for event in resolution.extraction.events) + len(resolution.extraction.relations)
        events = len(resolution.extraction.events)
        held = sink.held(delta)
        report = None if held is Held.SAME else gate.check(delta.triples)
        refusal = None
        if report is None:
            kind = OutcomeKind.UNCHANGED
        elif report.passed:
            kind = OutcomeKind.ADDED if held is Held.NOTHING else OutcomeKind.REPLACED
        else:
            kind = OutcomeKind.REFUSED
            refusal = _refusal(article, report)
        if not dry_run:
            if report is not None and not report.passed:
                quarantine.hold(delta, report, document)
            else:
                if report is not None:
                    sink.put(delta)
                quarantine.release(delta.slug)
        yield Outcome(
            article.origin, article.slug, kind, claims, events, refusal, report, delta, len(resolution.extraction.rejected)
        )


def _refusal(article: Article, report: GateReport) -> RefusedError:
    if not report.checked:
        return RefusedError(402, f"{article.origin}: the gate found nothing to check", "see: entente quarantine list")
    first = report.refusals[0]
    more = f" (and {len(report.refusals) - 1} more)" if len(report.refusals) > 1 else ""
    return RefusedError(401, f"{article.origin}: {first.message}{more}", f"see: entente quarantine show {article.slug}")
