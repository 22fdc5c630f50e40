"""Rewrites queries that the engine would evaluate slowly, where the result is provably the same.

Oxigraph joins what stands before an OPTIONAL with it in full before it looks at what follows. The rules, on the algebra of
SPARQL 1.1 §18 (docs/decisions/0012-planner-guard.md has the proofs):

- optional-last: LeftJoin(G, O) joined with C is LeftJoin(G joined with C, O), if G surely binds what O and C share.
- values-first: a join is the same in either order.
- minus-exists: Minus(G, M) is Filter(not exists M, G) for plain triples M, if G surely binds a variable of M.
- union-apart: G joined with Union(A, B) is Union(G joined with A, G joined with B).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from entente.store.groups import Element, Group, Unreadable, read_where
from entente.store.search import SEARCH

__all__ = ["Plan", "plan"]

_JOINED = ("triples", "values", "graph", "union", "select")
_PLAIN = frozenset(".;,")
_BRANCHES = 4
_TOKENS = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """The text to run, the rules that made it, and the order of its outermost group.

    `why_not` tells why a query was not looked into.
    """

    text: str
    rules: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    why_not: str | None = None


@lru_cache(maxsize=1024)
def plan(text: str) -> Plan:
    """Rewrite a query, or leave it as it is where it is not understood or nothing is to be gained."""
    try:
        group = read_where(text)
    except Unreadable as reason:
        return Plan(text, why_not=str(reason))
    except (IndexError, StopIteration):
        return Plan(text, why_not="it cannot be read")
    writer = _Writer(text)
    written = writer.group(group)
    order = tuple(element.kind for element in group.elements)
    if not writer.rules:
        return Plan(text, order=order)
    return Plan(text[: group.start] + written + text[group.end :], tuple(writer.rules), order)


class _Writer:
    """Writes groups out again, each reordered by the rules; a group is changed in place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.rules: list[str] = []
        self._graphs = 0
        self._searches = SEARCH in text

    def group(self, group: Group, *, exists: bool = True) -> str:
        """Write a group; `exists` allows filters to be added, which mean something else directly in an OPTIONAL."""
        elements = group.elements
        if _move_optionals(elements):
            self.rules.append("optional-last")
        if _move_values(elements):
            self.rules.append("values-first")
        # In a GRAPH the engine counts the graph's name among what MINUS shares; a search is better done once than for each.
        if exists and not self._graphs and not self._searches and _filter_minus(elements, self._text):
            self.rules.append("minus-exists")
        apart = _union_to_part(elements)
        if apart is not None:
            self.rules.append("union-apart")
            filters = [element for element in elements[:apart] if element.kind == "filter"]
            before = self._join([element for element in elements[:apart] if element.kind != "filter"])
            branches = " UNION ".join(f"{{ {before} {self.group(each)} }}" for each in elements[apart].groups)
            return f"{{ {branches} {self._join([*filters, *elements[apart + 1 :]])} }}"
        return f"{{ {self._join(elements)} }}"

    def _join(self, elements: Sequence[Element]) -> str:
        return " ".join(self._element(element) for element in elements)

    def _element(self, element: Element) -> str:
        if element.text is not None:
            return element.text
        tokens = element.tokens
        if not element.groups:
            written = self._text[tokens[0].start : tokens[-1].end]
            return f"{written} ." if element.kind == "triples" and not written.endswith(".") else written
        if element.kind == "union":
            return " UNION ".join(self.group(group) for group in element.groups)
        [group] = element.groups
        self._graphs += element.kind == "graph"
        inner = self.group(group, exists=element.kind != "optional")
        self._graphs -= element.kind == "graph"
        return self._text[tokens[0].start : group.start] + inner


def _move_optionals(elements: list[Element]) -> bool:
    """Move each OPTIONAL behind what follows it, from the last to the first, as far as its variables allow."""
    moved = False
    for start in range(len(elements) - 1, -1, -1):
        optional = elements[start]
        if optional.kind != "optional":
            continue
        bound = frozenset[str]().union(*(element.binds for element in elements[:start]))
        stop = start
        for position in range(start + 1, len(elements)):
            other = elements[position]
            if other.kind == "optional" or (other.kind != "filter" and not optional.mentions & other.mentions <= bound):
                break
            stop = position
        if any(element.kind in _JOINED for element in elements[start + 1 : stop + 1]):
            moved = True
            elements[start : stop + 1] = [*elements[start + 1 : stop + 1], optional]
    return moved


def _move_values(elements: list[Element]) -> bool:
    """Move VALUES in front of what only joins with it, where they share a variable."""
    moved = False
    for position, element in enumerate(elements):
        if element.kind != "values" or len(element.tokens) > _TOKENS:
            continue
        before = elements[:position]
        joins = all(other.kind in (*_JOINED, "filter") for other in before)
        others = [other for other in before if other.kind not in ("values", "filter")]
        if joins and any(other.mentions & element.mentions for other in others):
            elements[: position + 1] = [element, *before]
            moved = True
    return moved


def _filter_minus(elements: list[Element], text: str) -> bool:
    """Write MINUS of plain triples as NOT EXISTS, which the engine asks for each solution instead of in full."""
    changed = False
    for position, element in enumerate(elements):
        if element.kind != "minus":
            continue
        inner = element.groups[0].elements
        marks = {token.text for each in inner for token in each.tokens if token.kind == "mark"}
        if not inner or any(each.kind != "triples" for each in inner) or not marks <= _PLAIN:
            continue
        bound = frozenset[str]().union(*(other.binds for other in elements[:position]))
        later = frozenset[str]().union(*(other.mentions for other in elements[position + 1 :]))
        if element.mentions & bound and element.mentions & later <= bound:
            group = element.groups[0]
            element.kind = "filter"
            element.text = f"FILTER NOT EXISTS {text[group.start : group.end]}"
            changed = True
    return changed


def _union_to_part(elements: Sequence[Element]) -> int | None:
    """The first UNION with a branch that shares nothing bound with what stands before it: the engine joins it in full."""
    for position, element in enumerate(elements):
        if element.kind != "union" or not 2 <= len(element.groups) <= _BRANCHES:
            continue
        before = elements[:position]
        bound = frozenset[str]().union(*(other.binds for other in before))
        shares = [bool(group.binds & bound) for group in element.groups]
        if bound and any(shares) and not all(shares) and sum(len(other.tokens) for other in before) <= _TOKENS:
            return position
    return None
