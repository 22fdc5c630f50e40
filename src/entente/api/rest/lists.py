"""Lists of resources: filtered, sorted and paged, and single things of them, asked of the engine under its limits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from entente.api.reader import Reader
from entente.api.rest.cursors import Cursor, decode, encode
from entente.api.rest.ordering import KINDS, Order, Orders, read
from entente.api.rest.resource import Resource, Row
from entente.api.rest.rows import Rows, Terms, gather, solutions, terms_of, text_of
from entente.engine import Engine
from entente.errors import InputError
from entente.model import Iri, Literal, Term
from entente.query import Card, Catalogue, Listing, bind, plain_values
from entente.query.plans import plans
from entente.store import Question
from entente.store.labels import MOST, beginnings
from entente.store.search import MATCHES

__all__ = ["PAGE", "Asked", "Entry", "Lists", "Page", "ask", "rows_of"]

PAGE = 50
"""How many things a page holds where nobody says."""

_Row = TypeVar("_Row", bound=Row)
_CSV = ("text/csv",)
_JSON = ("application/sparql-results+json",)
_TRIES = 3
_NAMED = f"SELECT ?thing WHERE {{ (?thing ?score) <{MATCHES}> (%s %d) }} ORDER BY DESC(?score) ?thing"
_BEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a list: `filters` by the card's parameters, `sort` by a column, with '-' for the other way round."""

    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str | None = None
    cursor: str | None = None
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class _Cut:
    """A part of a list: of what it lets through in the order of a column, so many that follow a place."""

    filters: Mapping[str, str]
    column: str
    after: Cursor | None
    limit: int
    descending: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing: its row, and the terms that it was made of."""

    row: Row
    terms: Terms


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: how many things the whole list has, where it goes on, and in which version of the dataset.

    `told` is the version that the things are told of in: a later one, where the list is not indexed yet as it is now.
    """

    entries: tuple[Entry, ...]
    total: int
    next: str | None
    version: int | None
    told: int | None


def rows_of(kind: type[_Row], entries: Iterable[Entry]) -> list[_Row]:
    """Give the rows of entries, which are of that kind."""
    return [entry.row for entry in entries if isinstance(entry.row, kind)]


async def ask(engine: Engine, text: str, accept: tuple[str, ...], client: str) -> tuple[bytes, int | None]:
    """Ask the engine, under its limits, and give all of the answer and the version of the dataset that it is of.

    Raises what the engine raises.
    """
    answer = await engine.ask(Question(text, accept), client)
    try:
        parts = [answer.first]
        if not answer.whole:
            parts += [chunk async for chunk in answer.rest()]
        return b"".join(parts), answer.version
    finally:
        await answer.drop()


