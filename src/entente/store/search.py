"""Full-text search in SPARQL: the predicate search:matches, which is written out as plain SPARQL before a query is run.

`?thing search:matches "black sea"`, or with lists `(?thing ?score ?label) search:matches ("black sea" 20)`: such triples are
read by every SPARQL parser. In their place comes a SELECT over labels that are found beforehand (docs/sparql.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from entente.errors import QueryError
from entente.model.iri import DEFAULT_BASE
from entente.model.rdf import Literal
from entente.store.labels import LABEL_PATH, MOST, items
from entente.store.tokens import Token, named, tokenise

__all__ = ["MATCHES", "SEARCH", "Holder", "Search", "filtered", "searched", "write_out"]

SEARCH = f"{DEFAULT_BASE}search#"
"""The namespace of the predicate."""
MATCHES = f"{SEARCH}matches"
"""The predicate."""

Holder = tuple[str, str]
"""A thing and a label that it has, as terms in N-Triples."""

_STRING_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_PATH_MARKS = tuple("|/^*+?!")
_FORM = 'write it as ?thing search:matches "words" or (?thing ?score ?label) search:matches ("words" 20)'


@dataclass(frozen=True, slots=True)
class Search:
    """One search of a query: the variables that it binds, for what, and the variable of the graph that it is in."""

    variables: tuple[str, ...]
    text: str
    language: str
    limit: int | None
    graph: str | None


def write_out(query: str, pattern: Callable[[Search, str], str]) -> str:
    """Write the searches of a query out: `pattern` gives what stands for one, with the name of a variable that is free.

    Raises QueryError where search:matches is used otherwise than it can be.
    """
    if SEARCH not in query:
        return query
    tokens = tokenise(query) or ()
    edits: list[tuple[int, int, str]] = []
    free = "label"
    while free in query:
        free += "0"
    for at in _uses(tokens):
        search, begin, cut = _read(tokens, at)
        edits += [(begin, begin, f" {pattern(search, free)} "), (*cut, " ")]
    for begin, end, text in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        query = query[:begin] + text + query[end:]
    return query


def searched(search: Search, free: str, found: Sequence[tuple[str, float]], holders: Sequence[Holder] | None) -> str:
    """The pattern over labels that were found, with their scores.

    `holders` are all that the search may give, as the engine is quick where it knows; None where they are too many.
    """
    label, score = _inner(search, free)
    thing = search.variables[0]
    if holders is None:
        rows = " ".join(f"({term} {score:.6e})" for term, score in found)
        values = f"VALUES (?{label} ?{score}) {{ {rows} }}"
    else:
        scores = dict(found)
        rows = " ".join(f"({holder} {term} {scores[term]:.6e})" for holder, term in holders)
        values = f"VALUES (?{thing} ?{label} ?{score}) {{ {rows} }}"
    return _select(search, free, f"{values} ?{thing} {LABEL_PATH} ?{label}")


def filtered(search: Search, free: str) -> str:
    """The pattern for a store without an index: labels that contain each of the words, in any case; every score is 1."""
    items(search.text)
    label, score = _inner(search, free)
    words = re.findall(r'[^\s"*]+', search.text)
    tests = [f"CONTAINS(LCASE(STR(?{label})), LCASE({Literal(word).n3()}))" for word in words]
    if search.language:
        tests.append(f"LANGMATCHES(LANG(?{label}), {Literal(search.language).n3()})")
    triple = f"?{search.variables[0]} {LABEL_PATH} ?{label}"
    return _select(search, free, f"{triple} FILTER({' && '.join(tests)}) BIND(1.0e0 AS ?{score})", search.limit)


def _inner(search: Search, free: str) -> tuple[str, str]:
    """The names of the label and of its score inside the pattern."""
    return (search.variables[2], search.variables[1]) if len(search.variables) == 3 else (f"{free}1", f"{free}2")


def _select(search: Search, free: str, body: str, limit: int | None = None) -> str:
    """One solution for each thing, with the best score of its labels; for each thing and label, where labels are wanted."""
    graph = () if search.graph is None or search.graph in search.variables else (search.graph,)
    names = [f"?{name}" for name in (*search.variables, *graph)]
    most = "" if limit is None else f" LIMIT {limit}"
    if len(search.variables) == 2:
        score = names.pop(1)
        shown = " ".join(names)
        return f"{{ SELECT {shown} (MAX(?{free}2) AS {score}) {{ {body} }} GROUP BY {shown}{most} }}"
    return f"{{ SELECT DISTINCT {' '.join(names)} {{ {body} }}{most} }}"


def _uses(tokens: Sequence[Token]) -> list[int]:
    """Where the predicate is used in a WHERE."""
    skipped = _template(tokens)
    found = []
    for at, iri in named(tokens).items():
        if iri == MATCHES and at not in skipped and at + 1 < len(tokens):
            before, after = tokens[at - 1].text, tokens[at + 1]
            if before in _PATH_MARKS or after.text in _PATH_MARKS:
                raise _misused("it is part of a path")
            if after.kind in ("string", "variable") or after.text == "(":
                found.append(at)
    return found


def _template(tokens: Sequence[Token]) -> range:
    """The template of a CONSTRUCT."""
    for at, token in enumerate(tokens[:-1]):
        if token.depth == 0 and token.is_word("CONSTRUCT") and tokens[at + 1].text == "{":
            return range(at, next(i for i in range(at + 2, len(tokens)) if tokens[i].depth == 0))
    return range(0)


def _read(tokens: Sequence[Token], at: int) -> tuple[Search, int, tuple[int, int]]:
    """Read the search whose predicate is at a place: what it is, where its block of triples begins, and what to cut out."""
    depth = tokens[at].depth
    opening = next((i for i in range(at, -1, -1) if tokens[i].depth < depth), None)
    if opening is None or tokens[opening].text != "{":
        raise _misused("it is no predicate of a triple")
    begin = _begin(tokens, at, opening)
    statement = _begin(tokens, at, opening, ".")
    variables, after = _subject(tokens, statement)
    text, language, limit, end = _object(tokens, at + 1)
    following = tokens[end : end + 1]
    if following and following[0].text == ",":
        raise _misused("it takes one text")
    first = after == at
    if not first and tokens[at - 1].text != ";":
        raise _misused("it stands in no simple triple")
    last = end
    while last < len(tokens) and tokens[last].text == ";":
        last += 1
    more = last > end and tokens[last].depth == depth and tokens[last].text not in (".", "{") and last < len(tokens)
    if not first:
        cut = (tokens[at - 1].start, tokens[end - 1].end)
    elif more:
        cut = (tokens[at].start, tokens[last - 1].end)
    else:
        stop = last + 1 if tokens[last].text == "." and tokens[last].depth == depth else last
        cut = (tokens[statement].start, tokens[stop - 1].end)
    around = tokens[max(opening - 2, 0) : opening]
    graph = around[1].text[1:] if len(around) == 2 and around[0].is_word("GRAPH") and around[1].kind == "variable" else None
    return Search(variables, text, language, limit, graph), tokens[begin].start, cut


def _begin(tokens: Sequence[Token], at: int, opening: int, stop: str = "") -> int:
    """Where the block of triples around a place begins; with `stop` at a full stop, where the triple begins."""
    depth = tokens[at].depth
    place = at
    while place - 1 > opening:
        before = tokens[place - 1]
        if before.text == "}" or (stop and before.text == stop and before.depth == depth):
            break
        if before.text == ")" and before.depth == depth:
            start = next(i for i in range(place - 2, opening, -1) if tokens[i].depth == depth)
            caller = tokens[start - 1]
            if caller.kind == "word" and not caller.is_word("A", "TRUE", "FALSE"):
                break
            if caller.kind in ("iri", "prefixed") and tokens[start - 2].is_word("FILTER"):
                break
            place = start
            continue
        place -= 1
    return place


def _subject(tokens: Sequence[Token], at: int) -> tuple[tuple[str, ...], int]:
    """The variables of the subject, and where it ends."""
    if tokens[at].kind == "variable":
        return (tokens[at].text[1:],), at + 1
    if tokens[at].text == "(":
        end = next(i for i in range(at + 1, len(tokens)) if tokens[i].depth == tokens[at].depth)
        inside = tokens[at + 1 : end]
        names = tuple(token.text[1:] for token in inside)
        if 1 <= len(inside) <= 3 and all(token.kind == "variable" for token in inside) and len(set(names)) == len(names):
            return names, end + 1
    raise _misused("its subject is no variable, and no list of up to three")


def _object(tokens: Sequence[Token], at: int) -> tuple[str, str, int | None, int]:
    """The text, its language, the number of labels, and where the object ends."""
    if tokens[at].text != "(":
        text, language, end = _text(tokens, at)
        return text, language, None, end
    close = next(i for i in range(at + 1, len(tokens)) if tokens[i].depth == tokens[at].depth)
    text, language, end = _text(tokens, at + 1)
    inside = tokens[end:close]
    if not inside:
        return text, language, None, close + 1
    number = inside[0].text
    if len(inside) > 1 or not (number.isascii() and number.isdigit()) or not 1 <= int(number) <= MOST:
        raise _misused(f"behind its text is no number from 1 to {MOST}")
    return text, language, int(number), close + 1


def _text(tokens: Sequence[Token], at: int) -> tuple[str, str, int]:
    token = tokens[at]
    if token.kind == "string":
        tag = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].kind == "language" else None
        return _unescape(token.text), tag.text[1:] if tag else "", at + 1 + bool(tag)
    if token.kind == "variable":
        given = [
            i + 3
            for i in range(len(tokens) - 4)
            if tokens[i].is_word("VALUES")
            and tokens[i + 1].text[1:] == token.text[1:]
            and [tokens[i + 2].text, tokens[i + 3].kind] == ["{", "string"]
            and "}" in (tokens[i + 4].text, tokens[min(i + 5, len(tokens) - 1)].text)
        ]
        if given:
            return *_text(tokens, given[0])[:2], at + 1
    raise _misused("its text is no string, nor a variable that VALUES gives one string")


def _unescape(string: str) -> str:
    quotes = 3 if string[:3] in ("'''", '"""') and len(string) >= 6 else 1
    return _STRING_ESCAPE.sub(_character, string[quotes:-quotes])


def _character(escape: re.Match[str]) -> str:
    point = escape[1] or escape[2]
    return chr(int(point, 16)) if point else _CONTROLS.get(escape[3], escape[3])


def _misused(reason: str) -> QueryError:
    return QueryError(800, f"search:matches cannot be used so: {reason}", _FORM)
