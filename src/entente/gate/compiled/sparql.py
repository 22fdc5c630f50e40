"""SPARQL-based constraints (SHACL §5) as checks that ask the data in SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from entente.errors import QueryError
from entente.gate.compiled.constraints import Parameters
from entente.gate.compiled.index import Index
from entente.gate.compiled.shape import Check, Finding, Focus
from entente.model import Iri, Literal, Term
from entente.model.terms import owl, sh
from entente.store import check_select

__all__ = ["UncompiledError", "sparql_checks"]

_COMPONENT = "SPARQLConstraintComponent"
_PATH = re.compile(r"[$?]PATH\b")
_PLACE = re.compile(r"\{[?$](\w+)\}")
# Comments, IRIs and strings hold no words of the query (SPARQL 1.1 §19.8).
_TOKEN = re.compile(
    r"""(?P<opaque>\#[^\r\n]*|<[^\s<>"{}|^`\\]*>|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}
    |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<bound>\bBOUND\s*\(\s*[?$]this\s*\))|(?P<this>[?$]this\b)|(?P<group>\bGROUP\s+BY\b)
    |(?P<word>[?$]?\b\w+\b)|(?P<mark>[(){}])""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_FORBIDDEN = frozenset({"MINUS", "VALUES", "SERVICE"})
_NOT_COMPILED = frozenset({"ISBLANK", "ISIRI", "ISURI", "$SHAPESGRAPH", "?SHAPESGRAPH", "$CURRENTSHAPE", "?CURRENTSHAPE"})
_CLAUSES = frozenset({"WHERE", "HAVING", "ORDER", "LIMIT", "OFFSET"})
_HERE = "\0"


class UncompiledError(Exception):
    """A query uses something that only the reference engine runs."""


def sparql_checks(found: Parameters) -> Iterator[Check]:
    """Compile the SPARQL constraints of a shape.

    Raises ValueError for what SPARQL or SHACL does not allow, UncompiledError for what is left to the reference engine.
    """
    for node in found.all(sh.sparql):
        constraint = Parameters(found.shapes, node, found.shape_of)
        if constraint.flag(sh.deactivated):
            continue
        select = constraint.one(sh.select)
        if not isinstance(select, Literal):
            raise ValueError(f"the SPARQL constraint {node} has no sh:select")
        path = found.one(sh.path)
        text = select.lexical
        if path is not None:
            text = _PATH.sub(lambda _, path=path: _spelled(found.shapes, path), text)  # type: ignore[misc]
        query = _prologue(constraint) + _template(text)
        try:
            check_select(query.replace(_HERE, "<urn:x>"))
        except QueryError as error:
            raise ValueError(f"the SPARQL constraint {node}: {error.message}") from error
        messages = sorted(term.lexical for term in constraint.all(sh.message) if isinstance(term, Literal))
        yield _check(query, " ".join(messages), is_property=path is not None)


def _template(text: str) -> str:
    """Cut $this out of a query, so that a focus node can be put there: pre-binding as SHACL §5.3.1 defines it.

    Engines substitute variables in patterns only; in SHACL, FILTER and BIND in groups of their own see the focus node too.
    """
    parts: list[str] = []
    clause, depth, projected, before, at = "body", 0, False, "", 0
    for token in _TOKEN.finditer(text):
        word, mark = (token["word"] or "").upper(), token["mark"]
        if word in _FORBIDDEN:
            raise ValueError(f"a SPARQL constraint may not use {word} (SHACL §5.2.1)")
        if word in _NOT_COMPILED:
            raise UncompiledError(word)
        if clause == "select" and (mark == "{" or word == "WHERE") and not projected:
            raise ValueError("each SELECT of a SPARQL constraint projects $this (SHACL §5.2.1)")
        if word == "SELECT":
            clause, depth, projected = "select", 0, False
        elif token["group"]:
            clause, depth = "group", 0
        elif word in _CLAUSES or mark in {"{", "}"}:
            clause = "body"
        elif mark:
            depth += 1 if mark == "(" else -1
        elif token["this"] or token["bound"]:
            if before == "AS":
                raise ValueError("a SPARQL constraint may not assign $this (SHACL §5.2.1)")
            bare = depth == 0 and clause != "body"
            projected = projected or (bare and clause == "select")
            # A name for each, since none may be given twice; nobody reads them.
            here = f"({_HERE} AS ?this_{len(parts)})" if bare else "(true)" if token["bound"] else _HERE
            parts += [text[at : token.start()], here]
            at = token.end()
        before = word
    return "".join([*parts, text[at:]])


def _check(template: str, message: str, *, is_property: bool) -> Check:
    def check(focus: Focus, _: Sequence[Term]) -> Iterator[Finding]:
        scratch = focus.data.scratch
        found = scratch.select(template.replace(_HERE, scratch.spell(focus.node)))
        for row in found.rows:
            row_of = dict(zip(found.variables, row, strict=True)) | {"this": focus.node}
            value = row_of.get("value") or (None if is_property else focus.node)
            path = row_of.get("path")
            yield Finding(
                _COMPONENT, value, path if isinstance(path, Iri) and not is_property else None, _filled(message, row_of)
            )

    return check


def _filled(message: str, row: dict[str, Term | None]) -> str:
    def put(place: re.Match[str]) -> str:
        term = row.get(place[1])
        return place[0] if term is None else term.lexical if isinstance(term, Literal) else str(term)

    return _PLACE.sub(put, message)


def _prologue(constraint: Parameters) -> str:
    """Write the prefixes that the constraint's ontologies declare, and those that these import (SHACL §5.2.1)."""
    declared: dict[str, str] = {}
    waiting, seen = list(constraint.all(sh.prefixes)), set[Term]()
    while waiting:
        ontology = waiting.pop()
        if ontology in seen:
            continue
        seen.add(ontology)
        waiting.extend(constraint.shapes.objects(ontology, owl.imports))
        for declaration in constraint.shapes.objects(ontology, sh.declare):
            prefix, namespace = (constraint.shapes.objects(declaration, name) for name in (sh.prefix, sh.namespace))
            if prefix and namespace:
                declared[_lexical(prefix[0])] = _lexical(namespace[0])
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(declared.items()))


def _lexical(term: Term) -> str:
    return term.lexical if isinstance(term, Literal) else term


def _spelled(shapes: Index, path: Term) -> str:
    """Spell a path in SPARQL."""
    if isinstance(path, Iri):
        return path.n3()
    members = shapes.list(path) if shapes.properties(path) else None
    if members:
        return f"({'/'.join(_spelled(shapes, member) for member in members)})"
    for kind, form in _FORMS.items():
        for value in shapes.objects(path, kind):
            if kind == sh.alternativePath:
                return f"({'|'.join(_spelled(shapes, member) for member in shapes.list(value) or ())})"
            return form.format(_spelled(shapes, value))
    raise ValueError("a property shape's path is not well formed")


_FORMS = {
    sh.alternativePath: "{}",
    sh.inversePath: "^{}",
    sh.zeroOrMorePath: "{}*",
    sh.oneOrMorePath: "{}+",
    sh.zeroOrOnePath: "{}?",
}
