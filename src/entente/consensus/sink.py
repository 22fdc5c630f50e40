"""The writer that keeps the default graph in step with the articles: only what a delta touches is merged anew."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from entente import resources
from entente.consensus.account import ArticleView, read
from entente.consensus.identity import Descriptor, Match, all_matches, match
from entente.consensus.policy import POLICY
from entente.consensus.rules import Reasoner, read_rules, rules_version
from entente.consensus.world import World
from entente.model import Change, Delta, EntityIndex, Held, Iri, Literal, Quad, Store, Term, Triple
from entente.model.iri import BASE, digest, entity, graph, vocab
from entente.model.terms import ent, owl, rdf

__all__ = ["ARTICLE_GRAPHS", "GraphSink"]

ARTICLE_GRAPHS = f"{BASE}graph/article/"
"""What the names of article graphs begin with."""

_IDENTITY = graph("identity")
_DATASET = graph("dataset")
_ONTOLOGY = graph("ontology")
_REFERENCE = graph("reference")
_NOTHING = ArticleView((), frozenset())
Pair = tuple[Iri, Iri]

_COUNTED = {
    "articles": f"?x a {ent.Article.n3()}",
    "claims": f"?x a {ent.Claim.n3()}",
    "events": f"?x {ent.describedAs.n3()} ?account",
    "candidates": f"?x a {ent.CandidateEntity.n3()}",
    "conflicts": f"?x {ent.relationType.n3()} {vocab('claim-relation', 'contradicts').n3()}",
}


class GraphSink:
    """Puts deltas into a store: the article's graph, the identity links, and the published default graph.

    `store` is any Store; `index` gives the states that agents belong to. All that one delta changes is one atomic change
    of the store. What follows from the published facts by the ontology that prepare() loaded is published with them.
    """

    def __init__(self, store: Store, index: EntityIndex) -> None:
        self._store = store
        self._index = index
        self._rules = read_rules(resources.folder("queries") / "rules")
        self._inference: Reasoner | None = None

    def held(self, delta: Delta) -> Held:
        """What the graph holds of the delta's article."""
        stored = self._triples(delta.graph)
        if not stored:
            return Held.NOTHING
        return Held.SAME if stored == set(delta.triples) else Held.OTHER

    def put(self, delta: Delta) -> None:
        """Put the delta in place of what its article contributed before, atomically."""
        self._store.apply(self.change(delta.graph, delta.triples))

    def change(self, article_graph: Iri, triples: Iterable[Triple]) -> Change:
        """Work out all that replacing an article's graph changes; no triples at all retract the article."""
        new_triples = set(triples)
        old_triples = self._triples(article_graph)
        old = read(old_triples) if old_triples else _NOTHING
        new = read(new_triples) if new_triples else _NOTHING
        leaving = {account.iri for account in old.accounts}

        arriving = World(self._index)
        arriving.learn(new)
        matches = self._matches(arriving, article_graph)
        partners = {iri for found in matches for iri in found.pair} - set(arriving.accounts)
        standing, links = self._closure(leaving | partners)

        present = self._world(standing)
        before = present.published(standing, links)
        future = self._world(standing - leaving)
        future.learn(new)
        kept = {pair for pair in links if not set(pair) & leaving}
        joined = {found.pair for found in matches}
        after = future.published((standing - leaving) | set(arriving.accounts), kept | joined)

        others = self._context(old.rest, new.rest, article_graph)
        stood, stands = before | old.rest | others, after | new.rest | others
        stood |= self._reasoner().infer(stood)
        stands |= self._reasoner().infer(stands)
        identity_old = _identity_quads((present.descriptor(iri) for iri in leaving), ())
        identity_old |= {quad for pair in links - kept for quad in self._store.quads(_link(pair), graph=_IDENTITY)}
        identity_new = _identity_quads((arriving.descriptor(iri) for iri in arriving.accounts), matches)
        remove = {Quad(*t, article_graph) for t in old_triples} | {Quad(*t) for t in stood} | identity_old
        insert = {Quad(*t, article_graph) for t in new_triples} | {Quad(*t) for t in stands} | identity_new
        return Change(
            remove=tuple(sorted(remove - insert, key=Quad.n3)),
            insert=tuple(sorted(insert - remove, key=Quad.n3)),
        )

    def prepare(self, version: str, base: Mapping[str, Iterable[Triple]]) -> bool:
        """Load the base data (by graph name: ontology, vocab, reference) if the store holds another version of it.

        The consensus is then built anew, since what it derives rests on the reference data and the policy. Returns
        whether anything had to be done.
        """
        mark = Literal(f"{version} {POLICY} {rules_version(self._rules)}")
        if any(self._store.quads(_DATASET, owl.versionInfo, mark, _DATASET)):
            return False
        with _no_collection():
            self._store.apply(self._rebuilt(base, mark))
        return True

    def _rebuilt(self, base: Mapping[str, Iterable[Triple]], mark: Literal) -> Change:
        """All that the store is to hold but the article graphs, in place of what it holds."""
        articles = [name for name in self._store.graphs() if name.startswith(ARTICLE_GRAPHS)]
        kept = {name: self._triples(name) for name in articles}
        old = tuple(quad for quad in self._store.quads() if quad.graph is None or quad.graph not in kept)
        named = {graph(name): frozenset(triples) for name, triples in base.items()}
        facts = {t for triples in named.values() for t in triples}
        world = World(self._index)
        for triples in kept.values():
            view = read(triples)
            world.learn(view)
            facts |= view.rest
        descriptors = {iri: world.descriptor(iri) for iri in sorted(world.accounts)}
        matches = all_matches(descriptors)
        facts |= world.published(world.accounts, {found.pair for found in matches})
        self._inference = Reasoner(self._rules, named.get(_ONTOLOGY, ()))
        facts |= self._inference.infer(facts)
        insert = [Quad(*t, name) for name, triples in named.items() for t in triples]
        insert += [Quad(*t) for t in facts]
        insert += _identity_quads(descriptors.values(), matches)
        insert.append(Quad(_DATASET, owl.versionInfo, mark, _DATASET))
        return Change(remove=old, insert=tuple(insert))

    def summary(self) -> Mapping[str, int]:
        """Count what the graph holds: articles, claims, events, candidate entities, contradictions."""
        counts = {}
        for name, pattern in _COUNTED.items():
            row = self._store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}").rows[0]
            counts[name] = int(row[0].lexical) if isinstance(row[0], Literal) else 0
        return counts

    # -- reading back --------------------------------------------------------------------------------------------------

    def _triples(self, name: Iri) -> set[Triple]:
        return {quad.triple for quad in self._store.quads(graph=name)}

    def _world(self, accounts: Iterable[Iri]) -> World:
        world = World(self._index)
        for name in sorted({_graph_of(account) for account in accounts}):
            world.learn(read(self._triples(name)))
        return world

    def _closure(self, start: Iterable[Iri]) -> tuple[set[Iri], set[Pair]]:
        """All accounts linked to these, directly or through others, and the links."""
        found, links, edge = set(start), set[Pair](), list(start)
        while edge:
            for link in self._store.quads(None, ent.linksAccount, edge.pop(), _IDENTITY):
                assert isinstance(link.subject, Iri)
                ends = sorted(
                    q.object
                    for q in self._store.quads(link.subject, ent.linksAccount, None, _IDENTITY)
                    if isinstance(q.object, Iri)
                )
                links.add((ends[0], ends[1]))
                edge += set(ends) - found
                found.update(ends)
        return found, links

    def _matches(self, arriving: World, article_graph: Iri) -> tuple[Match, ...]:
        """The links of the arriving accounts with one another and with those of other articles that share a block."""
        found = []
        for iri in sorted(arriving.accounts):
            own = arriving.descriptor(iri)
            others = {
                quad.subject
                for key in own.keys
                for quad in self._store.quads(None, ent.identityKey, Literal(key), _IDENTITY)
                if isinstance(quad.subject, Iri) and _graph_of(quad.subject) != article_graph
            }
            world = self._world(others)
            known = [world.descriptor(other) for other in sorted(others)]
            known += [arriving.descriptor(other) for other in sorted(arriving.accounts) if other > iri]
            found += [m for other in known if (m := match(own, other))]
        return tuple(found)

    def _reasoner(self) -> Reasoner:
        if self._inference is None:
            self._inference = Reasoner(self._rules, self._triples(_ONTOLOGY))
        return self._inference

    def _context(self, old: frozenset[Triple], new: frozenset[Triple], article_graph: Iri) -> set[Triple]:
        """What other graphs say of the things that an article describes beside events, as far as it bears on the change.

        That is what they repeat of what the article leaves out now, all they say of things about which something is lost,
        and the reference data of what these things belong to. Events need none of it: all that is said of an event is in
        one component.
        """
        others: set[Triple] = set()
        lost: set[Iri] = set()
        for triple in old - new:
            if self._held_elsewhere(triple, article_graph):
                others.add(triple)
            elif isinstance(triple.subject, Iri):
                lost.add(triple.subject)
        others |= {q.triple for iri in lost for q in self._store.quads(iri) if _elsewhere(q, article_graph)}
        steps = self._reasoner().steps
        edge = {t.object for t in old | new | others if t.predicate in steps and isinstance(t.object, Iri)}
        seen: set[Term] = set(edge)
        while edge:
            owned = {quad.triple for quad in self._store.quads(edge.pop(), graph=_REFERENCE)}
            fresh = {t.object for t in owned if t.predicate in steps and isinstance(t.object, Iri)} - seen
            others |= owned
            seen |= fresh
            edge |= fresh
        return others

    def _held_elsewhere(self, triple: Triple, article_graph: Iri) -> bool:
        subject, predicate, value = triple
        assert isinstance(subject, Iri)
        return any(_elsewhere(quad, article_graph) for quad in self._store.quads(subject, predicate, value))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the search for reference cycles: among so many small values without any it takes a fifth of the time."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def _elsewhere(quad: Quad, article_graph: Iri) -> bool:
    """Whether the quad is asserted in another graph than the article's; the default graph holds what is published."""
    return quad.graph is not None and quad.graph not in (article_graph, _IDENTITY)


def _graph_of(account: Iri) -> Iri:
    """The graph of the article that an account stands in, from the account's IRI."""
    article = account.rsplit("/event/", 1)[0]
    return graph("article", article.rsplit("/", 1)[-1])


def _link(pair: Pair) -> Iri:
    return entity("account-link", digest(*sorted(pair)))


def _identity_quads(descriptors: Iterable[Descriptor], matches: Iterable[Match]) -> set[Quad]:
    quads = {
        Quad(descriptor.iri, ent.identityKey, Literal(key), _IDENTITY)
        for descriptor in descriptors
        for key in descriptor.keys
    }
    for found in matches:
        link = _link(found.pair)
        quads |= {Quad(link, ent.linksAccount, account, _IDENTITY) for account in found.pair}
        quads.add(Quad(link, rdf.type, ent.AccountLink, _IDENTITY))
        quads.add(Quad(link, ent.linkScore, Literal.decimal(found.score), _IDENTITY))
        quads.add(Quad(link, ent.linkRule, Literal(found.rule), _IDENTITY))
    return quads
