"""What follows from the published facts by the ontology, as CONSTRUCT rules in queries/rules run it out."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entente.errors import InternalError
from entente.model import Change, Iri, Quad, Term, Triple
from entente.model.terms import owl, rdf, rdfs
from entente.store import open_store

__all__ = ["Reasoner", "Rule", "read_rules", "rules_version"]

_SUMMARY = re.compile(r"\A#\+ summary: (\S[^\n]*)\n")
_PROPERTY_AXIOMS = {rdfs.subPropertyOf, owl.inverseOf}
_ONE, _MIDDLE, _OTHER = (Iri(f"urn:x-entente:{name}") for name in ("one", "middle", "other"))
"""What stands for the subjects and objects of facts of which only the form matters."""
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
        self._forms: dict[tuple[Iri, Term], tuple[Triple, ...]] = {}
        self._pairs: dict[tuple[Iri, Iri], tuple[Triple, ...]] = {}

    @property
    def steps(self) -> frozenset[Iri]:
        """The properties that can be a step of a longer way, so that what they lead to matters as well."""
        return self._steps

    def infer(self, facts: Iterable[Triple]) -> set[Triple]:
        """What follows from the facts beyond them.

        What follows from facts is the same for all of their form, so that the rules run once for each form: a class, a
        property, or two steps that meet. A rule may look at no more than two facts, and two must be steps that meet.
        """
        known = {t for t in facts if t.predicate in self._premises and isinstance(t.object, Iri)}
        if not known or not self._schema:
            return set()
        found = set(known)
        for fact in known:
            found.update(self._of_one(fact))
        into, out_of = defaultdict[Term, list[Triple]](list), defaultdict[Term, list[Triple]](list)
        steps = [t for t in found if t.predicate in self._steps]
        while steps:
            step = steps.pop()
            into[step.object].append(step)
            out_of[step.subject].append(step)
            joined = {t for other in out_of[step.object] for t in self._of_two(step, other)}
            joined |= {t for other in into[step.subject] for t in self._of_two(other, step)}
            steps += (t for t in joined - found if t.predicate in self._steps)
            found |= joined
        return found - known

    def _of_one(self, fact: Triple) -> Iterator[Triple]:
        subject, predicate, value = fact
        form = (predicate, value if predicate == rdf.type else _OTHER)
        if form not in self._forms:
            self._forms[form] = self._run([Triple(_ONE, *form)])
        return _filled(self._forms[form], {_ONE: subject, _OTHER: value})

    def _of_two(self, one: Triple, other: Triple) -> Iterator[Triple]:
        form = (one.predicate, other.predicate)
        if form not in self._pairs:
            self._pairs[form] = self._run([Triple(_ONE, form[0], _MIDDLE), Triple(_MIDDLE, form[1], _OTHER)])
        return _filled(self._pairs[form], {_ONE: one.subject, _MIDDLE: one.object, _OTHER: other.object})

    def _run(self, facts: Iterable[Triple]) -> tuple[Triple, ...]:
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
        return tuple(inferred)


def _filled(form: Iterable[Triple], places: Mapping[Term, Any]) -> Iterator[Triple]:
    """The triples of a form with what stands in its places."""
    return (Triple(places.get(s, s), p, places.get(o, o)) for s, p, o in form)


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
