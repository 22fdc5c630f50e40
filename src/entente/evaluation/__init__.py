"""Measures predicted events against gold files: the figures that `docs/quality.md` prints."""

from __future__ import annotations

from entente.evaluation.entries import Entry, Sheet, read_sheet
from entente.evaluation.folders import publication, read_folder
from entente.evaluation.pairing import Alignment, Pair, align
from entente.evaluation.report import Row, as_data, evaluate
from entente.evaluation.rules import RuleScore, rule_scores
from entente.evaluation.slots import slot_faults
from entente.evaluation.tables import as_markdown, as_table, error_lines

__all__ = [
    "Alignment",
    "Entry",
    "Pair",
    "Row",
    "RuleScore",
    "Sheet",
    "align",
    "as_data",
    "as_markdown",
    "as_table",
    "error_lines",
    "evaluate",
    "publication",
    "read_folder",
    "read_sheet",
    "rule_scores",
    "slot_faults",
]
