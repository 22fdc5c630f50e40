"""`entente sparql`: a query of one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.errors import QueryError

__all__ = ["command"]

_ROWS_TYPE = "application/sparql-results+json"


@click.command("sparql")
@click.argument("query")
@click.option("--update", is_flag=True, help="It is an update; what it writes does not pass the gate.")
@output_options()
@click.pass_obj
def command(session: Session, query: str, *, update: bool, format: str | None, path: Path | None) -> None:
    """Run a SPARQL query of your own, or an update; '-' reads it from stdin.

    \b
    entente sparql 'SELECT ?e WHERE { ?e a <https://w3id.org/entente/ns#Exercise> }'
    entente --store sparql+http://host/query sparql --update 'DROP GRAPH <http://example.org/g>'
    """
    text = _from_stdin() if query == "-" else query
    if update:
        from entente.store import run_update  # noqa: PLC0415 - it takes a quarter of a second

        with session.store() as store:
            run_update(store, text)
        return
    output = Output(format, path)
    graph_type = output.graph_type if output.wants_graph() else "text/turtle"
    with session.store() as store:
        media_type, data = store.answer(text, (_ROWS_TYPE, graph_type))
    if media_type == _ROWS_TYPE:
        from entente.store import read_answer  # noqa: PLC0415 - as above

        output.rows(read_answer(data))
    else:
        # Asking for the type refuses a format that holds rows only.
        assert media_type == output.graph_type
        output.write(data)


def _from_stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(305, f"the query on stdin is no UTF-8: {error.reason} at byte {error.start}") from error
