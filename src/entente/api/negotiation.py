"""Content negotiation: what a client accepts, best first (RFC 9110 §12.5.1)."""

from __future__ import annotations

import re

__all__ = ["preferences"]

_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*\Z", re.IGNORECASE)


def preferences(accept: str | None) -> tuple[str, ...]:
    """List the media ranges of an Accept header by falling quality, the more specific first, without the unwanted.

    No header, or an empty one, accepts anything.
    """
    if not accept or not accept.strip():
        return ("*/*",)
    ranked = []
    for position, item in enumerate(accept.split(",")):
        media_range, *parameters = item.split(";")
        media_range = media_range.strip().lower()
        if "/" not in media_range:
            continue
        quality = next((float(m.group(1)) for p in parameters if (m := _QUALITY.match(p))), 1.0)
        if quality > 0:
            wildcards = media_range.count("*")
            ranked.append((-quality, wildcards, position, media_range))
    return tuple(media_range for *_, media_range in sorted(ranked))
