"""Puts an extractor on trial: its answers to the texts of a gold folder, aligned with the gold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from entente.cli.articles import one_article
from entente.cli.workbench import Workbench
from entente.consensus import canonical_events
from entente.errors import InputError
from entente.evaluation import Row, evaluate, publication, read_folder, read_sheet
from entente.model import Delta, Extraction
from entente_loaders.pipeline import prepare
from entente_loaders.records import records
from entente_loaders.text import read

__all__ = ["Trial", "compare_folders", "default_texts", "try_extractor"]

_Records = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Trial:
    """The aligned articles, and the extractions behind the predictions by article."""

    rows: tuple[Row, ...]
    extractions: Mapping[str, Extraction]

    def rules(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The rules behind each predicted event, by the article's id and the event's."""
        return {
            (key, event.key): tuple(dict.fromkeys(claim.rule for claim in event.claims))
            for key, extraction in self.extractions.items()
            for event in extraction.events
        }


def default_texts(gold: Path) -> Path:
    """The folder of texts that belongs to a gold folder: `texts` beside it."""
    return gold.resolve().parent / "texts"


def try_extractor(workbench: Workbench, name: str, gold: Path, texts: Path) -> Trial:
    """Run an extractor over the texts of all gold files and align what it finds, with the events' identity across articles.

    Raises InputError 150 for a folder without gold files and 151 where a text is missing.
    """
    wanted = read_folder(gold)
    extractor = workbench.extractor(name)
    extractions: dict[str, Extraction] = {}
    given: dict[str, dict[str, Any]] = {}
    deltas: list[Delta] = []
    for key, record in wanted.items():
        path = texts / f"{key}.txt"
        if not path.is_file():
            raise InputError(151, f"there is no text {path} for {key}", "name the folder of the texts with --texts")
        article = one_article(path)
        article = replace(article, slug=key, published=publication(record) or article.published)
        _, resolution, delta = prepare(article, extractor, workbench.index)
        deltas.append(delta)
        extractions[key] = resolution.extraction
        given[key] = records(resolution, workbench.index)
    canonical = canonical_events(deltas, workbench.index)
    for key, record in given.items():
        for event in record["events"]:
            event["canonical"] = canonical.get((key, event["id"]))
    return Trial(_align(wanted, given, {key: found.document.text for key, found in extractions.items()}), extractions)


def compare_folders(gold: Path, predictions: Path, texts: Path, *, common: bool = False) -> Trial:
    """Align a folder of predictions, or of a second coder's gold files, with the gold.

    Where a text is missing, evidence is compared by its words. With `common` only articles that both hold count.
    """
    wanted, given = read_folder(gold), read_folder(predictions)
    if common:
        wanted = {key: record for key, record in wanted.items() if key in given}
    paths = {key: texts / f"{key}.txt" for key in wanted}
    found = {key: read(one_article(path)).text for key, path in paths.items() if path.is_file()}
    return Trial(_align(wanted, given, found), {})


def _align(gold: _Records, predicted: _Records, texts: Mapping[str, str]) -> tuple[Row, ...]:
    return evaluate(
        {key: read_sheet(record, texts.get(key)) for key, record in gold.items()},
        {key: read_sheet(record, texts.get(key)) for key, record in predicted.items()},
    )
