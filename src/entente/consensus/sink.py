"""The writer that keeps the default graph in step with the articles: only what a delta touches is merged anew."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from entente import resources
from entente.consensus.account import graph_of, read
from entente.consensus.clusters import all_matches
from entente.consensus.copies import Report, all_copies
from entente.consensus.identity import BLOCKS
from entente.consensus.likeness import RULE
from entente.consensus.links import COPIES, IDENTITY, Links, copy_quads, copy_triples, identity_quads, key_quads
from entente.consensus.policy import CONTRADICTS, POLICY
from entente.consensus.review import REVIEW, Book, Decision, settle
from entente.consensus.rules import Reasoner, read_rules, rules_version
from entente.consensus.wording import Lexicon
from entente.consensus.world import World
from entente.model import Change, Delta, EntityIndex, Held, Iri, Literal, Quad, Store, Term, Triple
from entente.model.iri import ARTICLE_GRAPHS, graph
from entente.model.terms import dcterms, ent, owl, rdf

__all__ = ["GraphSink"]

_DATASET = graph("dataset")
_ONTOLOGY = graph("ontology")
_REFERENCE = graph("reference")
_OURS = frozenset({IDENTITY, COPIES, REVIEW, _DATASET})
"""Graphs that hold what the consensus is worked out with, and nothing that is published as it stands."""

_COUNTED = {
    "articles": f"?x a {ent.Article.n3()}",
    "claims": f"?x a {ent.Claim.n3()}",
    "events": f"?x {ent.describedAs.n3()} ?account",
    "candidates": f"?x a {ent.CandidateEntity.n3()}",
    "conflicts": f"?x {ent.relationType.n3()} {CONTRADICTS.n3()}",
}


class GraphSink:
    """Puts deltas into a store: the article's graph, the identity links, and the published default graph.

    `store` is any Store; `index` gives the states that agents belong to. All that one delta changes is one atomic change
    of the store. What follows from the published facts by the ontology that prepare() loaded is published with them.
    """

    def __init__(self, store: Store, index: EntityIndex) -> None:
        self.store = store
        self._index = index
        self._lexicon = Lexicon.of(index)
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
        self.put_all([delta])

    def put_all(self, deltas: Sequence[Delta]) -> None:
        """Put several deltas as one atomic change; of two deltas of one article the later stands."""
        if deltas:
            book = Book(self.store)
            with _no_collection():
                self.store.apply(self._replaced({delta.graph: set(delta.triples) for delta in deltas}, book, book))

    def change(self, article_graph: Iri, triples: Iterable[Triple]) -> Change:
        """Work out all that replacing an article's graph changes; no triples at all retract the article."""
        book = Book(self.store)
        return self._replaced({article_graph: set(triples)}, book, book)

    def decide(self, decisions: Mapping[Iri, Decision | None]) -> Change:
        """Work out all that decisions change, each under its identifier; None takes one back."""
        before, after = Book(self.store), Book(self.store, decisions)
        touched = set[Iri]()
        quads: dict[bool, set[Quad]] = {False: set(), True: set()}
        for iri in decisions:
            for stands, found in ((False, before.decision(iri)), (True, after.decision(iri))):
                if found is not None:
                    quads[stands] |= found.quads()
                    touched.update(found.subjects)
        articles = {name: self._triples(name) for name in self._articles_with(touched)}
        change = self._replaced(articles, before, after)
        remove, insert = set(change.remove) | quads[False], set(change.insert) | quads[True]
        return _change(remove, insert)

    def _replaced(self, articles: Mapping[Iri, set[Triple]], before: Book, after: Book) -> Change:
        """All that new graphs of some articles change, or new decisions that bear on them."""
        old_triples = {name: self._triples(name) for name in articles}
        old = [read(settle(triples, before)) for triples in old_triples.values() if triples]
        new = [read(settle(triples, after)) for triples in articles.values() if triples]
        leaving = {account.iri for view in old for account in view.accounts}
        links = Links(self.store, without=articles)

        arriving = World(self._index, self._lexicon)
        for view in new:
            arriving.learn(view)
        descriptors = {iri: arriving.descriptor(iri) for iri in sorted(arriving.accounts)}
        matches = links.matches(descriptors)
        decided = after.on_links(descriptors)
        partners = {iri for found in matches if found.linked for iri in found.pair}
        partners |= {iri for pair in decided.accepted | decided.rejected for iri in pair if links.knows(iri)}
        standing, linked = links.closure(leaving | (partners - descriptors.keys()), before)

        present = self._world(standing | leaving, before)
        present.copies = links.copies(present.origins)
        stood = present.published(standing, linked, before.on_links(standing))
        future = present.without(leaving, {name for name in present.origins if graph_of(name) in articles})
        for view in new:
            future.learn(view)
        future.descriptors |= descriptors
        reports = {iri: report for triples in articles.values() for iri, report in _reports(triples).items()}
        copies = links.new_copies(reports)
        future.copies |= {found.pair for found in copies}
        staying = (standing - leaving) | descriptors.keys()
        kept = {pair: score for pair, score in linked.items() if not set(pair) & leaving}
        kept |= {found.pair: found.score for found in matches if found.linked}
        stands = future.published(staying, kept, after.on_links(staying))

        old_rest = {t for view in old for t in view.rest}
        new_rest = {t for view in new for t in view.rest}
        others = settle(self._context(old_rest, new_rest, frozenset(articles)), after)
        stood |= old_rest | others
        stands |= new_rest | others
        stood |= self._reasoner().infer(stood)
        stands |= self._reasoner().infer(stands)
        gone = {iri for triples in old_triples.values() for iri in _reports(triples)}
        derived_old, copied_old = links.quads_of(leaving), links.copy_quads_of(gone)
        stood |= copy_triples(copied_old)
        derived_new, copied_new = identity_quads(descriptors, matches), copy_quads(copies) | key_quads(reports)
        stands |= copy_triples(copied_new)
        pairs = [(None, stood, stands), *((name, old_triples[name], triples) for name, triples in articles.items())]
        derived = _change(derived_old | copied_old, derived_new | copied_new)
        return Change(
            remove=(*derived.remove, *(Quad(*t, name) for name, was, becomes in pairs for t in was - becomes)),
            insert=(*derived.insert, *(Quad(*t, name) for name, was, becomes in pairs for t in becomes - was)),
        )

    def prepare(self, version: str, base: Mapping[str, Iterable[Triple]]) -> bool:
        """Load the base data (by graph name: ontology, vocab, reference) if the store holds another version of it.

        The consensus is then built anew, since what it derives rests on the reference data and the policy; what people
        decided stays. Returns whether anything had to be done.
        """
        mark = Literal(f"{version} {POLICY} {RULE} {BLOCKS} {rules_version(self._rules)}")
        if any(self.store.quads(_DATASET, owl.versionInfo, mark, _DATASET)):
            return False
        with _no_collection():
            self.store.apply(self._rebuilt(base, mark))
        return True

    def _rebuilt(self, base: Mapping[str, Iterable[Triple]], mark: Literal) -> Change:
        """All that the store is to hold but the article graphs and the decisions, in place of what it holds."""
        articles = [name for name in self.store.graphs() if name.startswith(ARTICLE_GRAPHS)]
        kept = {name: self._triples(name) for name in articles}
        old = tuple(q for q in self.store.quads() if q.graph is None or (q.graph not in kept and q.graph != REVIEW))
        named = {graph(name): frozenset(triples) for name, triples in base.items()}
        facts = {t for triples in named.values() for t in triples}
        world, book = World(self._index, self._lexicon), Book(self.store)
        for triples in kept.values():
            view = read(settle(triples, book))
            world.learn(view)
            facts |= view.rest
        reports = {iri: report for triples in kept.values() for iri, report in _reports(triples).items()}
        copies = all_copies(reports)
        world.copies = {found.pair for found in copies}
        descriptors = {iri: world.descriptor(iri) for iri in sorted(world.accounts)}
        matches = all_matches(descriptors)
        links = {found.pair: found.score for found in matches if found.linked}
        facts |= world.published(descriptors, links, book.on_links(descriptors))
        self._inference = Reasoner(self._rules, named.get(_ONTOLOGY, ()))
        facts |= self._inference.infer(facts)
        copied = copy_quads(copies)
        facts |= copy_triples(copied)
        insert = [Quad(*t, name) for name, triples in named.items() for t in triples]
        insert += [Quad(*t) for t in facts]
        insert += [*identity_quads(descriptors, matches), *copied, *key_quads(reports)]
        insert.append(Quad(_DATASET, owl.versionInfo, mark, _DATASET))
        return Change(remove=old, insert=tuple(insert))

    def summary(self) -> Mapping[str, int]:
        """Count what the graph holds: articles, claims, events, candidate entities, contradictions."""
        count = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE"
        return {name: self.store.select(f"{count} {{ {pattern} }}").number for name, pattern in _COUNTED.items()}

    # -- reading back --------------------------------------------------------------------------------------------------

    def _triples(self, name: Iri) -> set[Triple]:
        return {quad.triple for quad in self.store.quads(graph=name)}

    def _world(self, accounts: Iterable[Iri], book: Book) -> World:
        world = World(self._index, self._lexicon)
        for name in sorted(set(map(graph_of, accounts))):
            world.learn(read(settle(self._triples(name), book)))
        return world

    def _articles_with(self, subjects: Iterable[Iri]) -> set[Iri]:
        """The graphs of the articles that hold these accounts or candidates."""
        found = (quad.graph for subject in subjects for quad in self.store.quads(subject, rdf.type))
        return {name for name in found if name is not None and name.startswith(ARTICLE_GRAPHS)}

    def _reasoner(self) -> Reasoner:
        if self._inference is None:
            self._inference = Reasoner(self._rules, self._triples(_ONTOLOGY))
        return self._inference

    def _context(self, old: set[Triple], new: set[Triple], articles: frozenset[Iri]) -> set[Triple]:
        """What other graphs say of the things that articles describe beside events, as far as it bears on the change.

        That is what they repeat of what the articles leave out now, all they say of things about which something is lost,
        and the reference data of what these things belong to. Events need none of it: all that is said of an event is in
        one component.
        """

        def elsewhere(quad: Quad) -> bool:
            return quad.graph is not None and quad.graph not in articles and quad.graph not in _OURS

        others: set[Triple] = set()
        lost: set[Iri] = set()
        for triple in old - new:
            subject, predicate, value = triple
            assert isinstance(subject, Iri)
            if any(elsewhere(quad) for quad in self.store.quads(subject, predicate, value)):
                others.add(triple)
            else:
                lost.add(subject)
        others |= {q.triple for iri in lost for q in self.store.quads(iri) if elsewhere(q)}
        steps = self._reasoner().steps
        edge = {t.object for t in old | new | others if t.predicate in steps and isinstance(t.object, Iri)}
        seen: set[Term] = set(edge)
        while edge:
            owned = {quad.triple for quad in self.store.quads(edge.pop(), graph=_REFERENCE)}
            fresh = {t.object for t in owned if t.predicate in steps and isinstance(t.object, Iri)} - seen
            others |= owned
            seen |= fresh
            edge |= fresh
        return others


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


def _change(remove: set[Quad], insert: set[Quad]) -> Change:
    return Change(remove=tuple(remove - insert), insert=tuple(insert - remove))


def _reports(triples: Iterable[Triple]) -> dict[Iri, Report]:
    """The texts of the articles that the triples hold, with the days of publication."""
    texts, issued = dict[Iri, str](), dict[Iri, date]()
    for subject, predicate, value in triples:
        if isinstance(subject, Iri) and isinstance(value, Literal):
            if predicate == ent.text:
                texts[subject] = value.lexical
            elif predicate == dcterms.issued:
                issued[subject] = date.fromisoformat(value.lexical)
    return {iri: Report(text, issued.get(iri)) for iri, text in texts.items()}
