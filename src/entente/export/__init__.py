"""The graph as tables and documents of other data sets' forms, each with a codebook and a report of what is lost."""

from __future__ import annotations

from entente.export.codebook import page
from entente.export.documents import DOCUMENTS, Document
from entente.export.formats import FORMATS, write
from entente.export.losses import Lost, report
from entente.export.release import About, make_release
from entente.export.tables import Table, Value, card_of, names, tabulate

__all__ = [
    "DOCUMENTS",
    "FORMATS",
    "About",
    "Document",
    "Lost",
    "Table",
    "Value",
    "card_of",
    "make_release",
    "names",
    "page",
    "report",
    "tabulate",
    "write",
]
