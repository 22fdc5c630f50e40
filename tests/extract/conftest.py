"""The extractor over the project's own reference data, and a short way to run it on a few words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entente.index import ReferenceIndex, load_base
from entente.model import Article, Extraction
from entente_loaders.extract import RuleExtractor
from entente_loaders.text import read

Extract = Callable[..., Extraction]


@pytest.fixture(scope="session")
def index(root: Path) -> ReferenceIndex:
    """The reference data."""
    return ReferenceIndex(load_base(root))


@pytest.fixture(scope="session")
def extractor(index: ReferenceIndex) -> RuleExtractor:
    """The extractor with the package's rules."""
    return RuleExtractor(index)


@pytest.fixture(scope="session")
def extract(extractor: RuleExtractor) -> Extract:
    """Extract from a text, published on a Thursday (2023-07-20) unless told otherwise."""

    def run(text: str, published: str | None = "2023-07-20") -> Extraction:
        return extractor.extract(read(Article("test", text.encode(), "test.txt", published=published)))

    return run
