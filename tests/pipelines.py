"""The whole pipeline for tests: from files to a graph in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from entente.consensus import GraphSink
from entente.gate import FolderQuarantine, ShaclGate, load_shapes
from entente.index import ReferenceIndex, load_base
from entente.model import Store, Triple
from entente.resources import folder, root
from entente.store import open_store
from entente_loaders.extract import RuleExtractor
from entente_loaders.pipeline import Outcome, ingest
from entente_loaders.sources import open_paths

__all__ = ["Run", "Tools", "default_graph", "ingested", "run", "tools"]


@dataclass(frozen=True)
class Tools:
    """What every run needs, loaded once."""

    index: ReferenceIndex
    extractor: RuleExtractor
    gate: ShaclGate


@dataclass(frozen=True)
class Run:
    """A graph in memory and what became of the articles."""

    store: Store
    sink: GraphSink
    outcomes: tuple[Outcome, ...]


@cache
def tools() -> Tools:
    """The extractor, the index and the gate of the bundled data."""
    index = ReferenceIndex(load_base(root()))
    shapes = load_shapes(folder("shapes").glob("*.ttl"), index.base.graphs["ontology"])
    return Tools(index, RuleExtractor(index), ShaclGate(shapes, index))


def run(paths: Sequence[Path], store: Store | None = None) -> Run:
    """Ingest files one by one, in the order given."""
    store = store or open_store("memory:")
    sink = GraphSink(store, tools().index)
    sink.prepare(tools().index.version, tools().index.base.graphs)
    with tempfile.TemporaryDirectory() as quarantine:
        outcomes = [
            outcome
            for path in paths
            for outcome in ingest(
                open_paths([path]),
                extractor=tools().extractor,
                index=tools().index,
                gate=tools().gate,
                sink=sink,
                quarantine=FolderQuarantine(Path(quarantine)),
            )
        ]
    return Run(store, sink, tuple(outcomes))


@cache
def ingested(*paths: Path) -> Store:
    """A graph in memory that holds these articles; shared by tests, so do not write to it."""
    return run(paths).store


def default_graph(store: Store) -> frozenset[Triple]:
    """The triples of the default graph."""
    return frozenset(quad.triple for quad in store.quads(default_graph=True))
