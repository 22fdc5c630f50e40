"""Articles' graphs in RDF 1.2: a claim reifies what it asserts, in the place of rdf:Statement nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from entente.model import Iri, Store, Term, Triple
from entente.model.iri import ARTICLE_GRAPHS
from entente.model.terms import ent, rdf
from entente.query import Catalogue, Loss

__all__ = ["ABOUT", "LOSSES", "write"]

ABOUT = """The articles' graphs, each under its name, with `claim rdf:reifies <<( subject predicate object )>>` (RDF
1.2 Concepts, section 3.1 on triple terms) for what a claim asserts. A reader of RDF 1.1 does not understand it."""

LOSSES = (
    Loss("the names of statements, since a triple term has none", "?x a rdf:Statement ."),
    Loss("the merge over articles, which is in the default graph of a dump", None),
)
_REIFIES = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
_PARTS = frozenset({rdf.subject, rdf.predicate, rdf.object})


def write(catalogue: Catalogue, store: Store) -> bytes:  # noqa: ARG001 - all documents are written alike
    """Write N-Quads of RDF 1.2, sorted by line."""
    lines: list[str] = []
    for name in store.graphs():
        if name.startswith(ARTICLE_GRAPHS):
            triples = {quad.triple for quad in store.quads(graph=name)}
            lines.extend(f"{line} {name.n3()} .\n" for line in _lines(triples))
    return "".join(sorted(lines)).encode()


def _lines(triples: Iterable[Triple]) -> Iterator[str]:
    statements: dict[Term, dict[Iri, Term]] = {}
    for triple in triples:
        if triple.predicate in _PARTS:
            statements.setdefault(triple.subject, {})[triple.predicate] = triple.object
    for triple in triples:
        if triple.predicate == ent.asserts and triple.object in statements:
            parts = statements[triple.object]
            term = " ".join(parts[name].n3() for name in (rdf.subject, rdf.predicate, rdf.object))
            yield f"{triple.subject.n3()} {_REIFIES.n3()} <<( {term} )>>"
        elif triple.subject not in statements:
            yield triple.n3()
