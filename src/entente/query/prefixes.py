"""Short forms of IRIs, for what people type and read: `state:RUS`, `ent:Exercise`, `event-type:exercise`."""

from __future__ import annotations

from entente.errors import InputError
from entente.model.iri import BASE, VOCAB
from entente.model.kinds import EventType
from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import Iri

__all__ = ["PREFIXES", "expand", "iri_of", "shorten"]

_KINDS = (
    *(event_type.replace("_", "-") for event_type in EventType),
    "activity",
    "article",
    "candidate",
    "claim-relation",
    "dyad",
    "event",
    "force",
    "organ",
    "organisation",
    "outlet",
    "person",
    "place",
    "series",
    "vessel",
)

PREFIXES: dict[str, str] = {
    **VOCABULARIES,
    "graph": f"{BASE}graph/",
    "id": f"{BASE}id/",
    "vocab": VOCAB,
    **{kind: f"{BASE}id/{kind}/" for kind in _KINDS},
}
"""Prefix and namespace; the kinds of entities and events are prefixes too."""

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


def expand(curie: str) -> Iri | None:
    """Spell out a compact IRI, or give None where its prefix is none of ours.

    Raises ValueError where the result would be no IRI.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or not local or local.startswith("//") or prefix not in PREFIXES:
        return None
    return Iri(PREFIXES[prefix] + local)


def iri_of(text: str) -> Iri:
    """Read an IRI, compact or whole. Raises InputError for what is neither."""
    try:
        return expand(text) or Iri(text)
    except ValueError as error:
        raise InputError(124, f"{text!r} is no IRI", "write it like graph:article/interaction-001") from error


def shorten(iri: str) -> str:
    """Abbreviate an IRI by the longest namespace that fits, or give it back as it is."""
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
