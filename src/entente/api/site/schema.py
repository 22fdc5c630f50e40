"""The schema page: the classes that the graph uses and the properties that join them, with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from entente.model import Iri, Literal, Store
from entente.model.iri import NS, graph
from entente.model.terms import owl, rdf, rdfs, skos
from entente.query.holdings import Holdings

__all__ = ["ClassRow", "PropertyRow", "Schema", "read_schema"]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of our ontology with the number of its things, and a query for some of them."""

    iri: Iri
    name: str
    definition: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """A property with its class and its values' class as the ontology has them, its count, and a query for some uses."""

    iri: Iri
    name: str
    definition: str
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Schema:
    """What the page shows; `network` is what the drawing takes."""

    classes: tuple[ClassRow, ...]
    properties: tuple[PropertyRow, ...]
    network: dict[str, Any]


def read_schema(store: Store, holdings: Holdings) -> Schema:
    """Join the numbers of the dataset with the ontology."""
    counts = {**holdings.classes, **holdings.properties}
    said: dict[Iri, dict[Iri, list[Any]]] = {}
    for quad in store.quads(graph=graph("ontology")):
        if isinstance(quad.subject, Iri) and quad.subject.startswith(NS):
            said.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    classes = [
        ClassRow(iri, _name(iri), _text(said[iri], skos.definition), counts[iri], _instances(iri))
        for iri in sorted(said)
        if owl.Class in said[iri].get(rdf.type, ()) and counts.get(iri)
    ]
    properties = [
        PropertyRow(
            iri,
            _name(iri),
            _text(said[iri], skos.definition),
            _names(said[iri].get(rdfs.domain, ())),
            _names(said[iri].get(rdfs.range, ())),
            counts[iri],
            _uses(iri),
        )
        for iri in sorted(said)
        if {owl.ObjectProperty, owl.DatatypeProperty} & set(said[iri].get(rdf.type, ())) and counts.get(iri)
    ]
    return Schema(tuple(classes), tuple(properties), _network(classes, properties))


def _network(classes: Iterable[ClassRow], properties: Iterable[PropertyRow]) -> dict[str, Any]:
    known = {row.name: row for row in classes}
    edges = [
        {"source": domain, "target": range_, "label": f"{row.name} ({row.count})"}
        for row in properties
        for domain in row.domains
        for range_ in row.ranges
        if domain in known and range_ in known
    ]
    joined = {end for edge in edges for end in (edge["source"], edge["target"])}
    nodes = [{"id": name, "label": f"{name} ({known[name].count})", "kind": "class"} for name in sorted(joined)]
    return {"nodes": nodes, "edges": edges}


def _name(iri: Iri) -> str:
    return iri.removeprefix(NS)


def _names(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted(_name(value) for value in values if isinstance(value, Iri) and value.startswith(NS)))


def _text(node: dict[Iri, list[Any]], predicate: Iri) -> str:
    return next((value.lexical for value in node.get(predicate, ()) if isinstance(value, Literal)), "")


def _instances(iri: Iri) -> str:
    return f"PREFIX ent: <{NS}>\nSELECT ?thing WHERE {{ ?thing a ent:{_name(iri)} }} LIMIT 100"


def _uses(iri: Iri) -> str:
    return f"PREFIX ent: <{NS}>\nSELECT ?subject ?value WHERE {{ ?subject ent:{_name(iri)} ?value }} LIMIT 100"
