"""Answers of the engine as HTTP responses: headers that say what they are, and bodies that never lie."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from entente.engine import Answer
from entente.errors import Error

__all__ = ["AnswerResponse", "while_connected"]

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class AnswerResponse(Response):
    """Sends the first part at once and the rest as it comes.

    Where the rest breaks off, so does the body, without the end that HTTP wants: no client can take it as complete. Where
    the client goes, the query ends.
    """

    def __init__(self, answer: Answer, headers: Mapping[str, str]) -> None:
        self._answer = answer
        # A graph in Turtle is always UTF-8; the charset is told for clients that do not know.
        charset = "; charset=utf-8" if answer.media_type.startswith("text/") else ""
        super().__init__(answer.first, headers=dict(headers), media_type=None)
        self.headers["Content-Type"] = answer.media_type + charset
        if not answer.whole:
            del self.headers["Content-Length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        if self._answer.whole or scope["method"] == "HEAD":
            await self._answer.drop()
            await super().__call__(scope, receive, send)
            return
        gone = asyncio.create_task(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": self._answer.first, "more_body": True})
            async for chunk in self._answer.rest():
                if gone.done():
                    return
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except Error as error:
            # To return without an end makes the server cut the connection.
            _log.warning("query %s broke off: %s", self._answer.id, error)
        finally:
            gone.cancel()
            await self._answer.drop()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def while_connected(request: Request, work: Coroutine[Any, Any, _Result]) -> _Result | None:
    """Do some work, or give it up, and None, when the client goes."""
    task = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(request.receive))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        return None
    finally:
        gone.cancel()
        if not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError, Error):
                await task
