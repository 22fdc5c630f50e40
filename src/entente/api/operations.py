"""Reads SPARQL operations and documents out of HTTP requests (SPARQL 1.1 Protocol §2)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from fastapi import Request

from entente.errors import QueryError

__all__ = ["Operation", "charset_of", "content_type_of", "one_text", "parameters_of", "read_body", "read_operation"]

_FORM = "application/x-www-form-urlencoded"
_UTF8 = {None, "utf-8", "utf8", "us-ascii"}


@dataclass(frozen=True, slots=True)
class Operation:
    """The text of a query or an update, and the parameters beside it."""

    text: str
    parameters: tuple[tuple[str, str], ...]

    def every(self, name: str) -> tuple[str, ...]:
        """The values of a parameter."""
        return tuple(value for key, value in self.parameters if key == name)

    def one(self, name: str) -> str | None:
        """The first value of a parameter, if it is there."""
        return next(iter(self.every(name)), None)


def content_type_of(request: Request) -> str:
    """The media type of the body, without its parameters; empty where none is given."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type names, in small letters."""
    header = Message()
    header["content-type"] = content_type
    found = header.get_param("charset")
    return found.lower() if isinstance(found, str) else None


async def read_body(request: Request, most: int) -> bytes:
    """Read the body, and unpack it where it is gzipped.

    Raises QueryError (413) where it is larger than `most` bytes, packed or not, and (415) for an unknown encoding.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise QueryError(333, f"a body encoded as {encoding} cannot be read", "send it plain or gzipped", status=415)
    unpack = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
    body = bytearray()
    async for chunk in request.stream():
        try:
            body += chunk if unpack is None else unpack.decompress(chunk, most + 1 - len(body))
        except zlib.error as error:
            raise QueryError(333, f"the body is no gzip: {error}", "send it plain or gzipped") from error
        if len(body) > most or (unpack is not None and unpack.unconsumed_tail):
            raise QueryError(334, f"the body is larger than {most} bytes", "send less at once", status=413)
    if unpack is not None and not unpack.eof:
        raise QueryError(333, "the gzipped body breaks off", "send it whole")
    return bytes(body)


async def read_operation(request: Request, kind: str, most: int) -> Operation:
    """Read a `query` or an `update` out of a POST or a QUERY: the body itself, or a field of a form.

    Raises QueryError for another media type, for what is no UTF-8, and where the form has not exactly one such field.
    """
    direct = f"application/sparql-{kind}"
    given = content_type_of(request)
    if given not in (direct, _FORM):
        raise QueryError(
            306,
            f"{'an' if kind == 'update' else 'a'} {kind} cannot be sent as {given or 'a body without a type'}",
            f"send {direct} or {_FORM}",
            status=415,
        )
    charset = charset_of(request.headers["content-type"])
    if charset not in _UTF8:
        # The W3C's tests want UTF-16 refused, since the protocol knows UTF-8 only.
        raise QueryError(305, f"the {kind} is sent as {charset}, not as UTF-8", "send it in UTF-8", status=415)
    body = await read_body(request, most)
    items = parameters_of(request)
    try:
        # A byte order mark is no part of the text.
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_text(kind, error) from error
    if given == direct:
        return Operation(text, tuple(items))
    items += _pairs(text)
    return Operation(one_text(items, kind), tuple(items))


def parameters_of(request: Request) -> list[tuple[str, str]]:
    """The parameters in the address of a request. Raises QueryError for what is escaped, but no UTF-8."""
    return _pairs(request.scope["query_string"].decode("latin-1"))


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise _no_text("request", error) from error


def _no_text(what: str, error: UnicodeDecodeError) -> QueryError:
    return QueryError(305, f"the {what} is no UTF-8: {error.reason} at byte {error.start}", "send it in UTF-8")


def one_text(items: Sequence[tuple[str, str]], kind: str) -> str:
    """The one `query` or `update` among the parameters. Raises QueryError where there is not exactly one."""
    texts = [value for name, value in items if name == kind]
    if len(texts) != 1:
        raise QueryError(307, f"the request has {len(texts)} parameters named '{kind}', not one", f"give {kind}=... once")
    return texts[0]
