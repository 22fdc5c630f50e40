"""Turns a resolution into the triples of the article's graph (docs/decisions/0001-graph-form.md)."""

from __future__ import annotations

from entente_loaders.assemble.events import assemble

__all__ = ["assemble"]
