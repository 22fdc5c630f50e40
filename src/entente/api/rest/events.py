"""An event in full, under one policy for what is in dispute: every value with the claims that give it, and their words."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping

from pydantic import BaseModel, ConfigDict, Field

from entente.api.addresses import document_path
from entente.api.rest.contradictions import Conflict, with_claims
from entente.api.rest.lists import Asked, Entry, Lists, rows_of
from entente.api.rest.resource import Resource
from entente.api.rest.resources.claims import ClaimRow
from entente.api.rest.resources.events import EventRow
from entente.api.rest.rows import Rows, text_of
from entente.consensus import CONTRADICTS, Choice, choose
from entente.model import Iri, Term, Triple
from entente.model.iri import VOCAB
from entente.model.terms import ent, prov, rdf, rdfs, sem

__all__ = ["Event", "Events", "Named", "Value"]

_SHOWN = (
    *(ent.name, ent.status, ent.when, ent.location, ent.editionOf, ent.hasParticipation, ent.hasContribution),
    *(ent.hasDetachment, ent.hasActivity, ent.activityCount, ent.statedAim, ent.exerciseType, ent.domain, ent.focus),
    *(ent.concerns, ent.resultsIn, ent.carriesClaim),
)
"""The properties of which the values are told, in this order."""
_HIDDEN = {rdf.type, prov.wasDerivedFrom, ent.inEvent, ent.toEvent, ent.formedFor}
_TITLES = (ent.edtf, ent.aimText, ent.participant, ent.materielLabel, ent.activityType, rdfs.comment, ent.count)
"""What a part of an event is best told by."""
_CLAIMS = 200


class _Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class Named(_Out):
    """A literal's text, a concept's notation, or a thing by its name and IRI."""

    text: str = Field(examples=["Russian Navy"])
    iri: str | None = Field(None, examples=["https://w3id.org/entente/id/force/RUS/navy"])


class Value(Named):
    """A value of a property, with what it is made of and the claims that give it."""

    details: dict[str, list[Named]] = Field(
        description="of a part of the event, such as a contribution: its properties",
        examples=[{"count": [{"text": "2"}], "materielLabel": [{"text": "corvette"}]}],
    )
    sources: int = Field(description="how many articles the claims are in", examples=[2])
    claims: list[ClaimRow] = Field(description="the claims that give it, with their words")


class Event(EventRow):
    """An event or exercise in full."""

    document: str | None = Field(None, description="the document about it, in every format of RDF")
    policy: Choice = Field(description="how it was decided what of the claims stands", examples=["consensus"])
    values: dict[str, list[Value]] = Field(description="the values of each property")
    open: list[str] = Field(description="the properties of which it leaves out what is in dispute", examples=[["when"]])
    conflicts: list[Conflict] = Field(description="all contradictions between claims about it, whatever the policy")
    related: dict[str, str] = Field(description="lists that tell more")


class Events:
    """Tells of events and exercises in full."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    async def event(self, resource: Resource, entry: Entry, choice: Choice, client: str) -> Event:
        """Tell of one event of a list.

        Raises QueryError 823 where too many articles tell of it for another policy than the consensus, and what the engine
        raises.
        """
        told = await self._told(entry, choice, client)
        row = self._entry(resource, told).row
        wanted = sorted({claim for p in _SHOWN for value in told.of(p) for claim in told.claims(p, value)})[:_CLAIMS]
        claims, _ = await self._lists.entries(self._lists.resources["claims"], wanted, client)
        rows = {Iri(found.iri): found for found in rows_of(ClaimRow, claims)}
        page = await self._lists.page("conflicts", Asked({"event": told.iri}), client)
        return Event(
            **row.model_dump(),
            document=document_path(told.iri),
            policy=choice,
            values=await asyncio.to_thread(self._values, told, rows),
            open=told.open(),
            conflicts=await with_claims(self._lists, page.entries, client),
            related=resource.related_of(row.id, told.iri),
        )

    async def entry(self, resource: Resource, entry: Entry, choice: Choice, client: str) -> Entry:
        """Give the row of one event as a policy has it. Raises as event() does."""
        return self._entry(resource, await self._told(entry, choice, client))

    async def _told(self, entry: Entry, choice: Choice, client: str) -> _Told:
        iri = Iri(entry.row.iri)
        if choice is Choice.CONSENSUS:
            rows = await self._lists.rows("event-account", {"event": iri}, client)
            return _Told(iri, (_triple(row) for row in rows))
        reader = self._lists.reader
        return _Told(iri, await asyncio.to_thread(choose, reader.store, reader.index, iri, choice))

    def _entry(self, resource: Resource, told: _Told) -> Entry:
        return Entry(Rows(resource, self._lists.reader).make(told.iri, told.row()), told.row())

    def _values(self, told: _Told, rows: Mapping[Iri, ClaimRow]) -> dict[str, list[Value]]:
        found = {}
        for property in _SHOWN:
            values = [self._value(told, property, term, rows) for term in told.of(property)]
            if values:
                found[text_of(property)] = sorted(values, key=lambda value: (value.text, value.iri or ""))
        return found

    def _value(self, told: _Told, property: Iri, term: Term, rows: Mapping[Iri, ClaimRow]) -> Value:
        claims = [rows[claim] for claim in told.claims(property, term) if claim in rows]
        node = told.nodes.get(term, {}) if term != told.iri else {}
        details = {
            text_of(p).rsplit("/", 1)[-1]: [self._named(value) for value in values]
            for p, values in sorted(node.items())
            if p not in _HIDDEN
        }
        named = self._named(term)
        titles = (self._named(title).text for p in _TITLES for title in node.get(p, ()))
        text = next(titles, None) or ", ".join(each.text for parts in details.values() for each in parts) or named.text
        articles = {claim.article.iri for claim in claims if claim.article is not None}
        return Value(text=text, iri=named.iri, details=details, sources=len(articles), claims=claims)

    def _named(self, term: Term) -> Named:
        if not isinstance(term, Iri):
            return Named(text=text_of(term), iri=None)
        if term.startswith(VOCAB):
            return Named(text=text_of(term), iri=term)
        return Named(text=self._lists.reader.ref(term).label or text_of(term), iri=term)


