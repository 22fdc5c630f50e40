"""The links between accounts and between copies, as they stand in the store with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from entente.consensus.account import graph_of, slug_of
from entente.consensus.clusters import Pair
from entente.consensus.copies import Copy, Report, all_copies, compare, keys, keys_around
from entente.consensus.identity import Descriptor
from entente.consensus.likeness import RULE, Match, match
from entente.consensus.review import Book
from entente.model import Iri, Literal, Quad, Store, Triple
from entente.model.iri import child, digest, entity, graph, vocab
from entente.model.terms import ent, rdf, rdfs

__all__ = [
    "AUTOMATIC",
    "COPIES",
    "IDENTITY",
    "Links",
    "copy_quads",
    "copy_triples",
    "identity_quads",
    "key_quads",
    "link_iri",
]

IDENTITY = graph("identity")
"""The graph of what the identity of events rests on: blocks, profiles and links of accounts."""
COPIES = graph("copies")
"""The graph of what copies are found by: keys of articles, and links between copies."""
AUTOMATIC, PROPOSED = vocab("link-status", "automatic"), vocab("link-status", "proposed")


def link_iri(pair: Pair) -> Iri:
    """The identifier of the link between two accounts."""
    return entity("account-link", digest(*sorted(pair)))


class Links:
    """Looks links up in a store, by keys, so that the effort does not grow with the store.

    `without` names the graphs of articles that are about to be replaced: what is stored of their accounts counts no more.
    """

    def __init__(self, store: Store, without: Iterable[Iri] = ()) -> None:
        self._store = store
        self._without = {name.rsplit("/", 1)[-1] for name in without}
        self._profiles: dict[Iri, Descriptor | None] = {}

    def _leaves(self, iri: Iri) -> bool:
        return slug_of(iri) in self._without

    def profile(self, account: Iri) -> Descriptor | None:
        """What identity is decided on for a stored account; None if there is no such account."""
        if account not in self._profiles:
            said = next(iter(self._store.quads(account, ent.identityProfile, None, IDENTITY)), None)
            text = said.object.lexical if said is not None and isinstance(said.object, Literal) else None
            self._profiles[account] = None if text is None else Descriptor.parse(account, text)
        return self._profiles[account]

    def knows(self, account: Iri) -> bool:
        """Whether the account is stored and stays."""
        return not self._leaves(account) and self.profile(account) is not None

    def matches(self, arriving: Mapping[Iri, Descriptor]) -> tuple[Match, ...]:
        """Match accounts with one another and with the stored ones that share a block, in the order of their pairs."""
        pairs = set[Pair]()
        known = dict[Iri, Descriptor](arriving)
        blocks: dict[str, list[Iri]] = {}
        for iri, descriptor in sorted(arriving.items()):
            for key in descriptor.keys:
                blocks.setdefault(key, []).append(iri)
        for key, own in blocks.items():
            pairs.update(combinations(own, 2))
            for quad in self._store.quads(None, ent.identityKey, Literal(key), IDENTITY):
                if isinstance(quad.subject, Iri) and self.knows(quad.subject):
                    found = self.profile(quad.subject)
                    assert found is not None
                    known[quad.subject] = found
                    pairs.update((min(iri, quad.subject), max(iri, quad.subject)) for iri in own)
        return tuple(m for one, other in sorted(pairs) if (m := match(known[one], known[other])))

    def closure(self, start: Iterable[Iri], book: Book) -> tuple[set[Iri], dict[Pair, float]]:
        """All stored accounts that links or decisions join to these, directly or through others, and the scores."""
        found, links, edge = set(start), dict[Pair, float](), list(start)
        while edge:
            account = edge.pop()
            linked = self._linked(account)
            links.update(linked)
            decided = book.on_links([account])
            near = {iri for pair in (*linked, *decided.accepted, *decided.rejected) for iri in pair}
            fresh = {iri for iri in near - found if self.profile(iri) is not None}
            edge += sorted(fresh)
            found |= fresh
        return found, links

    def _linked(self, account: Iri) -> dict[Pair, float]:
        found = {}
        for quad in self._store.quads(None, ent.linksAccount, account, IDENTITY):
            said = list(self._store.quads(_subject(quad), graph=IDENTITY))
            if any(q.predicate == ent.linkStatus and q.object == AUTOMATIC for q in said):
                one, other = sorted(q.object for q in said if q.predicate == ent.linksAccount and isinstance(q.object, Iri))
                [score] = [q.object for q in said if q.predicate == ent.linkScore]
                found[one, other] = float(score.lexical) if isinstance(score, Literal) else 0.0
        return found

    def quads_of(self, accounts: Iterable[Iri]) -> set[Quad]:
        """All that the identity graph holds of these accounts: keys, profiles and links with their evidence."""
        quads = set[Quad]()
        for account in accounts:
            quads.update(self._store.quads(account, graph=IDENTITY))
            for link in list(self._store.quads(None, ent.linksAccount, account, IDENTITY)):
                said = set(self._store.quads(_subject(link), graph=IDENTITY))
                parts = [q.object for q in said if q.predicate == ent.restsOn and isinstance(q.object, Iri)]
                quads |= said | {q for part in parts for q in self._store.quads(part, graph=IDENTITY)}
        return quads

    # -- copies --------------------------------------------------------------------------------------------------------

    def new_copies(self, reports: Mapping[Iri, Report]) -> tuple[Copy, ...]:
        """The near copies among these articles and between them and the stored ones, in the order of their pairs."""
        pairs = {found.pair for found in all_copies(reports)}
        known = {article: report.text for article, report in reports.items()}
        wanted: dict[str, list[Iri]] = {}
        for article, report in sorted(reports.items()):
            for key in keys_around(report):
                wanted.setdefault(key, []).append(article)
        for key, own in wanted.items():
            for quad in self._store.quads(None, ent.copyKey, Literal(key), COPIES):
                if isinstance(quad.subject, Iri) and not self._leaves(quad.subject):
                    pairs.update((min(iri, quad.subject), max(iri, quad.subject)) for iri in own)
        for article in sorted({iri for pair in pairs for iri in pair} - known.keys()):
            [stored] = [q.object for q in self._store.quads(article, ent.text, None, graph_of(article))]
            known[article] = stored.lexical if isinstance(stored, Literal) else ""
        return tuple(c for one, other in sorted(pairs) if (c := compare((one, known[one]), (other, known[other]))))

    def copies(self, articles: Iterable[Iri]) -> set[Pair]:
        """The pairs of stored copies to which one of these articles belongs."""
        found = set[Pair]()
        for quad in self.copy_quads_of(articles):
            if quad.predicate == ent.linksArticle:
                ends = [q.object for q in self._store.quads(_subject(quad), ent.linksArticle, None, COPIES)]
                one, other = sorted(end for end in ends if isinstance(end, Iri))
                found.add((one, other))
        return found

    def copy_quads_of(self, articles: Iterable[Iri]) -> set[Quad]:
        """All that the graph of copies holds of these articles."""
        quads = set[Quad]()
        for article in articles:
            quads.update(self._store.quads(article, graph=COPIES))
            for link in list(self._store.quads(None, ent.linksArticle, article, COPIES)):
                quads.update(self._store.quads(_subject(link), graph=COPIES))
        return quads


def _subject(quad: Quad) -> Iri:
    assert isinstance(quad.subject, Iri)
    return quad.subject


def identity_quads(descriptors: Mapping[Iri, Descriptor], matches: Iterable[Match]) -> set[Quad]:
    """What the identity graph holds of accounts and their links."""
    quads = set[Quad]()
    for iri, descriptor in descriptors.items():
        quads |= {Quad(iri, ent.identityKey, Literal(key), IDENTITY) for key in descriptor.keys}
        quads.add(Quad(iri, ent.identityProfile, Literal(descriptor.profile()), IDENTITY))
    for found in matches:
        link = link_iri(found.pair)
        quads |= {Quad(link, ent.linksAccount, account, IDENTITY) for account in found.pair}
        quads.add(Quad(link, rdf.type, ent.AccountLink, IDENTITY))
        quads.add(Quad(link, ent.linkScore, Literal.decimal(found.score), IDENTITY))
        quads.add(Quad(link, ent.linkRule, Literal(RULE), IDENTITY))
        quads.add(Quad(link, ent.linkStatus, AUTOMATIC if found.linked else PROPOSED, IDENTITY))
        for part in found.parts:
            node = child(link, "evidence", part.kind)
            quads.add(Quad(link, ent.restsOn, node, IDENTITY))
            quads.add(Quad(node, rdf.type, ent.LinkEvidence, IDENTITY))
            quads.add(Quad(node, ent.evidenceKind, Literal(part.kind), IDENTITY))
            quads.add(Quad(node, ent.evidenceWeight, Literal.decimal(part.bits), IDENTITY))
            quads.add(Quad(node, rdfs.comment, Literal(part.text, lang="en"), IDENTITY))
    return quads


def key_quads(reports: Mapping[Iri, Report]) -> set[Quad]:
    """The keys by which copies of these articles are found."""
    return {Quad(article, ent.copyKey, Literal(key), COPIES) for article, report in reports.items() for key in keys(report)}


def copy_quads(copies: Iterable[Copy]) -> set[Quad]:
    """The links between copies, as the graph of copies holds them."""
    quads = set[Quad]()
    for found in copies:
        link = entity("copy-link", digest(*found.pair))
        quads.add(Quad(link, rdf.type, ent.CopyLink, COPIES))
        quads |= {Quad(link, ent.linksArticle, article, COPIES) for article in found.pair}
        quads.add(Quad(link, ent.textLikeness, Literal.decimal(found.likeness), COPIES))
        quads.add(Quad(link, ent.textOverlap, Literal.decimal(found.overlap), COPIES))
    return quads


def copy_triples(quads: Iterable[Quad]) -> set[Triple]:
    """What the default graph says of copies: the links, and for each article what it nearly copies."""
    links = {quad.triple for quad in quads if quad.predicate != ent.copyKey}
    ends: dict[Iri, set[Iri]] = {}
    for subject, predicate, value in links:
        if predicate == ent.linksArticle and isinstance(subject, Iri) and isinstance(value, Iri):
            ends.setdefault(subject, set()).add(value)
    pairs = [sorted(found) for found in ends.values()]
    return links | {Triple(a, ent.nearCopyOf, b) for one, other in pairs for a, b in ((one, other), (other, one))}
