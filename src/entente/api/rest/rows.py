"""Rows of answers put together into things: what the query says of each, as terms and as the model's values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from entente.api.models import Ref
from entente.api.reader import Reader
from entente.api.rest.resource import Resource, Row, Shape
from entente.model import Iri, Literal, Term
from entente.model.iri import NS, VOCAB
from entente.model.terms import xsd

__all__ = ["Rows", "Terms", "gather", "solutions", "terms_of", "text_of"]

Terms = Mapping[str, tuple[Term, ...]]
"""What a query says of one thing: the terms of each column, sorted and without repeats."""


def solutions(answer: bytes) -> list[dict[str, Term]]:
    """Read an answer in SPARQL 1.1 Query Results JSON; blank nodes are left out, since nothing can be asked of them."""
    return terms_of(json.loads(answer)["results"]["bindings"])


def terms_of(rows: Iterable[Mapping[str, Mapping[str, str]]]) -> list[dict[str, Term]]:
    """Read the rows of such an answer."""
    return [{name: term for name, said in row.items() if (term := _term(said)) is not None} for row in rows]


def _term(said: Mapping[str, str]) -> Term | None:
    if said["type"] == "uri":
        return Iri(said["value"])
    if said["type"] == "bnode":
        return None
    lang = said.get("xml:lang", "")
    return Literal(said["value"], lang=lang) if lang else Literal(said["value"], Iri(said.get("datatype", xsd.string)))


def gather(rows: Iterable[Mapping[str, Term]], key: str) -> dict[str, Terms]:
    """Put rows of the same key together."""
    found: dict[str, dict[str, set[Term]]] = {}
    for row in rows:
        columns = found.setdefault(str(row[key]), {})
        for name, term in row.items():
            columns.setdefault(name, set()).add(term)
    return {
        thing: {name: tuple(sorted(terms, key=lambda term: (text_of(term), term.n3()))) for name, terms in columns.items()}
        for thing, columns in found.items()
    }


def text_of(term: Term) -> str:
    """A literal's text, a concept's notation, the local name of a term of the ontology, or an IRI as it is."""
    if isinstance(term, Literal):
        return term.lexical
    if term.startswith(VOCAB):
        return term.rsplit("/", 1)[-1]
    return term.removeprefix(NS)


@dataclass(frozen=True)
class Rows:
    """Makes rows of one resource's model."""

    resource: Resource
    reader: Reader

    @cached_property
    def shapes(self) -> Mapping[str, Shape]:
        """How each field is filled."""
        return self.resource.shapes()

    def make(self, iri: str, terms: Terms) -> Row:
        """Make the row of one thing."""
        id = self.resource.id_of(iri)
        said: dict[str, Any] = {"id": id, "iri": iri, "link": self.resource.link_of(id)}
        for name, shape in self.shapes.items():
            if name in terms:
                values = [self._ref(term) if shape.refers else text_of(term) for term in terms[name]]
                said[name] = list(dict.fromkeys(values)) if shape.many else values[0]
        return self.resource.model(**said)

    def _ref(self, term: Term) -> Ref:
        return self.reader.ref(term) if isinstance(term, Iri) else Ref(iri=text_of(term), label=text_of(term))
