"""`entente quarantine`: the articles that the gate refused."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from entente.cli.ingesting import Manner, exit_code, ingest_articles
from entente.cli.output import Output, output_options
from entente.cli.refusals import explanation
from entente.cli.session import Session
from entente.gate.report import refusals_in
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
        reasons = [result["message"] for result in refusals_in(held.report)]
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
def explain(session: Session, names: tuple[str, ...]) -> None:
    """Say why articles were refused: each reason, what the graph says there, and the words that it rests on."""
    quarantine = session.quarantine()
    for held in [quarantine.get(name) for name in names]:
        click.echo("".join(f"{line}\n" for line in explanation(held)), nl=False)


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Ingest all that is held.")
@click.pass_obj
def retry(session: Session, names: tuple[str, ...], everything: bool) -> int:
    """Ingest articles again, after rules, shapes or reference data have changed.

    `entente ingest` does so by itself for all that was refused before such a change.
    """
    if bool(names) == everything:
        raise click.UsageError("Name the articles to retry, or give --all.")
    quarantine = session.quarantine()
    names = names or tuple(held.slug for held in quarantine)
    for name in names:
        quarantine.get(name)
    items = (quarantine.get(name).item() for name in dict.fromkeys(names))
    with session.store(create=True) as store:
        return exit_code(ingest_articles(session, store, items, Manner(again=True, total=len(names))))


@command.command()
@_NAMES
@click.pass_obj
def drop(session: Session, names: tuple[str, ...]) -> None:
    """Forget articles; one that is ingested once more is examined once more."""
    quarantine = session.quarantine()
    held_articles = [quarantine.get(name) for name in names]
    with closing(session.journal()) as journal:
        journal.forget(names)
    for held in held_articles:
        quarantine.release(held.slug)
        session.note(f"dropped {held.slug}")
