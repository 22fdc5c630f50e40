"""Terms between pyoxigraph and Entente's own types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from entente.model.rdf import BlankNode, Iri, Literal, Quad, Term, Triple

__all__ = ["from_quads", "from_term", "from_triples", "to_name", "to_quad", "to_quads", "to_term"]

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_DEFAULT_GRAPH = ox.DefaultGraph()
_to_datatype = lru_cache(maxsize=64)(ox.NamedNode)


@lru_cache(maxsize=4096)
def to_name(iri: Iri) -> ox.NamedNode:
    """Turn an IRI into the engine's; look-ups name the same few properties and graphs again and again."""
    return ox.NamedNode(iri)


def to_term(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Turn a term of ours into the engine's."""
    if isinstance(term, Literal):
        if term.lang:
            return ox.Literal(term.lexical, language=term.lang)
        return ox.Literal(term.lexical, datatype=_to_datatype(term.datatype))
    return ox.BlankNode(term) if isinstance(term, BlankNode) else ox.NamedNode(term)


def to_quad(quad: Quad) -> ox.Quad:
    """Turn a quad of ours into the engine's."""
    subject, predicate, value, graph = quad
    return ox.Quad(
        ox.BlankNode(subject) if isinstance(subject, BlankNode) else ox.NamedNode(subject),
        ox.NamedNode(predicate),
        to_term(value),
        _DEFAULT_GRAPH if graph is None else ox.NamedNode(graph),
    )


def to_quads(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    """Turn quads of ours, which name no blank nodes, into the engine's."""
    # most terms come again and again: each is made once
    made: dict[Term, ox.NamedNode | ox.BlankNode | ox.Literal] = {}
    names: dict[Iri | None, ox.NamedNode | ox.DefaultGraph] = {None: _DEFAULT_GRAPH}
    for subject, predicate, value, graph in quads:
        for term in (subject, predicate, value):
            if term not in made:
                made[term] = to_term(term)
        if graph not in names:
            assert graph is not None
            names[graph] = ox.NamedNode(graph)
        yield ox.Quad(made[subject], made[predicate], made[value], names[graph])  # type: ignore[arg-type]


def from_term(term: OxTerm) -> Term:
    """Turn a term of the engine into ours.

    Raises ValueError for what RDF 1.1 has not: a triple as a term, a literal with a base direction.
    """
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.BlankNode):
        return BlankNode(term.value)
    if isinstance(term, ox.Triple):
        raise ValueError(f"a triple stands as a term: {term}")
    if term.direction is not None:
        raise ValueError(f"a literal has a base direction: {term}")
    return Literal(term.value, term.datatype.value, term.language or "")


def from_quads(quads: Iterable[ox.Quad], *, rename_blank: bool = False) -> Iterator[Quad]:
    """Turn quads of the engine into ours; `rename_blank` names blank nodes `b0`, `b1` ... in order of appearance.

    Raises ValueError as from_term does, and for a graph named by a blank node.
    """
    # most terms come again and again: each is checked once
    resources: dict[OxTerm, Iri | BlankNode] = {}
    blank = 0
    for quad in quads:
        parts: list[Term] = []
        for term in (quad.subject, quad.predicate, quad.object):
            known = resources.get(term)
            if known is None:
                own = from_term(term)
                if isinstance(own, Literal):
                    parts.append(own)
                    continue
                if rename_blank and isinstance(own, BlankNode):
                    own = BlankNode(f"b{blank}")
                    blank += 1
                known = resources[term] = own
            parts.append(known)
        graph = None
        if isinstance(quad.graph_name, ox.BlankNode):
            raise ValueError(f"a graph is named by a blank node: {quad.graph_name}")
        if isinstance(quad.graph_name, ox.NamedNode):
            graph = Iri(quad.graph_name.value)
        subject, predicate, value = parts
        assert isinstance(predicate, Iri)
        assert not isinstance(subject, Literal)
        yield Quad(subject, predicate, value, graph)


def from_triples(triples: Iterable[ox.Triple]) -> tuple[Triple, ...]:
    """Turn triples of the engine into ours, sorted and without repeats."""
    own = {quad.triple for quad in from_quads(ox.Quad(t.subject, t.predicate, t.object) for t in triples)}
    return tuple(sorted(own, key=Triple.n3))
