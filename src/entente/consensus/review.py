"""What people decided about links and candidate entities: kept as data in a graph of its own, and applied whenever an
article is taken in or the consensus is built anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from entente.consensus.clusters import Decisions, Pair
from entente.model import Iri, Literal, Quad, Store, Term, Triple
from entente.model.iri import digest, entity, graph, vocab
from entente.model.terms import ent, rdf, rdfs

__all__ = ["ACCEPTED", "NEW", "REJECTED", "REVIEW", "Book", "Decision", "settle", "text_of"]

REVIEW = graph("review")
"""The graph that holds the decisions."""
ACCEPTED, REJECTED, NEW = (vocab("verdict", verdict) for verdict in ("accepted", "rejected", "confirmed-new"))


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: on the pair of accounts or on the candidate in `subjects`, with who took it, when and why.

    `identity` is the known entity that an accepted candidate is.
    """

    subjects: tuple[Iri, ...]
    verdict: Iri
    by: str
    on: date
    why: str = ""
    identity: Iri | None = None

    @property
    def iri(self) -> Iri:
        """Its identifier, the same for every decision on the same subjects."""
        return entity("review-decision", digest(*self.subjects))

    @property
    def on_link(self) -> bool:
        """Whether it is about a pair of accounts."""
        return len(self.subjects) == 2

    def says_the_same(self, other: Decision | None) -> bool:
        """Whether both decide the same, whoever took them and when."""
        return other is not None and (self.subjects, self.verdict, self.identity) == (
            other.subjects,
            other.verdict,
            other.identity,
        )

    def quads(self) -> frozenset[Quad]:
        """The decision as it stands in the review graph."""
        values: list[tuple[Iri, Term]] = [
            (rdf.type, ent.ReviewDecision),
            (ent.verdict, self.verdict),
            (ent.decidedBy, Literal(self.by)),
            (ent.decidedOn, Literal.date(self.on.isoformat())),
        ]
        values += [(ent.onAccount if self.on_link else ent.onCandidate, subject) for subject in self.subjects]
        values += [(rdfs.comment, Literal(self.why, lang="en"))] if self.why else []
        values += [(ent.identifiedWith, self.identity)] if self.identity else []
        return frozenset(Quad(self.iri, predicate, value, REVIEW) for predicate, value in values)

    @classmethod
    def read(cls, quads: Iterable[Quad]) -> Self:
        """Read what quads() wrote."""
        said = {quad.predicate: quad.object for quad in quads if quad.predicate not in (ent.onAccount, ent.onCandidate)}
        subjects = {q.object for q in quads if q.predicate in (ent.onAccount, ent.onCandidate)}
        verdict, identity = said[ent.verdict], said.get(ent.identifiedWith)
        assert isinstance(verdict, Iri)
        return cls(
            subjects=tuple(sorted(subject for subject in subjects if isinstance(subject, Iri))),
            verdict=verdict,
            by=text_of(said.get(ent.decidedBy)),
            on=date.fromisoformat(text_of(said[ent.decidedOn])),
            why=text_of(said.get(rdfs.comment)),
            identity=identity if isinstance(identity, Iri) else None,
        )


def text_of(term: Term | None) -> str:
    """The text of a literal; none for anything else."""
    return term.lexical if isinstance(term, Literal) else ""


class Book:
    """The decisions of a store, looked up by what they are about; `instead` gives others for some of them, or none."""

    def __init__(self, store: Store, instead: Mapping[Iri, Decision | None] | None = None) -> None:
        self._store = store
        self._instead = dict(instead or {})

    def decision(self, iri: Iri) -> Decision | None:
        """The decision of that identifier, if there is one."""
        if iri in self._instead:
            return self._instead[iri]
        quads = tuple(self._store.quads(iri, graph=REVIEW))
        return Decision.read(quads) if quads else None

    def all(self) -> tuple[Decision, ...]:
        """All decisions, in the order of their identifiers."""
        stored = {q.subject for q in self._store.quads(None, rdf.type, ent.ReviewDecision, REVIEW)}
        iris = sorted(iri for iri in {*stored, *self._instead} if isinstance(iri, Iri))
        return tuple(found for iri in iris if (found := self.decision(iri)) is not None)

    def on_links(self, accounts: Iterable[Iri]) -> Decisions:
        """What was decided on links of these accounts, with one another and with others."""
        wanted = set(accounts)
        accepted, rejected = set[Pair](), set[Pair]()
        for decision in self._about(ent.onAccount, wanted):
            pair = (decision.subjects[0], decision.subjects[1])
            (accepted if decision.verdict == ACCEPTED else rejected).add(pair)
        return Decisions(frozenset(accepted), frozenset(rejected))

    def on_candidates(self, candidates: Iterable[Iri]) -> dict[Iri, Decision]:
        """What was decided on these candidates."""
        return {decision.subjects[0]: decision for decision in self._about(ent.onCandidate, set(candidates))}

    @property
    def is_empty(self) -> bool:
        """Whether nobody decided anything."""
        return not self._instead and not any(self._store.quads(graph=REVIEW))

    def _about(self, predicate: Iri, subjects: set[Iri]) -> list[Decision]:
        # most stores hold no decision: one look instead of one for each subject
        if self.is_empty:
            return []
        stored = {q.subject for subject in subjects for q in self._store.quads(None, predicate, subject, REVIEW)}
        instead = {iri for iri, decision in self._instead.items() if decision and subjects & set(decision.subjects)}
        iris = sorted(iri for iri in {*stored, *instead} if isinstance(iri, Iri))
        on_link = predicate == ent.onAccount
        found = (self.decision(iri) for iri in iris)
        return [decision for decision in found if decision is not None and decision.on_link is on_link]


def settle(triples: set[Triple], book: Book) -> set[Triple]:
    """Apply what was decided on candidates to the triples of an article, as they are read for the consensus.

    A candidate that is a known entity gives way to it, one confirmed as new is no candidate any more; the article's own
    graph stays as it is.
    """
    if book.is_empty:
        return triples
    candidates = {t.subject for t in triples if t.predicate == rdf.type and t.object == ent.CandidateEntity}
    decided = book.on_candidates(iri for iri in candidates if isinstance(iri, Iri))
    if not decided:
        return triples
    known = {iri: decision.identity for iri, decision in decided.items() if decision.identity is not None}
    new = {iri for iri, decision in decided.items() if decision.verdict == NEW}
    settled = set()
    for subject, predicate, value in triples:
        if subject in known or (subject in new and predicate == rdf.type and value == ent.CandidateEntity):
            continue
        meant = known.get(value) if isinstance(value, Iri) else None
        settled.add(Triple(subject, predicate, meant or value))
    return settled
