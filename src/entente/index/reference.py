"""The names and entities of the reference data, looked up by the extractor, the resolver and the gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from entente.index.base import BaseData
from entente.model import Entity, Iri, Kind, Literal, Name, Term, Triple
from entente.model.iri import VOCAB, entity
from entente.model.terms import ent, rdf, rdfs, skos, skosxl

__all__ = ["ReferenceIndex"]

_KINDS: Sequence[tuple[Iri, Kind]] = (
    (ent.State, Kind.STATE),
    (ent.GovernmentOrgan, Kind.ORGAN),
    (ent.Government, Kind.ORGAN),
    (ent.ArmedForces, Kind.FORCE),
    (ent.ServiceBranch, Kind.FORCE),
    (ent.Formation, Kind.FORCE),
    (ent.InternationalOrganisation, Kind.ORGANISATION),
    (ent.Coalition, Kind.ORGANISATION),
    (ent.LooseCollective, Kind.ORGANISATION),
    (ent.ArmedGroup, Kind.ARMED_GROUP),
    (ent.Place, Kind.PLACE),
    (ent.ExerciseSeries, Kind.SERIES),
    (ent.Vessel, Kind.VESSEL),
    (ent.Person, Kind.PERSON),
    (ent.Agreement, Kind.AGREEMENT),
)
_NAMES: Sequence[tuple[Iri, str]] = (
    (skos.prefLabel, "name"),
    (ent.alias, "alias"),
    (skos.altLabel, "alias"),
    (ent.demonym, "demonym"),
    (ent.peopleName, "people"),
    (ent.seatName, "seat"),
)
_OWNERS = (
    *(ent.belongsToState, ent.organOf, ent.governs, ent.branchOf, ent.formationOf, ent.operatedBy),
    ent.placeInState,
)
_COW = Iri(f"{VOCAB}code-scheme/cow")


class ReferenceIndex:
    """An EntityIndex over base data; `base` is kept and never changed."""

    def __init__(self, base: BaseData) -> None:
        self.base = base
        self._nodes: dict[Iri, dict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triples in base.graphs.values():
            for subject, predicate, value in triples:
                if isinstance(subject, Iri):
                    self._nodes[subject][predicate].append(value)
        for node in self._nodes.values():
            for values in node.values():
                if len(values) > 1:
                    values.sort(key=_spelling)
        self._entities: dict[Iri, Entity | None] = {}
        self._descriptions: dict[Iri, tuple[Sequence[Triple], Sequence[Iri]]] = {}

    @property
    def version(self) -> str:
        """Digest of the base data."""
        return self.base.version

    # -- EntityIndex ---------------------------------------------------------------------------------------------------

    def names(self) -> Iterable[Name]:
        """All English names of the entities, sorted."""
        return self._names

    def entity(self, iri: Iri) -> Entity | None:
        """The entity with that IRI, or None."""
        if iri not in self._entities:
            self._entities[iri] = self._read(iri)
        return self._entities[iri]

    def terms(self, scheme: str) -> Mapping[str, Iri]:
        """The concepts of a SKOS scheme by the English lemmas that denote them, in lower case."""
        stem = f"{VOCAB}{scheme}/"
        found: dict[str, Iri] = {}
        for iri in sorted(self._nodes):
            if iri.startswith(stem):
                for predicate in (skos.prefLabel, skos.altLabel):
                    for label in self._english(iri, predicate):
                        found.setdefault(label.lower(), iri)
        return found

    def dyad(self, first: Iri, second: Iri) -> Iri:
        """The IRI of the undirected dyad of two states: COW numbers, the lower first, else alpha-3 codes in order."""
        numbers = [self._cow_numbers.get(state) for state in (first, second)]
        if None not in numbers:
            return entity("dyad", "-".join(str(number) for number in sorted(n for n in numbers if n is not None)))
        return entity("dyad", "-".join(sorted(state.rsplit("/", 1)[-1] for state in (first, second))))

    def closure(self, iris: Iterable[Iri]) -> Iterable[Triple]:
        """The triples of these entities, of what they belong to, of their names and codes, and the types of concepts."""
        seen = set(iris)
        edge = list(seen)
        found: list[Triple] = []
        while edge:
            described, above = self._described(edge.pop())
            found += described
            fresh = [iri for iri in above if iri not in seen]
            seen.update(fresh)
            edge += fresh
        return found

    def reference(self) -> Iterable[Triple]:
        """All triples of the reference data, in no order."""
        return self.base.graphs["reference"]

    def _described(self, iri: Iri) -> tuple[Sequence[Triple], Sequence[Iri]]:
        """The triples of a node, and the nodes that the closure goes on to; each is made once."""
        known = self._descriptions.get(iri)
        if known is None:
            node = self._nodes.get(iri)
            if node is None:
                return (), ()
            values = [value for predicate in _FOLLOWED for value in node.get(predicate, ())]
            known = self._descriptions[iri] = (
                [Triple(iri, predicate, value) for predicate, values in node.items() for value in values],
                [value for value in values if isinstance(value, Iri)],
            )
        return known

    # -- reading -------------------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        found: set[Name] = set()
        for iri in self._nodes:
            known = self.entity(iri)
            if known is None:
                continue
            found.update(Name(text, iri, use) for predicate, use in _NAMES for text in self._english(iri, predicate))
            for predicate in (skosxl.prefLabel, skosxl.altLabel):
                for label in self._nodes[iri].get(predicate, ()):
                    if isinstance(label, Iri):
                        found.update(Name(text, iri, "alias") for text in self._english(label, skosxl.literalForm))
        return tuple(sorted(found, key=lambda name: (name.surface, name.entity, name.use)))

    @cached_property
    def _kinds(self) -> Mapping[Iri, Kind]:
        """The kind of every class, its own or that of the nearest class above it."""
        known = dict(_KINDS)

        def kind(cls: Iri, path: frozenset[Iri]) -> Kind | None:
            if cls in known or cls in path:
                return known.get(cls)
            above = (
                [c for c in self._nodes[cls].get(rdfs.subClassOf, ()) if isinstance(c, Iri)] if cls in self._nodes else []
            )
            return next((found for c in above if (found := kind(c, path | {cls}))), None)

        return {cls: found for cls in list(self._nodes) if (found := kind(cls, frozenset())) is not None}

    @cached_property
    def _cow_numbers(self) -> Mapping[Iri, int]:
        """The COW number that each state holds last."""
        last: dict[Iri, tuple[int, int]] = {}
        for node in self._nodes.values():
            if _COW in node.get(ent.codeScheme, ()):
                [state], [number], [start] = (node[p] for p in (ent.codeOf, ent.codeNumber, ent.validFromYear))
                if isinstance(state, Iri) and isinstance(number, Literal) and isinstance(start, Literal):
                    held = (int(start.lexical), int(number.lexical))
                    last[state] = max(held, last.get(state, held))
        return {state: number for state, (_, number) in last.items()}

    def _english(self, iri: Iri, predicate: Iri) -> list[str]:
        return [v.lexical for v in self._nodes[iri].get(predicate, ()) if isinstance(v, Literal) and v.lang in {"", "en"}]

    def _read(self, iri: Iri) -> Entity | None:
        node = self._nodes.get(iri)
        types = [t for t in node.get(rdf.type, ()) if isinstance(t, Iri)] if node else []
        kind = next((self._kinds[t] for t in types if t in self._kinds), None)
        if node is None or kind is None:
            return None
        labels = self._english(iri, skos.prefLabel)
        state = None if kind is Kind.STATE else self._state(iri, frozenset())
        codes = self._english(iri if kind is Kind.STATE else state or iri, ent.iso3166alpha3)
        concepts = [c for p in (ent.vesselType,) for c in node.get(p, ()) if isinstance(c, Iri)]
        return Entity(
            iri=iri,
            kind=kind,
            label=labels[0] if labels else iri.rsplit("/", 1)[-1],
            code=codes[0] if codes else (iri.rsplit("/", 1)[-1] if kind is Kind.STATE else None),
            state=state,
            concept=concepts[0] if concepts else None,
        )

    def _state(self, iri: Iri, path: frozenset[Iri]) -> Iri | None:
        """The state at the end of the chain of owners."""
        node = self._nodes.get(iri)
        if node is None or iri in path:
            return None
        if ent.State in node.get(rdf.type, ()):
            return iri
        owners = [owner for predicate in _OWNERS for owner in node.get(predicate, ()) if isinstance(owner, Iri)]
        return next((state for owner in owners if (state := self._state(owner, path | {iri}))), None)


def _spelling(term: Term) -> str:
    return term.n3()


_FOLLOWED = frozenset({*_OWNERS, ent.placeInState, skosxl.prefLabel, skosxl.altLabel})
