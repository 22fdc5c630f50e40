"""The numbers of the dataset: counted once for each version, and for large data never waited for twice."""

from __future__ import annotations

import pytest

from entente.api import keeping
from entente.api.statistics import Statistics
from entente.engine import LocalEngine
from entente.model import Change, Iri, Quad
from entente.model.terms import ent, rdf
from entente.store import open_store


def add(engine: LocalEngine, name: str) -> None:
    engine.store.apply(Change(insert=(Quad(Iri(f"https://w3id.org/entente/id/state/{name}"), rdf.type, ent.State),)))


def test_numbers_are_those_of_the_version() -> None:
    store = open_store("memory:")
    engine = LocalEngine(store)
    made = Statistics(engine)
    add(engine, "A")
    first = made.holdings()
    assert (first.version, first.classes, first.triples, first.subjects) == (engine.version, {ent.State: 1}, 1, 1)
    assert made.holdings() is first
    add(engine, "B")
    assert (made.holdings().triples, made.summary().classes) == (2, {ent.State: 2})
    engine.close()
    store.close()


def test_what_takes_long_is_counted_behind_the_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_QUICK", 0)
    store = open_store("memory:")
    engine = LocalEngine(store)
    made = Statistics(engine)
    add(engine, "A")
    first = made.summary()
    add(engine, "B")
    assert made.summary() is first
    while (later := made.summary()) is first:
        pass
    assert (later.version, later.classes) == (engine.version, {ent.State: 2})
    engine.close()
    store.close()
