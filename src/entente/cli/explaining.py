"""Why an extractor says what it says: the claims behind each event, their rules, and the words that these matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from entente.model import Claim, Extraction, Extractor, Fact, Mention, Span, When
from entente.query import shorten
from entente_loaders.ensemble import Ensemble
from entente_loaders.extract import RuleExtractor
from entente_loaders.workshop import Trace, origins, traces

__all__ = ["as_lines", "explain"]

_Data = dict[str, Any]


def explain(extraction: Extraction, engine: Extractor) -> dict[str, list[_Data]]:
    """Give the claims of each event by its key, as plain data with all spans.

    Only the rules say what they matched, also within an ensemble; for other extractors the list of matches is empty.
    """
    text = extraction.document.text
    origin: Mapping[Claim, tuple[Trace, ...]] = {}
    parts = engine.extractors if isinstance(engine, Ensemble) else (engine,)
    for rules in (part for part in parts if isinstance(part, RuleExtractor)):
        origin = origins(extraction, list(traces(rules, extraction.document)))
    return {event.key: [_claim(claim, origin.get(claim, ()), text) for claim in event.claims] for event in extraction.events}


def _claim(claim: Claim, matches: Iterable[Trace], text: str) -> _Data:
    return {
        "extractor": claim.extractor,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "level": claim.level.value,
        "modality": claim.modality.value,
        "speaker": _words(claim.speaker.span, text) if claim.speaker is not None else None,
        "evidence": [_words(span, text) for span in claim.evidence],
        "facts": [_fact(fact) for fact in claim.facts],
        "matches": [_match(trace, text) for trace in matches],
    }


def _match(trace: Trace, text: str) -> _Data:
    return {
        "rule": trace.rule,
        "pattern": trace.candidate.rule.pattern.source,
        "clause": _words(trace.candidate.evidence, text),
        "groups": [{"role": group.role or None, **_words(group.span, text)} for group in trace.groups],
        "said": _words(trace.said, text),
        "saying": _words(trace.saying, text),
    }


def _words(span: Span | None, text: str) -> _Data:
    return {"span": [span.start, span.end], "text": span.of(text)} if span is not None else {}


def _fact(fact: Fact) -> _Data:
    values = {field.name: _value(getattr(fact, field.name)) for field in fields(fact)}
    return {"fact": type(fact).__name__, **{name: value for name, value in values.items() if value not in (None, [])}}


def _value(value: Any) -> Any:
    match value:
        case Mention():
            return value.text
        case Span():
            return [value.start, value.end]
        case When():
            return value.edtf or "/".join(map(_bounds, _pairs(value)))
        case tuple():
            return [_value(item) for item in value]
        case None | int():
            return value
        case _:
            return str(value)


def _pairs(when: When) -> tuple[tuple[object, object], tuple[object, object]]:
    return (when.earliest_begin, when.latest_begin), (when.earliest_end, when.latest_end)


def _bounds(days: tuple[object, object]) -> str:
    first, last = days
    return str(first) if first == last and first is not None else f"{first or ''}..{last or ''}"


def as_lines(record: Mapping[str, Any], explanations: Mapping[str, list[_Data]]) -> Iterator[str]:
    """Lay the explanations of an article's events out for people."""
    for event in record["events"]:
        who = ", ".join(f"{party.get('state') or party['actor']} {party['role']}" for party in event["participants"])
        about = ", ".join(str(event[name]) for name in ("type", "mode", "status") if event[name])
        yield f"{event['id']} {about}: {who}"
        for claim in explanations[event["id"]]:
            yield from _claim_lines(claim)


def _claim_lines(claim: _Data) -> Iterator[str]:
    speaker = f"“{claim['speaker']['text']}” {_at(claim['speaker'])}" if claim["speaker"] else "the outlet"
    found = f"found by {claim['extractor']}, " if claim["extractor"] else ""
    yield f"  claim of {speaker}, {found}{claim['level']}, {claim['modality']}, confidence {claim['confidence']}"
    for evidence in claim["evidence"]:
        yield f"    {_at(evidence)} “{_flat(evidence['text'])}”"
    if not claim["matches"]:
        yield f"    by {claim['rule']}"
    for match in claim["matches"]:
        yield f"    by {match['rule']}: {match['pattern']}"
        for group in match["groups"]:
            yield f"      {group['role'] or '-':<14} {_at(group)} {_flat(group['text'])}"
        if match["said"]:
            frame = f" by {_at(match['saying'])} “{_flat(match['saying']['text'])}”" if match["saying"] else ""
            yield f"      said: {_at(match['said'])}{frame}"
    for fact in claim["facts"]:
        values = (f"{name} {_spelled(value)}" for name, value in fact.items() if name not in {"fact", "span"})
        yield f"    {fact['fact']}: {', '.join(values)}"


def _spelled(value: Any) -> str:
    if isinstance(value, list):
        return " and ".join(map(_spelled, value))
    return shorten(value) if isinstance(value, str) else str(value)


def _at(words: _Data) -> str:
    return f"{words['span'][0]}-{words['span'][1]}"


def _flat(text: str) -> str:
    return " ".join(text.split())
