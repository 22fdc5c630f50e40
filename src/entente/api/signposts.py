"""The Link headers that lead programs from a document to its formats, its subject and its licence (FAIR Signposting)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from entente.api.addresses import quoted
from entente.model import Iri
from entente.model.iri import NS

__all__ = ["FORMATS", "LICENSE", "Asked", "signposts"]

FORMATS: Mapping[str, str] = {
    "ttl": "text/turtle",
    "html": "text/html",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
"""Suffixes and media types of a document, the preferred one first."""

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_TYPES_TOLD = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a document: about what, by which suffix, which page of links; `own` is its address without suffix."""

    subject: Iri
    suffix: str
    page: int
    own: str

    @property
    def media_type(self) -> str:
        """The media type that the suffix stands for."""
        return FORMATS[self.suffix]

    def file(self, suffix: str) -> str:
        """The address of this document in one format."""
        return f"{self.own}.{suffix}"

    def neighbours(self, more: bool) -> dict[str, str | None]:
        """The addresses of the pages before and after this one, in the same format; `more` says whether one follows."""
        here = self.file(self.suffix)
        return {
            "previous": f"{here}?page={self.page - 1}" if self.page else None,
            "next": f"{here}?page={self.page + 1}" if more else None,
        }


def signposts(asked: Asked, context: str, types: tuple[Iri, ...] = (), *, more: bool = False) -> str:
    """Write the header; `context` is the address of the JSON-LD context, `more` tells that a page follows."""

    def links() -> Iterator[tuple[str, str, str]]:
        yield asked.own, "canonical", ""
        yield asked.subject, "cite-as", ""
        yield asked.subject, "describes", ""
        for suffix, media_type in FORMATS.items():
            if suffix != asked.suffix:
                relation = "alternate" if suffix == "html" else "alternate describedby"
                yield asked.file(suffix), relation, media_type
        yield LICENSE, "license", ""
        yield context, "http://www.w3.org/ns/json-ld#context", "application/ld+json"
        # Of many types, those of our ontology say most.
        for iri in sorted(types, key=lambda iri: (not iri.startswith(NS), iri))[:_TYPES_TOLD]:
            yield iri, "type", ""
        for relation, address in asked.neighbours(more).items():
            if address:
                yield address, "prev" if relation == "previous" else relation, ""

    return ", ".join(
        f'<{quoted(address)}>; rel="{relation}"' + (f'; type="{media_type}"' if media_type else "")
        for address, relation, media_type in links()
    )
