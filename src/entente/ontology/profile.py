"""Checks that an ontology keeps to OWL 2 DL in what matters (OWL 2 Structural Specification, §§3, 4, 5 and 11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import BlankNode, Iri, Literal, Term, Triple
from entente.model.terms import owl, rdf, rdfs

__all__ = ["RULES", "Fault", "profile_faults"]

RULES = {
    "undeclared-term": "terms used without a declaration",
    "illegal-punning": "terms declared as two kinds that OWL 2 DL keeps apart",
    "reserved-vocabulary": "reserved terms used as if they were one's own",
    "non-simple-property": "composite properties where only simple ones are allowed",
    "datatype": "datatypes outside the OWL 2 datatype map",
    "property-kind": "properties used against their kind",
}
"""The checks by name, in the order in which they are reported, with what each finds."""

_KINDS = {
    owl.Class: "class",
    rdfs.Datatype: "datatype",
    owl.ObjectProperty: "object property",
    owl.DatatypeProperty: "datatype property",
    owl.AnnotationProperty: "annotation property",
}
_PROPERTY_KINDS = {"object property", "datatype property", "annotation property"}
_OBJECT_ONLY = {
    owl.InverseFunctionalProperty,
    owl.TransitiveProperty,
    owl.SymmetricProperty,
    owl.AsymmetricProperty,
    owl.ReflexiveProperty,
    owl.IrreflexiveProperty,
}
_SIMPLE_ONLY = {
    owl.FunctionalProperty,
    owl.InverseFunctionalProperty,
    owl.AsymmetricProperty,
    owl.IrreflexiveProperty,
}
_CARDINALITIES = {
    owl.cardinality,
    owl.minCardinality,
    owl.maxCardinality,
    owl.qualifiedCardinality,
    owl.minQualifiedCardinality,
    owl.maxQualifiedCardinality,
    owl.hasSelf,
}
_RESERVED = tuple(VOCABULARIES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
_BUILT_IN_ANNOTATIONS = {
    rdfs.label,
    rdfs.comment,
    rdfs.seeAlso,
    rdfs.isDefinedBy,
    owl.deprecated,
    owl.versionInfo,
    owl.priorVersion,
    Iri(f"{VOCABULARIES['owl']}backwardCompatibleWith"),
    Iri(f"{VOCABULARIES['owl']}incompatibleWith"),
}
_STATEMENT_PREDICATES = {rdf.subject, rdf.predicate, rdf.object, rdf.value}
_FOREIGN_TYPES = {rdf.Statement, rdf.Property, rdfs.Class, rdfs.Resource, rdfs.Literal}
# OWL 2 Structural Specification, §4; xsd:date and its like are not among them.
_DATATYPES = {
    rdfs.Literal,
    rdf.langString,
    *(Iri(f"{VOCABULARIES['owl']}{name}") for name in ("real", "rational")),
    *(Iri(f"{VOCABULARIES['rdf']}{name}") for name in ("PlainLiteral", "XMLLiteral")),
    *(
        Iri(f"{VOCABULARIES['xsd']}{name}")
        for name in (
            *("decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
            *("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
            *("double", "float", "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"),
            *("boolean", "hexBinary", "base64Binary", "anyURI", "dateTime", "dateTimeStamp"),
        )
    ),
}
_CLASS_AXIOMS = {rdfs.subClassOf, owl.equivalentClass, owl.disjointWith, owl.complementOf}
_PROPERTY_AXIOMS = {rdfs.subPropertyOf, owl.equivalentProperty, owl.propertyDisjointWith, owl.inverseOf}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A place where the ontology leaves OWL 2 DL: the check that says so, the term, and what is wrong with it."""

    rule: str
    term: str
    message: str


def profile_faults(triples: Iterable[Triple]) -> tuple[Fault, ...]:
    """List, sorted, where an ontology leaves OWL 2 DL.

    The triples are those of the ontology with all that it builds on, since imports are not followed.
    """
    return tuple(sorted(set(_Profile(triples).faults())))


