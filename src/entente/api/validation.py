"""Validation as a service: POST /validate examines RDF by shapes, stores nothing and fetches nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from entente.api.examining import Job, Upload
from entente.api.negotiation import preferences
from entente.api.operations import content_type_of, read_body
from entente.errors import InputError, QueryError
from entente.gate.presentation import FORMATS
from entente.gate.workers import Limits, Workers
from entente.model import Store
from entente.query import iri_of
from entente.store import GRAPH_TYPES, choose, media_type_of
from entente_loaders.text import SIZE_LIMIT

__all__ = ["ValidationLimits", "router"]

_FORM = "multipart/form-data"
_REPORTS = {FORMATS[name][0]: name for name in ("json", "ttl", "jsonld", "nt", "csv", "html", "sarif")}
_FIELDS = 20
_BODY = {
    "requestBody": {
        "description": "RDF to validate; or a form with the field `data` and any number of fields `shapes`. "
        "Nothing where ?graph= names a graph of the store.",
        "content": {
            **{media_type: {"schema": {"type": "string"}} for media_type in GRAPH_TYPES},
            _FORM: {"schema": {"type": "object", "properties": {"data": {"type": "string"}, "shapes": {"type": "string"}}}},
        },
    }
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report, in the format that Accept prefers",
        "content": {media_type: {"schema": {"type": "string"}} for media_type in _REPORTS},
    }
}


@dataclass(frozen=True, slots=True)
class ValidationLimits:
    """How large RDF and articles may be, how many statements of the store are looked at, and what the work may take."""

    body_bytes: int = 64 << 20
    article_bytes: int = SIZE_LIMIT
    stored_statements: int = 1_000_000
    work: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class _Sent:
    data: Upload | None
    shapes: tuple[Upload, ...] = ()


def router(store: Store, limits: ValidationLimits, workers: Workers) -> APIRouter:
    """The route over one store; the workers start with the first request and end with the process."""
    routes = APIRouter(tags=["validation"])

    async def sent(request: Request) -> _Sent:
        body = await read_body(request, limits.body_bytes)
        media_type = content_type_of(request)
        if media_type == _FORM:
            return await _form(request.headers, body)
        return _Sent(Upload("the body", body, _known(media_type, "the body")) if body else None)

    # an annotation could not name what is defined in a function
    taken = Depends(sent)

    @routes.post(
        "/validate",
        summary="Validate RDF, or a graph of the store, against the bundled shapes, a profile or shapes of your own",
        responses=_ANSWERS,
        response_class=Response,
        openapi_extra=_BODY,
    )
    def validate(
        request: Request,
        sent: _Sent = taken,
        profile: Annotated[list[str] | None, Query(description="Names of profiles, such as core, mme or dca")] = None,
        graph: Annotated[str | None, Query(description="A graph of the store instead of a body")] = None,
    ) -> Response:
        accept = preferences(request.headers.get("accept"))
        media_type = choose(accept, _REPORTS) if accept else None
        if media_type is None:
            raise QueryError(313, "the header Accept refuses every format", f"accept {', '.join(_REPORTS)}", status=406)
        if (graph is None) == (sent.data is None):
            raise InputError(178, "there must be either data or ?graph=", "send RDF, or name a graph of the store")
        stored = None if graph is None else (graph, _quads(store, graph, limits.stored_statements))
        job = Job(_REPORTS[media_type], sent.data, stored, sent.shapes, tuple(profile or ()))
        headers = {"Vary": "Accept", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(workers.run(job), media_type=media_type, headers=headers)

    return routes


def _quads(store: Store, name: str, limit: int) -> tuple[Any, ...]:
    iri = iri_of(name)
    found = []
    for quad in store.quads(graph=iri):
        found.append(quad)
        if len(found) > limit:
            raise InputError(175, f"{iri} holds more than {limit} statements", "use: entente validate", status=413)
    if not found:
        raise InputError(124, f"there is no graph {iri}", "ask: SELECT DISTINCT ?g { GRAPH ?g {} }", status=404)
    return tuple(found)


def _known(media_type: str, origin: str) -> str:
    if media_type not in GRAPH_TYPES:
        known = ", ".join(GRAPH_TYPES)
        raise InputError(177, f"{origin} has the type {media_type!r}, which is no RDF", f"use one of: {known}", status=415)
    return media_type


async def _form(headers: Headers, body: bytes) -> _Sent:
    """Take the fields `data` and `shapes` out of a form."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        # the size of all parts is bounded by that of the body
        parser = MultiPartParser(headers, stream(), max_files=_FIELDS, max_fields=_FIELDS, max_part_size=len(body) + 1)
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        detail = getattr(error, "message", None) or "it has no boundary"
        raise InputError(176, f"the form cannot be read: {detail}", f"send it as {_FORM}") from error
    try:
        data = [await _upload(part, "data") for part in form.getlist("data")]
        shapes = [await _upload(part, "shapes") for part in form.getlist("shapes")]
    finally:
        await form.close()
    if len(data) > 1:
        raise InputError(176, f"the form has {len(data)} fields 'data', not one", "send documents one by one")
    return _Sent(data[0] if data else None, tuple(shapes))


async def _upload(part: UploadFile | str, name: str) -> Upload:
    """A field of a form: RDF of the type that it states or that its file name tells, Turtle if neither does."""
    if isinstance(part, str):
        return Upload(name, part.encode(), "text/turtle")
    origin = part.filename or name
    stated = (part.content_type or "").partition(";")[0].strip().lower()
    if stated not in GRAPH_TYPES and part.filename:
        stated = media_type_of(part.filename)
    return Upload(origin, await part.read(), _known(stated, origin))
