"""Lets pages of other origins read, without credentials, and never write (Fetch §3.2)."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["OpenReads"]

_EXPOSED = ", ".join(
    (
        "ETag",
        "Link",
        "Location",
        "Retry-After",
        "Entente-Query-Id",
        "Entente-Dataset-Version",
        "Entente-Limits",
        "Entente-Total",
    )
)
_READS = ("GET", "HEAD")
_QUERY_READS = (*_READS, "POST", "QUERY")


def _reads(path: str) -> tuple[str, ...]:
    """The methods that only read at a path."""
    if path == "/update":
        return ()
    return _QUERY_READS if path in ("/sparql", "/reconcile") else _READS


class OpenReads:
    """Answers preflights, and marks the answers to reads as open to all origins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reads = _reads(scope["path"])
        headers = Headers(scope=scope)
        wanted = headers.get("access-control-request-method")
        if scope["method"] == "OPTIONS" and wanted and "origin" in headers:
            allowed = {
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Methods": ", ".join(reads),
                "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
                "Access-Control-Max-Age": "86400",
            }
            refused = {"Vary": "Origin"}
            await Response(status_code=204, headers=allowed if wanted in reads else refused)(scope, receive, send)
            return

        async def open_send(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["method"] in reads:
                answer = MutableHeaders(scope=message)
                answer["Access-Control-Allow-Origin"] = "*"
                answer["Access-Control-Expose-Headers"] = _EXPOSED
            await send(message)

        await self._app(scope, receive, open_send)
