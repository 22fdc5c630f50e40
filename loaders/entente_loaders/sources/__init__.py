"""Sources: iterators of articles and of records, one module per kind of material."""

from __future__ import annotations

from entente_loaders.sources.files import open_paths
from entente_loaders.sources.kit import (
    Afterwards,
    Around,
    Given,
    InputFile,
    Item,
    Kit,
    Known,
    PassingError,
    Source,
    StateCode,
    Unread,
)
from entente_loaders.sources.meter import Meter
from entente_loaders.sources.registry import content_digest, measure, names, open_source, open_sources, open_unknown

__all__ = [
    "Afterwards",
    "Around",
    "Given",
    "InputFile",
    "Item",
    "Kit",
    "Known",
    "Meter",
    "PassingError",
    "Source",
    "StateCode",
    "Unread",
    "content_digest",
    "measure",
    "names",
    "open_paths",
    "open_source",
    "open_sources",
    "open_unknown",
]
