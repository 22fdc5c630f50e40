"""Digests of the code and the data that an article's graph, and the published graph, are worked out with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import entente_loaders
from entente import resources
from entente.model.iri import BASE

__all__ = ["article_versions", "graph_versions", "reader_versions"]

_TEXTS = frozenset({".py", ".yaml", ".ttl", ".rq", ".json", ".csv", ".tsv", ".txt"})
_LIBRARIES = ("pyahocorasick", "simplemma", "textblob", "trafilatura")
_READERS = ("fastwarc", "feedparser", "htmldate", "lxml", "markdown-it-py", "pyoxigraph", "pyyaml", "resiliparse")


def article_versions(extractor: str) -> str:
    """The digest of all that an article's graph and the gate's word on it rest on, beside the article.

    `extractor` names the extractor, with a version where it is not bundled, and stands before the digest and a colon.
    Whoever changes one rule, shape, reference entity or line of the steps gets another digest.
    """
    own = Path(str(files("entente")))
    folders = (
        Path(entente_loaders.__file__).parent,
        *(own / name for name in ("model", "index", "gate")),
        *(resources.folder(name) for name in ("ontology", "shapes")),
    )
    digest = _digest([BASE, *(f"{name} {_version(name)}" for name in _LIBRARIES)], folders)
    return f"{extractor}:{digest}"


def reader_versions() -> str:
    """The digest of what files are read with, beside what `article_versions` covers."""
    own = Path(str(files("entente")))
    return _digest([f"{name} {_version(name)}" for name in _READERS], (own / "store",))


def graph_versions() -> str:
    """The digest of what the published graph is merged with: the base data, the rules and the consensus."""
    own = Path(str(files("entente")))
    folders = (
        *(own / name for name in ("model", "index", "consensus")),
        resources.folder("ontology"),
        resources.folder("queries") / "rules",
    )
    return _digest([BASE], folders)


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"


def _digest(words: Iterable[str], folders: Iterable[Path]) -> str:
    total = hashlib.sha256("\n".join(words).encode())
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _TEXTS):
            total.update(f"\0{folder.name}/{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return total.hexdigest()
