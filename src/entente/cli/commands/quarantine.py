"""`entente quarantine`: the articles that the gate refused."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.ingesting import Manner, exit_code, ingest_articles
from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.model import Literal, Solutions

__all__ = ["command"]

_NAMES = click.argument("names", nargs=-1, required=True, metavar="NAME...")


@click.group("quarantine")
def command() -> None:
    """Look after articles that the gate refused."""


@command.command("list")
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def list_(session: Session, format: str | None, path: Path | None) -> None:
    """List what is held, with the first reason."""
    rows = []
    for held in session.quarantine():
        reasons = [result["message"] for result in held.report["results"] if result["severity"] == "Violation"]
        row = (held.slug, held.origin, str(len(reasons)), reasons[0] if reasons else "nothing to check")
        rows.append(tuple(map(Literal, row)))
    Output(format, path).rows(Solutions(("name", "origin", "violations", "first"), tuple(rows)))


@command.command()
@_NAMES
@click.pass_obj
def show(session: Session, names: tuple[str, ...]) -> None:
    """Print the reports of articles."""
    quarantine = session.quarantine()
    for held in [quarantine.get(name) for name in names]:
        click.echo(f"{held.slug}, from {held.origin}, kept in {held.folder}\n{held.explanation()}", nl=False)


@command.command()
@_NAMES
@click.pass_obj
def retry(session: Session, names: tuple[str, ...]) -> int:
    """Ingest articles again, after rules, shapes or reference data have changed."""
    quarantine = session.quarantine()
    items = [quarantine.get(name).item() for name in names]
    with session.store(create=True) as store:
        return exit_code(ingest_articles(session, store, items, Manner(again=True)))


@command.command()
@_NAMES
@click.pass_obj
def drop(session: Session, names: tuple[str, ...]) -> None:
    """Forget articles."""
    quarantine = session.quarantine()
    for held in [quarantine.get(name) for name in names]:
        quarantine.release(held.slug)
        session.note(f"dropped {held.slug}")
