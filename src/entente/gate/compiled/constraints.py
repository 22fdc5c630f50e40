"""The constraint components of SHACL Core (SHACL §4), each compiled from its parameters into a check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from entente.gate.compiled.index import Index
from entente.gate.compiled.shape import Check, Finding, Focus, Shape
from entente.gate.compiled.values import compare, well_formed
from entente.model import BlankNode, Iri, Literal, Term
from entente.model.terms import sh

__all__ = ["COMPONENTS", "Parameters", "ShapeOf"]

ShapeOf = Callable[[Term], Shape]

_TRUE = Literal.of(True)
_FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}


class Parameters:
    """What a shape's node says, as the compilers of components ask for it; each raises ValueError for what is ill formed."""

    def __init__(self, shapes: Index, node: Term, shape_of: ShapeOf) -> None:
        self.shapes = shapes
        self.node = node
        self.shape_of = shape_of

    def all(self, predicate: Iri) -> Sequence[Term]:
        """Give the values of a parameter."""
        return self.shapes.objects(self.node, predicate)

    def one(self, predicate: Iri) -> Term | None:
        """Give the value of a parameter that may stand once only."""
        found = self.all(predicate)
        if len(found) > 1:
            raise ValueError(f"{predicate} stands more than once")
        return found[0] if found else None

    def number(self, predicate: Iri) -> int | None:
        """Give the value of a parameter that is a whole number."""
        found = self.one(predicate)
        if found is None:
            return None
        if not isinstance(found, Literal) or not found.lexical.lstrip("+").isdecimal():
            raise ValueError(f"{predicate} is no whole number")
        return int(found.lexical)

    def flag(self, predicate: Iri) -> bool:
        """Tell whether a parameter is the term `true`; "1"^^xsd:boolean is another (SHACL §4.4.5)."""
        found = self.one(predicate)
        return found == _TRUE

    def members(self, head: Term, predicate: Iri) -> Sequence[Term]:
        """Give the members of a parameter that is a list."""
        found = self.shapes.list(head)
        if found is None:
            raise ValueError(f"{predicate} is no well-formed list")
        return found


def _each(component: str, wrong: Callable[[Index, Term], bool]) -> Check:
    """Check each value node by itself."""

    def check(focus: Focus, values: Sequence[Term]) -> Iterator[Finding]:
        for value in values:
            if wrong(focus.data, value):
                yield Finding(component, value)

    return check


def _class(found: Parameters) -> Iterator[Check]:
    for cls in found.all(sh.class_):
        yield _each("ClassConstraintComponent", lambda data, value, cls=cls: not data.is_instance(value, cls))  # type: ignore[misc]


def _datatype(found: Parameters) -> Iterator[Check]:
    wanted = found.one(sh.datatype)

    def wrong(_: Index, value: Term) -> bool:
        return not isinstance(value, Literal) or value.datatype != wanted or not well_formed(value)

    if wanted is not None:
        yield _each("DatatypeConstraintComponent", wrong)


_NODE_KINDS: Mapping[Term, tuple[type, ...]] = {
    sh.IRI: (Iri,),
    sh.BlankNode: (BlankNode,),
    sh.Literal: (Literal,),
    sh.BlankNodeOrIRI: (BlankNode, Iri),
    sh.BlankNodeOrLiteral: (BlankNode, Literal),
    sh.IRIOrLiteral: (Iri, Literal),
}


def _node_kind(found: Parameters) -> Iterator[Check]:
    wanted = found.one(sh.nodeKind)
    if wanted is not None:
        if wanted not in _NODE_KINDS:
            raise ValueError(f"sh:nodeKind cannot be {wanted}")
        kinds = _NODE_KINDS[wanted]
        yield _each("NodeKindConstraintComponent", lambda _, value: not isinstance(value, kinds))


def _counts(found: Parameters) -> Iterator[Check]:
    least, most = found.number(sh.minCount), found.number(sh.maxCount)

    def too_few(_: Focus, values: Sequence[Term]) -> Iterator[Finding]:
        if least is not None and len(values) < least:
            yield Finding("MinCountConstraintComponent")

    def too_many(_: Focus, values: Sequence[Term]) -> Iterator[Finding]:
        if most is not None and len(values) > most:
            yield Finding("MaxCountConstraintComponent")

    if least:
        yield too_few
    if most is not None:
        yield too_many


