"""Articles as read back, with the states that their agents belong to: what identity and policy are worked out on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from entente.consensus.account import Account, ArticleView, read
from entente.consensus.identity import Descriptor, all_matches, canonical_iri, components, describe
from entente.consensus.policy import publish
from entente.model import Delta, EntityIndex, Iri, Kind, Triple
from entente.model.terms import ent

__all__ = ["World", "canonical_events"]

Pair = tuple[Iri, Iri]


@dataclass(slots=True)
class World:
    """Articles as read back, and the states that their candidate agents belong to."""

    index: EntityIndex
    accounts: dict[Iri, Account] = field(default_factory=dict)
    states: dict[Iri, Iri] = field(default_factory=dict)

    def learn(self, view: ArticleView) -> None:
        """Take in an article."""
        self.accounts.update({account.iri: account for account in view.accounts})
        for subject, predicate, value in view.rest:
            if predicate == ent.belongsToState and isinstance(subject, Iri) and isinstance(value, Iri):
                self.states[subject] = value

    def state_of(self, agent: Iri) -> Iri | None:
        """The state that an agent belongs to; a state gives itself."""
        known = self.index.entity(agent)
        if known is None:
            return self.states.get(agent)
        return agent if known.kind is Kind.STATE else known.state

    def descriptor(self, account: Iri) -> Descriptor:
        """What identity is decided on, for one account."""
        return describe(self.accounts[account], self.state_of)

    def published(self, accounts: Iterable[Iri], links: Iterable[Pair]) -> set[Triple]:
        """What the default graph says of the events that these accounts and links make up."""
        triples: set[Triple] = set()
        for members in components(accounts, links):
            canonical = canonical_iri([self.descriptor(member) for member in members])
            triples |= publish(canonical, [self.accounts[m] for m in members], self.state_of, self.index.dyad)
        return triples


def canonical_events(deltas: Iterable[Delta], index: EntityIndex) -> dict[tuple[str, str], Iri]:
    """Work out which events of these articles are the same, without a store.

    Gives for each event, by its article's slug and its key within the article (`e1`), the canonical IRI that the graph
    would give it if it held exactly these articles. Articles of equal slugs must not occur.
    """
    world = World(index)
    for delta in deltas:
        world.learn(read(delta.triples))
    descriptors = {iri: world.descriptor(iri) for iri in sorted(world.accounts)}
    links = {found.pair for found in all_matches(descriptors)}
    found: dict[tuple[str, str], Iri] = {}
    for members in components(world.accounts, links):
        canonical = canonical_iri([descriptors[member] for member in members])
        for member in members:
            article, key = member.rsplit("/event/", 1)
            found[article.rsplit("/", 1)[-1], key] = canonical
    return found
