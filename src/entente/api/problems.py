"""Errors over HTTP: every one is application/problem+json (RFC 9457) with Entente's code."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from entente.api.access import UnauthorisedError
from entente.api.models import Problem
from entente.engine import TooManyError
from entente.errors import Error, InternalError
from entente.model.iri import DEFAULT_BASE

__all__ = ["PROBLEM_TYPE", "add_handlers"]

PROBLEM_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)


def add_handlers(app: FastAPI) -> None:
    """Make every failure of the application a problem document."""
    app.add_exception_handler(Error, _of_ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(Exception, _of_bug)


def _respond(error: Error, headers: dict[str, str] | None = None) -> JSONResponse:
    problem = Problem(
        type=f"{DEFAULT_BASE}errors#{error.code.lower()}",
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=error.message,
        code=error.code,
        hint=error.hint,
    )
    return JSONResponse(problem.model_dump(exclude_none=True), error.status, headers, PROBLEM_TYPE)


def _of_ours(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Error)
    if error.status >= 500:
        _log.error("%s", error)
    if isinstance(error, TooManyError):
        return _respond(error, {"Retry-After": str(error.retry_after)})
    if isinstance(error, UnauthorisedError):
        return _respond(error, {"WWW-Authenticate": error.challenge})
    return _respond(error, {"Retry-After": "1"} if error.status == HTTPStatus.SERVICE_UNAVAILABLE else None)


def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    where = request.url.path
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        raised = Error(141, f"{where} does not take {request.method}", "see the header Allow", status=405)
    else:
        raised = Error(140, f"there is nothing at {where}", "see / for what there is", status=error.status_code)
    return _respond(raised, dict(error.headers or {}))


def _of_parameters(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = str(first["loc"][-1])
    return _respond(Error(142, f"parameter '{name}': {first['msg']}", "see /openapi.json for the parameters", status=422))


def _of_bug(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _respond(InternalError(900, "the server met a bug of its own", "please report it, with the time"))
