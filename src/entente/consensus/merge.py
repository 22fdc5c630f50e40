"""Merging of values that several accounts give for one property: dates are intersected, forces refined, counts compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from entente.consensus.account import BEGIN, END, Node, first
from entente.model import Iri, Literal, Term
from entente.model.iri import child, digest, vocab
from entente.model.terms import edtf, ent, prov, rdf

__all__ = ["Difference", "Merged", "merge_contributions", "merge_counts", "merge_times"]

_EXACT = vocab("count-qualifier", "exact")
_ORDER = ("day", "week", "month", "season", "year", "decade", "open", "unknown")
_PRECISIONS = tuple(vocab("date-precision", name) for name in _ORDER)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values that differ: whether they contradict or one refines the other, by which rule, said in a sentence."""

    relation: str
    rule: str
    one: Iri
    other: Iri
    comment: str


@dataclass(slots=True)
class Merged:
    """What the merge chose: nodes claimed as they are, nodes made of several, and the differences that it met."""

    chosen: set[Iri] = field(default_factory=set)
    made: dict[Iri, Node] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def _day(node: Node, predicate: Iri) -> date | None:
    value = first(node, predicate)
    return date.fromisoformat(value.lexical) if isinstance(value, Literal) else None


def _number(node: Node, predicate: Iri) -> int | None:
    value = first(node, predicate)
    return int(value.lexical) if isinstance(value, Literal) else None


def _make(event: Iri, kind: str, sources: Iterable[Iri], properties: dict[Iri, tuple[Term, ...]]) -> tuple[Iri, Node]:
    described = sorted(f"{p} {value.n3()}" for p, values in properties.items() for value in values)
    node = child(event, kind, f"consensus-{digest(*described, length=8)}")
    return node, {**properties, prov.wasDerivedFrom: tuple(sorted(sources))}


# -- dates -------------------------------------------------------------------------------------------------------------


def merge_times(event: Iri, values: Mapping[Iri, Node]) -> Merged:
    """Intersect the date bounds that the accounts give.

    Begin and end are treated apart: where two accounts exclude one another on one of them, it is left open and the
    difference is listed, and the other still stands.
    """
    merged = Merged()
    bounds: dict[Iri, date] = {}
    for name, (low, high) in (("begin", BEGIN), ("end", END)):
        clashes = [
            difference
            for one, other in combinations(sorted(values), 2)
            if (difference := _clash(name, low, high, (one, values[one]), (other, values[other])))
        ]
        merged.differences += clashes
        if clashes:
            continue
        lows = [day for node in values.values() if (day := _day(node, low))]
        highs = [day for node in values.values() if (day := _day(node, high))]
        if lows:
            bounds[low] = max(lows)
        if highs:
            bounds[high] = min(highs)
    if not bounds:
        return merged
    same = [iri for iri, node in values.items() if {p: d for p in (*BEGIN, *END) if (d := _day(node, p))} == bounds]
    if same:
        merged.chosen.add(min(same))
        return merged
    contributing = [iri for iri, node in values.items() if any(_day(node, p) == day for p, day in bounds.items())]
    properties: dict[Iri, tuple[Term, ...]] = {p: (Literal.date(day.isoformat()),) for p, day in bounds.items()}
    properties[rdf.type] = (ent.TimeBounds,)
    precisions = {p for iri in contributing if isinstance(p := first(values[iri], ent.datePrecision), Iri)}
    if precisions:
        properties[ent.datePrecision] = (min(precisions, key=_PRECISIONS.index),)
    said = _edtf(bounds)
    if said:
        properties[ent.edtf] = (Literal(said, edtf.EDTF),)
    node, description = _make(event, "when", contributing, properties)
    merged.made[node] = description
    return merged


def _clash(name: str, low: Iri, high: Iri, one: tuple[Iri, Node], other: tuple[Iri, Node]) -> Difference | None:
    for (early, early_node), (late, late_node) in ((one, other), (other, one)):
        latest, earliest = _day(early_node, high), _day(late_node, low)
        if latest and earliest and latest < earliest:
            comment = f"{name} on {latest} or earlier against {name} on {earliest} or later"
            return Difference("contradicts", f"time.disjoint-{name}.v1", early, late, comment)
    return None


def _edtf(bounds: Mapping[Iri, date]) -> str | None:
    """Say exactly known bounds as an EDTF date or interval (ISO 8601-2:2019, level 1); None where that is impossible."""
    begin, end = (bounds.get(low) if bounds.get(low) == bounds.get(high) else None for low, high in (BEGIN, END))
    vague = any(p in bounds for p in BEGIN) and begin is None, any(p in bounds for p in END) and end is None
    if any(vague) or (begin is None and end is None):
        return None
    if begin == end:
        return str(begin)
    return f"{begin or ''}/{end or ''}"


# -- forces ------------------------------------------------------------------------------------------------------------


