"""Which accounts make up one event: connected components of links, parted where their members exclude one another.

The result depends on the set of accounts, links and decisions only, never on the order in which they arrive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from entente.consensus.identity import Descriptor, notation
from entente.consensus.likeness import Match, conflict, match
from entente.model import Iri
from entente.model.iri import digest, entity

__all__ = ["Decisions", "Pair", "all_matches", "clusters", "components"]

Pair = tuple[Iri, Iri]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided on pairs of accounts, each pair in the order of its IRIs."""

    accepted: frozenset[Pair] = field(default=frozenset())
    rejected: frozenset[Pair] = field(default=frozenset())


def all_matches(descriptors: Mapping[Iri, Descriptor]) -> tuple[Match, ...]:
    """Match all accounts that share a block with one another, in the order of their pairs."""
    blocks: dict[str, list[Iri]] = {}
    for iri, descriptor in descriptors.items():
        for key in descriptor.keys:
            blocks.setdefault(key, []).append(iri)
    pairs = {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}
    return tuple(m for one, other in sorted(pairs) if (m := match(descriptors[one], descriptors[other])))


def components(nodes: Iterable[Iri], links: Iterable[Pair]) -> tuple[tuple[Iri, ...], ...]:
    """Part the nodes into connected components, each sorted, in the order of their first members."""
    neighbours: dict[Iri, set[Iri]] = {node: set() for node in nodes}
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    seen: set[Iri] = set()
    found = []
    for start in sorted(neighbours):
        if start in seen:
            continue
        component, edge = {start}, [start]
        while edge:
            fresh = neighbours[edge.pop()] - component
            component |= fresh
            edge += fresh
        seen |= component
        found.append(tuple(sorted(component)))
    return tuple(found)


def clusters(
    descriptors: Mapping[Iri, Descriptor], links: Mapping[Pair, float], decisions: Decisions
) -> dict[Iri, tuple[Iri, ...]]:
    """Part the accounts into events: the members of each by its canonical IRI.

    `links` are the scores of pairs that the score links; accounts between which a person decided must all be among
    `descriptors`, with all that is linked to them. Within a component the strongest links are followed first, and a link is
    left out where it would join accounts that exclude one another or that a person told apart.
    """
    decided = {pair for pair in decisions.accepted | decisions.rejected if set(pair) <= descriptors.keys()}
    # An accepted pair of unequal types was decided on before an account changed: it is void.
    accepted = {(a, b) for a, b in decisions.accepted & decided if descriptors[a].type is descriptors[b].type}
    found: dict[Iri, tuple[Iri, ...]] = {}
    for component in components(descriptors, {*links, *decided}):
        inside = {pair for pair in links if pair[0] in component} if len(component) > 1 else set()
        order = sorted(accepted & set(combinations(component, 2)))
        order += sorted(inside - accepted, key=lambda pair: (-links[pair], pair))
        for members in _grow(component, order, accepted, decisions.rejected, descriptors):
            found[_name([descriptors[m] for m in members], found)] = members
    return found


def _grow(
    component: Sequence[Iri],
    order: Iterable[Pair],
    accepted: set[Pair],
    rejected: frozenset[Pair],
    descriptors: Mapping[Iri, Descriptor],
) -> list[tuple[Iri, ...]]:
    home = {iri: {iri} for iri in component}
    for pair in order:
        one, other = home[pair[0]], home[pair[1]]
        if one is other:
            continue
        across = {(min(a, b), max(a, b)) for a, b in product(one, other)}
        if across & rejected:
            continue
        if pair not in accepted and any(conflict(descriptors[a], descriptors[b]) for a, b in across - accepted):
            continue
        one |= other
        home.update(dict.fromkeys(other, one))
    return sorted(tuple(sorted(members)) for members in {id(members): members for members in home.values()}.values())


def _name(members: Sequence[Descriptor], taken: Iterable[Iri]) -> Iri:
    """Name an event: by its edition where it has one, else by states, date and a digest of its first member.

    Two events of one edition, which a person told apart, are in one component and so get different names in any order.
    """
    kind = members[0].type.replace("_", "-")
    anchor = digest(min(member.iri for member in members), length=6)
    editions = Counter(edition for member in members for edition in member.editions)
    if editions:
        [best] = sorted(editions, key=lambda edition: (-editions[edition], edition))[:1]
        plain = entity(kind, best)
        return plain if plain not in taken else entity(kind, f"{best}-{anchor}")
    states = sorted({notation(state).lower() for member in members for state in member.states})
    days = [member.window.low for member in members if member.window and member.window.told]
    when = min(days).isoformat() if days else "undated"
    return entity(kind, "-".join([*states[:4], when, anchor]))
