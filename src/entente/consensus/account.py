"""An article's graph read back as accounts of events: the claims, and the values they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from entente.consensus.wording import sentence_around
from entente.model import Iri, Literal, Term, Triple
from entente.model.terms import dcterms, ent, oa, rdf, sem

__all__ = ["BEGIN", "END", "Account", "ArticleView", "LocalClaim", "first", "read"]

BEGIN = (sem.hasEarliestBeginTimeStamp, sem.hasLatestBeginTimeStamp)
END = (sem.hasEarliestEndTimeStamp, sem.hasLatestEndTimeStamp)
"""The two bounds of an event's begin, and of its end."""

_LEAD = 800
"""How many characters of an article tell what it is about."""

Node = Mapping[Iri, tuple[Term, ...]]
"""The properties of one node."""


def first(node: Node, predicate: Iri) -> Term | None:
    """The only or first value of a property."""
    values = node.get(predicate, ())
    return values[0] if values else None


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


def _nodes() -> dict[Iri, dict[Iri, list[Term]]]:
    return defaultdict(lambda: defaultdict(list))


@dataclass(slots=True)
class _Parts:
    """The nodes of a graph, sorted by what they are."""

    nodes: dict[Iri, dict[Iri, list[Term]]] = field(default_factory=_nodes)

    def of_type(self, cls: Iri) -> list[Iri]:
        return sorted(iri for iri, node in self.nodes.items() if cls in node.get(rdf.type, ()))

    def triples(self, iris: Iterable[Iri]) -> Iterator[Triple]:
        return (Triple(iri, p, value) for iri in iris for p, values in self.nodes[iri].items() for value in values)

    def frozen(self, iri: Iri, without: frozenset[Iri] = frozenset()) -> Node:
        return {p: tuple(values) for p, values in sorted(self.nodes[iri].items()) if p not in without}


def _statement(node: Mapping[Iri, list[Term]]) -> Triple:
    subject, predicate, value = node[rdf.subject][0], node[rdf.predicate][0], node[rdf.object][0]
    assert isinstance(subject, Iri)
    assert isinstance(predicate, Iri)
    return Triple(subject, predicate, value)


def _sentences(parts: _Parts, text: str) -> Mapping[str, list[str]]:
    """The sentences of the article in which the evidence of each claim lies."""
    found: dict[str, list[str]] = defaultdict(list)
    for iri in parts.of_type(oa.TextPositionSelector) if text else ():
        bounds = [value for p in (oa.start, oa.end) for value in parts.nodes[iri][p] if isinstance(value, Literal)]
        if len(bounds) == 2:
            sentence = sentence_around(text, *(int(bound.lexical) for bound in bounds))
            found[iri.split("/evidence/")[0]].append(sentence)
    return found


def _owners(iri: str) -> Iterator[str]:
    """What an IRI stands below, path segment by path segment."""
    end = iri.rfind("/")
    while end > 0 and iri[end - 1] != "/":
        yield iri[:end]
        end = iri.rfind("/", 0, end)


def read(triples: Iterable[Triple]) -> ArticleView:
    """Read an article's graph.

    What is not about an event (the article, its outlet, candidates, relations between states with their claims) is
    returned as `rest`, without the article's text and the evidence spans, which stay in the article's own graph.
    """
    parts = _Parts()
    for subject, predicate, value in triples:
        assert isinstance(subject, Iri)
        parts.nodes[subject][predicate].append(value)
    for node in parts.nodes.values():
        for values in node.values():
            if len(values) > 1:
                values.sort(key=lambda term: term.n3())
    [article] = parts.of_type(ent.Article)
    issued, outlet = first(parts.frozen(article), dcterms.issued), first(parts.frozen(article), ent.publisher)
    publisher = outlet if isinstance(outlet, Iri) else None
    published = date.fromisoformat(issued.lexical) if isinstance(issued, Literal) else None
    events = {iri for iri, node in parts.nodes.items() if ent.eventType in node}
    statements = {iri: _statement(parts.nodes[iri]) for iri in parts.of_type(rdf.Statement)}
    claims: dict[Iri, list[LocalClaim]] = defaultdict(list)
    said = first(parts.frozen(article), ent.text)
    text = said.lexical if isinstance(said, Literal) else ""
    sentences = _sentences(parts, text)
    through_events = {iri for iri, statement in statements.items() if statement.subject in events}
    below: dict[str, list[Iri]] = defaultdict(list)
    for iri in sorted(parts.nodes):
        for owner in _owners(iri):
            below[owner].append(iri)
    for iri in parts.of_type(ent.Claim):
        made = tuple(statements[s] for s in parts.nodes[iri][ent.asserts] if isinstance(s, Iri))
        times = below.get(f"{iri}/when", ())
        details = frozenset(parts.triples(times))
        properties = parts.frozen(iri, frozenset({ent.evidence, ent.asserts}))
        for event in sorted({s.subject for s in made} & events):
            assert isinstance(event, Iri)
            own = tuple(s for s in made if s.subject == event)
            claims[event].append(LocalClaim(iri, properties, own, details, tuple(sentences[iri])))
            through_events |= {iri, *times}
    accounts = []
    for iri in sorted(events):
        owned = below.get(iri, ())
        described = {node: parts.frozen(node) for node in owned}
        accounts.append(
            Account(iri, article, publisher, published, parts.frozen(iri), described, tuple(claims[iri]), text[:_LEAD])
        )
        through_events |= {iri, *owned}
    public = {node for node in parts.nodes if node not in through_events and "/evidence/" not in node}
    rest = frozenset(t for t in parts.triples(public) if t.predicate not in {ent.text, ent.evidence})
    return ArticleView(tuple(accounts), rest)
