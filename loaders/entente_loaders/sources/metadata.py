"""What a web page says of itself: schema.org in JSON-LD, OpenGraph and other meta elements, times and addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entente.model import DateCandidate
from entente_loaders.sources.describing import address, candidates, language

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["PageData", "page_data"]

_REPORTS = frozenset(
    {
        *("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "AskPublicNewsArticle"),
        *("OpinionNewsArticle", "ReviewNewsArticle", "Article", "LiveBlogPosting", "BlogPosting", "Report"),
    }
)
_JSON_LIMIT, _DEPTH = 1_000_000, 6
_META_DATES = (
    *("article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date", "dcterms.issued"),
    *("dc.date.issued", "dc.date", "dcterms.date", "citation_date", "pubdate", "publishdate", "date"),
)
_META_CHANGES = ("article:modified_time", "last-modified")


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says of itself; `dates` in the order in which they are to be believed, publication first."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None
    description: str | None = None
    body: str | None = None
    licence: str | None = None
    authors: tuple[str, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


def page_data(tree: HtmlElement) -> PageData:
    """Read what a parsed page says of itself; what is malformed is left out."""
    report = next(_reports(tree), {})
    meta = _meta(tree)
    dates = [("json-ld:datePublished", report.get("datePublished")), ("json-ld:dateCreated", report.get("dateCreated"))]
    dates += [(f"meta:{name}", meta.get(name)) for name in _META_DATES]
    dates += [("time:datePublished", value) for value in tree.xpath('//*[@itemprop="datePublished"]/@datetime')]
    dates += [("time:datePublished", value) for value in tree.xpath('//*[@itemprop="datePublished"]/@content')]
    dates += [("time:pubdate", value) for value in tree.xpath("//time[@pubdate]/@datetime")]
    changes = [("json-ld:dateModified", report.get("dateModified"))]
    changes += [(f"meta:{name}", meta.get(name)) for name in _META_CHANGES]
    link = next(iter(tree.xpath('//link[@rel="canonical"]/@href')), None)
    return PageData(
        title=_text(report.get("headline")) or meta.get("og:title") or _title(tree),
        outlet=_name(report.get("publisher")) or meta.get("og:site_name") or meta.get("application-name"),
        url=address(link) or address(meta.get("og:url")) or address(_link(report)),
        lang=language(_text(report.get("inLanguage")))
        or language(next(iter(tree.xpath("//html/@lang")), None))
        or language(meta.get("og:locale")),
        description=meta.get("og:description") or meta.get("description"),
        body=_text(report.get("articleBody")),
        licence=_text(report.get("license")),
        authors=tuple(_names(report.get("author"))) or tuple(filter(None, (meta.get("author"),))),
        dates=candidates(dates) + candidates(changes),
    )


def _meta(tree: HtmlElement) -> Mapping[str, str]:
    """The first value of each meta element, by its property or name in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _title(tree: HtmlElement) -> str | None:
    for path in ("//h1", "//title"):
        words = " ".join(str(element.text_content()) for element in tree.xpath(path)[:1]).split()
        if words:
            return " ".join(words)
    return None


def _reports(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The reports among the page's schema.org data, in the order of the page."""
    for text in tree.xpath('//script[@type="application/ld+json"]/text()'):
        if len(text) > _JSON_LIMIT:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, _DEPTH):
            types = node.get("@type")
            named = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and name.rsplit("/", 1)[-1] in _REPORTS for name in named):
                yield node


def _nodes(data: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data:
            yield from _nodes(each, depth - 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity"):
            yield from _nodes(data.get(key), depth - 1)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("alternateName")
    return value.strip() or None if isinstance(value, str) else None


def _link(report: Mapping[str, Any]) -> str | None:
    page = report.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url")
    return _text(report.get("url")) or _text(page)


def _name(value: object) -> str | None:
    return next(_names(value), None)


def _names(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        name = _text(each)
        if name:
            yield name
