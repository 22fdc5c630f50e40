"""Accounts of a stored article read back for a merge: what is said of some of its events, without the rest of its graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from entente.model import Iri, Store, Term, Triple
from entente.model.terms import ent, rdf

__all__ = ["account_triples"]


def account_triples(store: Store, graph: Iri, accounts: Iterable[Iri]) -> set[Triple]:
    """Read from the graph of one article what a merge of some of its accounts rests on.

    That is what the article says of itself but its text, which agents are candidates and of which states, the events with
    the values below them, and the statements about them with the claims that make these. Evidence, and what the article
    tells of other events, are left where they are: they are most of a graph, and each term costs a look at the disk.
    """
    reading = _Reading(store, graph)
    for account in sorted(accounts):
        reading.take_article(Iri(account.rsplit("/event/", 1)[0]))
        reading.take_account(account)
    reading.find(None, rdf.type, ent.CandidateEntity)
    reading.find(None, ent.belongsToState)
    return reading.found


@dataclass(slots=True)
class _Reading:
    """What was read so far, and whose own triples were."""

    store: Store
    graph: Iri
    found: set[Triple] = field(default_factory=set)
    seen: set[Term] = field(default_factory=set)

    def find(self, subject: Iri | None, predicate: Iri | None = None, value: Term | None = None) -> list[Triple]:
        triples = [quad.triple for quad in self.store.quads(subject, predicate, value, self.graph)]
        self.found.update(triples)
        return triples

    def take_article(self, article: Iri) -> None:
        if article not in self.seen:
            self.seen.add(article)
            own = (quad.triple for quad in self.store.quads(article, graph=self.graph))
            self.found.update(triple for triple in own if triple.predicate != ent.text)

    def take_account(self, account: Iri) -> None:
        below = f"{account}/"
        self._take_tree(account, below)
        for made in self.find(None, rdf.subject, account):
            assert isinstance(made.subject, Iri)
            for triple in self.find(made.subject):
                self._take_tree(triple.object, below)
            for asserted in self.find(None, ent.asserts, made.subject):
                assert isinstance(asserted.subject, Iri)
                self._take_claim(asserted.subject)

    def _take_claim(self, claim: Iri) -> None:
        if claim not in self.seen:
            self.seen.add(claim)
            own = (quad.triple for quad in self.store.quads(claim, graph=self.graph))
            # Not all that it asserts is of these accounts.
            said = [triple for triple in own if triple.predicate not in (ent.asserts, ent.evidence)]
            self.found.update(said)
            for triple in said:
                self._take_tree(triple.object, f"{claim}/when/")

    def _take_tree(self, top: Term, below: str) -> None:
        """Read a node and those below it that it leads to, if it is an account or below one."""
        edge = [top]
        while edge:
            node = edge.pop()
            if isinstance(node, Iri) and node not in self.seen and f"{node}/".startswith(below):
                self.seen.add(node)
                edge += (triple.object for triple in self.find(node))
