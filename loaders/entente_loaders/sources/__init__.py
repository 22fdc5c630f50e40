"""Sources: iterators of articles and of records, one module per kind of material."""

from __future__ import annotations

from entente_loaders.sources.files import open_paths
from entente_loaders.sources.kit import Item, Kit, Source, StateCode
from entente_loaders.sources.registry import names, open_source, open_sources

__all__ = ["Item", "Kit", "Source", "StateCode", "names", "open_paths", "open_source", "open_sources"]
