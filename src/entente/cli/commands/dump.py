"""`entente dump`: the graph as a file."""

from __future__ import annotations

import io
from pathlib import Path

import click

from entente.cli.output import Output
from entente.cli.session import Session
from entente.errors import InputError
from entente.model import Store
from entente.query import iri_of
from entente.store import GRAPH_SUFFIXES, GRAPH_TYPES, media_type_of

__all__ = ["command"]


@click.command("dump")
@click.option(
    "--format", "-f", type=click.Choice(sorted(GRAPH_SUFFIXES)), help="Format; otherwise by the file's suffix, or TriG."
)
@click.option("--graph", metavar="IRI", help="Only this named graph.")
@click.option(
    "--output", "-o", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)
@click.pass_obj
def command(session: Session, format: str | None, graph: str | None, path: Path | None) -> None:
    """Write the graph out, in a fixed order of statements.

    TriG, N-Quads and JSON-LD hold the merged graph and every article's own; the other formats hold one graph, which is
    the merged one unless --graph names another.
    """
    media_type = GRAPH_SUFFIXES[format] if format else media_type_of(path.name) if path else GRAPH_SUFFIXES["trig"]
    if media_type not in GRAPH_TYPES:
        raise InputError(
            121, f"a graph cannot be written as {media_type}", f"use one of {', '.join(sorted(GRAPH_SUFFIXES))}"
        )
    with session.store() as store:
        Output(None, path).write(_dumped(store, media_type, graph))


def _dumped(store: Store, media_type: str, graph: str | None) -> bytes:
    name = None
    if graph is not None:
        name = iri_of(graph)
        if name not in store.graphs():
            raise InputError(124, f"there is no graph {name}", "see: entente stats")
    buffer = io.BytesIO()
    store.dump(buffer, media_type, name)
    return buffer.getvalue()
