"""An article as its page shows it: the text with the words of each claim marked, the claims, and the graph they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from entente.api.describing import Describer, Value
from entente.api.naming import namer, short
from entente.api.reader import plain
from entente.api.site.highlighting import Piece, Span, cut
from entente.api.site.networks import Network
from entente.api.site.nodes import Nodes, Phrase, collect, phrase
from entente.model import Iri, Quad, Term
from entente.model.terms import dcterms, ent, oa, rdf, rdfs

__all__ = ["About", "ArticlePage", "Claim", "Relation", "Said", "read_article"]

_MOST = 50_000
"""How many statements of an article's graph are read."""

_SPANNED = (ent.evidence, oa.hasTarget, oa.hasSelector)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement that a claim makes, in words."""

    predicate: Value
    words: Phrase


@dataclass(frozen=True, slots=True)
class About:
    """What a claim says of one thing."""

    subject: Value
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """How a claim stands to another: the kind, such as `contradicts`, the reason, and the other claims."""

    kind: Value
    reason: str
    others: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim by its number on the page."""

    number: int
    claim: Value
    speakers: tuple[Value, ...]
    manner: tuple[Value, ...]
    content: str
    confidence: str
    quotes: tuple[str, ...]
    about: tuple[About, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What the page of an article shows; `network` is the graph that its claims make, as the drawing needs it."""

    title: Value
    outlet: Value | None
    issued: str
    source: str | None
    language: str
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]
    network: dict[str, Any]


def read_article(describer: Describer, article: Iri, link: Callable[[str], str | None]) -> ArticlePage:
    """Read an article's own graph; `link` gives the address of the page about an IRI."""
    store = describer.reader.store
    graphs = store.select(
        f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {article.n3()} a <{ent.Article}> }} }} ORDER BY ?g LIMIT 1"
    )
    name = graphs.rows[0][0] if graphs.rows else None
    own = islice(store.quads(graph=name), _MOST) if isinstance(name, Iri) else ()
    nodes = collect((quad.subject, quad.predicate, quad.object) for quad in own)
    return _Reading(describer, article, nodes, link).page()


class _Reading:
    """Reads one article's nodes; names are looked up once."""

    def __init__(self, describer: Describer, article: Iri, nodes: Nodes, link: Callable[[str], str | None]) -> None:
        self._describer = describer
        self._article = article
        self._nodes = nodes
        self._link = link
        terms = (term for iri, node in nodes.items() for p, values in node.items() for term in (iri, p, *values))
        self._name = namer(describer.reader, (term for term in terms if "/evidence/" not in str(term)))
        self._shown: dict[Term, Value] = {}
        self._events: dict[Term, Term] = {}

    def page(self) -> ArticlePage:
        about = self._nodes.get(self._article, {})
        text = self._text(self._article, ent.text) or ""
        found = {iri: self._spans(iri) for iri, node in self._nodes.items() if ent.Claim in node.get(rdf.type, ())}
        ordered = sorted(found, key=lambda iri: (min(found[iri], default=(len(text), 0)), iri))
        spans = [Span(*bounds, number) for number, iri in enumerate(ordered, 1) for bounds in found[iri]]
        claims = tuple(self._claim(number, iri, text, found[iri]) for number, iri in enumerate(ordered, 1))
        return ArticlePage(
            title=self._show(self._article),
            outlet=next((self._show(value) for value in about.get(ent.publisher, ())), None),
            issued=self._text(self._article, dcterms.issued) or "",
            source=self._text(self._article, dcterms.source),
            language=self._text(self._article, dcterms.language) or "",
            pieces=cut(text, spans),
            claims=claims,
            network=self._network(claims),
        )

    def _claim(self, number: int, iri: Iri, text: str, spans: list[tuple[int, int]]) -> Claim:
        node = self._nodes[iri]
        return Claim(
            number=number,
            claim=Value(iri.rsplit("/", 1)[-1], "", iri),
            speakers=tuple(self._show(value) for value in node.get(ent.assertedBy, ())),
            manner=tuple(self._show(value) for p in (ent.attributionLevel, ent.modality) for value in node.get(p, ())),
            content=self._text(iri, ent.content) or "",
            confidence=self._text(iri, ent.confidence) or "",
            quotes=tuple(text[start:end] for start, end in spans),
            about=self._about(value for value in node.get(ent.asserts, ()) if isinstance(value, Iri)),
            relations=self._relations(iri),
        )

    def _spans(self, claim: Iri) -> list[tuple[int, int]]:
        reached: list[Term] = [claim]
        for predicate in _SPANNED:
            reached = [
                value for at in reached if isinstance(at, Iri) for value in self._nodes.get(at, {}).get(predicate, ())
            ]
        found = []
        for selector in reached:
            if isinstance(selector, Iri):
                start, end = self._text(selector, oa.start), self._text(selector, oa.end)
                if start and end and start.isdecimal() and end.isdecimal():
                    found.append((int(start), int(end)))
        return sorted(set(found))

    def _about(self, statements: Iterable[Iri]) -> tuple[About, ...]:
        """What statements say, by the things that they speak of."""
        found: dict[Value, list[Said]] = {}
        for statement in statements:
            node = self._nodes.get(statement, {})
            parts = (node.get(predicate, ()) for predicate in (rdf.subject, rdf.predicate, rdf.object))
            # A statement that lacks a part says nothing.
            for subject, predicate, value in zip(*parts, strict=False):
                said = Said(self._show(predicate), phrase(value, self._nodes, self._show))
                found.setdefault(self._show(self._published(subject)), []).append(said)
        return tuple(
            About(subject, tuple(sorted(said, key=lambda each: (each.predicate.text, [value.text for value in each.words]))))
            for subject, said in found.items()
        )

    def _published(self, subject: Term) -> Term:
        """The published event that an account belongs to, or the subject itself."""
        if subject not in self._events:
            found: Iterable[Quad] = ()
            if isinstance(subject, Iri) and subject.startswith(f"{self._article}/"):
                found = self._describer.reader.store.quads(None, ent.describedAs, subject, default_graph=True)
            self._events[subject] = min((quad.subject for quad in found), key=lambda term: term.n3(), default=subject)
        return self._events[subject]

    def _relations(self, claim: Iri) -> tuple[Relation, ...]:
        reader = self._describer.reader
        about = {quad.subject for quad in reader.store.quads(None, ent.relates, claim, default_graph=True)}
        return tuple(
            Relation(
                self._show(kind),
                "; ".join(reader.texts(relation, rdfs.comment)),
                tuple(self._show(other) for other in reader.nodes(relation, ent.relates) if other != claim),
            )
            for relation in sorted(about, key=lambda term: term.n3())
            if isinstance(relation, Iri)
            for kind in reader.nodes(relation, ent.relationType)
        )

    def _show(self, term: Term) -> Value:
        if term not in self._shown:
            found = self._name(term)
            # What lies outside the article's graph, such as a published event, is looked up by itself.
            named = found.iri is None or found.iri in self._nodes or found.text != short(found.iri)
            self._shown[term] = found if named else self._describer.value(term)
        return self._shown[term]

    def _text(self, subject: Iri, predicate: Iri) -> str | None:
        return next((plain(value) for value in self._nodes.get(subject, {}).get(predicate, ())), None)

    def _network(self, claims: tuple[Claim, ...]) -> dict[str, Any]:
        """Subjects, and the things that statements join them with; values that are no things are left to the table."""
        drawing = Network(self._link)
        for claim in claims:
            for about in claim.about:
                for said in about.said:
                    for value in said.words:
                        drawing.join(about.subject, value, said.predicate.text)
        return drawing.data()
