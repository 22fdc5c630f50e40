"""Mutation of the shapes: take each constraint away in turn, and some fixture must then give other results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from rdflib import URIRef

from entente.gate import Shapes
from entente.model import BlankNode, Iri, Term, Triple
from entente.model.terms import rdfs
from shapesets import PARAMETERS, SETS, ShapeSet, read, targeted, tree

COUNTS = {"core": 582, "atop": 21, "dca": 19, "exercise-mme": 14, "plover": 21}
CLASSES = tuple(triple for triple in tree() if triple.predicate == rdfs.subClassOf)


@cache
def triples(shape_set: ShapeSet) -> Mapping[Term, tuple[Triple, ...]]:
    """The shapes by subject; the blank nodes of each file are its own."""
    found = defaultdict(list)
    for number, path in enumerate(shape_set.files):
        for triple in read(path):
            subject, value = (
                BlankNode(f"f{number}{term}") if isinstance(term, BlankNode) else term
                for term in (triple.subject, triple.object)
            )
            found[subject].append(Triple(subject, triple.predicate, value))
    return {subject: tuple(about) for subject, about in found.items()}


@cache
def whole(shape_set: ShapeSet, shape: Term) -> tuple[Triple, ...]:
    """A shape with all that it refers to."""
    by_subject = triples(shape_set)
    seen, waiting = {shape}, [shape]
    while waiting:
        fresh = {triple.object for triple in by_subject[waiting.pop()]} & by_subject.keys() - seen
        seen |= fresh
        waiting += fresh
    return tuple(triple for subject in sorted(seen) for triple in by_subject[subject])


@cache
def mutations(shape_set: ShapeSet) -> tuple[Triple, ...]:
    """Every constraint of the set: the shape that has it, the parameter and its value."""
    about = (triple for group in triples(shape_set).values() for triple in group)
    return tuple(sorted((triple for triple in about if URIRef(triple.predicate) in PARAMETERS), key=Triple.n3))


def findings(shapes: tuple[Triple, ...], path: Path) -> frozenset[tuple[str | None, ...]]:
    report = Shapes(shapes, CLASSES).validate(read(path))
    return frozenset((v.focus, v.shape, v.component, v.value) for v in report.violations)


@cache
def unmutated(shape_set: ShapeSet, shape: Term, path: Path) -> frozenset[tuple[str | None, ...]]:
    return findings(whole(shape_set, shape), path)


def is_noticed(shape_set: ShapeSet, constraint: Triple) -> bool:
    """Tell whether the results of a fixture change without the constraint."""
    for name in targeted(shape_set):
        shape = Iri(name)
        if constraint not in whole(shape_set, shape):
            continue
        weaker = tuple(triple for triple in whole(shape_set, shape) if triple != constraint)
        own = shape_set.fixtures / shape.removeprefix(shape_set.prefix)
        if any(findings(weaker, path) != unmutated(shape_set, shape, path) for path in sorted(own.glob("*.ttl"))):
            return True
    return False


@pytest.mark.parametrize("shape_set", SETS, ids=lambda s: s.name)
def test_mutations_are_all_there(shape_set: ShapeSet) -> None:
    assert len(mutations(shape_set)) == COUNTS[shape_set.name]


def title(value: object) -> str:
    if isinstance(value, ShapeSet):
        return value.name
    assert isinstance(value, Triple)
    return f"{value.subject.rsplit('#', 1)[-1]}-{value.predicate.rsplit('#', 1)[-1]}"


@pytest.mark.parametrize(("shape_set", "constraint"), [(s, m) for s in SETS for m in mutations(s)], ids=title)
def test_removing_a_constraint_changes_a_result(shape_set: ShapeSet, constraint: Triple) -> None:
    assert is_noticed(shape_set, constraint)
