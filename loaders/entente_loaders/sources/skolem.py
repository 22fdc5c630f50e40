"""Blank nodes given names by what is said of them, so that equal data get equal names in any order (RDF 1.1, 3.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from entente.model import BlankNode, Iri, Term, Triple
from entente.model.iri import child, digest

__all__ = ["named"]

_ROUNDS = 64
"""So many steps along a chain of blank nodes are looked at; what differs only further on is told apart by its order."""


def named(triples: Iterable[Triple], below: Iri) -> set[Triple]:
    """Name the blank nodes of a graph `below/node/DIGEST`; those that nothing tells apart get numbers."""
    graph = set(triples)
    nodes = sorted({t for triple in graph for t in (triple.subject, triple.object) if isinstance(t, BlankNode)})
    if not nodes:
        return graph
    touching: dict[BlankNode, list[Triple]] = {node: [] for node in nodes}
    for triple in graph:
        for term in {triple.subject, triple.object}:
            if isinstance(term, BlankNode):
                touching[term].append(triple)
    colours: dict[BlankNode, str] = dict.fromkeys(nodes, "")
    kinds = 0
    for _ in range(_ROUNDS):
        colours = {node: _colour(node, touching[node], colours) for node in nodes}
        found = len(set(colours.values()))
        if found in {kinds, len(nodes)}:
            break
        kinds = found
    taken: Counter[str] = Counter()
    names: dict[Term, Iri] = {}
    for node in sorted(nodes, key=lambda node: (colours[node], len(node), node)):
        colour = colours[node]
        taken[colour] += 1
        names[node] = child(below, "node", colour if taken[colour] == 1 else f"{colour}-{taken[colour]}")
    return {Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object)) for t in graph}


def _colour(node: BlankNode, triples: Iterable[Triple], colours: Mapping[BlankNode, str]) -> str:
    """Digest what is said of a node, with the colours that its neighbours have so far."""

    def spelled(term: Term) -> str:
        if isinstance(term, BlankNode):
            return "*" if term == node else f"_{colours[term]}"
        return term.n3()

    lines = sorted(f"{spelled(t.subject)} {t.predicate.n3()} {spelled(t.object)}" for t in triples)
    return digest(colours[node], *lines, length=12)
