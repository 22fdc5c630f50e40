"""CSV tables of articles, one a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from entente.errors import ArticleError
from entente_loaders.sources.fields import PARTS, Fields
from entente_loaders.sources.kit import Item, Kit, Source
from entente_loaders.sources.opening import stem
from entente_loaders.sources.tables import rows

__all__ = ["SOURCE"]


def _read(location: str, options: Mapping[str, str], kit: Kit) -> Iterator[Item]:
    path, fields = Path(location), Fields.of(options)
    for row in rows(path, encoding=options.get("encoding"), delimiter=options.get("delimiter"), meter=kit.meter):
        if row.error is not None:
            yield row.error
            continue
        if not row.cells.keys() & set(fields.text_fields()):
            columns = ", ".join(list(row.cells)[:12])
            message = f"{path}: no column holds texts; it has: {columns}"
            raise ArticleError(227, message, "name the column, for example with text=COLUMN")
        try:
            yield fields.article(row.cells, f"{path}:{row.line}", stem(path))
        except ArticleError as error:
            yield error


SOURCE = Source(
    _read,
    frozenset({".csv", ".tsv"}),
    PARTS | {"mapping", "encoding", "delimiter"},
    beyond=frozenset({"mapping"}),
)
"""The source `csv`."""
