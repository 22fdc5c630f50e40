"""Sources: iterators of articles, one module per kind of material."""

from __future__ import annotations

from entente_loaders.sources.files import open_paths

__all__ = ["open_paths"]
