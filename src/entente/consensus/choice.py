"""Other ways than the consensus to choose among the claims about one event, each merged by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from entente.consensus.account import Account, LocalClaim, graph_of, read
from entente.consensus.links import Links
from entente.consensus.policy import CONTRADICTS, MERGED, publish
from entente.consensus.review import Book, settle
from entente.consensus.wording import Lexicon
from entente.consensus.world import World
from entente.errors import QueryError
from entente.model import EntityIndex, Iri, Store, Triple
from entente.model.terms import ent

__all__ = ["Choice", "choose"]

_MOST = 200
"""So many articles are read anew at most."""


class Choice(StrEnum):
    """Whose claims count, and what is done where they contradict one another (docs/decisions/0020-rest.md).

    The consensus takes all, and leaves out what is in dispute. `only-party` takes what the states involved and their bodies
    say, `only-third-party` what everybody else says, outlets included. `latest` settles a dispute by the newest article.
    """

    CONSENSUS = "consensus"
    ONLY_PARTY = "only-party"
    ONLY_THIRD_PARTY = "only-third-party"
    LATEST = "latest"


def choose(store: Store, index: EntityIndex, event: Iri, choice: Choice) -> frozenset[Triple]:
    """Merge what articles claim of a canonical event anew, from the claims that a choice admits.

    Gives what the default graph would say of the event, its parts and the claims about it; nothing where no claim is left.
    Raises QueryError 823 where more than 200 articles tell of the event.
    """
    members = {quad.object for quad in store.quads(event, ent.describedAs, default_graph=True)}
    graphs = sorted({graph_of(member) for member in members if isinstance(member, Iri)})
    if len(graphs) > _MOST:
        raise QueryError(
            823,
            f"{len(graphs)} articles tell of the event, too many to weigh anew",
            f"ask for policy={Choice.CONSENSUS}, or choose among its claims at /claims?event=...",
        )
    # Which accounts are of one event is settled, so that no words are needed to tell events apart.
    world, book = World(index, Lexicon()), Book(store)
    for name in graphs:
        world.learn(read(settle({quad.triple for quad in store.quads(graph=name)}, book)))
    world.copies = Links(store).copies(world.origins)
    told = [account for iri, account in sorted(world.accounts.items()) if iri in members]
    parties = {quad.object for quad in store.quads(event, ent.involvesState, default_graph=True)}

    def merged(accounts: Sequence[Account]) -> frozenset[Triple]:
        if not accounts:
            return frozenset()
        sources = world.sources({account.article for account in accounts})
        return publish(event, accounts, world.state_of, index.dyad, sources)

    if choice is Choice.LATEST:
        return _settled(told, merged)
    if choice is not Choice.CONSENSUS:
        inside = choice is Choice.ONLY_PARTY
        admitted = [_only(account, lambda claim: (world.state_of(claim.speaker) in parties) is inside) for account in told]
        told = [account for account in admitted if account.claims]
    return merged(told)


def _only(account: Account, admits: Callable[[LocalClaim], bool]) -> Account:
    """The account without the claims that are not admitted, and what rests on them alone."""
    kept = tuple(claim for claim in account.claims if admits(claim))
    said = {(s.predicate, s.object) for claim in account.claims for s in claim.statements}
    still = {(s.predicate, s.object) for claim in kept for s in claim.statements}
    lost = said - still
    node = {p: tuple(value for value in values if (p, value) not in lost) for p, values in account.node.items()}
    # What an event is, every account of it says.
    node[ent.eventType], node[ent.mode] = account.node[ent.eventType], account.node[ent.mode]
    return replace(account, node=node, claims=kept)


def _settled(accounts: Sequence[Account], merged: Callable[[Sequence[Account]], frozenset[Triple]]) -> frozenset[Triple]:
    """Merge, and where that finds a contradiction, take what the newest article says of that property alone."""
    disputed: set[Iri] = set()
    while True:
        found = merged([_without(account, accounts, disputed) for account in accounts])
        fresh = _disputes(found) - disputed
        if not fresh:
            return found
        disputed |= fresh


def _disputes(found: Iterable[Triple]) -> set[Iri]:
    told: Mapping[Iri, set[Triple]] = {ent.relationType: set(), ent.onProperty: set()}
    for triple in found:
        if triple.predicate in told:
            told[triple.predicate].add(triple)
    against = {triple.subject for triple in told[ent.relationType] if triple.object == CONTRADICTS}
    return {
        triple.object
        for triple in told[ent.onProperty]
        if triple.subject in against and isinstance(triple.object, Iri) and triple.object in MERGED
    }


def _without(account: Account, accounts: Sequence[Account], disputed: Collection[Iri]) -> Account:
    """The account without what a newer one says otherwise."""
    old = {p for p in disputed if account.objects(p) and _day(account) < max(_day(a) for a in accounts if a.objects(p))}
    return replace(account, node={p: values for p, values in account.node.items() if p not in old}) if old else account


def _day(account: Account) -> date:
    """When an account was published; one of no known day is older than all others."""
    return account.published or date.min
