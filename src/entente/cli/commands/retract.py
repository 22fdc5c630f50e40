"""`entente retract`: articles out of the graph, with all that rested on them."""

from __future__ import annotations

from contextlib import closing

import click

from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.consensus import GraphSink
from entente.errors import InputError
from entente.model.iri import BASE, graph
from entente.model.terms import ent

__all__ = ["command"]

_STEMS = (f"{BASE}id/article/", f"{BASE}graph/article/", "article:", "graph:article/")


@click.command("retract")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--dry-run", is_flag=True, help="Show what would go, as lines that begin with - or +, and write nothing.")
@click.pass_obj
def command(session: Session, articles: tuple[str, ...], dry_run: bool) -> None:
    """Take articles out of the graph, and exactly what rests on them alone.

    ARTICLE is the article's name, its IRI or the IRI of its graph. What other articles say stays, and is merged anew
    without these; where a merged event changes, statements are put in too. A version in quarantine goes as well. The file
    that an article came from is left alone: ingested again, the article is there again.
    """
    with session.store() as store, closing(session.journal()) as journal:
        slugs = list(dict.fromkeys(map(_slug, articles)))
        for slug, name in zip(slugs, articles, strict=False):
            if not any(store.quads(graph=graph("article", slug))):
                raise InputError(
                    147,
                    f"no article '{name}' is in the graph",
                    f"see: entente sparql 'SELECT ?a WHERE {{ ?a a <{ent.Article}> }}'",
                    status=404,
                )
        workbench = Workbench.open()
        sink = GraphSink(store, workbench.index)
        if not dry_run:
            sink.prepare(workbench.base.version, workbench.base.graphs)
        for slug in slugs:
            change = sink.change(graph("article", slug), ())
            if dry_run:
                for sign, quads in (("-", change.remove), ("+", change.insert)):
                    click.echo("".join(f"{sign} {quad.n3()} .\n" for quad in quads), nl=False)
            else:
                journal.forget([slug])
                store.apply(change)
                session.quarantine().release(slug)
            verb = "would go and {} would come" if dry_run else "went and {} came"
            session.note(f"{slug}: {len(change.remove)} statements {verb.format(len(change.insert))}")


def _slug(name: str) -> str:
    """The article's name, from whichever way of naming it."""
    for stem in _STEMS:
        if name.startswith(stem):
            return name.removeprefix(stem)
    return name
