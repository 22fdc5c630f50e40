"""The worker's side of POST /ingest: reads an article and checks its graph, in a process that may be killed."""

from __future__ import annotations

from collections.abc import Callable

from entente import resources
from entente.gate import ShaclGate, load_shapes
from entente.gate.profiles import profile_files
from entente.index import ReferenceIndex, load_base
from entente.model import Delta, GateReport
from entente_loaders.extract import RuleExtractor
from entente_loaders.pipeline import prepare
from entente_loaders.sources.files import parse

__all__ = ["make"]


def make() -> Callable[[bytes], tuple[Delta, GateReport]]:
    """Read the base data and the rules, and give what turns an article's text, with front matter, into its graph."""
    base = load_base(resources.root())
    index = ReferenceIndex(base)
    extractor = RuleExtractor(index)
    gate = ShaclGate(load_shapes(profile_files(resources.folder("shapes")), base.graphs["ontology"]), index)

    def work(text: bytes) -> tuple[Delta, GateReport]:
        _, _, delta = prepare(parse(text, "the article"), extractor, index)
        return delta, gate.check(delta.triples)

    return work
