"""Where an IRI of the graph is described on this service, whatever host its name has."""

from __future__ import annotations

from urllib.parse import quote, unquote

from entente.model import Iri
from entente.model.iri import BASE, DEFAULT_BASE

__all__ = ["DESCRIBED", "PAIRS", "document_path", "is_described", "link_of", "quoted", "subjects"]

DESCRIBED = ("id/", "graph/", "vocab/", "ns/", ".well-known/genid/")
"""Beginnings of the paths below the base whose IRIs are described; the last holds nodes that had no name of their own."""
PAIRS = f"{BASE}id/dyad/"
"""How the IRIs of pairs of states begin; their numbers follow."""

_SAFE = "/:?#[]@!$&'()*+,;=~%-._"


def quoted(iri: str) -> str:
    """Write an IRI as a URI, in ASCII (RFC 3987 §3.1)."""
    return quote(iri, safe=_SAFE)


def is_described(path: str) -> bool:
    """Whether a path below the base, without a fragment, is that of an IRI that is described."""
    return path == "ns" or path.startswith(DESCRIBED)


def document_path(iri: str) -> str | None:
    """Give the path of the document about an IRI of ours, with the fragment if it has one; None for all others."""
    for base in (BASE, DEFAULT_BASE):
        rest = iri.removeprefix(base)
        if rest != iri and is_described(rest.partition("#")[0]) and "?" not in rest:
            return f"/doc/{quoted(rest)}"
    return None


def link_of(iri: str, root: str) -> str | None:
    """Give what a page links an IRI to: our own document, or the web; None where a link could do harm (`javascript:`)."""
    path = document_path(iri)
    if path is not None:
        return root + path
    return quoted(iri) if iri.lower().startswith(("https://", "http://")) else None


def subjects(path: str) -> tuple[Iri, ...]:
    """Give the IRIs that a path such as `id/state/RUS`, as it was sent, may stand for; none where it is no part of an IRI.

    Terms of the ontology and the vocabularies keep the default base, data has the base that is set. A client sends what is
    not ASCII percent-encoded, and an IRI may hold percent signs of its own.
    """
    bases = (DEFAULT_BASE,) if path.partition("/")[0] in ("ns", "vocab") else dict.fromkeys((BASE, DEFAULT_BASE))
    found = []
    for spelled in dict.fromkeys((path, unquote(path))):
        if "?" in spelled or "#" in spelled:
            continue
        try:
            found += [Iri(base + spelled) for base in bases]
        except ValueError:
            continue
    return tuple(found)
