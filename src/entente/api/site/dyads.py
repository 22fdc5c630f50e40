"""Two states as their page shows them: a timeline with filters, scores, what they share, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from entente.api.describing import Describer, Value
from entente.api.models import Ref
from entente.api.naming import namer
from entente.api.reader import plain
from entente.api.rest import Dyad, DyadQuery
from entente.api.rest.resources.events import EventRow
from entente.api.site.networks import Network
from entente.api.site.places import Map, locate
from entente.api.site.tables import spoken
from entente.consensus import Choice as Choices
from entente.model import Iri
from entente.model.terms import ent

__all__ = ["NARROWING", "Choice", "DyadPage", "Facet", "count_narrowing", "read_dyad", "timeline_item"]

NARROWING: Mapping[str, Iri] = {"type": ent.eventType, "mode": ent.mode}
"""What narrows the timeline, by the parameter, with the property of events."""

_HOSTILE = ("accusation", "attack", "assault", "coercion", "conflict", "protest", "sanction", "threat", "expulsion")


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the timeline, or widens it again where it is chosen; `count` is None where nothing is counted."""

    text: str
    href: str
    chosen: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one kind."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DyadPage:
    """What the page shows beside what REST tells: names of the events, links that filter, and the data of the drawings."""

    names: dict[str, Value]
    facets: tuple[Facet, ...]
    timeline: dict[str, Any]
    chart: dict[str, Any]
    network: dict[str, Any]
    map: Map


def read_dyad(
    describer: Describer,
    found: Dyad,
    given: DyadQuery,
    path: str,
    link: Callable[[str], str | None],
    *,
    counted: Mapping[str, Sequence[tuple[str, int]]],
) -> DyadPage:
    """Make the page of what REST tells of two states; `path` is the page's own, `link` gives that of an IRI.

    `counted` is how many events there are by the values of NARROWING.
    """
    events = [*found.timeline.items, *found.exercises.items]
    iris = {row.iri: Iri(row.iri) for row in events}
    show = namer(describer.reader, iris.values())
    names = {name: show(iri) for name, iri in iris.items()}
    places = sorted({Iri(place.iri) for row in events for place in row.places if "/id/place/" in place.iri})
    return DyadPage(
        names=names,
        facets=tuple(_facets(counted, found, given, path)),
        timeline={"items": [timeline_item(row, names[row.iri].text, link) for row in found.timeline.items]},
        chart={
            "rows": [
                {"time": each.period, "cooperation": each.cooperation, "conflict": each.conflict} for each in found.series
            ]
        },
        network=_network(found, names, link),
        map=locate(describer, places, (Iri(state.iri) for state in found.states), link),
    )


def timeline_item(row: EventRow, name: str, link: Callable[[str], str | None]) -> dict[str, Any]:
    """An event as the drawing of the timeline takes it."""
    type_ = row.type or ""
    kind = "exercise" if type_ == "exercise" else "conflict" if any(word in type_ for word in _HOSTILE) else ""
    return {"label": name, "begin": row.begin or "", "end": row.end or "", "href": link(row.iri), "kind": kind}


def count_narrowing(describer: Describer, dyad: str, name: str) -> list[tuple[str, int]]:
    """Count the events of a pair by the values of one of NARROWING, the most frequent first."""
    rows = describer.reader.store.select(
        f"SELECT ?v (COUNT(DISTINCT ?e) AS ?n) WHERE {{ ?e <{ent.dyad}> {Iri(dyad).n3()} ; <{NARROWING[name]}> ?v }} "
        "GROUP BY ?v ORDER BY DESC(?n) ?v"
    ).rows
    return [(str(value), int(str(plain(n)))) for value, n in rows]


def _facets(counted: Mapping[str, Sequence[tuple[str, int]]], found: Dyad, given: DyadQuery, path: str) -> Iterable[Facet]:
    said = {("from" if name == "from_" else name): value for name, value in given.model_dump(exclude_none=True).items()}
    said = {name: value for name, value in said.items() if value != DyadQuery.model_fields[_field(name)].default}

    def href(name: str, value: str | None) -> str:
        chosen = {**said, name: value}
        query = urlencode({key: each for key, each in chosen.items() if each is not None})
        return f"{path}?{query}" if query else path

    def choices(name: str, counted: Iterable[tuple[str, int | None]]) -> tuple[Choice, ...]:
        now = said.get(name)
        made = [Choice("all", href(name, None), now is None, None)]
        made += [Choice(spoken(value), href(name, value), value == now, count) for value, count in counted]
        return tuple(made)

    for name, rows in counted.items():
        if len(rows) > 1 or name in said:
            yield Facet(name, choices(name, ((value.rsplit("/", 1)[-1], n) for value, n in rows)))
    yield Facet("sources", choices("sources", (("2", None), ("3", None))))
    if found.conflicts:
        usual = Choices.CONSENSUS
        each = ((one, href("policy", None if one is usual else one.value)) for one in Choices)
        yield Facet("policy", tuple(Choice(spoken(one), link, one is found.policy, None) for one, link in each))
    yield Facet(
        "by",
        tuple(
            Choice(each, href("by", None if each == "year" else each), given.by == each, None) for each in ("year", "month")
        ),
    )


def _field(name: str) -> str:
    return "from_" if name == "from" else name


def _network(found: Dyad, names: dict[str, Value], link: Callable[[str], str | None]) -> dict[str, Any]:
    """The two states with the exercises and agreements that they share, and who shares these with them."""
    drawing = Network(link)
    for row in found.exercises.items:
        for state in row.states:
            drawing.join(_value(state), names[row.iri], "takes part in")
    for standing in found.in_force:
        for state in found.states:
            drawing.join(_value(state), _value(standing.agreement), "party to")
    for event in found.timeline.items:
        if event.type == "agreement":
            for state in event.states:
                drawing.join(_value(state), names[event.iri], "agrees on")
    return drawing.data()


def _value(ref: Ref) -> Value:
    return Value(ref.label or ref.iri.rsplit("/", 1)[-1], "en", Iri(ref.iri))
