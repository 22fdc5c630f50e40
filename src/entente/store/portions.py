"""Cuts a change that one request cannot carry into several, in an order that bears being interrupted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from entente.model.graph import Change
from entente.model.iri import ARTICLE_GRAPHS, graph
from entente.model.rdf import Iri, Quad

__all__ = ["portions"]

_DATASET = graph("dataset")
_AT_ONCE = 500


def portions(change: Change, most: int) -> Iterator[Change]:
    """Give the change whole if it has at most `most` characters, else in portions of about so many.

    What is derived comes first and the articles' graphs last, each of them whole: as long as an article's graph is the old
    one, the same change is worked out and carried out again. The version of the base data goes first and comes last.
    """
    if _size((*change.remove, *change.insert)) <= most:
        yield change
        return
    removed, inserted, size = list[Quad](), list[Quad](), 0
    for atom in _atoms(change):
        more = _size((*atom.remove, *atom.insert))
        if size and size + more > most:
            yield Change(tuple(removed), tuple(inserted))
            removed, inserted, size = [], [], 0
        removed += atom.remove
        inserted += atom.insert
        size += more
    yield Change(tuple(removed), tuple(inserted))


def _atoms(change: Change) -> Iterator[Change]:
    """The parts that must stay whole, in their order."""
    yield Change(remove=tuple(q for q in change.remove if q.graph == _DATASET))
    removed = [q for q in change.remove if not _late(q)]
    inserted = [q for q in change.insert if not _late(q)]
    for start in range(0, len(removed), _AT_ONCE):
        yield Change(remove=tuple(removed[start : start + _AT_ONCE]))
    for start in range(0, len(inserted), _AT_ONCE):
        yield Change(insert=tuple(inserted[start : start + _AT_ONCE]))
    articles: dict[Iri, tuple[list[Quad], list[Quad]]] = {}
    for side, quads in enumerate((change.remove, change.insert)):
        for quad in quads:
            if quad.graph is not None and quad.graph.startswith(ARTICLE_GRAPHS):
                articles.setdefault(quad.graph, ([], []))[side].append(quad)
    for old, new in articles.values():
        yield Change(tuple(old), tuple(new))
    yield Change(insert=tuple(q for q in change.insert if q.graph == _DATASET))


def _late(quad: Quad) -> bool:
    return quad.graph is not None and (quad.graph == _DATASET or quad.graph.startswith(ARTICLE_GRAPHS))


def _size(quads: Iterable[Quad]) -> int:
    return sum(len(quad.n3()) for quad in quads)
