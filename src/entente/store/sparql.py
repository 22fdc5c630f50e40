"""SPARQL texts that every store shares, and the check that keeps other people's queries from calling other servers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from entente.errors import InputError, QueryError
from entente.model.graph import Change
from entente.model.protocols import Store
from entente.model.rdf import BlankNode, Iri, Quad, Term
from entente.store.formats import rdf_format
from entente.store.tokens import tokenise

__all__ = [
    "Spellings",
    "check_names",
    "check_update",
    "is_update",
    "load_iris",
    "not_acceptable",
    "pattern_query",
    "refuse_service",
    "scope",
    "service_iris",
    "update_text",
]

_GAP = r"(?:\s|#[^\r\n]*+)*+"
# A call is the word SERVICE, perhaps SILENT, and then an IRI, a variable or a prefixed name. What stands in front
# does not matter to Oxigraph, which reads `trueSERVICE<..>` as a call, unless it makes the word part of a variable
# or of a local name. The rule looks only at these neighbours and never at where strings, comments and IRIs end: an
# attacker could make us and the engine disagree about that.
_SERVICE = re.compile(
    rf"(?P<name>[?$][a-z0-9_]*|:(?:[a-z0-9_][a-z0-9_-]*)?)?service(?={_GAP}(?:silent{_GAP})?(?:[<?$]|[^\s<>\"'(){{}}#]*:))",
    re.IGNORECASE,
)
# LOAD takes an IRI or a prefixed name, never a variable; the same rule about neighbours.
_LOAD = re.compile(
    rf"(?P<name>[?$][a-z0-9_]*|:(?:[a-z0-9_][a-z0-9_-]*)?)?load(?={_GAP}(?:silent{_GAP})?(?:<|[^\s<>\"'(){{}}#]*:))",
    re.IGNORECASE,
)
_TARGET = re.compile(rf"{_GAP}(?:silent{_GAP})?", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PROLOGUE = re.compile(r"(?:\s|#[^\r\n]*+|PREFIX\s+[^\s<]*\s*<[^>]*>|BASE\s*<[^>]*>)*+", re.IGNORECASE)
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_QUERY = re.compile(r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


def refuse_service(query: str, relay: str | None = None) -> None:
    """Raise QueryError if the text could call another server by SERVICE; calls of addresses that begin with `relay` pass.

    The check fails closed: words that merely look like a call, in a string or a comment, are refused too.
    """
    line = _find(_SERVICE, query, relay and f"<{relay}")
    if line is not None:
        raise QueryError(
            312,
            f"line {line}: SERVICE calls to other servers are refused",
            "query the other server itself; if this is no call, spell the word differently",
            status=403,
        )


def check_update(update: str, relay: str | None = None) -> None:
    """Raise QueryError if the text could call another server by SERVICE or LOAD; fails closed as refuse_service does.

    LOAD from addresses that begin with `relay` passes.
    """
    refuse_service(update)
    line = _find(_LOAD, update, relay and f"<{relay}")
    if line is not None:
        raise QueryError(
            322,
            f"line {line}: LOAD from other servers is refused",
            "fetch the document yourself and send it to /store; if this is no LOAD, spell the word differently",
            status=403,
        )


def service_iris(query: str) -> list[tuple[int, int, str]]:
    """The fixed addresses that a query calls by SERVICE: where each IRI begins and ends, and what it is.

    Raises QueryError for a call of a variable or a prefixed name, and where it is not certain what is a call.
    """
    return _iris(_SERVICE, query, "SERVICE", refuse_service)


def load_iris(update: str) -> list[tuple[int, int, str]]:
    """The fixed addresses that an update fetches by LOAD, as service_iris gives them."""
    return _iris(_LOAD, update, "LOAD", check_update)


def _iris(call: re.Pattern[str], text: str, word: str, refuse: Callable[[str], None]) -> list[tuple[int, int, str]]:
    tokens = tokenise(text)
    known = {token.start: place for place, token in enumerate(tokens or ()) if token.is_word(word)}
    found = []
    for match in call.finditer(text):
        if match["name"] is not None:
            continue
        place = known.get(match.start())
        following = tokens[place + 1 : place + 3] if tokens and place is not None else ()
        iri = next((token for token in following if not token.is_word("SILENT")), None)
        if iri is None or iri.kind != "iri" or _ESCAPE.search(text):
            refuse(text)
        else:
            found.append((iri.start, iri.end, iri.text[1:-1]))
    return found


def _find(call: re.Pattern[str], given: str, passes: str | None = None) -> int | None:
    """The line of the first call in the text, as it stands or with its escapes decoded, that does not go where it may."""
    for text in (given, _ESCAPE.sub(_character, given)):
        for match in call.finditer(text):
            target = _TARGET.match(text, match.end())
            if passes and target and text.startswith(passes, target.end()):
                continue
            if match["name"] is None:
                return text.count("\n", 0, match.start()) + 1
    return None


def _character(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2], 16)
    return chr(point) if point < 0x110000 else "\ufffd"


def is_update(text: str) -> bool:
    """Tell whether the text begins like a SPARQL update, to explain a refusal."""
    start = _PROLOGUE.match(text)
    return _UPDATE.match(text, start.end() if start else 0) is not None


def is_of_graphs(text: str) -> bool | None:
    """Tell whether a query is answered by a graph, not a table or a truth value; None where its form cannot be made out."""
    start = _PROLOGUE.match(text)
    form = _QUERY.match(text, start.end() if start else 0)
    return None if form is None else form[1].upper() in {"CONSTRUCT", "DESCRIBE"}


class Spellings(dict[Term, str]):
    """Terms as in N-Triples, each spelled once, since most come again and again.

    Raises InputError for a blank node, which no change can name.
    """

    def __missing__(self, term: Term) -> str:
        if isinstance(term, BlankNode):
            raise _blank(term.n3())
        spelled = self[term] = term.n3()
        return spelled


def update_text(change: Change, default_graph: Iri | None = None, most: int | None = None) -> str:
    """Write a change as one update request, which every store carries out whole or not at all.

    `default_graph` names the graph that stands for the default graph, if any. With `most` no operation of the request has
    more triples, or more than one graph. Raises InputError for blank nodes, which no update can name.
    """
    parts = [("DELETE", change.remove), ("INSERT", change.insert)]
    return " ;\n".join(
        f"{verb} DATA {{\n{''.join(_blocks(some, default_graph))}}}" for verb, quads in parts for some in _parts(quads, most)
    )


def _parts(quads: Sequence[Quad], most: int | None) -> Iterator[Sequence[Quad]]:
    if most is None:
        if quads:
            yield quads
        return
    graphs: dict[Iri | None, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph, []).append(quad)
    for own in graphs.values():
        for start in range(0, len(own), most):
            yield own[start : start + most]


def check_names(change: Change) -> None:
    """Raise InputError for blank nodes, which no change can name."""
    for quad in (*change.remove, *change.insert):
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise _blank(quad.n3())


def _blank(where: str) -> InputError:
    return InputError(116, f"a change names a blank node: {where}", "give the node an IRI first")


def _blocks(quads: Iterable[Quad], default_graph: Iri | None) -> Iterator[str]:
    spelled = Spellings()
    graphs: dict[Iri | None, list[str]] = {}
    for subject, predicate, value, graph in quads:
        graphs.setdefault(graph or default_graph, []).append(f"{spelled[subject]} {spelled[predicate]} {spelled[value]} .\n")
    for graph, lines in graphs.items():
        block = "".join(lines)
        yield block if graph is None else f"GRAPH {graph.n3()} {{\n{block}}}\n"


def pattern_query(
    subject: Iri | None,
    predicate: Iri | None,
    value: Term | None,
    graph: Iri | None,
    *,
    default_graph: bool = False,
    condition: str | None = None,
) -> str:
    """Write the SELECT that finds the quads of a pattern; only what is None becomes a variable: ?s ?p ?o ?g.

    `condition` is what the name ?g of a named graph must satisfy.
    """
    terms = {"?s": subject, "?p": predicate, "?o": value}
    triple = " ".join(name if term is None else term.n3() for name, term in terms.items())
    default = f"{{ {triple} }}"
    kept = f" FILTER ({condition})" if condition and graph is None else ""
    named = f"{{ GRAPH {'?g' if graph is None else graph.n3()} {default}{kept} }}"
    where = default if default_graph else named if graph is not None else f"{{ {default} UNION {named} }}"
    unbound = [name for name, term in terms.items() if term is None] + ["?g"] * (graph is None)
    return f"SELECT {' '.join(unbound) or '(1 AS ?found)'} WHERE {where}"


def scope(store: Store, media_type: str, graph: Iri | None) -> Iterator[Quad]:
    """Give the quads that a dump in this format holds: a format of triples takes one graph and drops its name."""
    if rdf_format(media_type).supports_datasets:
        return store.quads(graph=graph)
    return (Quad(*quad.triple) for quad in store.quads(graph=graph, default_graph=graph is None))


def not_acceptable(accept: Sequence[str], offered: Iterable[str]) -> QueryError:
    """Make the error for an answer that exists in none of the wanted media types."""
    return QueryError(
        313, f"this answer is not written as {', '.join(accept)}", f"ask for: {', '.join(offered)}", status=406
    )
