"""What material says of itself, brought into the form that articles have: names, days, addresses, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from entente.errors import ArticleError
from entente.model import Article, DateCandidate
from entente.model.iri import digest, slug

__all__ = ["SLUG", "address", "candidates", "day", "language", "make", "name_article"]

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of an article's name."""
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f\ud800-\udfff]')
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NO_CHARACTER = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)|(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?|T\d{4}Z?)\Z")
_WRITTEN = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED = {"english": "en", "eng": "en"}
_NAME_LENGTH = 60


def day(text: str) -> str | None:
    """Read a moment as the calendar day it names where it was written, YYYY-MM-DD; None where it is none.

    Understood are ISO 8601, RFC 5322, GDELT's digits, seconds since 1970, and English dates with a month's name. A date
    in digits and slashes could be read in two ways, and so is not read, unless the year comes first.
    """
    text = text.strip()
    if _EPOCH.fullmatch(text):
        seconds = float(text) if float(text) < 1e11 else float(text) / 1000
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    match = _ISO.match(text)
    try:
        if match:
            year, month, number = (int(part) for part in match.groups() if part)
            return date(year, month, number).isoformat()
        if re.match(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d", text):
            return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError):
        return None
    for form in _WRITTEN:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


def candidates(found: Iterable[tuple[str, object]]) -> tuple[DateCandidate, ...]:
    """Keep the days among what was found, each with its origin, in the order given and without repeats."""
    days = ((day(str(value)), origin) for origin, value in found if value not in (None, ""))
    return tuple(dict.fromkeys(DateCandidate(known, origin) for known, origin in days if known is not None))


def address(text: str | None) -> str | None:
    """Give a web address that can stand as an IRI, without its fragment; None where the text is none."""
    if not text:
        return None
    text = text.strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or _NOT_IN_IRI.search(text):
        return None
    return parts._replace(fragment="").geturl()


def _line(text: str | None) -> str:
    """Bring a title, a name or the like into one line of characters that every format can write."""
    return " ".join(_NO_CHARACTER.sub(" ", text or "").split())


def language(text: str | None) -> str | None:
    """Give a language tag in the form of BCP 47, None where the text is none."""
    if not text:
        return None
    text = _NAMED.get(text.strip().lower(), text.strip())
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else None


def name_article(text: str, *, url: str | None = None, identifier: str | None = None, within: str = "") -> str:
    """Name an article by its address, else by its identifier within its collection, else by its first words and a digest.

    Only the first two let a corrected text replace the earlier one.
    """
    if url is not None:
        parts = urlsplit(url)
        readable = slug(f"{parts.hostname} {parts.path}")[:_NAME_LENGTH].rstrip("-")
        return f"{readable}-{digest(url, length=8)}"
    if identifier:
        plain = identifier if SLUG.fullmatch(identifier) else f"{slug(identifier)}-{digest(identifier, length=8)}"
        return f"{slug(within)}-{plain}" if within else plain
    first_line = text.strip().split("\n", 1)[0]
    return f"{slug(first_line)[:_NAME_LENGTH].rstrip('-')}-{digest(text, length=8)}"


def make(
    text: str,
    origin: str,
    *,
    title: str | None = None,
    url: str | None = None,
    identifier: str | None = None,
    within: str = "",
    outlet: str | None = None,
    dates: tuple[DateCandidate, ...] = (),
    lang: str | None = None,
    authors: Iterable[str] = (),
    agency: str | None = None,
    licence: str | None = None,
) -> Article:
    """Make an article of a body of text and what is known of it; the title becomes the first line unless it is already.

    Raises ArticleError (202) for a body without text.
    """
    body = _SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not body:
        raise ArticleError(202, f"{origin}: holds no text", "give an article with at least one sentence")
    heading = _line(title)
    if heading and " ".join(body.split("\n", 1)[0].split()) != heading:
        body = f"{heading}\n\n{body}"
    return Article(
        slug=name_article(body, url=url, identifier=_line(identifier), within=within),
        content=f"{body}\n".encode(),
        origin=origin,
        url=url,
        outlet=_line(outlet) or None,
        title=heading or None,
        published=dates[0].day if dates else None,
        licence=_line(licence) or None,
        lang=lang or "en",
        dates=dates,
        authors=tuple(dict.fromkeys(filter(None, map(_line, authors)))),
        agency=_line(agency) or None,
    )
