"""What the journal keeps: of an article, of a file and what it held, and of a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from entente.errors import ArticleError, Error, RefusedError
from entente.model import Article, canonical_nquads
from entente_loaders.pipeline import Item, OutcomeKind

__all__ = ["Entry", "FileEntry", "Member", "Run", "input_digest", "reason", "recalled", "said", "said_lines"]

_Kind = TypeVar("_Kind", bound=Error)


def input_digest(item: Item) -> str:
    """The digest of all that an article's graph can depend on in its input; where it came from does not matter."""
    if isinstance(item, Article):
        metadata = json.dumps({**asdict(item), "content": None, "origin": None}, sort_keys=True).encode()
        return hashlib.sha256(metadata + b"\n" + item.content).hexdigest()
    return hashlib.sha256(canonical_nquads(item.triples).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of an article: `input` is the digest of what came in, `versions` that of what it was worked out with,
    `graph` that of what the store was given; `reason` says why it was not, as data of the error; `said` is what the material
    said of the article that has no place in its graph.
    """

    slug: str
    input: str
    versions: str
    graph: str | None
    outcome: OutcomeKind
    reason: str | None
    claims: int
    events: int
    rejected: int
    run: int
    said: str | None = None

    def error(self) -> Error | None:
        """The error that kept the article out, as it was raised."""
        if self.reason is None:
            return None
        return recalled(self.reason, RefusedError if self.outcome is OutcomeKind.REFUSED else ArticleError)


def said(item: Item) -> str | None:
    """Write what an article's material says of it beside what its graph has: bylines, and all days with their origins."""
    if not isinstance(item, Article):
        return None
    bylines = {"authors": item.authors, "agency": item.agency, "dates": [(each.day, each.origin) for each in item.dates]}
    given = {name: value for name, value in bylines.items() if value}
    return json.dumps(given, ensure_ascii=False) if given else None


def said_lines(said: str | None) -> Iterator[str]:
    """Spell what the journal keeps of an article's material, for people."""
    given: dict[str, Any] = json.loads(said) if said else {}
    if authors := given.get("authors"):
        yield f"authors  {'; '.join(authors)}"
    if agency := given.get("agency"):
        yield f"agency   {agency}"
    for number, (day, origin) in enumerate(given.get("dates", ())):
        yield f"day      {day} by {origin}" + ("" if number else ", taken as the day of publication")


def reason(error: Error | None) -> str | None:
    """Write an error as the journal keeps it."""
    return None if error is None else json.dumps([error.number, error.message, error.hint])


def recalled(reason: str, kind: type[_Kind]) -> _Kind:
    """Make an error of what the journal keeps of it."""
    code, message, hint = json.loads(reason)
    return kind(code, message, hint)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that was read to its end: `hash` is the SHA-256 of its bytes, `changed` its time of change in ns, `how` the
    digest of what it was read with.
    """

    path: str
    how: str
    size: int
    changed: int
    hash: str


@dataclass(frozen=True, slots=True)
class Member:
    """What a file held at one place: an article or a graph with the digests of what came in, or the error instead."""

    origin: str
    slug: str | None
    input: str | None
    content: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of ingest, with the arguments that it was begun with."""

    id: int
    arguments: Mapping[str, Any]
