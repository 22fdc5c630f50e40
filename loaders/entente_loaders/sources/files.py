"""Text and Markdown files with optional YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from entente.errors import ArticleError
from entente.model import Article
from entente.model.iri import slug
from entente_loaders.sources.describing import SLUG, name_article
from entente_loaders.sources.kit import Item, Kit, Source
from entente_loaders.sources.opening import read_whole
from entente_loaders.sources.yamls import parse_yaml

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["SOURCE", "open_paths", "parse"]

_FENCE = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELDS = frozenset({"id", "title", "outlet", "published", "url", "source", "licence", "lang"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MARKDOWN = frozenset({".md", ".markdown"})
_SUFFIXES = frozenset({".txt", ".text", *_MARKDOWN})


@dataclass(frozen=True, slots=True)
class _Header:
    """The front matter as read, and where it stood for messages."""

    fields: Mapping[str, str]
    origin: str

    def iri(self, name: str) -> str | None:
        """A field that must be an http(s) address."""
        value = self.fields.get(name)
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r'[\s<>"{}|\\^`]', value):
            raise ArticleError(205, f"{self.origin}: front matter has {name}: {value!r}, which is no web address")
        return value

    def published(self) -> str | None:
        """The publication date, a calendar day."""
        value = self.fields.get("published")
        if value is None:
            return None
        try:
            if not _DAY.fullmatch(value):
                raise ValueError(value)
            date.fromisoformat(value)
        except ValueError as error:
            raise ArticleError(
                206, f"{self.origin}: front matter has published: {value!r}, which is no day", "write it as YYYY-MM-DD"
            ) from error
        return value


def _header(raw: bytes, origin: str) -> _Header:
    hint = "put 'key: value' lines between the two '---' lines, with keys among " + ", ".join(sorted(_FIELDS))
    try:
        data = parse_yaml(raw, typed=False)
    except ValueError as error:
        raise ArticleError(205, f"{origin}: the front matter is not YAML ({error})", hint) from error
    data = data or {}
    if not isinstance(data, dict):
        raise ArticleError(205, f"{origin}: the front matter is no mapping of keys to values", hint)
    unknown = sorted(str(key) for key in data if key not in _FIELDS)
    if unknown:
        raise ArticleError(205, f"{origin}: front matter key {unknown[0]!r} is unknown", hint)
    nested = sorted(key for key, value in data.items() if not isinstance(value, str))
    if nested:
        raise ArticleError(205, f"{origin}: front matter key {nested[0]!r} holds more than one value", hint)
    return _Header({key: value for key, value in data.items() if value}, origin)


def _slug(header: _Header, url: str | None, body: bytes) -> str:
    name = header.fields.get("id")
    if name is not None:
        if not SLUG.fullmatch(name):
            raise ArticleError(
                205,
                f"{header.origin}: front matter has id: {name!r}, which is no slug",
                f"use lower-case letters, digits and hyphens, such as {slug(name)}",
            )
        return name
    return name_article(body.decode("utf-8", "replace"), url=url)


def parse(data: bytes, origin: str) -> Article:
    """Split a text file into front matter and body.

    The article is named by `id`, else by `url`, else by its first line and a digest of its text; only the first two let a
    corrected text replace the earlier one.

    Raises ArticleError (205, 206) for front matter that cannot be used.
    """
    match = _FENCE.match(data)
    header = _header(match.group(1), origin) if match else _Header({}, origin)
    body = data[match.end() :] if match else data
    url = header.iri("url")
    return Article(
        slug=_slug(header, url, body),
        content=body,
        origin=origin,
        url=url,
        source=header.iri("source"),
        outlet=header.fields.get("outlet"),
        title=header.fields.get("title"),
        published=header.published(),
        licence=header.fields.get("licence"),
        lang=header.fields.get("lang", "en"),
    )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(p for p in path.rglob("*") if p.suffix in _SUFFIXES and p.is_file())
        else:
            found.add(path)
    yield from sorted(found)


def _read(path: Path) -> Article:
    article = parse(read_whole(path), str(path))
    if _MARKDOWN.isdisjoint(path.suffixes):
        return article
    return replace(article, content=_without_markup(article.content))


def _without_markup(content: bytes) -> bytes:
    """Take Markdown's markup away: one line per heading, paragraph or list item, links as their words, no code, no images.

    Bytes that are no UTF-8 stay as they are, for `text.read` to refuse.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - few articles are Markdown

    try:
        tokens = MarkdownIt("commonmark").parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return content
    blocks = (_words(token.children) for token in tokens if token.type == "inline" and token.children)
    return "".join(f"{block}\n\n" for block in blocks if block).encode()


def _words(children: Iterable[Token]) -> str:
    kept = {"text", "code_inline", "text_special"}
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(part.content if part.type in kept else breaks.get(part.type, "") for part in children).strip()


def _source(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:  # noqa: ARG001 - the form of a source
    try:
        yield _read(Path(location))
    except ArticleError as error:
        yield error


SOURCE = Source(_source, _SUFFIXES, beyond=frozenset())
"""The source `text`."""


def open_paths(paths: Sequence[Path]) -> Iterator[Article | ArticleError]:
    """Read text files, and all .txt, .text and .md files below folders, in the order of their paths.

    A file that cannot be read is yielded as its ArticleError, so that the rest still goes on. Two files of one run that
    bear the same `id` or `url` with different texts are a mistake: the second is an error, never a silent replacement.
    """
    seen: dict[str, Article] = {}
    for path in _files(paths):
        try:
            article = _read(path)
        except ArticleError as error:
            yield error
            continue
        twin = seen.setdefault(article.slug, article)
        if twin is not article and twin.content != article.content:
            yield ArticleError(
                209, f"{path}: has the same id as {twin.origin}, but another text", "give each article an id of its own"
            )
            continue
        yield article
