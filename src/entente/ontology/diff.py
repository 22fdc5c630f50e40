"""What changed between two versions of an ontology, and which step of the version number the change of meaning demands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from entente.errors import InputError
from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import BlankNode, Iri, Literal, Term, Triple
from entente.model.terms import owl, rdf, rdfs

__all__ = ["Bump", "Changes", "compare", "version_of"]

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_LOGIC = tuple(VOCABULARIES[prefix] for prefix in ("owl", "rdf", "rdfs"))
_ANNOTATIONS = {rdfs.label, rdfs.comment, rdfs.seeAlso, rdfs.isDefinedBy, owl.versionInfo, owl.deprecated}
_KINDS = {owl.Class, owl.ObjectProperty, owl.DatatypeProperty, owl.AnnotationProperty, rdfs.Datatype}
_TRUE = Literal.of(True)

Version = tuple[int, int, int]


class Bump(IntEnum):
    """A step of a version number, by what changed: nothing, annotations, additions, or what is inferred."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Changes:
    """Terms, sorted, by what happened to them: `changed` in their axioms, `annotated` in labels and notes only."""

    old: Version
    new: Version
    added: tuple[Iri, ...]
    removed: tuple[Iri, ...]
    changed: tuple[Iri, ...]
    deprecated: tuple[Iri, ...]
    annotated: tuple[Iri, ...]

    @property
    def demanded(self) -> Bump:
        """The least step that the changes demand.

        A removed term or a changed axiom is a new major version, a new or deprecated term a minor one, an annotation a
        patch. Before version 1.0.0 a minor step is enough for all (Semantic Versioning 2.0.0, §4).
        """
        if self.removed or self.changed:
            return Bump.MAJOR if self.old[0] else Bump.MINOR
        if self.added or self.deprecated:
            return Bump.MINOR
        return Bump.PATCH if self.annotated else Bump.NONE

    @property
    def made(self) -> Bump | None:
        """The step that the version number took; None for one that went back."""
        if self.new < self.old:
            return None
        for bump, (one, other) in zip(
            (Bump.MAJOR, Bump.MINOR, Bump.PATCH), zip(self.old, self.new, strict=True), strict=True
        ):
            if one != other:
                return bump
        return Bump.NONE

    @property
    def sufficient(self) -> bool:
        """Whether the version number took at least the step that the changes demand."""
        return self.made is not None and self.made >= self.demanded


def compare(old: Iterable[Triple], new: Iterable[Triple]) -> Changes:
    """Compare two versions of an ontology term by term.

    Raises InputError 134 where one of them gives no version of the form 1.2.3.
    """
    before, after = tuple(old), tuple(new)
    logic_before, notes_before = _descriptions(before)
    logic_after, notes_after = _descriptions(after)
    kept = logic_before.keys() & logic_after.keys()
    changed = {term for term in kept if logic_before[term] != logic_after[term]}
    deprecated = _deprecated(after) - _deprecated(before)
    annotated = {term for term in kept - changed - deprecated if notes_before[term] != notes_after[term]}
    return Changes(
        old=version_of(before),
        new=version_of(after),
        added=tuple(sorted(logic_after.keys() - logic_before.keys())),
        removed=tuple(sorted(logic_before.keys() - logic_after.keys())),
        changed=tuple(sorted(changed)),
        deprecated=tuple(sorted(deprecated)),
        annotated=tuple(sorted(annotated)),
    )


def version_of(triples: Iterable[Triple]) -> Version:
    """Read the version of the one ontology that the triples describe.

    Raises InputError 134 where it gives none of the form 1.2.3.
    """
    given = tuple(triples)
    headers = {t.subject for t in given if t.predicate == rdf.type and t.object == owl.Ontology}
    found = {
        tuple(map(int, match.groups()))
        for t in given
        if t.subject in headers and t.predicate == owl.versionInfo and isinstance(t.object, Literal)
        if (match := _VERSION.fullmatch(t.object.lexical))
    }
    if len(found) != 1:
        raise InputError(134, "the ontology gives no version of the form 1.2.3", "add owl:versionInfo to its header")
    major, minor, patch = found.pop()
    return major, minor, patch


def _deprecated(triples: Iterable[Triple]) -> set[Iri]:
    return {t.subject for t in triples if t.predicate == owl.deprecated and t.object == _TRUE and isinstance(t.subject, Iri)}


def _descriptions(triples: tuple[Triple, ...]) -> tuple[Mapping[Iri, frozenset[str]], Mapping[Iri, frozenset[str]]]:
    """The axioms and the annotations of each declared term; blank nodes are spelled out by what they hold."""
    nodes: dict[Term, list[Triple]] = defaultdict(list)
    for triple in triples:
        nodes[triple.subject].append(triple)

    def spell(term: Term, path: frozenset[Term]) -> str:
        if not isinstance(term, BlankNode) or term in path:
            return term.n3() if not isinstance(term, BlankNode) else "_"
        inside = sorted(f"{t.predicate.n3()} {spell(t.object, path | {term})}" for t in nodes[term])
        return f"[{' ; '.join(inside)}]"

    terms = {t.subject for t in triples if t.predicate == rdf.type and t.object in _KINDS and isinstance(t.subject, Iri)}
    logic: dict[Iri, frozenset[str]] = {}
    notes: dict[Iri, frozenset[str]] = {}
    for term in terms:
        assert isinstance(term, Iri)
        spelled = {(t.predicate, f"{t.predicate.n3()} {spell(t.object, frozenset())}") for t in nodes[term]}
        is_logic = {text for predicate, text in spelled if predicate.startswith(_LOGIC) and predicate not in _ANNOTATIONS}
        logic[term] = frozenset(is_logic)
        notes[term] = frozenset(text for _, text in spelled) - logic[term]
    return logic, notes