_RANGES: Sequence[tuple[Iri, str, frozenset[int]]] = (
    (sh.minExclusive, "MinExclusive", frozenset({1})),
    (sh.minInclusive, "MinInclusive", frozenset({0, 1})),
    (sh.maxExclusive, "MaxExclusive", frozenset({-1})),
    (sh.maxInclusive, "MaxInclusive", frozenset({-1, 0})),
)


def _ranges(found: Parameters) -> Iterator[Check]:
    for predicate, name, allowed in _RANGES:
        bound = found.one(predicate)
        if bound is not None:
            yield _each(
                f"{name}ConstraintComponent",
                lambda _, value, bound=bound, allowed=allowed: compare(value, bound) not in allowed,  # type: ignore[misc]
            )


def _text(value: Term) -> str:
    return value.lexical if isinstance(value, Literal) else value


def _lengths(found: Parameters) -> Iterator[Check]:
    least, most = found.number(sh.minLength), found.number(sh.maxLength)
    if least is not None:
        yield _each("MinLengthConstraintComponent", lambda _, v: isinstance(v, BlankNode) or len(_text(v)) < least)
    if most is not None:
        yield _each("MaxLengthConstraintComponent", lambda _, v: isinstance(v, BlankNode) or len(_text(v)) > most)


def _patterns(found: Parameters) -> Iterator[Check]:
    given = found.one(sh.flags)
    flags = given.lexical if isinstance(given, Literal) else ""
    for pattern in found.all(sh.pattern):
        expression = _regex(_text(pattern), flags)
        yield _each(
            "PatternConstraintComponent",
            lambda _, v, e=expression: isinstance(v, BlankNode) or not e.search(_text(v)),  # type: ignore[misc]
        )


@lru_cache(maxsize=1024)
def _regex(pattern: str, flags: str) -> re.Pattern[str]:
    if unknown := set(flags) - _FLAGS.keys() - {"q"}:
        raise ValueError(f"sh:flags has unknown {', '.join(sorted(unknown))}")
    wanted = 0
    for flag in flags:
        wanted |= _FLAGS.get(flag, 0)
    try:
        return re.compile(re.escape(pattern) if "q" in flags else pattern, wanted)
    except re.error as error:
        raise ValueError(f"sh:pattern {pattern!r} cannot be read: {error}") from error


def _languages(found: Parameters) -> Iterator[Check]:
    head = found.one(sh.languageIn)
    if head is not None:
        ranges = [_text(member).lower() for member in found.members(head, sh.languageIn)]

        def wrong(_: Index, value: Term) -> bool:
            tag = value.lang if isinstance(value, Literal) else ""
            return not any(tag == one or tag.startswith(f"{one}-") or (one == "*" and tag) for one in ranges)

        yield _each("LanguageInConstraintComponent", wrong)
    if found.flag(sh.uniqueLang):
        yield _unique_language


def _unique_language(_: Focus, values: Sequence[Term]) -> Iterator[Finding]:
    tags = [value.lang for value in values if isinstance(value, Literal) and value.lang]
    for tag in dict.fromkeys(tags):
        if tags.count(tag) > 1:
            yield Finding("UniqueLangConstraintComponent", message=f"More than one value has the language {tag}.")


def _pairs(found: Parameters) -> Iterator[Check]:
    for other in found.all(sh.equals):
        yield _equals(_iri(other, sh.equals))
    for other in found.all(sh.disjoint):
        yield _disjoint(_iri(other, sh.disjoint))
    for predicate, name, allowed in (
        (sh.lessThan, "LessThan", frozenset({-1})),
        (sh.lessThanOrEquals, "LessThanOrEquals", frozenset({-1, 0})),
    ):
        for other in found.all(predicate):
            yield _less(f"{name}ConstraintComponent", _iri(other, predicate), allowed)


def _iri(term: Term, predicate: Iri) -> Iri:
    if not isinstance(term, Iri):
        raise ValueError(f"{predicate} is no IRI")
    return term


def _equals(other: Iri) -> Check:
    def check(focus: Focus, values: Sequence[Term]) -> Iterator[Finding]:
        others = focus.data.objects(focus.node, other)
        for value in (*(v for v in values if v not in others), *(v for v in others if v not in values)):
            yield Finding("EqualsConstraintComponent", value)

    return check


def _disjoint(other: Iri) -> Check:
    def check(focus: Focus, values: Sequence[Term]) -> Iterator[Finding]:
        others = focus.data.objects(focus.node, other)
        yield from (Finding("DisjointConstraintComponent", value) for value in values if value in others)

    return check


