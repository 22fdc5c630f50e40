"""SPARQL updates over HTTP at /update (SPARQL 1.1 Protocol §2.2)."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from entente.api.access import check_token
from entente.api.operations import read_operation
from entente.api.settings import Settings
from entente.engine import Engine
from entente.store.clauses import use_graphs

__all__ = ["changed", "router"]

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": ["update"], "properties": {"update": {"type": "string"}}}
            },
            "application/sparql-update": {"schema": {"type": "string"}},
        },
    }
}


def changed(engine: Engine, status: int = 204, location: str | None = None) -> Response:
    """The answer to a write: the version of the dataset that shows it."""
    headers = {} if engine.version is None else {"Entente-Dataset-Version": str(engine.version)}
    if location is not None:
        headers["Location"] = location
    return Response(status_code=status, headers=headers)


def router(engine: Engine, settings: Settings) -> APIRouter:
    """The route over one engine."""
    routes = APIRouter(tags=["sparql"])

    @routes.post("/update", summary="Update; needs a token", status_code=204, response_class=Response, openapi_extra=_BODY)
    async def update(request: Request) -> Response:
        check_token(request, settings.token_hashes)
        operation = await read_operation(request, "update", settings.upload_bytes)
        text = use_graphs(
            engine.admit(operation.text), operation.every("using-graph-uri"), operation.every("using-named-graph-uri")
        )
        await asyncio.to_thread(engine.update, text, settings.address(request, "/update"))
        return changed(engine)

    return routes
