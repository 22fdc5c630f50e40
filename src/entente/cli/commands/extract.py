"""`entente extract`: what one article states, without storing anything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from entente.cli.articles import one_article
from entente.cli.explaining import as_lines, explain
from entente.cli.output import Output
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.model import Literal, Solutions, Term
from entente_loaders.records import records
from entente_loaders.resolve import resolve
from entente_loaders.text import read

__all__ = ["command"]

_COLUMNS = ("id", "type", "mode", "status", "participants", "name", "places", "start", "end", "attributed_to", "evidence")


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format", "-f", type=click.Choice(["table", "json"]), help="Format; otherwise a table for people, else JSON."
)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Date of publication, if the file does not give it.")
@click.option(
    "--extractor", default="rules", show_default=True, help="Which extractor to use; several joined by + are an ensemble."
)
@click.option(
    "--explain", "explained", is_flag=True, help="Show the claims of each event, their rules and what these matched."
)
@click.option(
    "--output", "-o", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)
@click.pass_obj
def command(
    session: Session,
    file: Path,
    *,
    format: str | None,
    published: datetime | None,
    extractor: str,
    explained: bool,
    path: Path | None,
) -> None:
    """Show the events that one article states, without storing anything.

    JSON is in the form of the gold files, and lists each event with its evidence.
    """
    article = one_article(file)
    if published is not None:
        article = replace(article, published=published.date().isoformat())
    workbench = Workbench.open()
    engine = workbench.extractor(extractor)
    resolution = resolve(engine.extract(read(article)), workbench.index)
    record = records(resolution, workbench.index)
    explanations = explain(resolution.extraction, engine) if explained else {}
    for event in record["events"] if explained else ():
        event["claims"] = explanations[event["id"]]
    output = Output(format, path)
    form = output.wish or ("table" if output.to_people else "json")
    if explained and form != "json":
        output.write("".join(f"{line}\n" for line in as_lines(record, explanations)).encode())
    elif form == "json":
        output.write((json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
    else:
        Output(form, path).rows(_rows(record))
    if rejected := resolution.extraction.rejected:
        session.note(f"rejected, since the text does not bear them out: {len(rejected)}")
        for rejection in rejected:
            session.note(f"  {rejection.slot}: {rejection.words!r} {rejection.reason}")
    if resolution.unresolved:
        session.note(f"not resolved: {', '.join(sorted({mention.text for mention in resolution.unresolved}))}")


def _rows(record: dict[str, Any]) -> Solutions:
    rows = tuple(tuple(_cell(event.get(column)) for column in _COLUMNS) for event in record["events"])
    return Solutions(_COLUMNS, rows)


def _cell(value: Any) -> Term | None:
    if isinstance(value, list):
        return Literal(", ".join(map(_party, value)))
    return None if value is None else Literal(str(value))


def _party(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    who = value.get("state") or value.get("actor")
    return str(who) if value["role"] == "participant" else f"{who} ({value['role']})"
