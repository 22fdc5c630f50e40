"""Triples by predicate, and the instances of classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from entente.model import Iri, Quad, Term, Triple
from entente.model.terms import rdf, rdfs
from entente.store import Scratch

__all__ = ["ClassTree", "Index"]

_NONE: Mapping[Term, Sequence[Term]] = {}
_NOBODY: Mapping[Term, None] = {}


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

    def with_more(self, parents: Mapping[Term, Sequence[Term]]) -> ClassTree:
        """Give a tree that also has these classes above others; itself where there are none."""
        if not parents:
            return self
        other = ClassTree()
        for more in (self._parents, parents):
            for cls, above in more.items():
                other._parents[cls].extend(above)
        return other


class Index:
    """A set of triples, to be asked for the objects or the subjects of a property. `tree` gives classes from elsewhere."""

    def __init__(self, statements: Iterable[Triple | Quad], tree: ClassTree | None = None) -> None:
        self._tables: dict[Term, dict[Term, list[Term]]] = {}
        self._inverse: dict[Term, Mapping[Term, Sequence[Term]]] = {}
        self._instances: dict[Term, dict[Term, None]] | None = None
        self._scratches: dict[frozenset[Iri] | None, Scratch] = {}
        self._fill(statements)
        self.tree = (tree or ClassTree()).with_more(self.table(rdfs.subClassOf))

    def _fill(self, statements: Iterable[Triple | Quad]) -> None:
        tables = self._tables
        several: list[list[Term]] = []
        for statement in statements:
            subject, predicate, value = statement[0], statement[1], statement[2]
            table = tables.get(predicate)
            if table is None:
                table = tables[predicate] = {}
            values = table.get(subject)
            if values is None:
                table[subject] = [value]
            else:
                values.append(value)
                if len(values) == 2:
                    several.append(values)
        for values in several:
            unlike = dict.fromkeys(values)
            if len(unlike) < len(values):
                values[:] = unlike

    def triples(self) -> Iterator[Triple]:
        """Give all triples."""
        for predicate, table in self._tables.items():
            for subject, values in table.items():
                yield from (Triple(subject, predicate, value) for value in values)  # type: ignore[arg-type]

    def scratch(self, predicates: frozenset[Iri] | None = None) -> Scratch:
        """Give the triples with these predicates, or all, to be asked in SPARQL."""
        known = self._scratches.get(predicates)
        if known is None:
            triples = self.triples() if predicates is None else self._triples_with(predicates)
            known = self._scratches[predicates] = Scratch(triples)
        return known

    def _triples_with(self, predicates: frozenset[Iri]) -> Iterator[Triple]:
        for predicate in predicates:
            for subject, values in self.table(predicate).items():
                yield from (Triple(subject, predicate, value) for value in values)  # type: ignore[arg-type]

    def table(self, predicate: Term) -> Mapping[Term, Sequence[Term]]:
        """Give the values of a property by the nodes that have them."""
        return self._tables.get(predicate, _NONE)

    def inverse(self, predicate: Term) -> Mapping[Term, Sequence[Term]]:
        """Give the nodes that have a property by the values that they have."""
        known = self._inverse.get(predicate)
        if known is None:
            found: dict[Term, list[Term]] = {}
            for subject, values in self.table(predicate).items():
                for value in values:
                    found.setdefault(value, []).append(subject)
            known = self._inverse[predicate] = found
        return known

    def objects(self, subject: Term, predicate: Iri) -> Sequence[Term]:
        """Give the values of a property."""
        return self.table(predicate).get(subject, ())

    def properties(self, subject: Term) -> Mapping[Term, Sequence[Term]]:
        """Give all properties of a node with their values."""
        return {predicate: table[subject] for predicate, table in self._tables.items() if subject in table}

    def subjects(self, predicate: Iri, value: Term) -> Sequence[Term]:
        """Give the nodes that have this value."""
        return self.inverse(predicate).get(value, ())

    def instances(self, cls: Term) -> Mapping[Term, None]:
        """Give the SHACL instances of a class (SHACL §1.1)."""
        if self._instances is None:
            self._instances = {}
            for one, nodes in self.inverse(rdf.type).items():
                for above in self.tree.above(one):
                    self._instances.setdefault(above, {}).update(dict.fromkeys(nodes))
        return self._instances.get(cls, _NOBODY)

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
