"""The OpenRefine Reconciliation API 0.2 at /reconcile, over the reference data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from entente.api.batches import LIMITS, Extension, check_kinds, read_extension, read_queries
from entente.api.operations import content_type_of, read_body
from entente.api.settings import Settings
from entente.errors import QueryError
from entente.model import EntityIndex
from entente.model.iri import NS
from entente.reconcile import KINDS, PROPERTIES, Candidate, Property, Reconciler, Record
from entente.reconcile.gazetteer import IDS
from entente.version import __version__

__all__ = ["router"]

_FORM = "application/x-www-form-urlencoded"
_SCRIPT: dict[int | str, dict[str, Any]] = {200: {"content": {"application/javascript": {"schema": {"type": "string"}}}}}
_FUNCTION = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_PAGE = 20
_PREVIEW_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
_FORM_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            _FORM: {
                "schema": {
                    "type": "object",
                    "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
                }
            }
        },
    }
}

Prefix = Annotated[str, Query(max_length=LIMITS["characters"], description="What has been typed", examples=["Rus"])]
Cursor = Annotated[int, Query(ge=0, le=10**6, description="How many suggestions to leave out")]
Identifier = Annotated[str, Query(max_length=LIMITS["characters"], examples=["state/RUS"])]
Document = dict[str, Any]


def router(index: EntityIndex, settings: Settings) -> APIRouter:
    """The routes over one index."""
    routes = APIRouter(tags=["reconciliation"])
    reconciler = Reconciler(index)

    async def form(request: Request) -> Mapping[str, str]:
        given = content_type_of(request)
        if given != _FORM:
            raise QueryError(
                360, f"a batch cannot be sent as {given or 'a body without a type'}", f"send {_FORM}", status=415
            )
        body = await read_body(request, LIMITS["bytes"])
        try:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=10))
        except ValueError as error:
            raise QueryError(360, f"the form cannot be read: {error}", "send it in UTF-8") from error

    # an annotation could not name what is defined in a function
    sent = Depends(form)

    def answer(queries: str | None, extend: str | None, callback: str | None, request: Request) -> Response:
        if queries is not None and extend is not None:
            raise QueryError(360, "both 'queries' and 'extend' are given", "send two requests")
        if callback is not None and not _FUNCTION.fullmatch(callback):
            raise QueryError(365, "the callback is no name of a function", "give a name such as found")
        if queries is not None:
            document = {
                key: {"result": [_candidate(each) for each in reconciler.candidates(query)]}
                for key, query in read_queries(queries).items()
            }
        elif extend is not None:
            document = _extension(reconciler, read_extension(extend))
        else:
            document = _manifest(settings, request)
        if callback is None:
            return JSONResponse(document)
        # the comment keeps the answer from being taken for something else by its first bytes
        text = f"/**/{callback}({json.dumps(document)});"
        return Response(text, media_type="application/javascript", headers={"X-Content-Type-Options": "nosniff"})

    @routes.get(
        "/reconcile",
        summary="The manifest; or the candidates of a batch of names",
        response_class=JSONResponse,
        responses=_SCRIPT,
    )
    def look_up(
        request: Request,
        queries: Annotated[str | None, Query(description="A batch of queries in JSON")] = None,
        extend: Annotated[str | None, Query(description="Entities and properties in JSON")] = None,
        callback: Annotated[
            str | None,
            Query(
                max_length=100,
                description="Function to call with the answer (JSONP)",
                json_schema_extra={"pattern": f"^{_FUNCTION.pattern}$"},
            ),
        ] = None,
    ) -> Response:
        return answer(queries, extend, callback, request)

    @routes.post(
        "/reconcile",
        summary="The candidates of a batch of names, or the properties of a batch of entities",
        response_class=JSONResponse,
        openapi_extra=_FORM_BODY,
    )
    def reconcile(request: Request, fields: Mapping[str, str] = sent) -> Response:
        if "callback" in fields:
            raise QueryError(365, "a POST takes no callback", "leave it out, or send a GET")
        return answer(fields.get("queries"), fields.get("extend"), None, request)

    @routes.get("/reconcile/suggest/entity", summary="Entities with a name that begins so")
    def suggest_entity(
        prefix: Prefix,
        type: Annotated[
            list[str] | None,
            Query(max_length=len(KINDS), json_schema_extra={"items": {"type": "string", "enum": [*KINDS]}}),
        ] = None,
        cursor: Cursor = 0,
    ) -> Document:
        found = reconciler.beginning(prefix, check_kinds(type or ()))
        return {"result": [_suggestion(record) for record in found[cursor : cursor + _PAGE]]}

    @routes.get("/reconcile/suggest/type", summary="Types whose name has these letters")
    def suggest_type(prefix: Prefix, cursor: Cursor = 0) -> Document:
        found = [_type(kind) for kind in KINDS if _has(prefix, kind, KINDS[kind][1])]
        return {"result": found[cursor : cursor + _PAGE]}

    @routes.get("/reconcile/suggest/property", summary="Properties whose name has these letters")
    def suggest_property(prefix: Prefix, cursor: Cursor = 0) -> Document:
        found = [_property(each) for each in PROPERTIES.values() if _has(prefix, each.id, each.name)]
        return {"result": found[cursor : cursor + _PAGE]}

    @routes.get("/reconcile/properties", summary="Properties that a table can be extended with")
    def propose(
        type: Annotated[str | None, Query(examples=["state"], json_schema_extra={"enum": [*KINDS]})] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 100,
    ) -> Document:
        kinds = check_kinds(() if type is None else [type])
        found = [_property(each) for each in PROPERTIES.values() if not kinds or not each.kinds or kinds[0] in each.kinds]
        return {"properties": found[:limit], "limit": limit, **({"type": type} if type else {})}

    @routes.get("/reconcile/preview", summary="A small page about an entity", response_class=HTMLResponse)
    def preview(id: Identifier) -> HTMLResponse:
        record = reconciler.record(id)
        if record is None:
            raise QueryError(364, f"there is no entity {id!r}", "identifiers look like state/RUS", status=404)
        return HTMLResponse(_preview(reconciler, record), headers=_PREVIEW_HEADERS)

    return routes


def _manifest(settings: Settings, request: Request) -> Document:
    service = settings.address(request, "/reconcile")
    suggest = {what: {"service_url": service, "service_path": f"/suggest/{what}"} for what in ("entity", "type", "property")}
    return {
        "versions": ["0.2"],
        "name": settings.title,
        "identifierSpace": IDS,
        "schemaSpace": NS,
        "serviceVersion": __version__,
        "defaultTypes": [_type(kind) for kind in KINDS],
        "view": {"url": f"{IDS}{{{{id}}}}"},
        "suggest": suggest,
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": 400, "height": 220},
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _type(kind: str) -> Document:
    _, name, description = KINDS[kind]
    return {"id": kind, "name": name, "description": description}


def _short_type(kind: str) -> Document:
    return {"id": kind, "name": KINDS[kind][1]}


def _property(each: Property) -> Document:
    return {"id": each.id, "name": each.name, "description": each.description}


def _has(prefix: str, *names: str) -> bool:
    return any(prefix.strip().casefold() in name.casefold() for name in names)


def _candidate(found: Candidate) -> Document:
    record = found.record
    return {
        "id": record.id,
        "name": record.label,
        "description": _description(record),
        "score": found.score,
        "match": found.match,
        "type": [_short_type(record.kind)],
        "features": [{"id": tier, "value": found.tier == tier} for tier in ("exact", "alias", "code", "fuzzy")],
    }


def _suggestion(record: Record) -> Document:
    return {
        "id": record.id,
        "name": record.label,
        "description": _description(record),
        "notable": [_short_type(record.kind)],
    }


def _description(record: Record) -> str:
    """The type, and the code of the state: what tells namesakes apart."""
    codes = ", ".join(record.values.get("iso-alpha3", ()))
    return f"{KINDS[record.kind][1]} ({codes})" if codes else KINDS[record.kind][1]


def _extension(reconciler: Reconciler, asked: Extension) -> Document:
    wanted = [PROPERTIES[each.id] for each in asked.properties]
    rows = {}
    for identifier in asked.ids:
        record = reconciler.record(identifier)
        rows[identifier] = {each.id: _cells(reconciler, record, each) if record else [] for each in wanted}
    meta = [{"id": each.id, "name": each.name, **({"type": _short_type("state")} if each.entity else {})} for each in wanted]
    return {"meta": meta, "rows": rows}


def _cells(reconciler: Reconciler, record: Record, each: Property) -> Sequence[Document]:
    values = record.values.get(each.id, ())
    if not each.entity:
        return [{"str": value} for value in values]
    others = (reconciler.record(value) for value in values)
    return [{"id": other.id, "name": other.label} for other in others if other is not None]


def _preview(reconciler: Reconciler, record: Record) -> str:
    lines = "".join(
        f"<dt>{escape(each.name)}</dt><dd>{escape(text)}</dd>"
        for each in PROPERTIES.values()
        if each.id != "label"
        and (text := ", ".join(str(cell.get("name", cell.get("str"))) for cell in _cells(reconciler, record, each)))
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(record.label)}</title><style>'
        "body{font:14px sans-serif;margin:8px}h1{font-size:16px;margin:0 0 4px}"
        "dl{display:grid;grid-template-columns:max-content auto;gap:2px 12px;margin:8px 0 0}dd{margin:0}"
        f"</style></head><body><h1>{escape(record.label)}</h1><div>{escape(KINDS[record.kind][1])}</div>"
        f"<dl>{lines}</dl></body></html>\n"
    )
