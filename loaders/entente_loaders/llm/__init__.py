"""Extraction by a language model behind an OpenAI-compatible endpoint, each slot checked against the text."""

from __future__ import annotations

from entente_loaders.llm.client import Settings
from entente_loaders.llm.extractor import LlmExtractor

__all__ = ["LlmExtractor", "Settings"]
