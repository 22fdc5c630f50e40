"""Triples by subject and by object, and the instances of classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property

from entente.model import Iri, Term, Triple
from entente.model.terms import rdf, rdfs
from entente.store import Scratch

__all__ = ["ClassTree", "Index"]

_CROWD = 32
"""From so many values on, whether one is new is told by a set."""

_NONE: Mapping[Term, Sequence[Term]] = {}


class ClassTree:
    """The classes above each class, itself included, by rdfs:subClassOf; loops are borne."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._parents: dict[Term, list[Term]] = defaultdict(list)
        self._above: dict[Term, frozenset[Term]] = {}
        for triple in triples:
            if triple.predicate == rdfs.subClassOf:
                self._parents[triple.subject].append(triple.object)

    @property
    def nodes(self) -> frozenset[Term]:
        """The classes that have one above them."""
        return frozenset(self._parents)

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

    def with_more(self, more: Iterable[tuple[Term, Term]]) -> ClassTree:
        """Give a tree that also has these classes with their parents; itself where there are none."""
        pairs = list(more)
        if not pairs:
            return self
        other = ClassTree()
        for cls, parents in self._parents.items():
            other._parents[cls].extend(parents)
        for cls, parent in pairs:
            other._parents[cls].append(parent)
        return other


class Index:
    """A set of triples, to be asked for the objects or the subjects of a property. `tree` gives classes from elsewhere."""

    def __init__(self, triples: Iterable[Triple], tree: ClassTree | None = None) -> None:
        objects: dict[Term, dict[Term, list[Term]]] = {}
        crowds: dict[tuple[Term, Term], set[Term]] = {}
        for subject, predicate, value in triples:
            properties = objects.get(subject)
            if properties is None:
                objects[subject] = {predicate: [value]}
                continue
            values = properties.get(predicate)
            if values is None:
                properties[predicate] = [value]
            elif len(values) < _CROWD:
                if value not in values:
                    values.append(value)
            else:
                crowd = crowds.setdefault((subject, predicate), set(values))
                if value not in crowd:
                    crowd.add(value)
                    values.append(value)
        self._objects = objects
        self._scratch: Scratch | None = None
        self._put: set[Term] = set()
        self._classes: dict[Term, frozenset[Term]] = {}
        self._reverse: dict[Iri, dict[Term, list[Term]]] = {}
        self.tree = (tree or ClassTree()).with_more(
            (subject, parent) for subject, found in objects.items() for parent in found.get(rdfs.subClassOf, ())
        )

    def __contains__(self, node: Term) -> bool:
        """Tell whether anything is said of a node."""
        return node in self._objects

    def scratch(self, mentioned: Set[Iri] | None) -> Scratch:
        """Give the triples of these predicates (of all, for None) to be asked in SPARQL; there may be more in it."""
        if self._scratch is None:
            self._scratch = Scratch()
        missing = (self.predicates if mentioned is None else mentioned) - self._put
        if missing:
            self._put |= missing
            self._scratch.add(
                Triple(subject, predicate, value)  # type: ignore[arg-type]
                for predicate in missing
                for subject in self._bearers.get(predicate, ())
                for value in self._objects[subject][predicate]
            )
        return self._scratch

    @cached_property
    def _bearers(self) -> Mapping[Term, Sequence[Term]]:
        found: dict[Term, list[Term]] = {}
        for subject, properties in self._objects.items():
            for predicate in properties:
                if predicate in found:
                    found[predicate].append(subject)
                else:
                    found[predicate] = [subject]
        return found

    @property
    def predicates(self) -> Set[Term]:
        """All predicates."""
        return self._bearers.keys()

    def _holders(self, predicate: Iri) -> Mapping[Term, Sequence[Term]]:
        """The nodes that have each value of a property; few properties are ever asked for from this end."""
        known = self._reverse.get(predicate)
        if known is None:
            known = self._reverse[predicate] = {}
            for subject in self._bearers.get(predicate, ()):
                for value in self._objects[subject][predicate]:
                    if value in known:
                        known[value].append(subject)
                    else:
                        known[value] = [subject]
        return known

    @cached_property
    def _instances(self) -> Mapping[Term, Sequence[Term]]:
        found: dict[Term, list[Term]] = {}
        for subject in self.subjects_of(rdf.type):
            for cls in self.classes(subject):
                if cls in found:
                    found[cls].append(subject)
                else:
                    found[cls] = [subject]
        return found

    def classes(self, node: Term) -> frozenset[Term]:
        """Give the classes that a node is a SHACL instance of (SHACL §1.1)."""
        known = self._classes.get(node)
        if known is None:
            types = self.objects(node, rdf.type)
            above = self.tree.above
            known = self._classes[node] = above(types[0]) if len(types) == 1 else frozenset().union(*map(above, types))
        return known

    def objects(self, subject: Term, predicate: Iri) -> Sequence[Term]:
        """Give the values of a property."""
        return self._objects.get(subject, _NONE).get(predicate, ())

    def properties(self, subject: Term) -> Mapping[Term, Sequence[Term]]:
        """Give all properties of a node with their values."""
        return self._objects.get(subject, _NONE)

    def subjects(self, predicate: Iri, value: Term) -> Sequence[Term]:
        """Give the nodes that have this value."""
        return self._holders(predicate).get(value, ())

    def subjects_of(self, predicate: Iri) -> Sequence[Term]:
        """Give the nodes that have the property."""
        return self._bearers.get(predicate, ())

    def objects_of(self, predicate: Iri) -> Sequence[Term]:
        """Give the nodes that are a value of the property."""
        return tuple(self._holders(predicate))

    def instances(self, cls: Term) -> Sequence[Term]:
        """Give the SHACL instances of a class (SHACL §1.1)."""
        return self._instances.get(cls, ())

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
