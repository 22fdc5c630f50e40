"""`entente demo`: a first graph without any setup."""

from __future__ import annotations

import sys

import click

from entente import resources
from entente.cli.commands.query import catalogue
from entente.cli.commands.serve import serve
from entente.cli.ingesting import Manner, exit_code, ingest_articles
from entente.cli.output import Output
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.query import run
from entente_loaders.sources import open_paths

__all__ = ["command"]

_QUESTION = "joint-exercises-of-dyad"
_VALUES = {"a": "RUS", "b": "CHN"}


@click.command("demo")
@click.option("--serve/--no-serve", "serves", default=True, show_default=True, help="Serve the graph afterwards.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to serve at.")
@click.pass_obj
def command(session: Session, serves: bool, port: int) -> int:
    """Build a small graph from the bundled articles, ask it a question and serve it."""
    workbench = Workbench.open()
    with session.store(create=True) as store:
        kinds = ingest_articles(
            session, store, open_paths([resources.folder("samples")]), Manner(workers=1), lambda: workbench
        )
        values = " ".join(f"-p {name}={value}" for name, value in _VALUES.items())
        click.echo(f"\n$ entente query {_QUESTION} {values}")
        Output("table", None).rows(run(catalogue().card(_QUESTION), _VALUES, store))
        store_option = "" if session.location == "./entente-data" else f" --store {session.location}"
        # The service ends only when it is told to, and what is printed to a pipe would wait for that.
        sys.stdout.flush()
        session.note(
            f"\nnext{', when the service has ended' if serves else ''}:\n"
            f"  entente{store_option} query conflicts\n"
            f"  entente{store_option} show state:RUS\n"
            f"  entente{store_option} ingest YOUR-ARTICLE.txt"
        )
        if serves:
            serve(session, store, workbench, "127.0.0.1", port)
    return exit_code(kinds)
