"""States, agreements, vessels and places as their pages show them: facts, where they are, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from entente.api.describing import Describer, Description, Value
from entente.api.naming import namer
from entente.api.rest import Asked, Lists, Page
from entente.api.rest.resources.events import EventRow
from entente.api.site.dyads import timeline_item
from entente.api.site.places import Map, locate
from entente.api.site.tables import Table, tabulate
from entente.model import Iri
from entente.model.terms import ent, skos

__all__ = [
    "Part",
    "Section",
    "ThingPage",
    "iri_of",
    "read_agreement",
    "read_parts",
    "read_place",
    "read_state",
    "read_vessel",
]

_FEW, _DRAWN = 12, 50
_EVENT = ("type", "begin", "end", "states", "places", "sources")

Link = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A list that a page shows the beginning of: the fields shown, and the parameter by which it is about the thing."""

    title: str
    name: str
    columns: tuple[str, ...]
    filter: str
    sort: str = "-begin"


_STATE = (
    Part("With whom", "dyads", ("events", "exercises", "agreements", "first", "last"), "state", "-events"),
    Part("Exercises", "exercises", ("begin", "end", "states", "places", "series"), "state"),
    Part("Agreements", "agreements", ("kind", "status", "parties", "begin"), "state"),
    Part("Events", "events", _EVENT, "state"),
)
_PLACE = (Part("What took place there", "events", _EVENT, "place"),)


def parts_of(it: Description) -> tuple[Part, ...]:
    """Give the lists that the page of a thing needs."""
    types = {value.iri for value in it.types}
    return _STATE if ent.State in types else _PLACE if ent.Place in types else ()


async def read_parts(it: Description, lists: Lists, client: str) -> dict[Part, Page]:
    """Ask for the lists that the page of a thing needs, of those that there are."""
    return {
        part: await lists.page(
            part.name, Asked({part.filter: iri_of(it)}, part.sort, limit=_DRAWN if part.name == "events" else _FEW), client
        )
        for part in parts_of(it)
        if part.name in lists.resources
    }


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a list, with how many there are and the path of the whole list."""

    title: str
    table: Table
    total: int
    more: str


@dataclass(frozen=True, slots=True)
class ThingPage:
    """What the page of a thing shows; the parts that a kind of thing lacks are empty."""

    facts: tuple[tuple[Value, tuple[Value, ...]], ...]
    map: Map
    timeline: dict[str, Any]
    sections: tuple[Section, ...]


def read_state(describer: Describer, it: Description, parts: Mapping[Part, Page], link: Link) -> ThingPage:
    """A state: with whom most is told of it, and its newest exercises, agreements and other events."""
    state = iri_of(it)
    facts = _facts(describer, state, (ent.iso3166alpha3, skos.altLabel, ent.memberStateOf))
    place = locate(describer, (), (state,), link)
    code = state.rsplit("/", 1)[-1]
    return ThingPage(facts, place, _timeline(describer, parts, link), tuple(_sections(describer, parts, code)))


def read_place(describer: Describer, it: Description, parts: Mapping[Part, Page], link: Link) -> ThingPage:
    """A place: where it lies, whose it is said to be, and what took place there."""
    place = iri_of(it)
    facts = _facts(describer, place, (ent.placeInState, ent.partOfPlace, skos.altLabel, ent.alias))
    claims = _rows(describer, f"?claim <{ent.controlOf}> {place.n3()} ; <{ent.claimant}> ?found")
    if claims:
        facts += ((describer.value(ent.claimant), claims),)
    where = locate(describer, (place,), (), link)
    return ThingPage(facts, where, _timeline(describer, parts, link), tuple(_sections(describer, parts, place)))


def read_vessel(describer: Describer, it: Description, link: Link) -> ThingPage:
    """A vessel: what it is, whose, and the events that it is said to have taken part in."""
    vessel = iri_of(it)
    facts = _facts(
        describer, vessel, (ent.vesselType, ent.vesselClass, ent.operatedBy, ent.belongsToState, ent.pennantNumber)
    )
    events = _rows(describer, f"?found <{ent.hasContribution}>/<{ent.includesVessel}> {vessel.n3()}")
    if events:
        facts += ((Value("took part in"), events),)
    return ThingPage(facts, locate(describer, (), describer.reader.nodes(vessel, ent.belongsToState), link), {}, ())


def read_agreement(describer: Describer, it: Description, link: Link) -> ThingPage:
    """An agreement: its parties, how far it has come, and the event that brought it about."""
    agreement = iri_of(it)
    facts = _facts(describer, agreement, (ent.party, ent.agreementStatus, ent.resultOf))
    parties = [iri for iri in describer.reader.nodes(agreement, ent.party) if "/id/state/" in iri]
    return ThingPage(facts, locate(describer, (), parties, link), {}, ())


def iri_of(it: Description) -> Iri:
    """The IRI of what is described."""
    assert it.subject.iri is not None
    return it.subject.iri


def _facts(describer: Describer, iri: Iri, predicates: Iterable[Iri]) -> tuple[tuple[Value, tuple[Value, ...]], ...]:
    found = [(predicate, describer.reader.objects(iri, predicate)) for predicate in predicates]
    show = namer(describer.reader, (term for predicate, values in found for term in (predicate, *values)))
    return tuple((show(predicate), tuple(dict.fromkeys(map(show, values)))) for predicate, values in found if values)


def _rows(describer: Describer, pattern: str) -> tuple[Value, ...]:
    rows = describer.reader.store.select(f"SELECT DISTINCT ?found WHERE {{ {pattern} }} ORDER BY ?found LIMIT 100").rows
    found = [row[0] for row in rows if row[0] is not None]
    return tuple(map(namer(describer.reader, found), found))


def _sections(describer: Describer, parts: Mapping[Part, Page], said: str) -> Iterator[Section]:
    for part, page in parts.items():
        if page.total:
            more = f"/{part.name}?{urlencode({part.filter: said, 'sort': part.sort})}"
            yield Section(part.title, tabulate(describer, page.entries[:_FEW], part.columns), page.total, more)


def _timeline(describer: Describer, parts: Mapping[Part, Page], link: Link) -> dict[str, Any]:
    entries = [entry for part, page in parts.items() if part.name == "events" for entry in page.entries]
    titles = tabulate(describer, entries, ()).lines
    rows = [(entry.row, line.title.text) for entry, line in zip(entries, titles, strict=True)]
    items = [timeline_item(row, name, link) for row, name in rows if isinstance(row, EventRow)]
    return {"items": items} if any(item["begin"] or item["end"] for item in items) else {}
