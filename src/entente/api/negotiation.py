"""Content negotiation: what a client accepts, best first (RFC 9110 §12.5.1), and what it has already (§13.1.2)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from entente.engine import Engine
from entente.errors import QueryError
from entente.store import GRAPH_TYPES, RESULT_TYPES

__all__ = ["accepted", "entity_tag", "is_known", "pick", "preferences", "wants_html"]

_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*\Z", re.IGNORECASE)
_SAME = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",
    "text/rdf+n3": "text/turtle",
    "text/plain": "application/n-triples",
    "application/x-json+ld": "application/ld+json",
}
_FORMATS: Mapping[str, str] = {
    **{suffix: media_type for media_type, suffix in (*RESULT_TYPES.items(), *GRAPH_TYPES.items())},
    "turtle": "text/turtle",
    "n3": "text/turtle",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "json-ld": "application/ld+json",
    "rdf+xml": "application/rdf+xml",
    "srj": "application/sparql-results+json",
    "srx": "application/sparql-results+xml",
}


def is_known(tag: str | None, if_none_match: str | None) -> bool:
    """Tell whether a client that sends this If-None-Match has what the entity tag stands for; without a tag, never.

    A tag that a proxy has weakened stands for the same (RFC 9110 §13.1.2), and `*` for whatever there is.
    """
    held = {each.strip().removeprefix("W/") for each in (if_none_match or "").split(",")}
    return tag is not None and bool(held & {tag.removeprefix("W/"), "*"})


def _ranges(accept: str | None) -> list[tuple[str, float]]:
    """The media ranges of an Accept header with their qualities; no header, or an empty one, accepts anything."""
    if not accept or not accept.strip():
        return [("*/*", 1.0)]
    found = []
    for item in accept.split(","):
        media_range, *parameters = item.split(";")
        media_range = media_range.strip().lower()
        if "/" in media_range:
            quality = next((float(m.group(1)) for p in parameters if (m := _QUALITY.match(p))), 1.0)
            found.append((media_range, quality))
    return found


def preferences(accept: str | None) -> tuple[str, ...]:
    """List the media ranges of an Accept header by falling quality, the more specific first, without the unwanted."""
    ranked = [
        (-quality, media_range.count("*"), position, media_range)
        for position, (media_range, quality) in enumerate(_ranges(accept))
        if quality > 0
    ]
    return tuple(media_range for *_, media_range in sorted(ranked))


def pick(accept: str | None, offered: Iterable[str]) -> tuple[str, ...]:
    """List the offered media types that an Accept header allows, best first.

    The most specific range that fits a type gives its quality; among equals a type that is named goes before one that a
    wildcard lets in, then the client's order counts, then ours.
    """
    ranges = _ranges(accept)
    ranked = []
    for position, offer in enumerate(offered):
        stem = offer.partition("/")[0] + "/*"
        fits = [
            (media_range.count("*"), place, quality)
            for place, (media_range, quality) in enumerate(ranges)
            if media_range in (offer, stem, "*/*") or _SAME.get(media_range) == offer
        ]
        if fits:
            wildcards, place, quality = min(fits)
            if quality > 0:
                ranked.append((-quality, wildcards, place, position, offer))
    return tuple(offer for *_, offer in sorted(ranked))


def accepted(accept: str | None, format: str | None) -> tuple[str, ...]:
    """List the media types of answers that a request allows, best first: what `?format=` names, then what Accept allows.

    A format that does not fit the form of the query gives way to the header, since clients send it without knowing the form.
    Raises QueryError for a header that allows nothing, and for a format that is unknown.
    """
    allowed = pick(accept, (*RESULT_TYPES, *GRAPH_TYPES))
    if format:
        plain = format.partition(";")[0].strip().lower()
        known = (*RESULT_TYPES, *GRAPH_TYPES)
        named = _FORMATS.get(plain) or _SAME.get(plain) or (plain if plain in known else None)
        if named is None:
            raise QueryError(332, f"there is no format {format!r}", f"use one of: {', '.join(_FORMATS)}", status=406)
        twin = ("application/rdf+xml",) if named == "application/sparql-results+xml" else ()
        twin = ("application/ld+json",) if named == "application/sparql-results+json" else twin
        return (named, *twin, *(media_type for media_type in allowed if media_type != named))
    if not allowed:
        raise QueryError(
            313,
            f"no answer is written as {accept}",
            f"ask for one of: {', '.join((*RESULT_TYPES, *GRAPH_TYPES))}",
            status=406,
        )
    return allowed


def entity_tag(engine: Engine, version: int, said: str) -> str:
    """The tag of what a version of the dataset makes for what is `said`: format, parameters, program (RFC 9110 §8.8.3)."""
    return f'W/"{engine.epoch}{version}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"'


def wants_html(accept: str | None, others: Iterable[str]) -> bool:
    """Whether a client would rather have a page than any of the other media types."""
    best = pick(accept, ("text/html", *others))
    explicit = any(media_range in ("text/html", "text/*") for media_range, quality in _ranges(accept) if quality > 0)
    return bool(best) and best[0] == "text/html" and explicit
