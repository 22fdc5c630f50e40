"""Reads the articles that a command is pointed at, without storing anything."""

from __future__ import annotations

from pathlib import Path

from entente.errors import ArticleError
from entente.model import Article
from entente_loaders.sources import open_paths

__all__ = ["one_article"]


def one_article(file: Path) -> Article:
    """Read the article of one file.

    Raises ArticleError where it cannot be read.
    """
    [article] = open_paths([file])
    if isinstance(article, ArticleError):
        raise article
    return article
