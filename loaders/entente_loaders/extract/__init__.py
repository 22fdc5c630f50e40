"""Extraction by rules: from a document to mentions, events with their claims, and relations."""

from __future__ import annotations

from entente_loaders.extract.directory import TermIndex
from entente_loaders.extract.extractor import RuleExtractor
from entente_loaders.extract.rules import Rule, RuleSet, load_rules, read_rules

__all__ = ["Rule", "RuleExtractor", "RuleSet", "TermIndex", "load_rules", "read_rules"]