class Lists:
    """The lists of one dataset, as far as the catalogue has their cards.

    `client` is always the name that the engine counts the asker's queries under.
    """

    def __init__(self, engine: Engine, catalogue: Catalogue, reader: Reader, resources: Iterable[Resource]) -> None:
        self.engine = engine
        self.reader = reader
        # A catalogue of somebody's own may lack what our lists ask.
        known = {card.name for card in catalogue.cards}
        self.resources = {resource.name: resource for resource in resources if resource.card in known}
        self._catalogue = catalogue
        self._orders = Orders()
        lists = {resource.card for resource in self.resources.values()}
        engine.index_lists(plans(card for card in catalogue.cards if card.name in lists or card.ahead is not None))

    def card(self, resource: Resource) -> tuple[Card, Listing]:
        """The card of a resource, and how it is listed."""
        card = self._catalogue.card(resource.card)
        assert card.listing is not None, f"{card.name} is no list"
        return card, card.listing

    def labels(self, resource: Resource) -> int | None:
        """The version of the dataset whose labels the words of a search are looked up in; None for what is no search."""
        return None if resource.words is None else self.engine.labels

    @property
    def version(self) -> int | None:
        """The version of the dataset that large lists are in the order of."""
        found = self.engine.lists
        return self.engine.version if found is None else found[0]

    async def page(self, name: str, asked: Asked, client: str) -> Page:
        """Give one page of the list of that name.

        Raises QueryError for a wrong filter (303) or cursor (820), and what the engine raises.
        """
        resource = self.resources[name]
        card, listing = self.card(resource)
        sort = asked.sort or next(iter(listing.sorts))
        column = sort.removeprefix("-")
        filters = {**asked.filters, **resource.preset}
        of = {**filters, "#list": card.name, "#sort": sort}
        after = None
        if asked.cursor is not None:
            after = decode(asked.cursor, of, KINDS.get(listing.sorts[column], (str,)))
        # What a row says does not depend on what is indexed.
        counted = {name: value for name, value in asked.filters.items() if name not in listing.indexed}
        told = counted if resource.relative else {}
        # One more than is shown tells whether the list goes on.
        cut = _Cut(filters, column, after, asked.limit + 1, sort.startswith("-"))
        for _ in range(_TRIES):
            total, found, version = await self._places(resource, cut, client)
            chosen = found[: asked.limit]
            entries, seen = await self.entries(resource, [Iri(cursor.key) for cursor in chosen], client, told)
            # A change between the two questions would give a page of two datasets; an index of before stays that of before.
            if seen == version or (version != self.engine.version and version in (self.version, self.labels(resource))):
                break
        following = encode(chosen[-1], of) if len(found) > len(chosen) else None
        return Page(entries, total, following, version, seen)

    async def entries(
        self, resource: Resource, keys: Sequence[Iri], client: str, filters: Mapping[str, str] | None = None
    ) -> tuple[tuple[Entry, ...], int | None]:
        """Give the things of these IRIs that the list has under the filters, in this order, and the dataset's version."""
        if not keys:
            return (), self.engine.version
        card, listing = self.card(resource)
        told, version = await self._answered(card, listing.key, filters or {}, keys, client)

        def made() -> tuple[Entry, ...]:
            # Asked for with the keys, what is preset would let the engine go through all that it holds of.
            found = {
                key: terms
                for key, terms in gather(told, listing.key).items()
                if all(value in map(text_of, terms[name]) for name, value in resource.preset.items())
            }
            rows = Rows(resource, self.reader)
            return tuple(Entry(rows.make(key, found[key]), found[key]) for key in keys if key in found)

        return await asyncio.to_thread(made), version

    async def item(self, name: str, id: str, client: str) -> Entry:
        """Give the thing that an id of the list of that name stands for. Raises InputError 143 where there is none."""
        resource = self.resources[name]
        entries, _ = await self.entries(resource, resource.iris_of(id), client)
        if not entries:
            raise InputError(143, f"/{name} has no {id!r}", f"see /{name} for what there is", status=404)
        return entries[0]

    async def rows(self, name: str, values: Mapping[str, str], client: str) -> list[dict[str, Term]]:
        """Ask a question of the catalogue, and give its rows: those that the index keeps where it keeps them."""
        card = self._catalogue.card(name)
        by = "" if card.ahead is None else card.ahead.by
        others = {name: value for name, value in values.items() if name != by}
        rows, _ = await self._answered(card, by, others, [Iri(values[by])] if by in values else [], client)
        return rows

    async def count_by(self, name: str, filters: Mapping[str, str], by: str) -> list[tuple[str, int]] | None:
        """Count what filters let through by the values of another, the most frequent first; None without an index for it."""
        card, listing = self.card(self.resources[name])
        indexed = self.engine.lists
        if indexed is None or by not in listing.counted or not indexed[1].covers(card.name, filters):
            return None
        return await asyncio.to_thread(indexed[1].count_by, card.name, plain_values(card, filters), by)

    async def _answered(
        self, card: Card, by: str, values: Mapping[str, str], keys: Sequence[Iri], client: str
    ) -> tuple[list[dict[str, Term]], int | None]:
        """The rows of a card for some keys, where there are any, and the version that they are of: maybe the index's."""
        indexed = self.engine.lists
        if indexed is not None and keys and card.ahead is not None and card.ahead.by == by:
            version, index = indexed
            kept = await asyncio.to_thread(index.answers, card.name, values, keys)
            if kept is not None:
                return terms_of(kept), version
        answer, known = await ask(self.engine, bind(card, {**values, **({by: keys} if keys else {})}), _JSON, client)
        return await asyncio.to_thread(solutions, answer), known

    async def _places(self, resource: Resource, cut: _Cut, client: str) -> tuple[int, list[Cursor], int | None]:
        """The length of a list, a part of its places, and the version of the dataset that they are of."""
        card, _ = self.card(resource)
        indexed = self.engine.lists
        if indexed is not None and indexed[1].covers(card.name, cut.filters):
            version, index = indexed
            filters = plain_values(card, cut.filters)
            found = partial(index.page, card.name, filters, cut.column, cut.after, cut.limit, descending=cut.descending)
            return *(await asyncio.to_thread(found)), version
        labels = self.labels(resource)
        order, known = await self._order(resource, cut, labels, client)
        if known is not None and labels is not None:
            known = min(known, labels)
        return len(order), order.page(cut.after, cut.limit, descending=cut.descending), known

    async def _order(self, resource: Resource, cut: _Cut, labels: int | None, client: str) -> tuple[Order, int | None]:
        card, listing = self.card(resource)
        name = (card.name, cut.column, tuple(sorted(cut.filters.items())), labels)
        version = self.engine.version
        if (kept := self._orders.get(version, name)) is not None:
            return kept, version
        filters: dict[str, str | Sequence[str]] = {**cut.filters}
        if resource.words is not None:
            # Filters choose among more, that they leave something.
            best = _BEST if set(cut.filters) == {resource.words} else MOST
            filters[listing.key] = await self._named(cut.filters[resource.words], best, client)
        answer, version = await ask(self.engine, listing.inner(bind(card, filters)), _CSV, client)
        order = await asyncio.to_thread(read, answer, listing, cut.column)
        self._orders.keep(version, name, order)
        return order, version

    async def _named(self, words: str, best: int, client: str) -> list[Iri]:
        """What has a name with these words, or with words that begin so: so many of the best names, where there is much."""
        wanted = beginnings(words)
        if not wanted:
            return []
        answer, _ = await ask(self.engine, _NAMED % (Literal(wanted).n3(), best), _JSON, client)
        return [thing for row in solutions(answer) if isinstance(thing := row["thing"], Iri)]
