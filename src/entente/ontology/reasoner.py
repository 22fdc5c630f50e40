"""What HermiT says of an ontology: whether it is consistent, its class tree, and what follows about individuals."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import TypeVar

import owlready2

from entente.errors import InputError
from entente.model.rdf import Iri, Triple
from entente.model.terms import owl, rdf
from entente.ontology.hermit import find_java, run_hermit

__all__ = ["OntologyReport", "Taxonomy", "check", "classify", "entail"]

_Node = TypeVar("_Node")

_LISTING = "Classes equivalent to 'owl:Nothing'"
_CLASS = re.compile(r"^\t<([^>]+)>$", re.MULTILINE)
_PAIR = re.compile(r"^(SubClassOf|Type)\( <([^>]+)> <([^>]+)> \)$", re.MULTILINE)
_PROPERTIES = re.compile(r"^(Sub|Equivalent)ObjectPropert(?:yOf|ies)\( (.+) \)$", re.MULTILINE)
_EXPRESSION = re.compile(r"(ObjectInverseOf\( )?<([^>]+)>")
_SAME = re.compile(r"^EquivalentClasses\( (.+) \)$", re.MULTILINE)
_NAME = re.compile(r"<([^>]+)>")
_VALUES = re.compile(r"^<([^>]+)> \(known instances: (.*) \| possible instances:", re.MULTILINE)
_VALUE = re.compile(r"\(<([^>]+)>, <([^>]+)>\)")


@dataclass(frozen=True, slots=True)
class OntologyReport:
    """What the reasoner says: `unsatisfiable` lists, sorted, the classes that can have no member.

    `classes` and `properties` count what was checked. An inconsistent ontology entails everything, so that no class of it
    is listed.
    """

    consistent: bool
    unsatisfiable: tuple[Iri, ...]
    classes: int
    properties: int

    @property
    def passed(self) -> bool:
        """Whether there was something to check and nothing wrong with it."""
        return self.consistent and not self.unsatisfiable and self.classes > 0


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The inferred class tree: each class with the classes directly above it, and the classes equal to one another."""

    above: Mapping[Iri, frozenset[Iri]]
    equal: tuple[tuple[Iri, ...], ...]

    def below(self, cls: Iri | None) -> tuple[Iri, ...]:
        """The classes directly below a class, sorted; for None those at the top."""
        if cls is None:
            return tuple(sorted(each for each, over in self.above.items() if not over))
        return tuple(sorted(each for each, over in self.above.items() if cls in over))


def check(ntriples: bytes) -> OntologyReport:
    """Check an ontology given as N-Triples, without fetching its imports.

    Raises InputError for bytes that are no N-Triples (131), axioms that HermiT cannot handle (132), and where there is no
    Java to run HermiT on (130).
    """
    find_java()
    classes, properties = _count(ntriples)
    answer = run_hermit(ntriples, ["-U"], _LISTING)
    unsatisfiable = sorted(Iri(found) for found in _CLASS.findall(answer.text))
    return OntologyReport(answer.consistent, tuple(unsatisfiable), classes, properties)


def classify(ntriples: bytes) -> Taxonomy:
    """Infer the class tree of an ontology given as N-Triples.

    Raises InputError as check() does, and 133 for an inconsistent ontology, whose classes are all the same.
    """
    classes = _classes(ntriples)
    answer = run_hermit(ntriples, ["-c"], "")
    if not answer.consistent:
        raise InputError(133, "the ontology is inconsistent, so it has no class tree", "see: entente ontology check")
    above: dict[Iri, set[Iri]] = {cls: set() for cls in classes}
    for kind, sub, sup in _PAIR.findall(answer.text):
        if kind == "SubClassOf":
            above.setdefault(Iri(sub), set()).add(Iri(sup))
    equal = {tuple(sorted(map(Iri, _NAME.findall(names)))) for names in _SAME.findall(answer.text)}
    for names in equal:
        shared = {over for name in names for over in above.get(name, ())} - set(names)
        above.update(dict.fromkeys(names, shared))
    tree = {cls: frozenset(over - {owl.Thing}) for cls, over in sorted(above.items())}
    return Taxonomy(tree, tuple(sorted(names for names in equal if len(names) > 1)))


def entail(ntriples: bytes) -> frozenset[Triple]:
    """Infer the classes of named individuals and the object properties between them, over the whole tree.

    Raises InputError as classify() does.
    """
    answer = run_hermit(ntriples, ["-c", "-O", "-I", "-Y"], "")
    if not answer.consistent:
        raise InputError(133, "the ontology is inconsistent, so everything follows from it", "see: entente ontology check")
    classes: dict[Iri, set[Iri]] = defaultdict(set)
    types = set()
    for kind, one, other in _PAIR.findall(answer.text):
        if kind == "Type":
            types.add((Iri(one), Iri(other)))
        else:
            classes[Iri(one)].add(Iri(other))
    found = {Triple(one, rdf.type, cls) for one, direct in types for cls in _upwards(direct, classes)}
    properties = _properties(answer.text)
    for name, values in _VALUES.findall(answer.text):
        for property_, inverse in _upwards((Iri(name), False), properties):
            pairs = [(Iri(one), Iri(other)) for one, other in _VALUE.findall(values)]
            found |= {Triple(other, property_, one) if inverse else Triple(one, property_, other) for one, other in pairs}
    return frozenset(found)


def _properties(text: str) -> dict[tuple[Iri, bool], set[tuple[Iri, bool]]]:
    """The object properties directly above each, where True marks the inverse of the one that is named."""
    above: dict[tuple[Iri, bool], set[tuple[Iri, bool]]] = defaultdict(set)
    for kind, expressions in _PROPERTIES.findall(text):
        terms = [(Iri(name), bool(inverse)) for inverse, name in _EXPRESSION.findall(expressions)]
        pairs = [(terms[0], terms[-1])] if kind == "Sub" else list(permutations(terms, 2))
        for (one, one_inverse), (other, other_inverse) in pairs:
            above[one, one_inverse].add((other, other_inverse))
            above[one, not one_inverse].add((other, not other_inverse))
    return above


def _upwards(start: _Node, above: Mapping[_Node, set[_Node]]) -> set[_Node]:
    found = {start}
    edge = [start]
    while edge:
        fresh = above.get(edge.pop(), set()) - found
        found |= fresh
        edge += fresh
    return found


def _classes(ntriples: bytes) -> tuple[Iri, ...]:
    world = _load(ntriples)
    try:
        return tuple(sorted(Iri(cls.iri) for cls in world.classes()))
    finally:
        world.close()


def _count(ntriples: bytes) -> tuple[int, int]:
    world = _load(ntriples)
    try:
        return len(list(world.classes())), len(list(world.properties()))
    finally:
        world.close()


def _load(ntriples: bytes) -> owlready2.World:
    # A world of its own, because owlready2's default world is shared by all threads.
    world = owlready2.World()
    try:
        world.get_ontology("https://w3id.org/entente/check#").load(fileobj=io.BytesIO(ntriples), format="ntriples")
    except owlready2.OwlReadyOntologyParsingError as error:
        world.close()
        raise InputError(131, "the ontology is not in N-Triples", "convert it: rapper, riot or pyoxigraph do") from error
    return world
