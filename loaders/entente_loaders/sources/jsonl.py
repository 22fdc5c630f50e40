"""JSON Lines, one article a line, and JSON files of one article or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from entente.errors import ArticleError
from entente_loaders.sources.fields import PARTS, Fields
from entente_loaders.sources.kit import Item, Kit, Source
from entente_loaders.sources.meter import Meter
from entente_loaders.sources.opening import lines, read_whole, stem

__all__ = ["SOURCE"]

_WHOLE = 100_000_000
"""Largest JSON document that is read as a whole, in bytes."""


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:
    path, fields = Path(location), Fields.of(options)
    documents = _document(path) if path.name.lower().removesuffix(".gz").endswith(".json") else _lines(path, kit.meter)
    for origin, record in documents:
        try:
            if isinstance(record, ArticleError):
                yield record
            elif isinstance(record, dict):
                yield fields.article(record, origin, stem(path))
            else:
                yield ArticleError(225, f"{origin}: is no JSON object", "write one object for each article")
        except ArticleError as error:
            yield error


def _lines(path: Path, meter: Meter | None = None) -> Iterator[tuple[str, object]]:
    for number, line in lines(path, meter):
        origin = f"{path}:{number}"
        if isinstance(line, ArticleError):
            yield origin, line
        elif line.strip():
            yield origin, _parsed(line, origin)


def _document(path: Path) -> Iterator[tuple[str, object]]:
    """A JSON file: an object, a list, GDELT's `{"articles": [...]}`, or lines after all."""
    data = _parsed(read_whole(path, _WHOLE, "write one article a line, and name the file .jsonl"), str(path))
    if isinstance(data, ArticleError):
        first = next(iter(lines(path)), (0, b""))[1]
        if isinstance(first, bytes) and isinstance(_parsed(first, ""), dict):
            yield from _lines(path)
            return
        raise data
    if isinstance(data, dict) and isinstance(data.get("articles"), list):
        data = data["articles"]
    if isinstance(data, list):
        for number, record in enumerate(data, start=1):
            yield f"{path}#{number}", record
    else:
        yield str(path), data


def _parsed(data: bytes, origin: str) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        at = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        return ArticleError(201, f"{origin} is no UTF-8: {at}", "JSON must be UTF-8 (RFC 8259, 8.1); convert it first")
    except (ValueError, RecursionError) as error:
        return ArticleError(225, f"{origin}: is no JSON ({error})", "write one whole object on each line")


SOURCE = Source(_read, frozenset({".jsonl", ".ndjson", ".json"}), PARTS | {"mapping"}, beyond=frozenset({"mapping"}))
"""The source `jsonl`."""
