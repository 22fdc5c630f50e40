"""Claims."""

from __future__ import annotations

from typing import Any

from pydantic import field_validator

from entente.api.models import Ref, SpanOut
from entente.api.rest.resource import Resource, Row, about
from entente.model.terms import ent

__all__ = ["RESOURCE", "ClaimRow"]


class ClaimRow(Row):
    """A claim in a list, with the words that make it."""

    speaker: Ref | None = about("who says it", None, ent.assertedBy)
    article: Ref | None = about("the article", None, ent.reportedIn)
    issued: str | None = about("the day on which the article was published", "2023-07-20")
    level: str | None = about("notation of the scheme attribution-level", "direct-quote", ent.attributionLevel)
    modality: str | None = about("notation of the scheme modality: asserted, planned, denied ...", "asserted", ent.modality)
    confidence: float | None = about("the prior of the rule that found it; no probability", 0.9, ent.confidence)
    content: str | None = about("what a speech act says", "sanctions harm all", ent.content)
    events: list[Ref] = about("what it is about", [], default=[])
    spans: list[SpanOut] = about("the stretches of the article's text that make it", [], default=[])

    @field_validator("spans", mode="before")
    @classmethod
    def _read_spans(cls, spans: list[Any]) -> list[SpanOut]:
        """Read spans as the card writes them: `986-1031:` and the words."""
        written = [_span(said) for said in spans if isinstance(said, str)]
        return sorted(written, key=lambda span: (span.start, span.end)) or spans


def _span(said: str) -> SpanOut:
    place, _, quote = said.partition(":")
    start, _, end = place.partition("-")
    return SpanOut(start=int(start), end=int(end), quote=quote)


RESOURCE = Resource(
    "claims",
    "list-claims",
    ClaimRow,
    "",
    filters={"article": "article", "event": "", "speaker": "", "outlet": "outlet"},
)
