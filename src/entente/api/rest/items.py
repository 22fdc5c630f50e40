"""Single things of lists: the row, all names, and for articles and contradictions the claims with their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, create_model

from entente.api.addresses import document_path
from entente.api.rest.contradictions import Conflict, with_claims
from entente.api.rest.events import Event
from entente.api.rest.lists import Asked, Entry, Lists, rows_of
from entente.api.rest.resource import Resource
from entente.api.rest.resources.articles import ArticleRow
from entente.api.rest.resources.claims import ClaimRow
from entente.api.rest.rows import text_of

__all__ = ["Article", "Items", "item_model"]

_CLAIMS = 1000

_DOCUMENT: Any = Field(None, description="the document about it, in every format of RDF", examples=["/doc/id/state/RUS"])
_RELATED: Any = Field(default={}, description="lists that tell more of it", examples=[{"events": "/events?state=RUS"}])


class Article(ArticleRow):
    """An article in full."""

    document: str | None = _DOCUMENT
    related: dict[str, str] = _RELATED
    told: list[ClaimRow] = Field(default=[], description="its claims, with their words; at most 1000")


class ConflictItem(Conflict):
    """A contradiction in full."""

    document: str | None = _DOCUMENT
    related: dict[str, str] = _RELATED


_FULL: Mapping[str, type[BaseModel]] = {
    "articles": Article,
    "conflicts": ConflictItem,
    "events": Event,
    "exercises": Event,
}


def item_model(resource: Resource) -> type[BaseModel]:
    """The model of a single thing of a list."""
    if resource.name in _FULL:
        return _FULL[resource.name]
    return create_model(
        resource.model.__name__.removesuffix("Row"),
        __base__=resource.model,
        __doc__=f"One of /{resource.name} in full.",
        document=(str | None, _DOCUMENT),
        names=(list[str], Field(default=[], description="all its names", examples=[["Russia", "Russian Federation"]])),
        related=(dict[str, str], _RELATED),
    )


class Items:
    """Tells of single things."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._models = {name: item_model(resource) for name, resource in lists.resources.items()}

    async def item(self, resource: Resource, entry: Entry, client: str) -> BaseModel:
        """Tell of one thing of a list. Raises what the engine raises."""
        row = entry.row
        said = {
            **row.model_dump(),
            "document": document_path(row.iri),
            "related": resource.related_of(row.id, row.iri),
        }
        if resource.name == "articles":
            page = await self._lists.page("claims", Asked({"article": row.iri}, limit=_CLAIMS), client)
            return Article(**said, told=sorted(rows_of(ClaimRow, page.entries), key=_place))
        if resource.name == "conflicts":
            [conflict] = await with_claims(self._lists, [entry], client)
            return ConflictItem(**said, sides=conflict.sides)
        names = await self._lists.rows("names-of-thing", {"thing": row.iri}, client)
        return self._models[resource.name](**said, names=[text_of(found["name"]) for found in names])


def _place(row: ClaimRow) -> tuple[int, str]:
    """Where the words of a claim begin."""
    return (row.spans[0].start if row.spans else 0), row.iri
