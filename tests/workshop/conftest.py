"""The extractor over the project's own reference data."""

from __future__ import annotations

import pytest

from entente_loaders.extract import RuleExtractor
from pipelines import tools


@pytest.fixture(scope="session")
def extractor() -> RuleExtractor:
    """The extractor with the package's rules."""
    return tools().extractor
