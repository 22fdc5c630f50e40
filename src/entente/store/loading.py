"""Large changes of a store on disk: what is inserted goes in as sorted files, what is removed is noted among it first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyoxigraph as ox

from entente.model.graph import Change
from entente.model.rdf import Iri, Quad
from entente.store.sparql import Spellings, update_text
from entente.store.terms import from_quads

__all__ = ["LARGE", "finish", "is_large", "load", "nquads"]

_NOTES = Iri("urn:x-entente:leaving:")
"""The graph that lists those of what is to be removed, each named by this and the graph that it is to be removed from."""
_DEFAULT = "default"
LARGE = 4000
"""Quads from which on files are cheaper than a transaction, which does not wait for the disk."""
_LARGEST = 2_000_000
"""Quads up to which files are made: the engine holds about 0.8 GB for each million while it sorts them."""
_SHARE = 4
"""The inserted quads must be so many times the removed ones, which are written twice."""


def is_large(change: Change) -> bool:
    """Whether load() is the cheaper way, and as safe as a transaction."""
    inserted, removed = len(change.insert), len(change.remove)
    return inserted >= LARGE and inserted + removed <= _LARGEST and removed * _SHARE <= inserted


def load(engine: ox.Store, change: Change) -> None:
    """Carry out a change in two steps, each of which a killed process leaves whole or undone.

    The first adds all that is inserted, and with it notes of what is to be removed; the second removes that, and the notes.
    Where the second is missing, finish() makes up for it.
    """
    leaving = set(change.remove).difference(change.insert)
    notes = [Quad(*quad.triple, _note(quad.graph)) for quad in leaving]
    notes += [Quad(_NOTES, _NOTES, _note(graph), _NOTES) for graph in {quad.graph for quad in leaving}]
    # The names were checked when the terms were made.
    engine.bulk_load(nquads((*change.insert, *notes)), ox.RdfFormat.N_QUADS, lenient=True)
    _remove(engine, leaving)


def finish(engine: ox.Store) -> None:
    """Remove what a killed process had noted to be removed."""
    noted: list[Quad] = []
    for note in list(from_quads(engine.quads_for_pattern(None, None, None, ox.NamedNode(_NOTES)))):
        assert isinstance(note.object, Iri)
        name = note.object.removeprefix(_NOTES)
        graph = None if name == _DEFAULT else Iri(name)
        quads = from_quads(engine.quads_for_pattern(None, None, None, ox.NamedNode(note.object)))
        noted += (Quad(*quad.triple, graph) for quad in quads)
    _remove(engine, noted)


def _note(graph: Iri | None) -> Iri:
    """The graph that holds what is to be removed from another."""
    return Iri(f"{_NOTES}{graph or _DEFAULT}")


def _remove(engine: ox.Store, quads: Collection[Quad]) -> None:
    if quads:
        notes = sorted({_NOTES, *(_note(quad.graph) for quad in quads)})
        drops = "".join(f" ;\nDROP SILENT GRAPH {name.n3()}" for name in notes)
        engine.update(update_text(Change(remove=tuple(quads))) + drops)


def nquads(quads: Iterable[Quad]) -> bytes:
    """Spell quads as N-Quads, in the order given. Raises InputError for blank nodes."""
    spelled = Spellings()
    return "".join(
        f"{spelled[subject]} {spelled[predicate]} {spelled[value]} .\n"
        if graph is None
        else f"{spelled[subject]} {spelled[predicate]} {spelled[value]} {spelled[graph]} .\n"
        for subject, predicate, value, graph in quads
    ).encode()
