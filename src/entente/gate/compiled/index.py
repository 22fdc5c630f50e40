"""Triples by subject and by object, and the instances of classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from entente.model import Iri, Term, Triple
from entente.model.terms import rdf, rdfs
from entente.store import Scratch

__all__ = ["ClassTree", "Index"]

_NONE: Mapping[Term, Sequence[Term]] = {}


class ClassTree:
    """The classes above each class, itself included, by rdfs:subClassOf; loops are borne."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._parents: dict[Term, list[Term]] = defaultdict(list)
        self._above: dict[Term, frozenset[Term]] = {}
        for triple in triples:
            if triple.predicate == rdfs.subClassOf:
                self._parents[triple.subject].append(triple.object)

    def above(self, cls: Term) -> frozenset[Term]:
        """Give the class and all that it is a subclass of."""
        known = self._above.get(cls)
        if known is None:
            seen, open_ = {cls}, [cls]
            while open_:
                for parent in self._parents.get(open_.pop(), ()):
                    if parent not in seen:
                        seen.add(parent)
                        open_.append(parent)
            known = self._above[cls] = frozenset(seen)
        return known

    def with_more(self, triples: Iterable[Triple]) -> ClassTree:
        """Give a tree that also has the subclasses among these triples; itself where there are none."""
        more = [triple for triple in triples if triple.predicate == rdfs.subClassOf]
        if not more:
            return self
        other = ClassTree(more)
        for cls, parents in self._parents.items():
            other._parents[cls].extend(parents)
        return other


class Index:
    """A set of triples, to be asked for the objects or the subjects of a property. `tree` gives classes from elsewhere."""

    def __init__(self, triples: Iterable[Triple], tree: ClassTree | None = None) -> None:
        self.triples = dict.fromkeys(triples)
        self.tree = (tree or ClassTree()).with_more(self.triples)
        self._objects: dict[Term, dict[Term, list[Term]]] = {}
        for subject, predicate, value in self.triples:
            self._objects.setdefault(subject, {}).setdefault(predicate, []).append(value)

    @cached_property
    def scratch(self) -> Scratch:
        """The same triples to be asked in SPARQL."""
        return Scratch(self.triples)

    @cached_property
    def _subjects(self) -> Mapping[Term, Mapping[Term, Sequence[Term]]]:
        found: dict[Term, dict[Term, list[Term]]] = {}
        for subject, predicate, value in self.triples:
            found.setdefault(predicate, {}).setdefault(value, []).append(subject)
        return found

    @cached_property
    def _instances(self) -> Mapping[Term, Sequence[Term]]:
        found: dict[Term, dict[Term, None]] = {}
        for subject, predicates in self._objects.items():
            for cls in predicates.get(rdf.type, ()):
                for above in self.tree.above(cls):
                    found.setdefault(above, {})[subject] = None
        return {cls: tuple(nodes) for cls, nodes in found.items()}

    def objects(self, subject: Term, predicate: Iri) -> Sequence[Term]:
        """Give the values of a property."""
        return self._objects.get(subject, _NONE).get(predicate, ())

    def properties(self, subject: Term) -> Mapping[Term, Sequence[Term]]:
        """Give all properties of a node with their values."""
        return self._objects.get(subject, _NONE)

    def subjects(self, predicate: Iri, value: Term) -> Sequence[Term]:
        """Give the nodes that have this value."""
        return self._subjects.get(predicate, _NONE).get(value, ())

    def subjects_of(self, predicate: Iri) -> Sequence[Term]:
        """Give the nodes that have the property."""
        return tuple(subject for subject, predicates in self._objects.items() if predicate in predicates)

    def objects_of(self, predicate: Iri) -> Sequence[Term]:
        """Give the nodes that are a value of the property."""
        return tuple(self._subjects.get(predicate, _NONE))

    def instances(self, cls: Term) -> Sequence[Term]:
        """Give the SHACL instances of a class (SHACL §1.1)."""
        return self._instances.get(cls, ())

    def is_instance(self, node: Term, cls: Term) -> bool:
        """Tell whether a node is a SHACL instance of a class."""
        return any(cls == one or cls in self.tree.above(one) for one in self.objects(node, rdf.type))

    def list(self, head: Term) -> Sequence[Term] | None:
        """Give the members of an RDF list, or None where it is not well formed (SHACL §1.2)."""
        members: list[Term] = []
        seen = set()
        while head != rdf.nil:
            first, rest = self.objects(head, rdf.first), self.objects(head, rdf.rest)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                return None
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return members
