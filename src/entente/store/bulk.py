"""Files of RDF too large to be held, read statement by statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from entente.errors import InputError
from entente.model.rdf import BlankNode, Iri, Literal, Term, Triple
from entente.store.formats import media_type_of, rdf_format

__all__ = ["read_triples"]


def read_triples(path: Path) -> Iterator[Triple]:
    """Read the triples of a file, of all its graphs together, without holding it; nothing is ever fetched.

    Blank nodes keep the names that the file gives them.
    Raises InputError for a broken document, when it gets there.
    """
    # Each resource is checked and made once, and shared by all its triples.
    resources: dict[str, Iri] = {}
    try:
        for quad in ox.parse(path=str(path), format=rdf_format(media_type_of(path.name))):
            parts: list[Term] = []
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, ox.NamedNode):
                    text = term.value
                    node = resources.get(text)
                    if node is None:
                        node = resources[text] = Iri(text)
                    parts.append(node)
                elif isinstance(term, ox.Literal):
                    parts.append(Literal(term.value, term.datatype.value, term.language or ""))
                elif isinstance(term, ox.BlankNode):
                    parts.append(BlankNode(term.value))
                else:
                    raise InputError(113, f"{path} is not RDF 1.1: a triple stands as a term", "write it as an n-ary node")
            yield Triple(*parts)  # type: ignore[arg-type]
    except (SyntaxError, ValueError) as error:
        detail = error.msg if isinstance(error, SyntaxError) else str(error)
        raise InputError(112, f"{path} cannot be read: {detail}", "correct it") from error
    except OSError as error:
        raise InputError(129, f"{path} cannot be read: {error.strerror}", "check the path and its permissions") from error
