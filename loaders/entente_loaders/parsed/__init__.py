"""Extraction over a trained spaCy pipeline: events by grammatical relations, names by its entity recogniser."""

from __future__ import annotations

from entente_loaders.parsed.extractor import ParsedExtractor

__all__ = ["ParsedExtractor"]
