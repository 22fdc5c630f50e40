"""HTML files and pages that a browser saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from entente_loaders.sources.kit import Given, Kit, Source
from entente_loaders.sources.opening import read_whole
from entente_loaders.sources.page import in_bulk, unread_page

__all__ = ["SOURCE"]


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Given]:  # noqa: ARG001 - the form of a source
    bulk = in_bulk(options)
    yield unread_page(read_whole(Path(location)), location, bulk=bulk)


SOURCE = Source(_read, frozenset({".html", ".htm", ".xhtml"}), frozenset({"bulk"}), beyond=frozenset())
"""The source `html`."""
