"""What the documentation says of each term and vocabulary, gathered from ontology, vocabularies, shapes and queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entente.model.iri import NS
from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import Iri, Literal, Term, Triple
from entente.model.terms import dcterms, owl, rdf, rdfs, skos, vann

__all__ = ["Concept", "Entry", "Handbook", "Question", "Scheme", "gather"]

_SH = VOCABULARIES["sh"]
_TARGET, _PATH, _PROPERTY, _MESSAGE = (Iri(f"{_SH}{name}") for name in ("targetClass", "path", "property", "message"))
_KINDS = {
    owl.Class: "class",
    owl.ObjectProperty: "object property",
    owl.DatatypeProperty: "datatype property",
    owl.AnnotationProperty: "annotation property",
}
_TERM = re.compile(r"\bent:(\w+)")
_NOTES = (skos.scopeNote, vann.usageNote, skos.editorialNote, skos.changeNote)


@dataclass(frozen=True, slots=True)
class Question:
    """A query of the catalogue: its name, its summary and its text."""

    name: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the ontology: texts as written, terms as IRIs, all in order.

    `links` pairs the name of a relation with the terms that it leads to; `demands` are the messages of the shapes that
    constrain the term, `questions` the queries that use it.
    """

    iri: Iri
    name: str
    kind: str
    label: str
    definition: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    links: tuple[tuple[str, tuple[Iri, ...]], ...]
    demands: tuple[str, ...]
    questions: tuple[Question, ...]
    deprecated: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a vocabulary."""

    iri: Iri
    notation: str
    label: str
    definition: str
    broader: tuple[Iri, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One vocabulary with its concepts in order of their notations."""

    iri: Iri
    name: str
    label: str
    definition: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """The whole documentation, its entries sorted by name."""

    title: str
    version: str
    entries: tuple[Entry, ...]
    schemes: tuple[Scheme, ...]


class _Graph:
    def __init__(self, triples: Iterable[Triple]) -> None:
        self.out: dict[Term, dict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.back: dict[Term, dict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in sorted(triples, key=Triple.n3):
            self.out[subject][predicate].append(value)
            self.back[value][predicate].append(subject)

    def texts(self, subject: Term, *predicates: Iri) -> tuple[str, ...]:
        found = [v for p in predicates for v in self.out[subject][p] if isinstance(v, Literal) and v.lang in {"", "en"}]
        return tuple(value.lexical for value in found)

    def text(self, subject: Term, *predicates: Iri) -> str:
        return next(iter(self.texts(subject, *predicates)), "")

    def of_type(self, cls: Iri) -> list[Iri]:
        return sorted(iri for iri in self.back[cls][rdf.type] if isinstance(iri, Iri))


def gather(
    ontology: Iterable[Triple], vocabularies: Iterable[Triple], shapes: Iterable[Triple], questions: Iterable[Question]
) -> Handbook:
    """Gather the documentation; of terms those of Entente's own namespace."""
    graph, rules = _Graph(ontology), _Graph(shapes)
    used: dict[str, list[Question]] = defaultdict(list)
    for question in sorted(questions, key=lambda question: question.name):
        for name in sorted(set(_TERM.findall(question.text))):
            used[name].append(question)
    entries = [
        _entry(graph, rules, iri, kind, used)
        for cls, kind in _KINDS.items()
        for iri in graph.of_type(cls)
        if iri.startswith(NS)
    ]
    header = next(iter(graph.of_type(owl.Ontology)), None)
    terms = _Graph(vocabularies)
    return Handbook(
        title=graph.text(header, dcterms.title) if header else "Ontology",
        version=graph.text(header, owl.versionInfo) if header else "",
        entries=tuple(sorted(entries, key=lambda entry: (entry.name.lower(), entry.name))),
        schemes=tuple(_scheme(terms, iri) for iri in terms.of_type(skos.ConceptScheme)),
    )


def _entry(graph: _Graph, rules: _Graph, iri: Iri, kind: str, used: Mapping[str, list[Question]]) -> Entry:
    def leading(predicate: Iri) -> tuple[Iri, ...]:
        return tuple(value for value in graph.out[iri][predicate] if isinstance(value, Iri))

    def coming(predicate: Iri) -> tuple[Iri, ...]:
        return tuple(value for value in graph.back[iri][predicate] if isinstance(value, Iri))

    links = (
        ("broader classes", leading(rdfs.subClassOf)),
        ("narrower classes", coming(rdfs.subClassOf)),
        ("disjoint with", tuple(sorted({*leading(owl.disjointWith), *coming(owl.disjointWith)}))),
        ("domain", leading(rdfs.domain)),
        ("range", leading(rdfs.range)),
        ("inverse", tuple(sorted({*leading(owl.inverseOf), *coming(owl.inverseOf)}))),
        ("broader properties", leading(rdfs.subPropertyOf)),
        ("narrower properties", coming(rdfs.subPropertyOf)),
        ("traits", tuple(value for value in leading(rdf.type) if value not in _KINDS)),
        ("properties from it", coming(rdfs.domain)),
        ("properties to it", coming(rdfs.range)),
        ("replaced by", leading(dcterms.isReplacedBy)),
    )
    name = iri.removeprefix(NS)
    return Entry(
        iri=iri,
        name=name,
        kind=kind,
        label=graph.text(iri, skos.prefLabel) or name,
        definition=graph.text(iri, skos.definition),
        notes=graph.texts(iri, *_NOTES),
        examples=graph.texts(iri, skos.example),
        links=tuple((relation, terms) for relation, terms in links if terms),
        demands=_demands(rules, iri),
        questions=tuple(used.get(name, ())),
        deprecated=Literal.of(True) in graph.out[iri][owl.deprecated],
    )


def _demands(rules: _Graph, iri: Iri) -> tuple[str, ...]:
    """What the shapes say of a class that they target, or of a property that is the path of one."""
    nodes = [*rules.back[iri][_PATH]]
    for shape in rules.back[iri][_TARGET]:
        nodes += [shape, *rules.out[shape][_PROPERTY]]
    return tuple(sorted({text for node in nodes for text in rules.texts(node, _MESSAGE)}))


def _scheme(graph: _Graph, iri: Iri) -> Scheme:
    concepts = [
        Concept(
            iri=each,
            notation=graph.text(each, skos.notation) or each.rsplit("/", 1)[-1],
            label=graph.text(each, skos.prefLabel),
            definition=graph.text(each, skos.definition),
            broader=tuple(value for value in graph.out[each][skos.broader] if isinstance(value, Iri)),
        )
        for each in graph.back[iri][skos.inScheme]
        if isinstance(each, Iri)
    ]
    return Scheme(
        iri=iri,
        name=iri.rsplit("/", 1)[-1],
        label=graph.text(iri, skos.prefLabel, dcterms.title) or iri.rsplit("/", 1)[-1],
        definition=graph.text(iri, skos.definition, dcterms.description),
        concepts=tuple(sorted(concepts, key=lambda concept: (concept.notation, concept.iri))),
    )
