"""WARC archives, such as Common Crawl News: every HTML page of an archive as an article, record by record."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from email.message import Message
from pathlib import Path
from typing import Any, BinaryIO

from entente.errors import ArticleError
from entente_loaders.sources.kit import Given, Kit, Source, Unread
from entente_loaders.sources.opening import Weighed, open_raw
from entente_loaders.sources.page import in_bulk, unread_page
from entente_loaders.text import SIZE_LIMIT, too_large

__all__ = ["SOURCE"]

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_OK = 200
_GZIP, _MEMBER, _RECORD = b"\x1f\x8b", b"\x1f\x8b\x08", b"WARC/1"
_BLOCK = 1 << 20
_AGAIN = "fetch the archive again"
_REST = "it was left out, the rest was read; fetch the archive again"


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Given]:
    path, bulk, pages = Path(location), in_bulk(options), 0
    with open_raw(path, kit.meter) as stream:
        if not stream.read(6).startswith((_GZIP, _RECORD)):
            raise ArticleError(233, f"{path}: is no WARC archive", "give a .warc or .warc.gz file")
        for item in _records(stream, str(path), bulk=bulk):
            pages += isinstance(item, Unread)
            yield item
    if pages == 0:
        raise ArticleError(233, f"{path}: holds no page", "give an archive of responses (.warc, not .wat or .wet)")


def _records(raw: BinaryIO, path: str, *, bulk: bool) -> Iterator[Given]:
    """Read record by record; where the archive is damaged, go on at the next place that looks like a record's beginning."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - the command line starts without it

    stream = Weighed(raw, path)
    start: int | None = 0
    whole = True
    told = -1
    while start is not None:
        stream.seek(start)
        last, length = start, 0
        try:
            for record in ArchiveIterator(stream, parse_http=True, auto_decode="all"):
                last, length = start + record.stream_pos, int(record.headers.get("Content-Length") or 0)
                whole = True
                if record.record_type == WarcRecordType.unknown:
                    yield ArticleError(233, f"{path}:{last}: the record has no readable header", _REST)
                    told = last
                elif record.record_type == WarcRecordType.response:
                    for item in _page(record, f"{path}:{last}", bulk=bulk):
                        told = last if isinstance(item, ArticleError) else told
                        yield item
            stream.check()
            if told != last and (stream.broken_off or _breaks_off(raw, last, length)):
                yield ArticleError(233, f"{path}:{last}: the archive breaks off within the record", _AGAIN)
            return
        except (OSError, EOFError, ValueError) as error:
            stream.check()
            if whole and told != last:
                yield ArticleError(233, f"{path}: the archive is damaged behind byte {last} ({error})", _REST)
            whole = False
        start = _resume(raw, last + 1)


def _breaks_off(raw: BinaryIO, at: int, length: int) -> bool:
    """Whether an uncompressed record that begins here and is so long has an end."""
    raw.seek(at)
    head = raw.read(_BLOCK)
    end = head.find(b"\r\n\r\n")
    return head.startswith(_RECORD) and (end < 0 or at + end + 4 + length > raw.seek(0, os.SEEK_END))


def _resume(stream: BinaryIO, after: int) -> int | None:
    """Find the next byte at which a record can begin, None where there is none."""
    stream.seek(after)
    position, kept = after, b""
    while block := stream.read(_BLOCK):
        window = kept + block
        found = [at for at in (window.find(_MEMBER), window.find(b"\n" + _RECORD) + 1) if at > 0]
        if found:
            return position - len(kept) + min(found)
        position += len(block)
        kept = window[-len(_RECORD) :]
    return None


def _page(record: Any, origin: str, *, bulk: bool) -> Iterator[Given]:
    try:
        page = _unread(record, origin, bulk=bulk)
    except ArticleError as error:
        yield error
    else:
        if page is not None:
            yield page


def _unread(record: Any, origin: str, *, bulk: bool) -> Unread | None:
    """Read a record; None for what is no page by its own account: pictures, redirects and the like."""
    said = record.http_headers
    if said is None:
        raise ArticleError(233, f"{origin}: the record holds no HTTP response", _REST)
    if said.status_code != _OK:
        return None
    header = Message()
    header["Content-Type"] = said.get("Content-Type") or "text/html"
    if header.get_content_type() not in _HTML:
        return None
    body = record.reader.read(SIZE_LIMIT + 1)
    encoded = said.get("Content-Encoding") or said.get("Transfer-Encoding")
    if not encoded and len(body) < min(record.content_length, SIZE_LIMIT):
        raise ArticleError(233, f"{origin}: the archive breaks off within the page", _AGAIN)
    if len(body) > SIZE_LIMIT:
        raise too_large(origin, "it was left out, the rest was read")
    url = record.headers.get("WARC-Target-URI")
    return unread_page(body, origin, url=url.strip("<>") if url else None, charset=header.get_content_charset(), bulk=bulk)


SOURCE = Source(_read, frozenset({".warc"}), frozenset({"bulk"}), beyond=frozenset())
"""The source `warc`."""
