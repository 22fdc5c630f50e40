"""A web page read as an article: its main text by trafilatura or resiliparse, its data by what it says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from entente.errors import ArticleError, InputError
from entente.model import Article, DateCandidate
from entente_loaders.sources.describing import address, candidates, make
from entente_loaders.sources.kit import Unread, switch
from entente_loaders.sources.metadata import PageData, page_data

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["in_bulk", "read_page", "unread_page"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LEAD = 40
"""So many letters of a description tell whether it is the lead paragraph."""
_SAVE = "give the page as a browser saves it"
_BINARY = 0.02
"""Share of control bytes in the first kilobytes from which bytes are no HTML."""
_NO_TEXT = bytes({*range(32)} - {*b"\t\n\x0b\f\r\x1b"})


def read_page(
    data: bytes, origin: str, *, url: str | None = None, charset: str | None = None, bulk: bool = False
) -> Article:
    """Read a page.

    `url` and `charset` are what the server said of it; `bulk` takes the main text by resiliparse, which is many times
    faster and keeps more of what stands around the article.
    Raises ArticleError for what is no HTML (223) or holds no article's text (224).
    """
    tree = _parse(data, origin, charset)
    said = page_data(tree)
    text = _main_text(tree, origin, bulk=bulk)
    if not text and said.body:
        text = said.body
    if not text:
        raise ArticleError(224, f"{origin}: no article's text was found on the page", "check that it holds a report")
    return make(
        _CONTROL.sub(" ", _with_lead(text, tree, said)),
        origin,
        title=said.title,
        url=_own_address(said.url, address(url) or _saved_from(data)),
        outlet=said.outlet,
        dates=said.dates or _guessed(tree),
        lang=said.lang,
        authors=said.authors,
        licence=said.licence,
    )


def in_bulk(options: Mapping[str, str]) -> bool:
    """Whether the option `bulk` asks for resiliparse.

    Raises InputError where that is not installed (193), and for a value that is neither yes nor no (192).
    """
    wanted = switch(options, "bulk")
    if wanted and find_spec("resiliparse") is None:
        raise InputError(193, "the option bulk needs the package resiliparse", "pip install 'entente[bulk]'")
    return wanted


def unread_page(
    data: bytes, origin: str, *, url: str | None = None, charset: str | None = None, bulk: bool = False
) -> Unread:
    """Leave a page to be read by `read_page` in whichever process has the time."""
    return Unread(origin, len(data), partial(_page, data, origin, url, charset, bulk))


def _page(data: bytes, origin: str, url: str | None, charset: str | None, bulk: bool) -> Iterator[Article]:
    yield read_page(data, origin, url=url, charset=charset, bulk=bulk)


def _own_address(declared: str | None, fetched: str | None) -> str | None:
    """The address that a page gives itself, unless it was fetched from another host: no page may speak for other sites."""
    if declared is None or fetched is None:
        return declared or fetched
    hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (declared, fetched)]
    return declared if hosts[0] == hosts[1] else fetched


_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")


def _saved_from(data: bytes) -> str | None:
    """The address that browsers write into a page they save."""
    found = _SAVED_FROM.search(data[:2048])
    return address(found.group(1).decode("ascii", "replace")) if found else None


def _parse(data: bytes, origin: str, charset: str | None) -> HtmlElement:
    from lxml import etree, html  # noqa: PLC0415 - the command line starts without it

    head = data[:8192]
    binary = len(head) - len(head.translate(None, _NO_TEXT))
    if not data.strip() or (binary > _BINARY * len(head) and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise ArticleError(223, f"{origin}: is no HTML", _SAVE)
    # Decoded here, since lxml knows other names of encodings than Python does.
    text = data.decode(_encoding(data, charset), "replace").encode()
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ArticleError(223, f"{origin}: is no HTML ({error})", _SAVE) from error
    if next(tree.iter("p", "div", "article", "td", "section", "meta", "script"), None) is None:
        raise ArticleError(223, f"{origin}: is no HTML: it has no element that could hold a report", _SAVE)
    return tree


_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_WIDENED = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def _encoding(data: bytes, charset: str | None) -> str:
    """Choose an encoding as browsers do: byte-order mark, UTF-8 where it fits, then the server's and the page's word.

    What declares Latin-1 is read as Windows-1252 (WHATWG Encoding, 4.2).
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page that breaks off may end inside a character.
        if error.reason == "unexpected end of data" and error.start > len(data) - 4:
            return "utf-8"
    else:
        return "utf-8"
    declared = _DECLARED.search(data[:4096])
    named = [charset, declared.group(1).decode("ascii") if declared else None]
    for name in named:
        if name is not None:
            plain = _WIDENED.get(name.strip().lower(), name.strip())
            try:
                b"x".decode(plain, "replace")
            except (LookupError, UnicodeError):
                continue
            return plain
    return "cp1252"


def _main_text(tree: HtmlElement, origin: str, *, bulk: bool) -> str:
    if bulk:
        return _bulk_text(tree)
    from copy import deepcopy  # noqa: PLC0415

    import trafilatura  # noqa: PLC0415 - it takes half a second

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot take apart, we say with the page's name
    try:
        # It takes the tree apart, and the lead paragraph is looked for afterwards.
        found = trafilatura.extract(
            deepcopy(tree),
            favor_precision=True,
            fast=True,
            include_comments=False,
            include_tables=False,
            with_metadata=False,
        )
    except Exception as error:  # anything may come out of it for a page that is broken enough: it is this page's failure
        raise ArticleError(
            224, f"{origin}: the page cannot be taken apart ({type(error).__name__}: {error})", _SAVE
        ) from error
    return found or ""


def _bulk_text(tree: HtmlElement) -> str:
    from lxml import html  # noqa: PLC0415
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - an extra

    markup = html.tostring(tree, encoding="unicode")
    return str(extract_plain_text(markup, main_content=True, alt_texts=False, links=False)).strip()


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _with_lead(text: str, tree: HtmlElement, said: PageData) -> str:
    """Put the lead paragraph back where it was taken for a teaser: the page's description begins like it."""
    lead = _letters(said.description or "")[:_LEAD]
    if len(lead) < _LEAD or lead in _letters(text):
        return text
    for element in tree.xpath("//body//p | //body//div[not(.//p) and not(.//div)] | //body//h2"):
        words = " ".join(str(element.text_content()).split())
        if _letters(words).startswith(lead):
            return f"{words}\n{text}"
    return text


def _guessed(tree: HtmlElement) -> tuple[DateCandidate, ...]:
    """The day that htmldate finds in the page's markup, where the page declares none."""
    from copy import deepcopy  # noqa: PLC0415

    from htmldate import find_date  # noqa: PLC0415

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)  # as above
    try:
        return candidates([("htmldate", find_date(deepcopy(tree), extensive_search=False, original_date=True))])
    except Exception:  # as with the text: a page's oddities must not stop the rest, and an undated article is one
        return ()
