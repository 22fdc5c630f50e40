"""The queries that run now, and how to end one: /sparql/queries."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from entente.api.access import check_token
from entente.api.models import ActiveQuery
from entente.api.rest import client_of
from entente.api.settings import Settings
from entente.engine import Active, Engine

__all__ = ["router"]


def router(engine: Engine, settings: Settings) -> APIRouter:
    """The routes over one engine."""
    routes = APIRouter(tags=["sparql"])

    @routes.get("/sparql/queries", summary="Your queries that run now; with a token, everybody's")
    async def queries(request: Request) -> list[ActiveQuery]:
        everybody = "authorization" in request.headers
        if everybody:
            check_token(request, settings.token_hashes)
        return [_shown(query) for query in engine.register.active() if everybody or query.client == client_of(request)]

    @routes.delete("/sparql/queries/{id}", summary="End a query that runs", status_code=204, response_class=Response)
    async def cancel(id: str) -> Response:
        # Whoever was told the id may end the query: it cannot be guessed.
        engine.register.cancel(id)
        return Response(status_code=204)

    return routes


def _shown(query: Active) -> ActiveQuery:
    return ActiveQuery(id=query.id, query=query.text, since=query.since, seconds=round(query.seconds, 3))
