"""Articles as read back, with the states that their agents belong to: what identity and policy are worked out on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from entente.consensus.account import Account, ArticleView, read
from entente.consensus.clusters import Decisions, Pair, all_matches, clusters, components
from entente.consensus.identity import Descriptor, describe
from entente.consensus.policy import publish
from entente.consensus.wording import Lexicon
from entente.model import Delta, EntityIndex, Iri, Kind, Triple
from entente.model.terms import ent

__all__ = ["World", "canonical_events"]


@dataclass(slots=True)
class World:
    """Articles as read back: their accounts, the states of their candidate agents, and where their reports come from.

    `origins` gives for each article its outlet and the agencies that it credits; `copies` are pairs of near copies;
    `descriptors` those that were worked out already.
    """

    index: EntityIndex
    lexicon: Lexicon
    accounts: dict[Iri, Account] = field(default_factory=dict)
    states: dict[Iri, Iri] = field(default_factory=dict)
    origins: dict[Iri, set[Iri]] = field(default_factory=lambda: defaultdict(set))
    copies: set[Pair] = field(default_factory=set)
    descriptors: dict[Iri, Descriptor] = field(default_factory=dict)

    def learn(self, view: ArticleView) -> None:
        """Take in an article."""
        self.accounts.update({account.iri: account for account in view.accounts})
        for subject, predicate, value in view.rest:
            if isinstance(subject, Iri) and isinstance(value, Iri):
                if predicate == ent.belongsToState:
                    self.states[subject] = value
                elif predicate in (ent.publisher, ent.creditsAgency):
                    self.origins[subject].add(value)

    def without(self, accounts: set[Iri], articles: set[Iri]) -> World:
        """The same less some accounts and some articles."""
        return World(
            self.index,
            self.lexicon,
            {iri: account for iri, account in self.accounts.items() if iri not in accounts},
            dict(self.states),
            defaultdict(set, {article: found for article, found in self.origins.items() if article not in articles}),
            {pair for pair in self.copies if not set(pair) & articles},
            {iri: found for iri, found in self.descriptors.items() if iri not in accounts},
        )

    def state_of(self, agent: Iri) -> Iri | None:
        """The state that an agent belongs to; a state gives itself."""
        known = self.index.entity(agent)
        if known is None:
            return self.states.get(agent)
        return agent if known.kind is Kind.STATE else known.state

    def descriptor(self, account: Iri) -> Descriptor:
        """What identity is decided on, for one account."""
        if account not in self.descriptors:
            self.descriptors[account] = describe(self.accounts[account], self._party_of, self.lexicon.words)
        return self.descriptors[account]

    def _party_of(self, agent: Iri) -> Iri:
        return self.state_of(agent) or self.lexicon.bodies.get(agent, agent)

    def published(self, accounts: Iterable[Iri], links: Mapping[Pair, float], decisions: Decisions) -> set[Triple]:
        """What the default graph says of the events that these accounts and links make up."""
        descriptors = {account: self.descriptor(account) for account in sorted(accounts)}
        triples: set[Triple] = set()
        for canonical, members in clusters(descriptors, links, decisions).items():
            told = [self.accounts[member] for member in members]
            sources = self.sources({account.article for account in told})
            triples |= publish(canonical, told, self.state_of, self.index.dyad, sources)
        return triples

    def sources(self, articles: set[Iri]) -> dict[Iri, Iri]:
        """The one source behind each article: the same for copies, reports of one outlet and those of one agency."""
        joined = {pair for pair in self.copies if set(pair) <= articles}
        joined |= {(article, origin) for article in articles for origin in self.origins[article]}
        nodes = articles | {origin for article in articles for origin in self.origins[article]}
        return {iri: group[0] for group in components(nodes, joined) for iri in group if iri in articles}


def canonical_events(deltas: Iterable[Delta], index: EntityIndex) -> dict[tuple[str, str], Iri]:
    """Work out which events of these articles are the same, without a store.

    Gives for each event, by its article's slug and its key within the article (`e1`), the canonical IRI that the graph
    would give it if it held exactly these articles and no decisions. Articles of equal slugs must not occur.
    """
    world = World(index, Lexicon.of(index))
    for delta in deltas:
        world.learn(read(delta.triples))
    descriptors = {iri: world.descriptor(iri) for iri in sorted(world.accounts)}
    links = {found.pair: found.score for found in all_matches(descriptors) if found.linked}
    found: dict[tuple[str, str], Iri] = {}
    for canonical, members in clusters(descriptors, links, Decisions()).items():
        for member in members:
            article, key = member.rsplit("/event/", 1)
            found[article.rsplit("/", 1)[-1], key] = canonical
    return found
