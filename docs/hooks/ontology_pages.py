"""The terms of the ontology and the vocabularies, from the ontology with its shapes and queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wording import cell, table

from entente import resources
from entente.cli.commands.query import catalogue
from entente.cli.turtle import bundled, read_files
from entente.model import Iri
from entente.model.iri import NS
from entente.ontology import Question, gather
from entente.ontology.handbook import Entry, Scheme
from entente.query import shorten

__all__ = ["ontology_pages"]


def ontology_pages() -> Mapping[str, str]:
    """A page of classes, one of properties, and one of vocabularies."""
    handbook = gather(
        read_files(bundled(data=False)),
        read_files(sorted((resources.folder("ontology") / "vocab").glob("*.ttl"))),
        read_files([resources.folder("shapes")]),
        (Question(card.name, card.summary, card.text) for card in catalogue().cards),
    )
    classes = [entry for entry in handbook.entries if entry.kind == "class"]
    properties = [entry for entry in handbook.entries if entry.kind != "class"]
    where = {entry.iri: "classes" for entry in classes} | {entry.iri: "properties" for entry in properties}
    about = f"Made from `ontology/`, version {handbook.version}. All terms are in `{NS}`."
    return {
        "reference/classes.md": f"# Classes\n\n{about}\n\n" + "".join(_terms(classes, where)),
        "reference/properties.md": f"# Properties\n\n{about}\n\n" + "".join(_terms(properties, where)),
        "reference/vocabularies.md": "# Vocabularies\n\nMade from `ontology/vocab/`.\n\n"
        + "".join(_schemes(handbook.schemes)),
    }


def _terms(entries: Iterable[Entry], where: Mapping[Iri, str]) -> Iterator[str]:
    for entry in entries:
        yield f"## {entry.name} {{ #{_anchor(entry.iri)} }}\n\n"
        yield f"*{entry.label}*, {entry.kind}{'; deprecated' if entry.deprecated else ''}. {entry.definition}\n\n"
        for note in (*entry.notes, *(f"Example: {example}" for example in entry.examples)):
            yield f"{note}\n\n"
        yield from table(("", ""), ((name, ", ".join(_link(term, where) for term in terms)) for name, terms in entry.links))
        for demand in entry.demands:
            yield f"- {cell(demand)}\n"
        if entry.questions:
            asked = ", ".join(f"[{q.name}](queries.md#{q.name})" for q in entry.questions)
            yield f"\nAsked for by {asked}.\n"
        yield "\n"


def _schemes(schemes: Iterable[Scheme]) -> Iterator[str]:
    for scheme in schemes:
        yield f"## {scheme.name}\n\n{scheme.label}. {scheme.definition}\n\n"
        rows = ((f"`{c.notation}`", c.label, c.definition) for c in scheme.concepts)
        yield from table(("notation", "label", "definition"), rows)


def _link(term: Iri, where: Mapping[Iri, str]) -> str:
    name = shorten(term)
    return f"[{name}]({where[term]}.md#{_anchor(term)})" if term in where else f"`{name}`"


def _anchor(term: Iri) -> str:
    """An anchor of its own also for names that differ in case only, such as Dyad and dyad."""
    name = term.removeprefix(NS)
    return f"class-{name}" if name[0].isupper() else name
