"""The worker's side of what takes articles: reads one and checks its graph, in a process that may be killed."""

from __future__ import annotations

from collections.abc import Callable

from entente import resources
from entente.gate import ShaclGate, load_shapes
from entente.gate.profiles import profile_files
from entente.index import ReferenceIndex, load_base
from entente.model import Article, Delta, GateReport
from entente_loaders.extract import RuleExtractor
from entente_loaders.pipeline import prepare
from entente_loaders.sources.files import parse

__all__ = ["make"]


def make() -> Callable[[bytes | Article | Delta], tuple[Delta, GateReport]]:
    """Read the base data and the rules, and give what makes a graph of an article, which may be text with front matter."""
    base = load_base(resources.root())
    index = ReferenceIndex(base)
    extractor = RuleExtractor(index)
    gate = ShaclGate(load_shapes(profile_files(resources.folder("shapes")), base.graphs["ontology"]), index)

    def work(given: bytes | Article | Delta) -> tuple[Delta, GateReport]:
        if isinstance(given, Delta):
            return given, gate.check(given.triples)
        article = parse(given, "the article") if isinstance(given, bytes) else given
        _, _, delta = prepare(article, extractor, index)
        return delta, gate.check(delta.triples)

    return work