class _Told:
    """Triples about an event, its parts and the claims about it, looked up by what is asked of them."""

    def __init__(self, iri: Iri, triples: Iterable[Triple]) -> None:
        self.iri = iri
        nodes: dict[Term, dict[Iri, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for triple in triples:
            nodes[triple.subject][triple.predicate].add(triple.object)
        self.nodes = {s: {p: sorted(v, key=text_of) for p, v in node.items()} for s, node in nodes.items()}
        makers: dict[Term, set[Iri]] = defaultdict(set)
        for maker, node in self.nodes.items():
            for made in node.get(ent.asserts, ()):
                if isinstance(maker, Iri):
                    makers[made].add(maker)
        self._claims: dict[tuple[Term, Term], set[Iri]] = defaultdict(set)
        for statement, said in self.nodes.items():
            for predicate in said.get(rdf.predicate, ()):
                for value in said.get(rdf.object, ()):
                    self._claims[predicate, value] |= makers[statement]

    def of(self, predicate: Iri, subject: Term | None = None) -> list[Term]:
        """The values of a property, of the event or of a part of it."""
        return self.nodes.get(subject or self.iri, {}).get(predicate, [])

    def claims(self, predicate: Iri, value: Term) -> list[Iri]:
        """The claims that give a value, or those that a merged value is made of."""
        given = (value, *self.of(prov.wasDerivedFrom, value))
        return sorted({claim for each in given for claim in self._claims.get((predicate, each), ())})

    def open(self) -> list[str]:
        """The properties that claims contradict one another on."""
        return sorted(
            {
                text_of(property)
                for node in self.nodes.values()
                if CONTRADICTS in node.get(ent.relationType, ())
                for property in node.get(ent.onProperty, ())
            }
        )

    def row(self) -> dict[str, tuple[Term, ...]]:
        """The columns of the lists of events."""
        columns = {
            "type": self.of(ent.eventType),
            "mode": self.of(ent.mode),
            "status": self.of(ent.status),
            "name": self.of(ent.name),
            "states": self.of(ent.involvesState),
            "places": self.of(ent.location),
            "sources": self.of(ent.independentSources),
            "series": self.of(ent.editionOf),
            "begin": self._days(sem.hasEarliestBeginTimeStamp)[:1],
            "end": self._days(sem.hasLatestEndTimeStamp)[-1:],
        }
        return {name: tuple(terms) for name, terms in columns.items() if terms}

    def _days(self, bound: Iri) -> list[Term]:
        return sorted((day for when in self.of(ent.when) for day in self.of(bound, when)), key=text_of)


def _triple(row: Mapping[str, Term]) -> Triple:
    subject, predicate = row["subject"], row["predicate"]
    assert isinstance(subject, Iri)
    assert isinstance(predicate, Iri)
    return Triple(subject, predicate, row["object"])
