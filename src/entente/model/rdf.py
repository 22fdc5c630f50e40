"""RDF terms, triples and quads as plain values, with their one canonical spelling (N-Quads)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["BlankNode", "Iri", "Literal", "Quad", "Term", "Triple", "canonical_nquads"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
"""How N-Triples spells characters; the backslash comes first, for all others bring one in."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Iri(str):
    """An absolute IRI; refuses the characters that RDF 1.1 Concepts §3.2 forbids."""

    __slots__ = ()

    def __new__(cls, value: str) -> Iri:
        if _FORBIDDEN_IN_IRI.search(value) or ":" not in value:
            raise ValueError(f"not an absolute IRI: {value!r}")
        return super().__new__(cls, value)

    def n3(self) -> str:
        """Spell the term as in N-Triples."""
        return f"<{self}>"


class BlankNode(str):
    """A blank node of somebody else's data; Entente itself mints none."""

    __slots__ = ()

    def n3(self) -> str:
        """Spell the term as in N-Triples."""
        return f"_:{self}"


def _escape(text: str) -> str:
    if text.isprintable() and "\\" not in text and '"' not in text:
        return text
    # texts and profiles hold many quotes and line ends, which are dear to replace one by one
    for char, spelled in _ESCAPES.items():
        if char in text:
            text = text.replace(char, spelled)
    return text if text.isprintable() else _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04X}", text)


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """An RDF literal: lexical form, datatype IRI and, for language-tagged strings, the tag in lower case."""

    lexical: str
    datatype: str = _XSD + "string"
    lang: str = ""

    def __post_init__(self) -> None:
        if self.lang:
            object.__setattr__(self, "lang", self.lang.lower())
            object.__setattr__(self, "datatype", _RDF_LANG_STRING)

    def __hash__(self) -> int:
        return hash(self.lexical)

    @classmethod
    def of(cls, value: bool | int | str) -> Literal:
        """Make a literal of a Python value, typed as xsd:boolean, xsd:integer or xsd:string.

        Counts are xsd:integer too: Oxigraph hands xsd:nonNegativeInteger back as xsd:integer, so only that survives storing.
        """
        if isinstance(value, bool):
            return cls("true" if value else "false", _XSD + "boolean")
        if isinstance(value, int):
            return cls(str(value), _XSD + "integer")
        return cls(value)

    @classmethod
    def date(cls, iso: str) -> Literal:
        """Make an xsd:date from a calendar date written YYYY-MM-DD."""
        return cls(iso, _XSD + "date")

    @classmethod
    def decimal(cls, value: float) -> Literal:
        """Make an xsd:decimal of at most three places in the canonical form that stores keep unchanged."""
        text = f"{value:.3f}".rstrip("0").rstrip(".")
        return cls(text, _XSD + "decimal")

    def n3(self) -> str:
        """Spell the term as in N-Triples."""
        quoted = f'"{_escape(self.lexical)}"'
        if self.lang:
            return f"{quoted}@{self.lang}"
        return quoted if self.datatype == _XSD + "string" else f"{quoted}^^<{self.datatype}>"


Term = Iri | BlankNode | Literal


class Triple(NamedTuple):
    """A subject, predicate and object."""

    subject: Iri | BlankNode
    predicate: Iri
    object: Term

    def n3(self) -> str:
        """Spell the triple as in N-Triples, without the final dot."""
        subject, predicate, value = self
        return f"{subject.n3()} <{predicate}> {value.n3()}"


class Quad(NamedTuple):
    """A triple in a graph; `graph` is None for the default graph."""

    subject: Iri | BlankNode
    predicate: Iri
    object: Term
    graph: Iri | None = None

    @property
    def triple(self) -> Triple:
        """The quad without its graph."""
        return Triple(self.subject, self.predicate, self.object)

    def n3(self) -> str:
        """Spell the quad as in N-Quads, without the final dot."""
        triple = self.triple.n3()
        return triple if self.graph is None else f"{triple} {self.graph.n3()}"


def canonical_nquads(statements: Iterable[Quad | Triple]) -> str:
    """Spell statements as N-Quads lines, sorted by code point and without repeats, so that equal sets give equal bytes."""
    return "".join(f"{line} .\n" for line in sorted({statement.n3() for statement in statements}))
