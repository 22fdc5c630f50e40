"""`entente stats`: what the graph holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from entente import resources
from entente.cli.commands.query import catalogue
from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.cli.versions import versions
from entente.index import load_base
from entente.model import Iri, Literal, Solutions, Store, Term
from entente.model.iri import NS
from entente.model.terms import ent, owl, rdf, skos
from entente.query import run, shorten

__all__ = ["command"]

_ONTOLOGY = Iri(NS.removesuffix("#"))
_CODES = (ent.iso3166alpha2, ent.iso3166alpha3, ent.iso3166numeric, ent.m49)


@click.command("stats")
@click.option("--reference", is_flag=True, help="Count the reference data and vocabularies that come with Entente instead.")
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def command(session: Session, *, reference: bool, format: str | None, path: Path | None) -> None:
    """Count what the graph holds, and say in which versions."""
    if reference:
        Output(format, path).rows(_reference())
        return
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


def _reference() -> Solutions:
    """Count the entities by class, the codes of states by scheme and the concepts by scheme."""
    graphs = load_base(resources.root()).graphs
    reference = graphs["reference"]
    counts = {
        "entities": Counter(t.object for t in reference if t.predicate == rdf.type),
        "codes": Counter(t.object for t in reference if t.predicate == ent.codeScheme),
        "concepts": Counter(t.object for t in graphs["vocab"] if t.predicate == skos.inScheme),
    }
    counts["codes"].update(t.predicate for t in reference if t.predicate in _CODES)
    rows = tuple(
        (Literal(group), Literal(shorten(str(of))), Literal.of(number))
        for group, numbers in counts.items()
        for of, number in sorted(numbers.items(), key=lambda item: str(item[0]))
    )
    return Solutions(("what", "of", "number"), rows)