def _less(component: str, other: Iri, allowed: frozenset[int]) -> Check:
    def check(focus: Focus, values: Sequence[Term]) -> Iterator[Finding]:
        for value, bound in product(values, focus.data.objects(focus.node, other)):
            if compare(value, bound) not in allowed:
                yield Finding(component, value)

    return check


def _logic(found: Parameters) -> Iterator[Check]:
    for node in found.all(sh.not_):
        shape = found.shape_of(node)
        yield _each("NotConstraintComponent", lambda data, v, s=shape: s.conforms(data, v))  # type: ignore[misc]
    for predicate, name, wrong in (
        (sh.and_, "And", lambda held, number: held < number),
        (sh.or_, "Or", lambda held, _: held == 0),
        (sh.xone, "Xone", lambda held, _: held != 1),
    ):
        for head in found.all(predicate):
            shapes = [found.shape_of(member) for member in found.members(head, predicate)]
            yield _each(
                f"{name}ConstraintComponent",
                lambda data, v, shapes=shapes, wrong=wrong: wrong(  # type: ignore[misc]
                    sum(shape.conforms(data, v) for shape in shapes), len(shapes)
                ),
            )
    for node in found.all(sh.node):
        shape = found.shape_of(node)
        yield _each("NodeConstraintComponent", lambda data, v, s=shape: not s.conforms(data, v))  # type: ignore[misc]


def _qualified(found: Parameters) -> Iterator[Check]:
    least, most = found.number(sh.qualifiedMinCount), found.number(sh.qualifiedMaxCount)
    nodes = found.all(sh.qualifiedValueShape)
    siblings = [found.shape_of(node) for node in _siblings(found)] if found.flag(sh.qualifiedValueShapesDisjoint) else []
    for node in nodes:
        shape = found.shape_of(node)
        others = [sibling for sibling in siblings if sibling is not shape]

        def count(focus: Focus, values: Sequence[Term], shape: Shape = shape, others: list[Shape] = others) -> int:
            return sum(
                shape.conforms(focus.data, v) and not any(other.conforms(focus.data, v) for other in others) for v in values
            )

        def check(focus: Focus, values: Sequence[Term], count: Callable[..., int] = count) -> Iterator[Finding]:
            number = count(focus, values)
            if least is not None and number < least:
                yield Finding("QualifiedMinCountConstraintComponent")
            if most is not None and number > most:
                yield Finding("QualifiedMaxCountConstraintComponent")

        yield check


def _siblings(found: Parameters) -> Iterator[Term]:
    """Give the sibling shapes (SHACL §4.7.3): the qualified value shapes of all property shapes of the same parents."""
    for parent in found.shapes.subjects(sh.property, found.node):
        for child in found.shapes.objects(parent, sh.property):
            yield from found.shapes.objects(child, sh.qualifiedValueShape)


def _closed(found: Parameters) -> Iterator[Check]:
    if not found.flag(sh.closed):
        return
    head = found.one(sh.ignoredProperties)
    allowed = set(found.members(head, sh.ignoredProperties)) if head is not None else set()
    for child in found.all(sh.property):
        allowed.update(path for path in found.shapes.objects(child, sh.path) if isinstance(path, Iri))

    def check(focus: Focus, values: Sequence[Term]) -> Iterator[Finding]:
        for value in values:
            for predicate, objects in focus.data.properties(value).items():
                if predicate not in allowed:
                    yield from (Finding("ClosedConstraintComponent", other, predicate) for other in objects)

    yield check


def _members(found: Parameters) -> Iterator[Check]:
    for wanted in found.all(sh.hasValue):

        def missing(_: Focus, values: Sequence[Term], wanted: Term = wanted) -> Iterator[Finding]:
            if wanted not in values:
                yield Finding("HasValueConstraintComponent")

        yield missing
    head = found.one(sh.in_)
    if head is not None:
        allowed = frozenset(found.members(head, sh.in_))
        yield _each("InConstraintComponent", lambda _, value: value not in allowed)


COMPONENTS: Sequence[Callable[[Parameters], Iterator[Check]]] = (
    _class,
    _datatype,
    _node_kind,
    _counts,
    _ranges,
    _lengths,
    _patterns,
    _languages,
    _pairs,
    _logic,
    _qualified,
    _closed,
    _members,
)
"""What compiles the components of SHACL Core out of a shape's parameters."""
