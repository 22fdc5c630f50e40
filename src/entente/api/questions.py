"""REST for the catalogue of questions."""

from __future__ import annotations

from fastapi import APIRouter, Request

from entente.api.models import QueryAnswer, QueryItem
from entente.api.reader import plain
from entente.errors import QueryError
from entente.model import Store
from entente.query import Card, Catalogue, run

__all__ = ["router"]


def router(store: Store, catalogue: Catalogue) -> APIRouter:
    """The routes over one store."""
    routes = APIRouter(tags=["questions"])

    @routes.get("/queries", summary="The catalogue of questions")
    def queries() -> list[QueryItem]:
        return [_item(card) for card in catalogue.cards]

    @routes.get("/queries/{name}", summary="Ask a question; its parameters go into the address")
    def query(name: str, request: Request) -> QueryAnswer:
        card = catalogue.card(name)
        items = request.query_params.multi_items()
        for key, _ in items:
            if len(request.query_params.getlist(key)) > 1:
                raise QueryError(309, f"the parameter '{key}' is given twice", "give each parameter once")
        found = run(card, dict(items), store)
        return QueryAnswer(columns=list(found.variables), rows=[[plain(term) for term in row] for row in found.rows])

    return routes


def _item(card: Card) -> QueryItem:
    return QueryItem(
        name=card.name,
        subject=card.subject,
        summary=card.summary,
        params={param.name: param.help for param in card.params},
        columns=list(card.columns),
    )
