"""The terms that the ontology and the vocabularies define, the check for others in data, and which known one is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from entente.model import Iri, Literal, Term, Triple, Violation
from entente.model.iri import DEFAULT_BASE, NS, VOCAB
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import ent, rdf, rdfs, skos

__all__ = ["KNOWN_TERM", "Terminology", "shorten"]

KNOWN_TERM = f"{DEFAULT_BASE}shapes#KnownTermConstraintComponent"
"""The constraint component of the built-in check for unknown terms."""

_SHAPES = {role: f"{DEFAULT_BASE}shapes#Known{role.capitalize()}" for role in ("property", "class", "concept")}
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_OURS = re.compile(r"https?://w3id\.org/entente/(?:ns|vocab)\b(?!/\d)", re.IGNORECASE)
_LABELS = (skos.prefLabel, skos.altLabel, rdfs.label, ent.name, ent.alias)
_NEARNESS = 0.8
_NEARNESS_OF_CONCEPTS = 0.6
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[\w-]*\w)?")


def shorten(iri: str) -> str:
    """Abbreviate an IRI by the prefixes of our vocabularies, or put it into angle brackets: either can stand in Turtle."""
    for prefix, namespace in VOCABULARIES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL_NAME.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _key(iri: str) -> str:
    """What stays of an IRI without the slips that people make: http for https, / for #, the case of letters."""
    return _SCHEME.sub("", iri).replace("#", "/").rstrip("/").lower()


class Terminology:
    """What the base data defines: the ontology, the vocabularies and the reference entities, with their labels."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._known: set[str] = set()
        self._by_label: defaultdict[str, set[Iri]] = defaultdict(set)
        for subject, predicate, value in triples:
            if isinstance(subject, Iri) and subject.startswith(DEFAULT_BASE):
                self._known.add(subject)
                if predicate in _LABELS and isinstance(value, Literal):
                    self._by_label[value.lexical.lower()].add(subject)
        self._by_key = {_key(iri): Iri(iri) for iri in sorted(self._known)}
        self._near = lru_cache(maxsize=4096)(self._nearest)

    def __contains__(self, iri: str) -> bool:
        return iri in self._known

    def labelled(self, label: str) -> frozenset[Iri]:
        """The entities and concepts that bear a label, whatever the case of its letters."""
        return frozenset(self._by_label.get(label.strip().lower(), ()))

    def concept(self, stem: str, word: str) -> Iri | None:
        """The concept below a stem that has the notation or label, or one much like it."""
        exact = [iri for iri in sorted(self.labelled(word)) if iri.startswith(stem)]
        if exact:
            return exact[0]
        notation = re.sub(r"[\s_]+", "-", word.strip().lower())
        if f"{stem}{notation}" in self._known:
            return Iri(f"{stem}{notation}")
        return self._near(stem, notation, _NEARNESS_OF_CONCEPTS)

    def meant(self, iri: str) -> Iri | None:
        """The known term that an unknown one probably stands for."""
        if iri in self._known:
            return None
        found = self._by_key.get(_key(iri))
        if found is not None or not _OURS.match(iri):
            return found
        local = re.split(r"[#/]", iri)[-1]
        if "/vocab/" in iri.lower():
            scheme = re.split(r"/vocab/", iri, flags=re.IGNORECASE)[-1].rpartition("/")[0]
            return self._near(f"{VOCAB}{scheme}/", local, _NEARNESS_OF_CONCEPTS)
        return self._near(NS, local, _NEARNESS)

    def _nearest(self, stem: str, word: str, cutoff: float) -> Iri | None:
        names = {iri[len(stem) :]: iri for iri in self._known if iri.startswith(stem)}
        near = get_close_matches(word, sorted(names), n=1, cutoff=cutoff)
        return Iri(names[near[0]]) if near else None

    def unknown(self, triples: Iterable[Triple]) -> Iterator[Violation]:
        """Report the properties, classes and concepts of our namespaces that are not defined, as warnings.

        What the data itself describes is taken for defined there.
        """
        own = tuple(triples)
        described = {str(triple.subject) for triple in own}
        seen: set[Violation] = set()
        for triple in own:
            for role, term in _roles(triple):
                if _OURS.match(term) and term not in self._known and term not in described:
                    found = _unknown(triple, role, term)
                    if found not in seen:
                        seen.add(found)
                        yield found


def _roles(triple: Triple) -> Iterator[tuple[str, Iri]]:
    yield "property", triple.predicate
    value: Term = triple.object
    if isinstance(value, Iri):
        in_namespace = re.match(r"https?://w3id\.org/entente/ns\b", value, re.IGNORECASE)
        yield ("class" if triple.predicate == rdf.type or in_namespace else "concept"), value


def _unknown(triple: Triple, role: str, term: Iri) -> Violation:
    focus = str(triple.subject) if isinstance(triple.subject, Iri) else f"_:{triple.subject}"
    where = "vocabularies" if role == "concept" else "ontology"
    return Violation(
        focus=focus,
        path=triple.predicate,
        value=None if role == "property" else term,
        shape=_SHAPES[role],
        component=KNOWN_TERM,
        severity="Warning",
        message=f"Use a {role} that the {where} define{'' if role == 'concept' else 's'}: there is no {shorten(term)}.",
    )
