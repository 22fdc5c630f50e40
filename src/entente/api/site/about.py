"""The page about the dataset: what it covers, how sure it is, and which files there are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from entente.api.describing import Describer, Value
from entente.api.reader import plain
from entente.engine import Engine
from entente.engine.dumps import DUMP_TYPES
from entente.model import Iri, Store
from entente.model.terms import dcterms, ent

__all__ = ["Coverage", "Download", "list_downloads", "read_coverage", "read_quality"]

_YEARS = (
    f"SELECT ?year (COUNT(*) AS ?n) WHERE {{ ?a a <{ent.Article}> ; <{dcterms.issued}> ?day "
    "BIND(SUBSTR(STR(?day), 1, 4) AS ?year) } GROUP BY ?year ORDER BY ?year"
)
_OUTLETS = (
    f"SELECT ?outlet (COUNT(*) AS ?n) WHERE {{ ?a a <{ent.Article}> ; <{ent.publisher}> ?outlet }} "
    "GROUP BY ?outlet ORDER BY DESC(?n) ?outlet LIMIT 20"
)
_CONFIDENCE = f"SELECT (AVG(?c) AS ?mean) (COUNT(?c) AS ?n) WHERE {{ ?claim a <{ent.Claim}> ; <{ent.confidence}> ?c }}"


def _by(predicate: Iri) -> str:
    return f"SELECT ?v (COUNT(*) AS ?n) WHERE {{ ?c a <{ent.Claim}> ; <{predicate}> ?v }} GROUP BY ?v ORDER BY DESC(?n) ?v"


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the whole dataset; the size in bytes is None until the file has been made."""

    name: str
    path: str
    media_type: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles by year and outlet, claims by how they are handed on and by how they are meant, and the mean confidence."""

    years: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[Value, int], ...]
    levels: tuple[tuple[Value, int], ...]
    modalities: tuple[tuple[Value, int], ...]
    confidence: str


def read_coverage(store: Store, describer: Describer) -> Coverage:
    """Count what the graph covers."""

    def counted(query: str) -> tuple[tuple[Value, int], ...]:
        rows = store.select(query).rows
        return tuple((describer.value(name), int(str(plain(n)))) for name, n in rows if name is not None)

    [(mean, number)] = store.select(_CONFIDENCE).rows
    sure = str(plain(number)) != "0" and mean is not None
    return Coverage(
        years=tuple((value.text, number) for value, number in counted(_YEARS)),
        outlets=counted(_OUTLETS),
        levels=counted(_by(ent.attributionLevel)),
        modalities=counted(_by(ent.modality)),
        confidence=f"{float(str(plain(mean))):.2f}" if sure else "",
    )


def read_quality() -> Mapping[str, Any]:
    """Read how well the bundled extractor does, as it was measured last: by bench/quality.py, on articles coded by hand."""
    said: Mapping[str, Any] = json.loads((files("entente.evaluation") / "quality.json").read_text("utf-8"))
    return said


def list_downloads(engine: Engine) -> tuple[Download, ...]:
    """List the files of the present version; none where the service makes none."""
    version = engine.version
    if engine.dumps is None or version is None:
        return ()
    made = engine.dumps.find(version)
    return tuple(
        Download(name, f"/dumps/{version}/{name}", media_type, made[name].size if name in made else None)
        for name, media_type in DUMP_TYPES.items()
    )
