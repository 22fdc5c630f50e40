"""An article's graph read back as accounts of events: the claims, and the values they speak of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entente.consensus.wording import sentence_around
from entente.model import Iri, Literal, Term, Triple
from entente.model.iri import graph
from entente.model.terms import dcterms, ent, oa, rdf, sem

__all__ = ["BEGIN", "END", "Account", "ArticleView", "LocalClaim", "first", "graph_of", "read", "slug_of"]

BEGIN = (sem.hasEarliestBeginTimeStamp, sem.hasLatestBeginTimeStamp)
END = (sem.hasEarliestEndTimeStamp, sem.hasLatestEndTimeStamp)
"""The two bounds of an event's begin, and of its end."""

_LEAD = 800
"""How many characters of an article tell what it is about."""
_KEPT_BACK = frozenset({ent.evidence, ent.asserts})
"""What of a claim is not among its own properties."""
_UNPUBLISHED = frozenset({ent.text, ent.evidence})
"""What is read of an article's graph only."""

Node = Mapping[Iri, tuple[Term, ...]]
"""The properties of one node."""


def first(node: Node, predicate: Iri) -> Term | None:
    """The only or first value of a property."""
    values = node.get(predicate, ())
    return values[0] if values else None


def slug_of(iri: Iri) -> str:
    """The slug of the article that an IRI stands for, or whose account it stands for."""
    return iri.rsplit("/event/", 1)[0].rsplit("/", 1)[-1]


def graph_of(iri: Iri) -> Iri:
    """The graph of that article."""
    return graph("article", slug_of(iri))


@dataclass(frozen=True, slots=True)
class LocalClaim:
    """A claim of an article: its own properties (without spans and statements) and the statements that it makes.

    `details` are the triples of the nodes below the claim that are published with it (when it was said), `sentences` those
    of the article that make the claim.
    """

    iri: Iri
    properties: Node
    statements: tuple[Triple, ...]
    details: frozenset[Triple]
    sentences: tuple[str, ...] = ()

    @property
    def speaker(self) -> Iri:
        """Who asserts it."""
        value = first(self.properties, ent.assertedBy)
        assert isinstance(value, Iri)
        return value


@dataclass(frozen=True, slots=True)
class Account:
    """What one article says of one event.

    `node` holds the event's own triples, `values` the nodes below it (participations, times ...), `claims` all claims
    with a statement about it, `lead` the beginning of the article.
    """

    iri: Iri
    article: Iri
    outlet: Iri | None
    published: date | None
    node: Node
    values: Mapping[Iri, Node]
    claims: tuple[LocalClaim, ...]
    lead: str = ""

    def objects(self, predicate: Iri) -> tuple[Term, ...]:
        """The values of one of the event's properties."""
        return self.node.get(predicate, ())

    def said(self, predicate: Iri) -> tuple[Term, ...]:
        """What any claim says of the event by this property, put forward by the article itself or not."""
        found = {s.object for claim in self.claims for s in claim.statements if s.predicate == predicate}
        return tuple(sorted(found, key=lambda term: term.n3()))

    @property
    def type(self) -> Iri:
        """The event type."""
        value = first(self.node, ent.eventType)
        assert isinstance(value, Iri)
        return value


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article's graph, parted into its accounts of events and the rest that is published as it stands."""

    accounts: tuple[Account, ...]
    rest: frozenset[Triple]


