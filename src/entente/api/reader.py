"""Reads what the published graph says about a thing, as the REST models need it."""

from __future__ import annotations

from dataclasses import dataclass

from entente.api.models import Ref
from entente.model import EntityIndex, Iri, Literal, Store, Term
from entente.model.terms import dcterms, ent, skos

__all__ = ["Reader", "plain", "tail"]

_NAMES = (skos.prefLabel, ent.name, dcterms.title)


def plain(term: Term | None) -> str | None:
    """The lexical form of a literal, or an IRI as it is."""
    if term is None:
        return None
    return term.lexical if isinstance(term, Literal) else str(term)


def tail(term: Term | None) -> str:
    """The notation of a concept: the last part of its IRI."""
    return "" if term is None else str(plain(term)).rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Reader:
    """The default graph of a store, with the reference data's labels at hand."""

    store: Store
    index: EntityIndex

    def objects(self, subject: Iri, predicate: Iri) -> list[Term]:
        """The values of a property, sorted."""
        found = {quad.object for quad in self.store.quads(subject, predicate, default_graph=True)}
        return sorted(found, key=lambda term: term.n3())

    def nodes(self, subject: Iri, predicate: Iri) -> list[Iri]:
        """The values of a property that are IRIs, sorted."""
        return [term for term in self.objects(subject, predicate) if isinstance(term, Iri)]

    def texts(self, subject: Iri, predicate: Iri) -> list[str]:
        """The values of a property as plain text, sorted and without repeats."""
        return sorted({str(plain(term)) for term in self.objects(subject, predicate)})

    def text(self, subject: Iri, predicate: Iri) -> str | None:
        """The first value of a property as plain text."""
        return next(iter(self.texts(subject, predicate)), None)

    def ref(self, iri: Iri) -> Ref:
        """The IRI with its English name or title, if it has one."""
        entity = self.index.entity(iri)
        if entity is not None:
            return Ref(iri=iri, label=entity.label)
        for predicate in _NAMES:
            labels = [term for term in self.objects(iri, predicate) if isinstance(term, Literal)]
            if labels:
                best = min(labels, key=lambda label: (label.lang not in {"en", ""}, label.lexical))
                return Ref(iri=iri, label=best.lexical)
        return Ref(iri=iri, label=None)
