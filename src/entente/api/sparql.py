"""SPARQL queries over HTTP at /sparql (SPARQL 1.1 Protocol §2.1)."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from entente.api.answers import AnswerResponse, while_connected
from entente.api.description import describe
from entente.api.models import Explanation
from entente.api.negotiation import accepted, entity_tag, is_known
from entente.api.operations import Operation, one_text, parameters_of, read_operation
from entente.api.settings import Settings
from entente.engine import Answer, Engine
from entente.errors import QueryError
from entente.store import GRAPH_TYPES, RESULT_TYPES, Question, choose
from entente.store.clauses import limit_rows
from entente.store.planner import plan
from entente.store.search import SEARCH

__all__ = ["Querying", "router"]

_EXAMPLE = "SELECT ?e WHERE { ?e a <https://w3id.org/entente/ns#Exercise> } LIMIT 10"
_METHODS = "GET, HEAD, POST, QUERY, OPTIONS"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Rows for SELECT and ASK, a graph for CONSTRUCT and DESCRIBE, in the format that Accept prefers",
        "content": {media_type: {"schema": {"type": "string"}} for media_type in (*RESULT_TYPES, *GRAPH_TYPES)},
    }
}
_PARAMETERS: list[dict[str, Any]] = [
    {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
    for name, schema, text in (
        ("default-graph-uri", {"type": "array", "items": {"type": "string"}}, "Graphs that make up the default graph"),
        ("named-graph-uri", {"type": "array", "items": {"type": "string"}}, "Graphs that GRAPH may name"),
        ("format", {"type": "string"}, "json, xml, csv, tsv, ttl, nt, nq, trig, rdf or jsonld; goes before Accept"),
        ("min-version", {"type": "integer"}, "Wait for this version of the dataset"),
        ("max-rows", {"type": "integer"}, "Give no more solutions than this"),
        ("explain", {"type": "integer"}, "1: tell how the query would be run, and do not run it"),
    )
]
_QUERY_PARAMETER = {"name": "query", "in": "query", "required": False, "schema": {"type": "string"}, "example": _EXAMPLE}
_GET = {"parameters": [_QUERY_PARAMETER, *_PARAMETERS]}
_POST = {
    "parameters": _PARAMETERS,
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
            },
            "application/sparql-query": {"schema": {"type": "string"}, "example": _EXAMPLE},
        },
    },
}
# What gives another answer each time must not be kept.
_UNSTEADY = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


class Querying:
    """Answers operations by the engine, with the headers that HTTP wants."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings

    async def answer(self, request: Request, operation: Operation) -> Response:
        """Answer a query in the format that the client prefers, or tell that it has it already (RFC 9110 §13.1.2)."""
        accept = accepted(request.headers.get("accept"), operation.one("format"))
        await self._engine.reach(_number(operation, "min-version") or 0)
        rows = min((n for n in (self._engine.limits.rows, _number(operation, "max-rows")) if n is not None), default=None)
        tag = self._tag(request, operation, accept)
        headers = self._headers(rows)
        if tag and is_known(tag, request.headers.get("if-none-match")):
            return Response(status_code=304, headers={**headers, "ETag": tag})
        text = operation.text if rows is None else limit_rows(operation.text, rows)
        if operation.one("explain") == "1":
            return _explain(text)
        question = Question(
            text,
            accept,
            operation.every("default-graph-uri") or None,
            operation.every("named-graph-uri") or None,
            self._settings.address(request, "/sparql"),
        )
        return await self.respond(request, question, headers, tag)

    async def respond(self, request: Request, question: Question, headers: dict[str, str], tag: str | None) -> Response:
        """Run a question for a client, and give its answer."""
        client = request.client.host if request.client else "unknown"
        found: Answer | None = await while_connected(request, self._engine.ask(question, client))
        if found is None:
            # Nobody is there to read it.
            return Response(status_code=499)
        headers["Entente-Query-Id"] = found.id
        if found.version is not None:
            headers["Entente-Dataset-Version"] = str(found.version)
        # The dataset may have moved on between the tag and the answer.
        if tag and tag.startswith(f'W/"{self._engine.epoch}{found.version}-'):
            headers["ETag"] = tag
        return AnswerResponse(found, headers)

    def _tag(self, request: Request, operation: Operation, accept: tuple[str, ...]) -> str | None:
        """The tag of this answer: the version of the dataset and the media types that either form of query would get."""
        version = self._engine.version
        if request.method not in ("GET", "HEAD") or version is None or _UNSTEADY.search(operation.text):
            return None
        types = f"{choose(accept, RESULT_TYPES)} {choose(accept, GRAPH_TYPES)}"
        # What is found may change while the dataset stays as it is.
        found = f" {self._engine.labels}" if SEARCH in operation.text else ""
        return entity_tag(self._engine, version, types + found)

    def _headers(self, rows: int | None) -> dict[str, str]:
        limits = self._engine.limits
        said = {"seconds": f"{limits.seconds:g}", "memory": limits.memory, "rows": rows, "bytes": limits.size}
        told = ", ".join(f"{name}={value}" for name, value in said.items() if value is not None)
        return {"Vary": "Accept", "Cache-Control": "no-cache", "Entente-Limits": told}


def _explain(text: str) -> Response:
    began = time.perf_counter()
    planned = plan(text)
    said = Explanation(
        query=text,
        rewritten=planned.text if planned.rules else None,
        rules=list(planned.rules),
        order=list(planned.order),
        why_not=planned.why_not,
        milliseconds=round((time.perf_counter() - began) * 1000, 3),
    )
    return JSONResponse(said.model_dump(), headers={"Cache-Control": "no-cache"})


def _number(operation: Operation, name: str) -> int | None:
    said = operation.one(name)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit()) or len(said) > 18:
        raise QueryError(337, f"{name}={said} is no whole number", f"give digits only: {name}=10")
    return int(said)


def router(querying: Querying, settings: Settings, engine: Engine, page: Callable[[Request], Response]) -> APIRouter:
    """The routes over one engine; `page` is what people see who ask nothing yet."""
    routes = APIRouter(tags=["sparql"])

    async def by_get(request: Request) -> Response:
        items = parameters_of(request)
        names = {name for name, _ in items}
        if "query" in names:
            return await querying.answer(request, Operation(one_text(items, "query"), tuple(items)))
        if names - {"format", "edit"}:
            raise QueryError(
                307, "the request has no parameter named 'query'", "give query=...; updates are posted to /update"
            )
        return describe(request, settings, engine, page)

    async def by_post(request: Request) -> Response:
        return await querying.answer(request, await read_operation(request, "query", settings.query_bytes))

    async def options(_: Request) -> Response:
        return Response(status_code=204, headers={"Allow": _METHODS, "Accept-Query": "application/sparql-query"})

    def add(handler: Callable[[Request], Awaitable[Response]], *methods: str, **more: Any) -> None:
        routes.add_api_route("/sparql", handler, methods=list(methods), response_class=Response, **more)

    add(by_get, "GET", summary="Query by GET, or learn about the service", responses=_ANSWERS, openapi_extra=_GET)
    add(by_post, "POST", summary="Query by POST", responses=_ANSWERS, openapi_extra=_POST)
    add(by_get, "HEAD", include_in_schema=False)
    add(by_post, "QUERY", include_in_schema=False)
    add(options, "OPTIONS", include_in_schema=False)
    return routes
