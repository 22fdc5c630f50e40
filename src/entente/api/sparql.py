"""The SPARQL 1.1 protocol's query operation at /sparql."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response

from entente.api.negotiation import preferences
from entente.errors import QueryError
from entente.model import Store

__all__ = ["router"]

_EXAMPLE = "SELECT ?e WHERE { ?e a <https://w3id.org/entente/ns#Exercise> } LIMIT 10"
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_DATASET = ("default-graph-uri", "named-graph-uri")
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Rows for SELECT and ASK, a graph for CONSTRUCT and DESCRIBE, in the format that Accept prefers",
        "content": {
            media_type: {"schema": {"type": "string"}}
            for media_type in (
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
                "text/turtle",
                "application/n-triples",
                "application/ld+json",
            )
        },
    }
}
_GET = {
    "parameters": [
        {"name": "query", "in": "query", "required": True, "schema": {"type": "string"}, "example": _EXAMPLE},
    ]
}
_POST = {
    "requestBody": {
        "required": True,
        "content": {
            _FORM: {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}},
            _DIRECT: {"schema": {"type": "string"}, "example": _EXAMPLE},
        },
    }
}


async def _posted(request: Request) -> str:
    """The query in the body of a POST: as a form's field, or the body itself."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(305, f"the query is no UTF-8: {error.reason} at byte {error.start}", "send it in UTF-8") from error
    if media_type == _FORM:
        return _one_query([*request.query_params.multi_items(), *parse_qsl(text, keep_blank_values=True)])
    if media_type == _DIRECT:
        _refuse_dataset(request.query_params.multi_items())
        return text
    raise QueryError(
        306, f"a query cannot be sent as {media_type or 'a body without a type'}", f"send {_DIRECT} or {_FORM}", status=415
    )


def _one_query(items: Sequence[tuple[str, str]]) -> str:
    _refuse_dataset(items)
    queries = [value for name, value in items if name == "query"]
    if len(queries) != 1:
        raise QueryError(307, f"the request has {len(queries)} parameters named 'query', not one", "give query=... once")
    return queries[0]


def _refuse_dataset(items: Sequence[tuple[str, str]]) -> None:
    for name, _ in items:
        if name in _DATASET:
            raise QueryError(308, f"the parameter '{name}' is not supported", "use FROM or GRAPH in the query", status=501)


def router(store: Store) -> APIRouter:
    """The routes over one store."""
    routes = APIRouter(tags=["sparql"])

    def answer(query: str, request: Request) -> Response:
        accepted = preferences(request.headers.get("accept"))
        if not accepted:
            raise QueryError(313, "the header Accept refuses every format", "leave it out, or give one", status=406)
        media_type, data = store.answer(query, accepted)
        return Response(data, media_type=media_type, headers={"Vary": "Accept"})

    @routes.get("/sparql", summary="Query by GET", responses=_ANSWERS, response_class=Response, openapi_extra=_GET)
    def by_get(request: Request) -> Response:
        return answer(_one_query(request.query_params.multi_items()), request)

    @routes.post("/sparql", summary="Query by POST", responses=_ANSWERS, response_class=Response, openapi_extra=_POST)
    def by_post(query: Annotated[str, Depends(_posted)], request: Request) -> Response:
        return answer(query, request)

    return routes
