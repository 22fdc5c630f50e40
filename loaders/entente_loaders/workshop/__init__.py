"""Tools for those who write rules: what a rule means, matches and misses, and what is wrong with it."""

from __future__ import annotations

from entente_loaders.workshop.examples import document_of, fires
from entente_loaders.workshop.lint import Finding, homes, lint
from entente_loaders.workshop.meaning import class_words, classes_of, expanded, form_of, meaning
from entente_loaders.workshop.misses import Miss, find_misses
from entente_loaders.workshop.sides import sides
from entente_loaders.workshop.trace import Group, Trace, origins, traces

__all__ = [
    "Finding",
    "Group",
    "Miss",
    "Trace",
    "class_words",
    "classes_of",
    "document_of",
    "expanded",
    "find_misses",
    "fires",
    "form_of",
    "homes",
    "lint",
    "meaning",
    "origins",
    "sides",
    "traces",
]
