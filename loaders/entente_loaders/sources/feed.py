"""RSS and Atom feeds, from a file or an address; with `follow=yes` the pages that the entries lead to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from entente.errors import ArticleError
from entente.model import Article
from entente_loaders.sources.describing import address, candidates, language, make
from entente_loaders.sources.fetching import OPTIONS, Fetcher, Remembered
from entente_loaders.sources.kit import Afterwards, Given, Kit, Source, Unread, switch
from entente_loaders.sources.opening import read_whole
from entente_loaders.sources.page import in_bulk, unread_page

__all__ = ["SOURCE"]

_DATES = ("published", "created", "updated")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WEB = ("http://", "https://")
_BREAKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr")


def _state_file(options: Mapping[str, str]) -> Path:
    if "state" in options:
        return Path(options["state"])
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "entente" / "feeds.json"


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Given]:  # noqa: ARG001 - the form of a source
    follow, bulk = switch(options, "follow"), in_bulk(options)
    fetcher = Fetcher(options) if follow or location.startswith(_WEB) else None
    if fetcher is None or not location.startswith(_WEB):
        yield from _feed(read_whole(Path(location)), location, {}, fetcher if follow else None, bulk=bulk)
        return
    memory = Remembered(_state_file(options))
    fetched = fetcher.get(location, memory.headers(location))
    if fetched is None:
        return
    headers = {"content-type": f"{fetched.media_type}; charset={fetched.charset}"} if fetched.charset else {}
    yield from _feed(fetched.body, fetched.url, headers, fetcher if follow else None, bulk=bulk)
    # Not before, for a feed whose entries were not all taken over must not count as read.
    yield Afterwards(partial(memory.keep, location, fetched))


def _feed(data: bytes, origin: str, headers: Mapping[str, str], fetcher: Fetcher | None, *, bulk: bool) -> Iterator[Given]:
    """What the feed has of its entries, or the pages that they lead to."""
    if fetcher is None:
        yield Unread(origin, len(data), partial(_articles, data, origin, headers))
        return
    for entry in _entries(data, origin, headers):
        try:
            yield entry if isinstance(entry, ArticleError) else _page(entry, fetcher, bulk=bulk)
        except ArticleError as error:
            yield error


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as feedparser gives it, its feed's own data, and its place for messages."""

    data: Any
    feed: Any
    origin: str


def _articles(data: bytes, origin: str, headers: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    for entry in _entries(data, origin, headers):
        try:
            yield entry if isinstance(entry, ArticleError) else _article(entry)
        except ArticleError as error:
            yield error


def _entries(data: bytes, origin: str, headers: Mapping[str, str]) -> Iterator[_Entry | ArticleError]:
    import feedparser  # noqa: PLC0415 - the command line starts without it

    # As a stream, since a text could be taken for the name of a file or an address.
    hint = "give the feed's own address or file"
    try:
        parsed = feedparser.parse(BytesIO(data), response_headers={"content-location": "", **headers}, sanitize_html=True)
    except Exception as error:  # its own errors it keeps, but those of the modules below it come through
        raise ArticleError(229, f"{origin}: is no RSS or Atom feed ({error})", hint) from error
    if not parsed.get("version"):
        reason = parsed.get("bozo_exception") or "no rss, feed or rdf:RDF element"
        raise ArticleError(229, f"{origin}: is no RSS or Atom feed ({reason})", hint)
    for number, entry in enumerate(parsed.entries, start=1):
        yield _Entry(entry, parsed.feed, f"{origin}#{number}")
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if parsed.get("bozo") and not isinstance(parsed.bozo_exception, harmless):
        message = f"{origin}: the feed is damaged after entry {len(parsed.entries)} ({parsed.bozo_exception})"
        yield ArticleError(229, message, "what could be read was; tell the publisher")


def _page(entry: _Entry, fetcher: Fetcher, *, bulk: bool) -> Unread:
    url = address(entry.data.get("link"))
    if url is None:
        raise ArticleError(230, f"{entry.origin}: the entry leads to no web address", "read the feed without follow=yes")
    page = fetcher.get(url)
    assert page is not None  # nothing was asked conditionally
    return unread_page(page.body, url, url=url, charset=page.charset, bulk=bulk)


def _article(given: _Entry) -> Article:
    entry, feed = given.data, given.feed
    bodies = [str(content.get("value", "")) for content in entry.get("content", ())]
    text = max((_plain(body) for body in (*bodies, str(entry.get("summary", "")))), key=len)
    title = _plain(str(entry.get("title", "")))
    # By dict's own get, since feedparser's gives the change for a publication that is not there.
    written = [(f"feed:{name}", dict.get(entry, name)) for name in _DATES]
    parsed = [(f"feed:{name}", _day(dict.get(entry, f"{name}_parsed"))) for name in _DATES]
    source = entry.get("source") or {}
    return make(
        text or title,
        given.origin,
        title=title,
        url=address(entry.get("link")),
        identifier=entry.get("id"),
        outlet=source.get("title") or entry.get("publisher") or feed.get("title"),
        dates=candidates(written) or candidates(parsed),
        lang=language((entry.get("title_detail") or {}).get("language") or feed.get("language")),
        authors=[str(author.get("name", "")) for author in entry.get("authors", ())],
        licence=entry.get("license") or feed.get("license"),
    )


def _day(moment: Any) -> str | None:
    return f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d}" if moment else None


def _plain(markup: str) -> str:
    """The words of a piece of HTML, one line for each of its blocks."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import etree, html  # noqa: PLC0415

    markup = _CONTROL.sub(" ", markup)
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    for element in tree.iter(*_BREAKS):
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in str(tree.text_content()).splitlines())
    return "\n".join(line for line in lines if line)


SOURCE = Source(
    _read,
    frozenset({".rss", ".atom", ".rss.xml", ".atom.xml"}),
    OPTIONS | {"follow", "bulk"},
    beyond=frozenset({"follow"}),
)
"""The source `feed`."""
