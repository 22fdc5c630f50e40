"""The nodes of a piece of the graph, and how those that have no name of their own are put into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from entente.api.describing import Value
from entente.api.reader import plain
from entente.consensus.account import BEGIN, END
from entente.model import Iri, Literal, Term
from entente.model.terms import dcterms, ent, prov, rdf

__all__ = ["Nodes", "Phrase", "Shower", "collect", "phrase"]

Node = Mapping[Iri, list[Term]]
Nodes = Mapping[Iri, Node]
Phrase = tuple[Value, ...]
"""Values that are read one after another: "2 destroyers", "Russian Navy"."""
Shower = Callable[[Term], Value]

_SILENT = frozenset({rdf.type, prov.wasGeneratedBy, dcterms.source, ent.dateRule, ent.dateBasis, ent.countMin, ent.countMax})


def collect(triples: Iterable[tuple[Term, Iri, Term]]) -> dict[Iri, dict[Iri, list[Term]]]:
    """Sort triples by subject and predicate; values in a fixed order, each once."""
    found: dict[Iri, dict[Iri, list[Term]]] = {}
    for subject, predicate, value in sorted(set(triples), key=lambda each: tuple(term.n3() for term in each)):
        if isinstance(subject, Iri):
            found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return found


def phrase(term: Term, nodes: Nodes, show: Shower) -> Phrase:
    """Put a value into words: a named thing by its name, a node below an event by what it holds."""
    node = nodes.get(term) if isinstance(term, Iri) else None
    if node is None:
        return (show(term),)
    for words in (_when(node), _participation(node, show), _contribution(node, show)):
        if words:
            return words
    texts = [text for predicate in (ent.aimText, ent.name) for text in node.get(predicate, ())]
    if texts:
        return tuple(show(text) for text in texts)
    parts = [value for predicate, values in node.items() if predicate not in _SILENT for value in values]
    # A node below an event may lead back to it.
    parts = [value for value in parts if not str(term).startswith(f"{value}/")]
    return tuple(show(value) for value in parts) or (show(term),)


def _text(node: Node, *predicates: Iri) -> str:
    return next((str(plain(value)) for predicate in predicates for value in node.get(predicate, ())), "")


def _when(node: Node) -> Phrase:
    edtf = _text(node, ent.edtf)
    if edtf:
        return (Value(edtf),)
    said = []
    for word, (earliest, latest) in (("begins", BEGIN), ("ends", END)):
        first, last = _text(node, earliest), _text(node, latest)
        if first and first == last:
            said.append(f"{word} {first}")
        elif first or last:
            said.append(
                f"{word} {f'{first} or later' if first else ''}{', ' if first and last else ''}"
                f"{f'{last} or earlier' if last else ''}"
            )
    return (Value("; ".join(said)),) if said else ()


def _participation(node: Node, show: Shower) -> Phrase:
    agents = node.get(ent.participant, ())
    return tuple(show(value) for value in (*agents, *node.get(ent.roleType, ()))) if agents else ()


def _contribution(node: Node, show: Shower) -> Phrase:
    what = _text(node, ent.materielLabel)
    if not what:
        return ()
    few, many = _text(node, ent.countMin), _text(node, ent.countMax)
    count = _text(node, ent.count) or (f"{few} to {many}" if few and many else f"{few or many}")
    vessels = [show(value) for value in node.get(ent.includesVessel, ()) if not isinstance(value, Literal)]
    by = [show(value) for value in node.get(ent.contributedBy, ())]
    return (Value(f"{count} × {what}" if count else what), *vessels, *by)
