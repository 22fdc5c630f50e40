"""Extraction by rules: from a document to mentions, events with their claims, and relations."""

from __future__ import annotations

from entente_loaders.extract.directory import TermIndex
from entente_loaders.extract.extractor import RuleExtractor
from entente_loaders.extract.frames import Reading
from entente_loaders.extract.lexicon import lexicon
from entente_loaders.extract.mentions import all_mentions
from entente_loaders.extract.placing import places
from entente_loaders.extract.rules import Rule, RuleSet, load_rules, read_rules
from entente_loaders.extract.slots import contributions
from entente_loaders.extract.times import Phase, event_time
from entente_loaders.extract.units import Unit
from entente_loaders.extract.yaml12 import parse

__all__ = [
    "Phase",
    "Reading",
    "Rule",
    "RuleExtractor",
    "RuleSet",
    "TermIndex",
    "Unit",
    "all_mentions",
    "contributions",
    "event_time",
    "lexicon",
    "load_rules",
    "parse",
    "places",
    "read_rules",
]