def merge_contributions(event: Iri, values: Mapping[Iri, Node], state_of: Callable[[Iri], Iri | None]) -> Merged:
    """Merge force contributions of the same state and type: a count and the names of the ships it counts are one.

    Where they name several agents, such as a navy and its flotilla, the state brings the means: all agree on that.
    """
    groups: dict[tuple[str, str], list[Iri]] = defaultdict(list)
    for iri, node in sorted(values.items()):
        owner, kind = first(node, ent.contributedBy), first(node, ent.materielType) or first(node, ent.materielLabel)
        state = (state_of(owner) or owner) if isinstance(owner, Iri) else ""
        groups[state, kind.n3() if kind else ""].append(iri)
    merged = Merged()
    for (state, _), members in sorted(groups.items()):
        _merge_group(event, state, {iri: values[iri] for iri in members}, merged)
    return merged


def _merge_group(event: Iri, state: str, values: Mapping[Iri, Node], merged: Merged) -> None:
    if len(values) == 1:
        merged.chosen.update(values)
        return
    counts = {iri: count for iri, node in values.items() if (count := _exact(node)) is not None}
    vessels = {value for node in values.values() for value in node.get(ent.includesVessel, ())}
    clashes = _count_clashes("contribution", counts)
    for iri, count in sorted(counts.items()):
        for other, node in sorted(values.items()):
            named = len(node.get(ent.includesVessel, ()))
            if other != iri and named > count:
                comment = f"{named} ships named against {count} counted"
                clashes.append(Difference("contradicts", "contribution.more-named-than-counted.v1", iri, other, comment))
    merged.differences += clashes or _refinements(values)
    properties: dict[Iri, tuple[Term, ...]] = {
        p: tuple(sorted({v for node in values.values() for v in node.get(p, ())}, key=lambda term: term.n3()))
        for p in (rdf.type, ent.materielType, ent.contributedBy)
    }
    if len(properties[ent.contributedBy]) > 1:
        properties[ent.contributedBy] = (Iri(state),)
    labels = sorted({value.n3(): value for node in values.values() for value in node.get(ent.materielLabel, ())}.items())
    properties[ent.materielLabel] = tuple(value for _, value in labels[:1])
    properties[ent.includesVessel] = tuple(sorted(vessels, key=lambda term: term.n3()))
    properties.update(_agreed_count(values, counts, len(vessels), contested=bool(clashes)))
    properties = {p: terms for p, terms in properties.items() if terms}
    for iri, node in sorted(values.items()):
        if {p: terms for p, terms in node.items() if p != ent.toEvent} == properties:
            merged.chosen.add(iri)
            return
    node_iri, description = _make(event, "contribution", values, properties)
    merged.made[node_iri] = description


def _exact(node: Node) -> int | None:
    return _number(node, ent.count) if first(node, ent.countQualifier) == _EXACT else None


def _agreed_count(
    values: Mapping[Iri, Node], counts: Mapping[Iri, int], named: int, *, contested: bool
) -> dict[Iri, tuple[Term, ...]]:
    """The number that stands after the merge: the exact one where all agree, else the bounds that all allow."""
    if counts and not contested:
        number = Literal.of(next(iter(counts.values())))
        return {
            ent.count: (number,),
            ent.countMin: (number,),
            ent.countMax: (number,),
            ent.countQualifier: (_EXACT,),
        }
    lows = [low for node in values.values() if (low := _number(node, ent.countMin)) is not None]
    least = max([named, *([] if contested else lows)])
    qualifiers = sorted({q for node in values.values() if isinstance(q := first(node, ent.countQualifier), Iri)} - {_EXACT})
    qualifier = qualifiers[0] if qualifiers else vocab("count-qualifier", "unspecified-plural")
    return {ent.countMin: (Literal.of(least),) if least else (), ent.countQualifier: (qualifier,)}


def _count_clashes(kind: str, counts: Mapping[Iri, int]) -> list[Difference]:
    return [
        Difference("contradicts", f"{kind}.count.v1", one, other, f"{counts[one]} against {counts[other]}")
        for one, other in combinations(sorted(counts), 2)
        if counts[one] != counts[other]
    ]


def _refinements(values: Mapping[Iri, Node]) -> list[Difference]:
    named = [iri for iri, node in sorted(values.items()) if node.get(ent.includesVessel)]
    counted = [iri for iri, node in sorted(values.items()) if not node.get(ent.includesVessel)]
    return [
        Difference("refines", "contribution.named-ships.v1", one, other, "names the ships that the other counts")
        for one in named
        for other in counted
    ]


def merge_counts(values: Mapping[Iri, Node]) -> Merged:
    """Choose the number of activities: all that are given, unless exact ones differ, which is a contradiction."""
    counts = {iri: count for iri, node in values.items() if (count := _exact(node)) is not None}
    clashes = _count_clashes("activity-count", counts)
    return Merged(set() if clashes else set(values), {}, clashes)
