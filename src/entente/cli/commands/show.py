"""`entente show`: all about one thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from entente.cli.commands.query import catalogue
from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.errors import InputError
from entente.model import Iri, Literal, Solutions, Store, Term, Triple
from entente.model.iri import entity
from entente.model.terms import dcterms, ent, skos
from entente.query import expand, run, shorten

__all__ = ["command"]

_INBOUND = 50
_LABELS = (skos.prefLabel, ent.name, dcterms.title)


def _resolve(store: Store, thing: str) -> Iri:
    """The IRI that is meant: spelled out, abbreviated, or the one thing that bears the name."""
    try:
        iri = expand(thing) or (Iri(thing) if "://" in thing else None)
    except ValueError as error:
        raise InputError(124, f"{thing!r} is no IRI", "give an IRI, a short form such as state:RUS, or a name") from error
    if iri is not None:
        return iri
    rows = run(catalogue().card("things-by-name"), {"name": thing}, store).rows
    candidates = {str(row[0]) for row in rows if row[1] == ent.CandidateEntity}
    # What the reference data knows comes before names that nobody has reviewed.
    found = sorted({str(row[0]) for row in rows} - candidates) or sorted(candidates)
    if not found:
        raise InputError(124, f"nothing is named {thing!r}", "see: entente query --list")
    if len(found) > 1:
        raise InputError(125, f"{len(found)} things are named {thing!r}", f"choose one: {', '.join(map(shorten, found))}")
    return Iri(found[0])


def _label(store: Store, term: Term) -> Literal | None:
    if isinstance(term, Iri):
        for predicate in _LABELS:
            labels = [q.object for q in store.quads(term, predicate) if isinstance(q.object, Literal)]
            if labels:
                return min(labels, key=lambda label: (label.lang not in {"en", ""}, label.n3()))
    return None


def _rows(store: Store, iri: Iri) -> tuple[list[tuple[Term | None, ...]], int]:
    """What is said of the thing (each once, the default graph first), and what refers to it, up to a limit."""
    said: dict[Triple, Iri | None] = {}
    for quad in sorted(store.quads(subject=iri), key=lambda quad: (quad.graph is not None, quad.n3())):
        said.setdefault(quad.triple, quad.graph)
    inbound = sorted({quad.triple for quad in store.quads(object=iri, default_graph=True)}, key=Triple.n3)
    rows: list[tuple[Term | None, ...]] = [
        (Literal(shorten(t.predicate)), t.object, _label(store, t.object), graph) for t, graph in said.items()
    ]
    rows += [(Literal(f"^{shorten(t.predicate)}"), t.subject, _label(store, t.subject), None) for t in inbound[:_INBOUND]]
    return rows, max(0, len(inbound) - _INBOUND)


def _material(session: Session, iri: Iri) -> Iterator[str]:
    """What the material says of an article and the graph has no place for."""
    articles = entity("article", "x").removesuffix("x")
    if not iri.startswith(articles) or not session.beside("journal.sqlite").is_file():
        return
    from entente.ingest import said_lines  # noqa: PLC0415 - it takes a moment, and few things are articles

    slug = iri.removeprefix(articles)
    with closing(session.journal()) as journal:
        for entry in journal.entries([slug]).values():
            yield from said_lines(entry.said)


@click.command("show")
@click.argument("thing")
@output_options()
@click.pass_obj
def command(session: Session, thing: str, format: str | None, path: Path | None) -> None:
    """Show all that the graph says about one thing: an IRI, a short form such as state:RUS, or a name.

    A property that starts with ^ points from the value to the thing. The column graph is empty for the merged graph. Of an
    article, stderr tells its authors and all days that its material gives for it, from the journal.
    """
    output = Output(format, path)
    with session.store() as store:
        iri = _resolve(store, thing)
        rows, more = _rows(store, iri)
        if not rows:
            raise InputError(124, f"the graph says nothing about {shorten(iri)}", "see: entente stats")
        session.note(f"{iri}")
        if output.wants_graph():
            output.graph(quad.triple for quad in store.quads(subject=iri))
        else:
            output.rows(Solutions(("property", "value", "label", "graph"), tuple(rows)))
    for line in _material(session, iri):
        session.note(line)
    if more:
        session.note(f"{more} more things refer to it; ask for them with: entente sparql")
