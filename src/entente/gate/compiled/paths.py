"""Property paths (SHACL §2.3.1) as functions from a node to its value nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from entente.gate.compiled.index import Index
from entente.model import BlankNode, Iri, Term
from entente.model.terms import rdf, sh

__all__ = ["Path", "Step", "compile_path", "walk_in_turn"]

Path = Callable[[Index, Term], Sequence[Term]]
Step = Callable[[Index, Term], Iterable[Term]]

_KINDS = (sh.alternativePath, sh.inversePath, sh.zeroOrMorePath, sh.oneOrMorePath, sh.zeroOrOnePath)


def compile_path(shapes: Index, node: Term) -> Path:
    """Compile the path at a node of the shapes graph. Raises ValueError where it is not well formed."""
    if isinstance(node, Iri):
        return lambda data, focus: data.objects(focus, node)
    step = _step(shapes, node, frozenset(), back=False)
    return lambda data, focus: tuple(dict.fromkeys(step(data, focus)))


def _step(shapes: Index, node: Term, inside: frozenset[Term], *, back: bool) -> Step:
    """Compile a path, or with `back` its inverse."""
    if isinstance(node, Iri):
        return (lambda data, focus: data.subjects(node, focus)) if back else (lambda data, focus: data.objects(focus, node))
    if not isinstance(node, BlankNode) or node in inside:
        raise ValueError("a path is an IRI, or a blank node that does not contain itself")
    inside |= {node}
    if shapes.objects(node, rdf.first):
        steps = [_step(shapes, part, inside, back=back) for part in _members(shapes, node)]
        return walk_in_turn(steps[::-1] if back else steps)
    kinds = [(kind, value) for kind in _KINDS for value in shapes.objects(node, kind)]
    if len(kinds) != 1:
        raise ValueError("a path that is a blank node is a list or has exactly one kind")
    kind, value = kinds[0]
    if kind == sh.inversePath:
        return _step(shapes, value, inside, back=not back)
    if kind == sh.alternativePath:
        steps = [_step(shapes, part, inside, back=back) for part in _members(shapes, value)]
        return lambda data, focus: (found for step in steps for found in step(data, focus))
    step = _step(shapes, value, inside, back=back)
    if kind == sh.zeroOrOnePath:
        return lambda data, focus: (focus, *step(data, focus))
    return _repeated(step, zero=kind == sh.zeroOrMorePath)


def _members(shapes: Index, head: Term) -> Sequence[Term]:
    members = shapes.list(head)
    if members is None or len(members) < 2:
        raise ValueError("a path's list has at least two members")
    return members


def walk_in_turn(steps: Sequence[Step]) -> Step:
    """A step that takes others one after another."""

    def walk(data: Index, focus: Term) -> Iterable[Term]:
        found: Iterable[Term] = (focus,)
        for step in steps:
            found = dict.fromkeys(value for node in found for value in step(data, node))
        return found

    return walk


def _repeated(step: Step, *, zero: bool) -> Step:
    def walk(data: Index, focus: Term) -> Iterable[Term]:
        seen: dict[Term, None] = {focus: None} if zero else {}
        waiting = [focus]
        while waiting:
            for value in step(data, waiting.pop()):
                if value not in seen:
                    seen[value] = None
                    waiting.append(value)
        return seen

    return walk
