"""Explains a refusal to people: each reason with what the refused graph says there, and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from entente.gate import HeldArticle
from entente.gate.report import refusals_in
from entente.model import Iri, Literal, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import ent, oa, rdf

__all__ = ["explanation"]

_STATEMENTS = 8
"""Statements about one node that are shown."""


def explanation(held: HeldArticle) -> Iterator[str]:
    """Say line by line why an article was refused and what to do."""
    graph = _Graph(held.triples())
    yield f"{held.slug}, from {held.origin}"
    results = refusals_in(held.report)
    if not results:
        yield "  The gate found nothing to check: the graph holds none of the things that the shapes are about."
    key = ("message", "shape")
    for (message, shape), group in groupby(
        sorted(results, key=lambda r: [r[k] for k in key]), lambda r: [r[k] for k in key]
    ):
        yield f"\n{message}"
        yield f"  rule   {_short(shape)}"
        for result in group:
            focus, value = result["focus"], result["value"]
            yield f"  at     {_short(focus)}"
            # A path of several steps is a blank node, whose name tells nobody anything.
            if result["path"] and not result["path"].startswith("_:"):
                yield f"  about  {_short(result['path'])}, which has {_short(value) if value else 'no value'}"
            elif value and value != focus:
                yield f"  about  {_short(value)}"
                focus = value
            for words in graph.words(focus) or graph.words_behind(value):
                yield f"  words  “{words}”"
            yield from (f"         {line}" for line in graph.about(focus))
    yield f"\nnext: correct the article and ingest it again; or, when rules or shapes have changed: {_retry(held)}"


def _retry(held: HeldArticle) -> str:
    return f"entente quarantine retry {held.slug}"


class _Graph:
    """A refused graph, to look things up in."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples = tuple(triples)

    def about(self, node: str) -> list[str]:
        """The first statements about a node."""
        own = [t for t in self._triples if t.subject == node and t.predicate not in {ent.text, ent.evidence}]
        lines = [f"{_short(t.predicate)} {_value(t.object)}" for t in own[:_STATEMENTS]]
        return lines if len(own) <= _STATEMENTS else [*lines, f"and {len(own) - _STATEMENTS} more"]

    def words(self, node: str) -> list[str]:
        """The words of the article that the claims about a node rest on, in the order of the text."""
        claims = {node} if self._objects(node, ent.evidence) else self._claims_of(node)
        found: dict[str, int] = {}
        for claim in claims:
            for evidence in self._objects(claim, ent.evidence):
                for target in self._objects(evidence, oa.hasTarget):
                    selectors = self._objects(target, oa.hasSelector)
                    [start] = [int(s) for each in selectors for s in self._objects(each, oa.start)] or [0]
                    found.update((quote, start) for each in selectors for quote in self._objects(each, oa.exact))
        return sorted(found, key=lambda quote: found[quote])

    def words_behind(self, value: str | None) -> list[str]:
        """The words that the claims rest on which lead to a value, such as the day on which something was said."""
        bearers = {t.subject for t in self._triples if isinstance(t.object, Literal) and t.object.lexical == value}
        leading = {t.subject for t in self._triples if t.object in bearers and self._objects(t.subject, ent.evidence)}
        return [words for claim in sorted(leading) for words in self.words(claim)]

    def _claims_of(self, node: str) -> set[str]:
        """The claims that assert something about a node, or about one that the node is a part of."""
        statements = {
            t.subject
            for t in self._triples
            if t.predicate in {rdf.subject, rdf.object} and (t.object == node or node.startswith(f"{t.object}/"))
        }
        return {t.subject for t in self._triples if t.predicate == ent.asserts and t.object in statements}

    def _objects(self, subject: str, predicate: Iri) -> list[str]:
        found = [t.object for t in self._triples if t.subject == subject and t.predicate == predicate]
        return [term.lexical if isinstance(term, Literal) else str(term) for term in found]


def _value(term: object) -> str:
    return f"“{term.lexical[:100]}”" if isinstance(term, Literal) else _short(str(term))


def _short(iri: str) -> str:
    """Shorten an IRI by the prefix of its vocabulary, or to what comes after the stem of identifiers."""
    for name, stem in VOCABULARIES.items():
        if iri.startswith(stem):
            return f"{name}:{iri.removeprefix(stem)}"
    return iri
