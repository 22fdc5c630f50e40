"""HTML files and pages that a browser saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from entente_loaders.sources.kit import Item, Kit, Source, switch
from entente_loaders.sources.opening import read_whole
from entente_loaders.sources.page import read_page

__all__ = ["SOURCE"]


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:  # noqa: ARG001 - the form of a source
    yield read_page(read_whole(Path(location)), location, bulk=switch(options, "bulk"))


SOURCE = Source(_read, frozenset({".html", ".htm", ".xhtml"}), frozenset({"bulk"}), beyond=frozenset())
"""The source `html`."""
