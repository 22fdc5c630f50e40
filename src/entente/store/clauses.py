"""Puts into a text what the protocol says beside it: the dataset of an update, a bound on the solutions of a query."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from entente.errors import QueryError
from entente.model.rdf import Iri
from entente.store.tokens import Token, tokenise

__all__ = ["limit_rows", "use_graphs"]


def use_graphs(update: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Give every operation of an update that has a WHERE the graphs that it reads (SPARQL 1.1 Protocol §2.2.3).

    Raises QueryError where the update says USING or WITH itself, and for names that are no IRIs.
    """
    if not default_graphs and not named_graphs:
        return update
    tokens = tokenise(update)
    if tokens is None:
        raise QueryError(310, "the update cannot be read: its brackets do not match", "correct the SPARQL text")
    try:
        clauses = [f"USING {Iri(name).n3()}" for name in default_graphs]
        clauses += [f"USING NAMED {Iri(name).n3()}" for name in named_graphs]
    except ValueError as error:
        raise QueryError(321, f"a graph of the dataset is named by no IRI: {error}", "give absolute IRIs") from error
    using = " ".join(clauses)
    top = [token for token in tokens if token.depth == 0]
    additions: list[tuple[int, str]] = []
    for position, token in enumerate(top):
        if token.is_word("USING", "WITH"):
            raise QueryError(
                331, f"the update says {token.text.upper()}, and the request names graphs beside it", "say it in one place"
            )
        if token.is_word("WHERE"):
            before = top[position - 1] if position else None
            if before is not None and before.is_word("DELETE"):
                pattern = _group(update, tokens, token)
                additions.append((token.start, f"{pattern} {using} "))
            else:
                additions.append((token.start, f"{using} "))
    for start, addition in reversed(additions):
        update = update[:start] + addition + update[start:]
    return update


def _group(text: str, tokens: Sequence[Token], before: Token) -> str:
    """The group in braces after a token."""
    inside = [token for token in tokens if token.start > before.start and token.depth == 0 and token.text in "{}"]
    return text[inside[0].start : inside[1].end] if len(inside) > 1 else ""


def limit_rows(query: str, rows: int) -> str:
    """Bound the solutions of a SELECT, CONSTRUCT or DESCRIBE with a WHERE; a lower LIMIT of its own stands.

    Raises QueryError where the text is such that no place for a LIMIT is found.
    """
    tokens = tokenise(query) or ()
    top = [token for token in tokens if token.depth == 0]
    form = next((token for token in top if token.is_word("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")), None)
    if form is None:
        raise QueryError(330, "the query cannot be bounded, since it cannot be read", "correct the SPARQL text")
    after = [token for token in top if token.start > form.start]
    if form.is_word("ASK") or (form.is_word("DESCRIBE") and not any(token.text == "{" for token in after)):
        return query
    closing = [position for position, token in enumerate(after) if token.text == "}"]
    template = form.is_word("CONSTRUCT") and bool(after) and after[0].text == "{"
    if len(closing) <= template:
        raise QueryError(330, "the query cannot be bounded, since it has no WHERE", "correct the SPARQL text")
    modifiers = after[closing[int(template)] + 1 :]
    values = next((token for token in modifiers if token.is_word("VALUES")), None)
    for word, number in pairwise(modifiers):
        if word.is_word("LIMIT") and number.kind == "number" and (values is None or word.start < values.start):
            return query if int(number.text) <= rows else query[: number.start] + str(rows) + query[number.end :]
    place = len(query) if values is None else values.start
    return f"{query[:place]}\nLIMIT {rows}\n{query[place:]}"
