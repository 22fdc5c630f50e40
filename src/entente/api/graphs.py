"""Whole graphs over HTTP at /store (SPARQL 1.1 Graph Store HTTP Protocol)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from email import message_from_bytes

from fastapi import APIRouter, Request, Response

from entente.api.access import check_token
from entente.api.negotiation import accepted
from entente.api.operations import charset_of, read_body
from entente.api.settings import Settings
from entente.api.sparql import Querying
from entente.api.updates import changed
from entente.engine import Engine
from entente.errors import InputError, QueryError
from entente.model import Iri, Quad
from entente.store import Question, parse

__all__ = ["router"]

_METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"


def router(querying: Querying, engine: Engine, settings: Settings) -> APIRouter:
    """The routes over one engine."""
    routes = APIRouter(tags=["graphs"])

    async def read(request: Request) -> Response:
        graph = _graph(request, settings)
        accept = accepted(request.headers.get("accept"), request.query_params.get("format"))
        pattern = "{ ?s ?p ?o }"
        if graph is not None:
            await _require(engine, graph)
            pattern = f"{{ GRAPH {graph.n3()} {pattern} }}"
        question = Question(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}", accept)
        return await querying.respond(request, question, {"Vary": "Accept", "Cache-Control": "no-cache"}, None)

    async def put(request: Request) -> Response:
        check_token(request, settings.token_hashes)
        return await _write(request, _graph(request, settings), replace=True)

    async def post(request: Request) -> Response:
        check_token(request, settings.token_hashes)
        names_a_graph = request.query_params or request.url.path.rstrip("/") != "/store"
        if names_a_graph:
            return await _write(request, _graph(request, settings), replace=False)
        made = Iri(settings.address(request, f"/store/{secrets.token_hex(16)}"))
        await _write(request, made, replace=False)
        return changed(engine, 201, made)

    async def delete(request: Request) -> Response:
        check_token(request, settings.token_hashes)
        graph = _graph(request, settings)
        if graph is not None:
            await _require(engine, graph)
        text = "CLEAR DEFAULT" if graph is None else f"DROP SILENT GRAPH {graph.n3()}"
        await asyncio.to_thread(engine.update, text)
        return changed(engine)

    async def options(_: Request) -> Response:
        return Response(status_code=204, headers={"Allow": _METHODS})

    async def _write(request: Request, graph: Iri | None, *, replace: bool) -> Response:
        body = await read_body(request, settings.upload_bytes)
        documents = _documents(request.headers.get("content-type", ""), body, graph)
        existed = graph is None or await asyncio.to_thread(_exists, engine, graph)
        await asyncio.to_thread(engine.update, _update(documents, graph, replace=replace))
        return changed(engine, 204 if existed else 201)

    for path in ("/store", "/store/{name:path}"):
        shown = path == "/store"
        for method, handler, text in (
            ("GET", read, "Read a graph"),
            ("PUT", put, "Replace a graph; needs a token"),
            ("POST", post, "Add to a graph, or make one; needs a token"),
            ("DELETE", delete, "Delete a graph; needs a token"),
            ("HEAD", read, ""),
            ("OPTIONS", options, ""),
        ):
            routes.add_api_route(
                path,
                handler,
                methods=[method],
                response_class=Response,
                summary=text,
                include_in_schema=shown and bool(text),
                openapi_extra={"parameters": _PARAMETERS},
            )
    return routes


_PARAMETERS = [
    {"name": "graph", "in": "query", "required": False, "schema": {"type": "string"}, "description": "IRI of the graph"},
    {"name": "default", "in": "query", "required": False, "schema": {"type": "string"}, "description": "The default graph"},
]


def _graph(request: Request, settings: Settings) -> Iri | None:
    """The graph that a request is about (§4); None for the default graph. Raises QueryError where it names none or two."""
    parameters = request.query_params
    named = parameters.getlist("graph")
    direct = request.url.path.removeprefix("/store").lstrip("/")
    if len(named) + ("default" in parameters) + bool(direct) != 1:
        raise QueryError(338, "the request does not name one graph", "give ?graph=IRI, or ?default, or its own address")
    if "default" in parameters:
        return None
    raw = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace").partition("?")[0]
    try:
        return Iri(named[0] if named else settings.address(request, raw))
    except ValueError as error:
        raise QueryError(321, f"the graph is named by no IRI: {error}", "give an absolute IRI") from error


def _exists(engine: Engine, graph: Iri) -> bool:
    return engine.store.ask(f"ASK {{ GRAPH {graph.n3()} {{}} }}")


async def _require(engine: Engine, graph: Iri) -> None:
    if not await asyncio.to_thread(_exists, engine, graph):
        raise QueryError(
            339, f"there is no graph {graph}", "see which there are: SELECT DISTINCT ?g { GRAPH ?g {} }", status=404
        )


def _documents(content_type: str, body: bytes, graph: Iri | None) -> list[tuple[Quad, ...]]:
    """Read the RDF of a body, one document or the parts of a form. Raises InputError and QueryError for what is none."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        return [_document(content_type, body, graph)]
    message = message_from_bytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body)
    parts = message.get_payload() if message.is_multipart() else []
    if not isinstance(parts, list) or not parts:
        raise QueryError(340, "the form has no parts", "see RFC 7578, and the boundary in Content-Type")
    documents = []
    for part in parts:
        if isinstance(part, str):
            continue
        data = part.get_payload(decode=True)
        documents.append(_document(part.get("content-type", "text/turtle"), data if isinstance(data, bytes) else b"", graph))
    return documents


def _document(content_type: str, data: bytes, graph: Iri | None) -> tuple[Quad, ...]:
    charset = charset_of(content_type)
    if charset not in (None, "utf-8", "utf8", "us-ascii"):
        try:
            data = data.decode(charset).encode()
        except (LookupError, UnicodeDecodeError) as error:
            raise QueryError(305, f"the document is not in {charset}: {error}", "send it in UTF-8") from error
    quads = parse(data, content_type, base_iri=graph, origin="the document")
    if any(quad.graph is not None for quad in quads):
        raise InputError(114, "the document holds named graphs, and one graph is asked for", "send triples only")
    return quads


def _update(documents: Sequence[tuple[Quad, ...]], graph: Iri | None, *, replace: bool) -> str:
    """Write the update that puts documents into a graph; each keeps its blank nodes to itself."""
    name = None if graph is None else graph.n3()
    steps = ["CLEAR DEFAULT" if name is None else f"DROP SILENT GRAPH {name}"] if replace else []
    if name is not None:
        steps.append(f"CREATE SILENT GRAPH {name}")
    for quads in documents:
        lines = "".join(f"{quad.triple.n3()} .\n" for quad in quads)
        if lines:
            steps.append(f"INSERT DATA {{ {lines} }}" if name is None else f"INSERT DATA {{ GRAPH {name} {{ {lines} }} }}")
    return " ;\n".join(steps)
