"""Errors over HTTP: application/problem+json (RFC 9457) with Entente's code, and a page for those who read pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from entente.api.access import UnauthorisedError
from entente.api.models import Problem
from entente.api.negotiation import wants_html
from entente.engine import TooManyError
from entente.errors import Error, InternalError
from entente.model.iri import DEFAULT_BASE
from entente.store import GRAPH_TYPES, RESULT_TYPES

__all__ = ["PROBLEM_TYPE", "Pages", "add_handlers"]

PROBLEM_TYPE = "application/problem+json"
_DATA = (PROBLEM_TYPE, "application/json", *GRAPH_TYPES, *RESULT_TYPES)
_log = logging.getLogger(__name__)


Pages = Callable[[Request, Error], Response]
"""Makes the page that tells of an error."""


def add_handlers(app: FastAPI, pages: Pages) -> None:
    """Make every failure of the application a problem document, or a page for a client that would rather have one."""

    def respond(request: Request, error: Error, headers: Mapping[str, str] | None = None) -> Response:
        reads = request.method in ("GET", "HEAD") and wants_html(request.headers.get("accept"), _DATA)
        answer = pages(request, error) if reads else _problem(error)
        answer.headers.update({**(headers or {}), "Vary": "Accept"})
        return answer

    def of_ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, Error)
        if error.status >= 500:
            _log.error("%s", error)
        if isinstance(error, TooManyError):
            return respond(request, error, {"Retry-After": str(error.retry_after)})
        if isinstance(error, UnauthorisedError):
            return respond(request, error, {"WWW-Authenticate": error.challenge})
        return respond(request, error, {"Retry-After": "1"} if error.status == HTTPStatus.SERVICE_UNAVAILABLE else None)

    def of_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        where = request.url.path
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            raised = Error(141, f"{where} does not take {request.method}", "see the header Allow", status=405)
        else:
            raised = Error(140, f"there is nothing at {where}", "see / for what there is", status=error.status_code)
        return respond(request, raised, error.headers)

    def of_parameters(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        name = str(first["loc"][-1])
        hint = "see /openapi.json for the parameters"
        return respond(request, Error(142, f"parameter '{name}': {first['msg']}", hint, status=422))

    app.add_exception_handler(Error, of_ours)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_parameters)
    app.add_exception_handler(Exception, _of_bug)


def _problem(error: Error) -> JSONResponse:
    problem = Problem(
        type=f"{DEFAULT_BASE}errors#{error.code.lower()}",
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=error.message,
        code=error.code,
        hint=error.hint,
    )
    return JSONResponse(problem.model_dump(exclude_none=True), error.status, media_type=PROBLEM_TYPE)


def _of_bug(request: Request, error: Exception) -> Response:
    """Tell of a bug without a page, which might have it too."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(InternalError(900, "the server met a bug of its own", "please report it, with the time"))
