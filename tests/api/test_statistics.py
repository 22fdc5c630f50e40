"""The numbers of the dataset: counted once for each version, and for large data never waited for twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable

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
    waiting: dict[Hashable, Callable[[], None]] = {}
    monkeypatch.setattr(engine.background, "submit", waiting.__setitem__)
    made = Statistics(engine)
    add(engine, "A")
    first = made.summary()
    assert not waiting
    add(engine, "B")
    # It is begun with the change, before anybody asks.
    assert len(waiting) == 1
    assert made.summary() is first
    for task in waiting.values():
        task()
    later = made.summary()
    assert (later.version, later.classes) == (engine.version, {ent.State: 2})
    engine.close()
    store.close()
