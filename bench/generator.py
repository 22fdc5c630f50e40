"""Makes any amount of graph data that looks as real as the bundled articles do, the same for the same seed.

Each copy of an article's graph has IRIs of its own; a few are spoilt, so that a validator has something to find.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from entente.index import ReferenceIndex
from entente.model import Delta, Iri, Triple, canonical_nquads
from entente.model.iri import entity
from entente.model.terms import rdf, rdfs
from entente.resources import folder
from entente_loaders.extract import RuleExtractor
from entente_loaders.pipeline import prepare
from entente_loaders.sources import open_paths

__all__ = ["copies", "originals", "surroundings", "write"]

_SPOILT = 200
"""One copy in so many is spoilt."""


def originals(index: ReferenceIndex) -> list[Delta]:
    """Give the graphs of the bundled articles."""
    extractor = RuleExtractor(index)
    articles = [one for one in open_paths(sorted(folder("samples").glob("*.txt"))) if not isinstance(one, Exception)]
    return [prepare(article, extractor, index)[2] for article in articles]


def surroundings(deltas: Sequence[Delta], index: ReferenceIndex) -> tuple[Triple, ...]:
    """Give the reference data that the graphs touch, as the gate adds it to each, and the tree of classes."""
    touched = {t.object for delta in deltas for t in delta.triples if isinstance(t.object, Iri) and t.predicate != rdf.type}
    tree = (t for t in index.base.graphs["ontology"] if t.predicate == rdfs.subClassOf and isinstance(t.object, Iri))
    return tuple(dict.fromkeys((*index.closure(touched), *tree)))


def copies(deltas: Sequence[Delta], triples: int, seed: int = 1) -> Iterator[str]:
    """Give N-Triples of copies until there are so many triples, a text for each copy."""
    chance = random.Random(seed)
    texts = [
        (str(entity("article", delta.slug)), canonical_nquads(delta.triples).splitlines(keepends=True)) for delta in deltas
    ]
    made = number = 0
    while made < triples:
        article, lines = texts[number % len(texts)]
        kept = list(lines)
        if number % _SPOILT == _SPOILT - 1:
            del kept[chance.randrange(len(kept))]
        yield "".join(kept).replace(article, f"{article}-{number}")
        made += len(kept)
        number += 1


def write(path: Path, deltas: Sequence[Delta], around: Sequence[Triple], triples: int) -> int:
    """Write a file of N-Triples of about that size, and say how many it has."""
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for text in (canonical_nquads(around), *copies(deltas, triples)):
            file.write(text)
            written += text.count("\n")
    return written