class _Nodes:
    """The nodes of a graph with their properties, by what they are and by what they stand below."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.properties: dict[Iri, dict[Iri, list[Term]]] = {}
        self._by_type: dict[Term, list[Iri]] = {}
        for subject, predicate, value in triples:
            assert isinstance(subject, Iri)
            node = self.properties.get(subject)
            if node is None:
                node = self.properties[subject] = {}
            values = node.get(predicate)
            if values is None:
                node[predicate] = [value]
            else:
                values.append(value)
            if predicate == rdf.type:
                self._by_type.setdefault(value, []).append(subject)
        self._names = sorted(self.properties)
        for node in self.properties.values():
            for values in node.values():
                if len(values) > 1:
                    values.sort(key=_spelled)

    def of_type(self, cls: Iri) -> list[Iri]:
        return sorted(self._by_type.get(cls, ()))

    def below(self, iri: str) -> list[Iri]:
        """Those whose paths lead through the IRI, in the order of their names: "0" comes next to "/"."""
        return self._names[bisect_left(self._names, f"{iri}/") : bisect_left(self._names, f"{iri}0")]

    def triples(self, iris: Iterable[Iri]) -> frozenset[Triple]:
        return frozenset(
            [Triple(iri, p, value) for iri in iris for p, values in self.properties[iri].items() for value in values]
        )

    def values(self, iri: Iri, predicate: Iri) -> Sequence[Term]:
        return self.properties[iri].get(predicate, ())

    def frozen(self, iri: Iri, without: frozenset[Iri] = frozenset()) -> Node:
        node = self.properties[iri]
        return {p: tuple(node[p]) for p in sorted(node) if p not in without}


def _spelled(term: Term) -> str:
    return term.n3()


def _statement(node: Mapping[Iri, list[Term]]) -> Triple:
    subject, predicate, value = node[rdf.subject][0], node[rdf.predicate][0], node[rdf.object][0]
    assert isinstance(subject, Iri)
    assert isinstance(predicate, Iri)
    return Triple(subject, predicate, value)


def _sentences(nodes: _Nodes, text: str) -> Mapping[str, list[str]]:
    """The sentences of the article in which the evidence of each claim lies."""
    found: dict[str, list[str]] = defaultdict(list)
    for iri in nodes.of_type(oa.TextPositionSelector) if text else ():
        bounds = [value for p in (oa.start, oa.end) for value in nodes.values(iri, p) if isinstance(value, Literal)]
        if len(bounds) == 2:
            sentence = sentence_around(text, *(int(bound.lexical) for bound in bounds))
            found[iri.split("/evidence/")[0]].append(sentence)
    return found


def read(triples: Collection[Triple]) -> ArticleView:
    """Read an article's graph.

    What is not about an event (the article, its outlet, candidates, relations between states with their claims) is
    returned as `rest`, without the article's text and the evidence spans, which stay in the article's own graph.
    """
    nodes = _Nodes(triples)
    [article] = nodes.of_type(ent.Article)
    about = nodes.frozen(article)
    said, issued, outlet = (first(about, predicate) for predicate in (ent.text, dcterms.issued, ent.publisher))
    publisher = outlet if isinstance(outlet, Iri) else None
    published = date.fromisoformat(issued.lexical) if isinstance(issued, Literal) else None
    text = said.lexical if isinstance(said, Literal) else ""
    events = {iri for iri, node in nodes.properties.items() if ent.eventType in node}
    statements = {iri: _statement(nodes.properties[iri]) for iri in nodes.of_type(rdf.Statement)}
    claims: dict[Iri, list[LocalClaim]] = defaultdict(list)
    sentences = _sentences(nodes, text)
    through_events = {iri for iri, statement in statements.items() if statement.subject in events}
    for iri in nodes.of_type(ent.Claim):
        made = tuple(statements[s] for s in nodes.values(iri, ent.asserts) if isinstance(s, Iri))
        about_events = sorted({s.subject for s in made} & events)
        if not about_events:
            continue
        times = nodes.below(f"{iri}/when")
        details = nodes.triples(times)
        properties = nodes.frozen(iri, _KEPT_BACK)
        for event in about_events:
            assert isinstance(event, Iri)
            own = tuple(s for s in made if s.subject == event)
            claims[event].append(LocalClaim(iri, properties, own, details, tuple(sentences.get(iri, ()))))
        through_events |= {iri, *times}
    accounts = []
    for iri in sorted(events):
        owned = nodes.below(iri)
        described = {node: nodes.frozen(node) for node in owned}
        accounts.append(
            Account(iri, article, publisher, published, nodes.frozen(iri), described, tuple(claims[iri]), text[:_LEAD])
        )
        through_events |= {iri, *owned}
    public = {iri for iri in nodes.properties if iri not in through_events and "/evidence/" not in iri}
    rest = frozenset([t for t in triples if t.subject in public and t.predicate not in _UNPUBLISHED])
    return ArticleView(tuple(accounts), rest)
