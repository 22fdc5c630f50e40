"""`entente evaluate`: an extractor's answers against gold files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from entente.cli.output import Output
from entente.cli.trial import compare_folders, default_texts, try_extractor
from entente.cli.workbench import Workbench
from entente.evaluation import as_data, as_table, error_lines

__all__ = ["command"]

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("evaluate")
@click.option("--gold", required=True, type=_FOLDER, help="Folder of gold files, one <id>.json per article.")
@click.option("--texts", type=_FOLDER, help="Folder of the articles, <id>.txt; otherwise `texts` beside the gold folder.")
@click.option("--extractor", default="rules", show_default=True, help="Which extractor to try.")
@click.option("--pred", type=_FOLDER, help="Run no extractor: compare these predictions, or a second coder's gold files.")
@click.option("--common", is_flag=True, help="With --pred: only the articles that both folders hold.")
@click.option("--by-type", is_flag=True, help="Give the figures of each event type too.")
@click.option("--errors", is_flag=True, help="List misses, false alarms and wrong slots with their words.")
@click.option(
    "--json", "json_path", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures to this file as JSON."
)
def command(
    *,
    gold: Path,
    texts: Path | None,
    extractor: str,
    pred: Path | None,
    common: bool,
    by_type: bool,
    errors: bool,
    json_path: Path | None,
) -> None:
    """Measure an extractor against gold files.

    The extractor is told each article's date of publication as the gold gives it, unless the coders inferred it.
    Three figures belong together: events may be matched anywhere in the article, located ones need overlapping evidence,
    and the tuple wants the exact type and participants.
    """
    folder = texts or default_texts(gold)
    if pred is not None:
        trial = compare_folders(gold, pred, folder, common=common)
    else:
        trial = try_extractor(Workbench.open(), extractor, gold, folder)
    figures = as_data(trial.rows)
    lines = [as_table(figures, by_type=by_type)]
    if errors:
        lines += [f"{line}\n" for line in error_lines(trial.rows, trial.rules())]
    Output(None, None).write("".join(lines).encode())
    if json_path is not None:
        Output(None, json_path).write((json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode())
