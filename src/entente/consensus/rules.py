"""What follows from the published facts by the ontology, as CONSTRUCT rules in queries/rules run it out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from entente.errors import InternalError
from entente.model import Change, Iri, Quad, Term, Triple
from entente.model.terms import owl, rdf, rdfs
from entente.store import open_store

__all__ = ["Reasoner", "Rule", "read_rules", "rules_version"]

_SUMMARY = re.compile(r"\A#\+ summary: (\S[^\n]*)\n")
_PROPERTY_AXIOMS = {rdfs.subPropertyOf, owl.inverseOf}
_ONE, _OTHER = Iri("urn:x-entente:one"), Iri("urn:x-entente:other")
"""What stands for subject and object of a fact of which only the form matters."""
_SCHEMA = {rdfs.subClassOf, *_PROPERTY_AXIOMS, owl.propertyChainAxiom, rdf.first, rdf.rest}


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT whose triples follow from those that its pattern finds, less those that are there already."""

    name: str
    summary: str
    text: str


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """Read the rules `*.rq` of a folder, sorted by name.

    Raises InternalError 903 for a rule without a `#+ summary:` line at its top.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def _read(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    summary = _SUMMARY.match(text)
    if summary is None:
        raise InternalError(903, f"the rule {path} has no summary", "begin it with: #+ summary: ...")
    return Rule(path.stem, summary[1], text)


def rules_version(rules: Iterable[Rule]) -> str:
    """A digest of the rules, which changes with any of them."""
    return hashlib.sha256("\0".join(f"{rule.name}\0{rule.text}" for rule in rules).encode()).hexdigest()[:12]


class Reasoner:
    """Runs rules over facts, until nothing new follows, by the class tree and the property axioms of an ontology.

    `ontology` may hold anything; only what the rules look at is kept of it.
    """

    def __init__(self, rules: Iterable[Rule], ontology: Iterable[Triple]) -> None:
        self._rules = tuple(rules)
        triples = {t for t in ontology if isinstance(t.subject, Iri) and isinstance(t.object, Iri)}
        transitive = {t for t in triples if t.predicate == rdf.type and t.object == owl.TransitiveProperty}
        symmetric = {t for t in triples if t.predicate == rdf.type and t.object == owl.SymmetricProperty}
        self._schema = transitive | symmetric | {t for t in triples if t.predicate in _SCHEMA}
        steps = {t.subject for t in transitive} | {t.object for t in self._schema if t.predicate == rdf.first}
        related = {t for t in self._schema if t.predicate in _PROPERTY_AXIOMS}
        both_ways = {t.object for t in related if t.predicate == owl.inverseOf} | {t.subject for t in symmetric}
        self._premises = {rdf.type, *steps, *(t.subject for t in related), *both_ways}
        self._steps = frozenset(_below(steps, related))
        self._forms: dict[tuple[Iri, Term | None], tuple[Triple, ...]] = {}

    @property
    def steps(self) -> frozenset[Iri]:
        """The properties that can be a step of a longer way, so that what they lead to matters as well."""
        return self._steps

    def infer(self, facts: Iterable[Triple]) -> set[Triple]:
        """What follows from the facts beyond them.

        What follows from one fact is the same for all of its form: it is worked out once. Only steps join with others.
        """
        known = {t for t in facts if t.predicate in self._premises and isinstance(t.object, Iri)}
        if not known or not self._schema:
            return set()
        inferred = set[Triple]()
        for subject, predicate, value in known:
            form = (predicate, value if predicate == rdf.type else None)
            if form not in self._forms:
                self._forms[form] = tuple(self._run([Triple(_ONE, predicate, form[1] or _OTHER)]))
            places = {_ONE: subject, _OTHER: value}
            inferred.update(Triple(places.get(s, s), p, places.get(o, o)) for s, p, o in self._forms[form])  # type: ignore[arg-type]
        steps = {t for t in known | inferred if t.predicate in self._steps}
        if len(steps) > 1:
            inferred |= self._run(steps)
        return inferred - known

    def _run(self, facts: Iterable[Triple]) -> set[Triple]:
        """Run the rules over facts until nothing new follows."""
        scratch = open_store("memory:")
        scratch.apply(_insertion({*facts, *self._schema}))
        inferred, before = set[Triple](), -1
        while before < len(inferred):
            before = len(inferred)
            for rule in self._rules:
                if found := scratch.construct(rule.text):
                    scratch.apply(_insertion(found))
                    inferred.update(found)
        scratch.close()
        return inferred


def _insertion(triples: Iterable[Triple]) -> Change:
    return Change(insert=tuple(Quad(*t) for t in triples))


def _below(properties: Iterable[Term], schema: Iterable[Triple]) -> set[Iri]:
    """The properties and all those below them."""
    found = {iri for iri in properties if isinstance(iri, Iri)}
    edge = list(found)
    while edge:
        above = edge.pop()
        below = {t.subject for t in schema if t.predicate == rdfs.subPropertyOf and t.object == above}
        fresh = {iri for iri in below if isinstance(iri, Iri)} - found
        found |= fresh
        edge += fresh
    return found