class _Profile:
    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples = frozenset(triples)
        self._kinds: dict[Term, set[str]] = defaultdict(set)
        self._types: dict[Term, set[Term]] = defaultdict(set)
        self._by_predicate: dict[Iri, list[Triple]] = defaultdict(list)
        for triple in self._triples:
            self._by_predicate[triple.predicate].append(triple)
            if triple.predicate == rdf.type:
                self._types[triple.subject].add(triple.object)
                if isinstance(triple.object, Iri) and triple.object in _KINDS:
                    self._kinds[triple.subject].add(_KINDS[triple.object])
        self._kinds.update({name: {"annotation property"} for name in _BUILT_IN_ANNOTATIONS})

    def faults(self) -> Iterator[Fault]:
        yield from self._undeclared()
        yield from self._punned()
        yield from self._reserved()
        yield from self._composite()
        yield from self._datatypes()
        yield from self._misused()

    def _undeclared(self) -> Iterator[Fault]:
        classes = {t.object for t in self._by_predicate[rdf.type]}
        classes |= {t.object for t in self._by_predicate[rdfs.domain]}
        classes |= {term for p in _CLASS_AXIOMS for t in self._by_predicate[p] for term in (t.subject, t.object)}
        properties: set[Term] = {
            term for p in _PROPERTY_AXIOMS for t in self._by_predicate[p] for term in (t.subject, t.object)
        }
        properties |= {t.subject for p in (rdfs.domain, rdfs.range) for t in self._by_predicate[p]}
        properties |= {t.object for t in self._by_predicate[owl.onProperty]} | set(self._by_predicate)
        for terms, kinds, name in ((classes, {"class", "datatype"}, "a class"), (properties, _PROPERTY_KINDS, "a property")):
            for term in terms:
                own = isinstance(term, Iri) and not term.startswith(_RESERVED)
                if own and not self._kinds[term] & kinds:
                    yield Fault("undeclared-term", str(term), f"is used as {name}, but not declared as one")

    def _punned(self) -> Iterator[Fault]:
        for term, kinds in self._kinds.items():
            for clash in (kinds & _PROPERTY_KINDS, kinds & {"class", "datatype"}):
                if len(clash) > 1:
                    yield Fault("illegal-punning", str(term), f"is declared as {' and as '.join(sorted(clash))}")

    def _reserved(self) -> Iterator[Fault]:
        for triple in self._triples:
            if isinstance(triple.subject, Iri) and triple.subject.startswith(_RESERVED):
                yield Fault("reserved-vocabulary", triple.subject, "is given axioms or annotations")
            if triple.predicate in _STATEMENT_PREDICATES:
                yield Fault("reserved-vocabulary", triple.predicate, "is used as a property of individuals")
            used_as_class = triple.predicate in {rdf.type, rdfs.domain, rdfs.range, *_CLASS_AXIOMS}
            if used_as_class and triple.object in _FOREIGN_TYPES - (
                {rdfs.Literal} if triple.predicate == rdfs.range else set()
            ):
                yield Fault("reserved-vocabulary", str(triple.object), f"is used as a class, of {triple.subject}")

    def _composite(self) -> Iterator[Fault]:
        composite = self._composites()
        disjoint = {term for t in self._by_predicate[owl.propertyDisjointWith] for term in (t.subject, t.object)}
        counted = {
            target.object
            for predicate in _CARDINALITIES
            for triple in self._by_predicate[predicate]
            for target in self._by_predicate[owl.onProperty]
            if target.subject == triple.subject
        }
        for term in composite:
            reasons = [str(kind).rpartition("#")[2] for kind in self._types[term] & _SIMPLE_ONLY]
            reasons += ["a disjointness"] if term in disjoint else []
            reasons += ["a cardinality or self restriction"] if term in counted else []
            for reason in sorted(reasons):
                message = f"is transitive, a chain or above one, and so cannot stand in {reason}"
                yield Fault("non-simple-property", str(term), message)

    def _composites(self) -> set[Term]:
        """The properties that are transitive or a chain, with all above them and their inverses (§11.1)."""
        found: set[Term] = {t.subject for t in self._by_predicate[rdf.type] if t.object == owl.TransitiveProperty}
        found |= {t.subject for t in self._by_predicate[owl.propertyChainAxiom]}
        edge = list(found)
        while edge:
            term = edge.pop()
            linked = {t.object for t in self._by_predicate[rdfs.subPropertyOf] if t.subject == term}
            for predicate in (owl.inverseOf, owl.equivalentProperty):
                for triple in self._by_predicate[predicate]:
                    if term in (triple.subject, triple.object):
                        linked |= {triple.subject, triple.object}
            fresh = linked - found
            found |= fresh
            edge += fresh
        return found

    def _datatypes(self) -> Iterator[Fault]:
        data = {term for term, kinds in self._kinds.items() if "datatype property" in kinds}
        for triple in self._by_predicate[rdfs.range]:
            known = triple.object in _DATATYPES or "datatype" in self._kinds[triple.object]
            if triple.subject in data and not known and not isinstance(triple.object, BlankNode):
                yield Fault("datatype", str(triple.subject), f"has the range {triple.object}, which is no OWL 2 datatype")
        for triple in self._triples:
            value = triple.object
            if triple.predicate not in data or not isinstance(value, Literal) or value.datatype in _DATATYPES:
                continue
            if value.datatype.startswith(VOCABULARIES["xsd"]):
                yield Fault("datatype", triple.predicate, f"has a value of {value.datatype}, which is no OWL 2 datatype")

    def _misused(self) -> Iterator[Fault]:
        for predicate in (rdfs.subPropertyOf, owl.equivalentProperty, owl.propertyDisjointWith, owl.inverseOf):
            for triple in self._by_predicate[predicate]:
                one, other = self._kinds[triple.subject], self._kinds[triple.object]
                if one and other and not one & other:
                    message = f"is {_a(one)}, tied to {triple.object}, {_a(other)}"
                    yield Fault("property-kind", str(triple.subject), message)
        for term, types in list(self._types.items()):
            kinds = self._kinds[term] & _PROPERTY_KINDS
            needs = {"object property"} if types & _OBJECT_ONLY else set()
            if owl.FunctionalProperty in types and kinds == {"annotation property"}:
                yield Fault("property-kind", str(term), "is an annotation property and cannot be functional")
            if needs and kinds and not kinds & needs:
                yield Fault("property-kind", str(term), f"is {_a(kinds)} with a trait that only object properties have")
        for triple in self._triples:
            kinds = self._kinds[triple.predicate]
            literal = isinstance(triple.object, Literal)
            if kinds == {"object property"} and literal:
                yield Fault("property-kind", triple.predicate, f"is an object property with a literal, of {triple.subject}")
            if kinds == {"datatype property"} and not literal:
                yield Fault(
                    "property-kind", triple.predicate, f"is a datatype property with no literal, of {triple.subject}"
                )
            ranged = triple.predicate == rdfs.range and triple.object in _DATATYPES
            if ranged and self._kinds[triple.subject] == {"object property"}:
                yield Fault("property-kind", str(triple.subject), f"is an object property with the range {triple.object}")


def _a(kinds: set[str]) -> str:
    return " and ".join(f"{'an' if kind[0] in 'ao' else 'a'} {kind}" for kind in sorted(kinds)) or "nothing"
