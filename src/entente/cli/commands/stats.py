"""`entente stats`: what the graph holds."""

from __future__ import annotations

from pathlib import Path

import click

from entente.cli.commands.query import catalogue
from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.cli.versions import versions
from entente.model import Iri, Literal, Solutions, Store, Term
from entente.model.iri import NS
from entente.model.terms import owl
from entente.query import run

__all__ = ["command"]

_ONTOLOGY = Iri(NS.removesuffix("#"))


@click.command("stats")
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def command(session: Session, format: str | None, path: Path | None) -> None:
    """Count what the graph holds, and say in which versions."""
    rows: list[tuple[Term | None, ...]] = [(Literal("store"), Literal(session.location))]
    with session.store() as store:
        rows.append((Literal("statements"), Literal.of(len(store))))
        rows += run(catalogue().card("counts"), {}, store).rows
        rows.append((Literal("ontology in the store"), _loaded_ontology(store)))
    rows += [(Literal(f"{name} here"), Literal(version)) for name, version in versions().items()]
    Output(format, path).rows(Solutions(("what", "value"), tuple(rows)))


def _loaded_ontology(store: Store) -> Term | None:
    loaded = next(iter(store.quads(_ONTOLOGY, owl.versionInfo, default_graph=True)), None)
    return loaded.object if loaded else None
