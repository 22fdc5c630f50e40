"""The names, codes and properties of the reference data's entities, in all their languages, by folded spelling."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from entente.model import Entity, EntityIndex, Iri, Literal, Term
from entente.model.iri import BASE, vocab
from entente.model.terms import ent, owl, skos, skosxl
from entente.reconcile.kinds import KINDS, PROPERTIES
from entente.reconcile.spelling import bare_name, fold, sort_words

__all__ = ["IDS", "Gazetteer", "Record", "Use"]

IDS = f"{BASE}id/"
"""What the identifiers of entities are relative to."""


class Use(NamedTuple):
    """How a spelling names an entity: the tier (`exact`, `alias`, `code`) and the score it is worth, 0 to 100."""

    tier: str
    score: float


_NAMES: Sequence[tuple[Iri, Use]] = (
    (ent.alias, Use("alias", 97)),
    (skos.altLabel, Use("alias", 97)),
    (ent.natoReportingName, Use("alias", 93)),
    (ent.demonym, Use("alias", 92)),
    (ent.peopleName, Use("alias", 92)),
    (ent.ambiguousName, Use("alias", 86)),
    (ent.seatName, Use("alias", 80)),
)
_EXACT, _FOREIGN, _LABEL = Use("exact", 100), Use("exact", 98), Use("alias", 97)
_BARE, _CODE, _TURNED = Use("alias", 90), Use("code", 95), Use("alias", 91)
_KEPT_BY_STATES = {ent.iso3166alpha2: "iso-alpha2", ent.iso3166alpha3: "iso-alpha3", ent.iso3166numeric: "iso-numeric"}
_WIKIDATA = "http://www.wikidata.org/entity/"
_SCHEMES = {
    vocab("code-scheme", "cow"): ("cow", "cow-abbreviation"),
    vocab("code-scheme", "gw"): ("gw", None),
}
_Node = Mapping[Iri, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class Record:
    """An entity with its type and the values of its properties; the values of `state` are identifiers."""

    id: str
    entity: Entity
    kind: str
    values: Mapping[str, Sequence[str]]

    @property
    def label(self) -> str:
        """The English name."""
        return self.entity.label


class Gazetteer:
    """The entities by every folded spelling of a name or code; made once and never changed."""

    def __init__(self, index: EntityIndex) -> None:
        nodes: dict[Iri, dict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in index.reference():
            if isinstance(subject, Iri):
                nodes[subject][predicate].append(value)
        kinds = {kind: name for name, (kind, _, _) in KINDS.items()}
        held = _codes(nodes)
        found: dict[str, Record] = {}
        self._spellings: dict[str, dict[str, Use]] = defaultdict(dict)
        for iri in sorted(nodes):
            entity = index.entity(iri)
            if entity is None or entity.kind not in kinds or not iri.startswith(IDS):
                continue
            record = Record(iri.removeprefix(IDS), entity, kinds[entity.kind], _values(entity, nodes, held))
            found[record.id] = record
            for text, use in _uses(record, nodes, held):
                self._add(text, record.id, use)
        self.records: Mapping[str, Record] = found
        self.names: Sequence[str] = sorted(
            key for key, uses in self._spellings.items() if any(use.tier != "code" for use in uses.values())
        )
        self._turned: dict[str, dict[str, Use]] = defaultdict(dict)
        for name in self.names:
            for identifier, use in self._spellings[name].items():
                if use.tier != "code" and " " in name:
                    self._turned[sort_words(name)][identifier] = Use(_TURNED.tier, min(use.score, _TURNED.score))

    def _add(self, text: str, identifier: str, use: Use) -> None:
        key = fold(text)
        if key:
            uses = self._spellings[key]
            uses[identifier] = max(use, uses.get(identifier, use), key=lambda each: each.score)

    def named(self, folded: str) -> Mapping[str, Use]:
        """The identifiers of the entities that bear a folded name or code, with the use that is worth most."""
        return self._spellings.get(folded) or self._turned.get(sort_words(folded)) or {}

    def beginning(self, folded: str) -> Iterator[str]:
        """The folded names that begin so, sorted."""
        for position in range(bisect_left(self.names, folded), len(self.names)):
            if not self.names[position].startswith(folded):
                return
            yield self.names[position]


def _uses(record: Record, nodes: Mapping[Iri, _Node], held: Mapping[Iri, _Held]) -> Iterator[tuple[str, Use]]:
    iri = record.entity.iri
    node = nodes[iri]
    for label in _literals(node, skos.prefLabel):
        yield label.lexical, _EXACT if label.lang in {"", "en"} else _FOREIGN
        if record.kind == "vessel" and (bare := bare_name(label.lexical)):
            yield bare, _BARE
    for predicate, use in _NAMES:
        for name in _literals(node, predicate):
            yield name.lexical, use
            if record.kind == "vessel" and (bare := bare_name(name.lexical)):
                yield bare, _BARE
    for predicate in (skosxl.prefLabel, skosxl.altLabel):
        for label_node in node.get(predicate, ()):
            if isinstance(label_node, Iri):
                yield from ((form.lexical, _LABEL) for form in _literals(nodes[label_node], skosxl.literalForm))
    for prop, values in record.values.items():
        if PROPERTIES[prop].code and (record.kind == "state" or prop in {"wikidata", "pennant"}):
            yield from ((value, _CODE) for value in values)
    if record.kind == "state" and iri in held:
        yield from ((code, _CODE) for code in held[iri].ever)


@dataclass(slots=True)
class _Held:
    """The codes of a state: the latest of each list, and all that it ever had."""

    latest: dict[str, tuple[int, str]]
    ever: set[str]


def _codes(nodes: Mapping[Iri, _Node]) -> Mapping[Iri, _Held]:
    found: dict[Iri, _Held] = {}
    for node in list(nodes.values()):
        for scheme in node.get(ent.codeScheme, ()):
            state = next(iter(node.get(ent.codeOf, ())), None)
            if not isinstance(scheme, Iri) or scheme not in _SCHEMES or not isinstance(state, Iri):
                continue
            held = found.setdefault(state, _Held({}, set()))
            start = max((int(year.lexical) for year in _literals(node, ent.validFromYear)), default=0)
            for name, predicate in zip(_SCHEMES[scheme], (ent.codeNumber, ent.codeLetters), strict=True):
                for code in _literals(node, predicate):
                    held.ever.add(code.lexical)
                    if name:
                        held.latest[name] = max((start, code.lexical), held.latest.get(name, (start, code.lexical)))
    return found


def _values(entity: Entity, nodes: Mapping[Iri, _Node], held: Mapping[Iri, _Held]) -> Mapping[str, Sequence[str]]:
    values: dict[str, Sequence[str]] = {"label": [entity.label]}
    state = entity.iri if entity.code and entity.state is None else entity.state
    if state is not None:
        values["state"] = [state.removeprefix(IDS)]
        for predicate, name in _KEPT_BY_STATES.items():
            values[name] = sorted(code.lexical for code in _literals(nodes[state], predicate))
        if state in held:
            values |= {name: [code] for name, (_, code) in held[state].latest.items()}
    node = nodes[entity.iri]
    same = {str(other) for predicate in (owl.sameAs, skos.exactMatch) for other in node.get(predicate, ())}
    values["wikidata"] = sorted(other.removeprefix(_WIKIDATA) for other in same if other.startswith(_WIKIDATA))
    values["pennant"] = sorted(number.lexical for number in _literals(node, ent.pennantNumber))
    return {name: found for name, found in values.items() if found}


def _literals(node: _Node, predicate: Iri) -> Iterable[Literal]:
    return (value for value in node.get(predicate, ()) if isinstance(value, Literal))
