"""What Virtuoso keeps and spells otherwise than SPARQL 1.1 has it."""

from __future__ import annotations

from entente.model.rdf import Iri, Literal, Term
from entente.store.tokens import named, tokenise

__all__ = ["FOREIGN", "WITHOUT_TERMS", "as_we_spell", "graphs_to_list", "ours"]

FOREIGN = (
    "http://www.openlinksw.com/",
    "http://www.w3.org/ns/ldp#",
    "http://localuriqaserver/",
    "urn:rules.skos",
    "urn:core:",
)
"""What the names of the graphs begin with that Virtuoso keeps for itself."""
WITHOUT_TERMS = ("text/csv", "text/tab-separated-values")
"""What Virtuoso writes all in quotes, so that the kind of a term is lost."""
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def ours(default_graph: Iri) -> str:
    """The condition that a named graph is neither the stand-in for the default graph nor the endpoint's own."""
    foreign = " || ".join(f'STRSTARTS(STR(?g), "{stem}")' for stem in FOREIGN)
    return f"?g != {default_graph.n3()} && !({foreign})"


def as_we_spell(term: Term) -> Term:
    """Spell a term as we do: Virtuoso gives booleans back as 0 and 1."""
    if isinstance(term, Literal) and term.datatype == _BOOLEAN and term.lexical in {"0", "1"}:
        return Literal.of(term.lexical == "1")
    return term


def graphs_to_list(query: str) -> list[str]:
    """The graphs that a request must list, sorted: those that the query names, unless it has a variable for graphs."""
    tokens = tokenise(query) or ()
    after = [at + 1 for at, token in enumerate(tokens[:-1]) if token.is_word("GRAPH")]
    if any(tokens[at].kind == "variable" for at in after):
        return []
    iris = named(tokens)
    return sorted({iris[at] for at in after if at in iris})
