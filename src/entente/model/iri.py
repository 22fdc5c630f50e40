"""Minting of IRIs: the only place where an identifier of Entente's own is spelled."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata

from entente.errors import InputError
from entente.model.rdf import Iri

__all__ = ["ARTICLE_GRAPHS", "BASE", "DEFAULT_BASE", "NS", "VOCAB", "child", "digest", "entity", "graph", "slug", "vocab"]

DEFAULT_BASE = "https://w3id.org/entente/"
BASE = os.environ.get("ENTENTE_BASE_IRI", DEFAULT_BASE)
"""Base of every IRI minted for data; read once at start-up. Terms of the ontology keep the default base."""

if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`#?]+/", BASE):
    raise InputError(
        101,
        f"ENTENTE_BASE_IRI is {BASE!r}, which is no http(s) IRI that ends in '/'",
        f"export ENTENTE_BASE_IRI={DEFAULT_BASE}",
    )

NS = DEFAULT_BASE + "ns#"
"""Namespace of the ontology's classes and properties."""

VOCAB = DEFAULT_BASE + "vocab/"
"""Stem of the SKOS schemes: a concept is VOCAB + scheme + '/' + notation."""

ARTICLE_GRAPHS = f"{BASE}graph/article/"
"""How the names of articles' graphs begin; the slug follows."""

_SLUG_GAP = re.compile(r"[^a-z0-9]+")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_SLUG_LIMIT = 80


def digest(*parts: str, length: int = 10) -> str:
    """Give the first `length` hex digits of the SHA-256 over the parts, which cannot run into one another."""
    joined = "\x1f".join(part.replace("\x1f", "\x1f\x1f") for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:length]


def slug(text: str) -> str:
    """Turn a name into a readable path segment of lower-case ASCII letters, digits and single hyphens.

    Names with no ASCII rendering, or too long for a path, get a digest of the name instead of, or after, what is left,
    so that different names stay different.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = _SLUG_GAP.sub("-", ascii_text).strip("-")
    if not plain:
        return f"x{digest(text)}"
    if len(plain) > _SLUG_LIMIT:
        return f"{plain[:_SLUG_LIMIT].rstrip('-')}-{digest(text, length=8)}"
    return plain


def entity(kind: str, *parts: str) -> Iri:
    """Mint `BASE id/kind/part/...`; every part must already be a path segment (a code or a slug).

    Raises ValueError for a part that is none.
    """
    for part in (kind, *parts):
        if not _PART.fullmatch(part):
            raise ValueError(f"{part!r} is no path segment; make one with slug()")
    return Iri(f"{BASE}id/{'/'.join((kind, *parts))}")


def child(parent: Iri, *parts: str) -> Iri:
    """Mint the IRI of a part of `parent`, below its path."""
    for part in parts:
        if not _PART.fullmatch(part):
            raise ValueError(f"{part!r} is no path segment; make one with slug()")
    return Iri(f"{parent}/{'/'.join(parts)}")


def graph(*parts: str) -> Iri:
    """Mint the name of a graph: `BASE graph/part/...`."""
    return Iri(f"{BASE}graph/{'/'.join(parts)}")


def vocab(scheme: str, notation: str) -> Iri:
    """Spell the IRI of a concept of one of Entente's SKOS schemes."""
    return Iri(f"{VOCAB}{scheme}/{notation}")
