"""The codebook of an export as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator

from entente.export.documents import DOCUMENTS
from entente.export.tables import card_of
from entente.query import Catalogue, Column, Loss

__all__ = ["page"]


def page(name: str, catalogue: Catalogue) -> str:
    """Write the codebook of a table or document: what it holds, its columns or fields, and what it loses.

    Raises QueryError 314 for an unknown name.
    """
    document = DOCUMENTS.get(name)
    if document is not None:
        lines = [f"# {name}: {document.summary}", "", document.about, *_columns(document.fields), *_losses(document.losses)]
        return "\n".join(lines) + "\n"
    card, codebook = card_of(name, catalogue)
    lines = [f"# {name}: {card.summary}", "", f"{codebook.unit[0].upper()}{codebook.unit[1:]}.", *_columns(codebook.columns)]
    if card.params:
        lines += ["", "Parameters:", ""]
        lines += [f"- `-p {param.name}=...` ({param.type}): {param.help}" for param in card.params]
    return "\n".join([*lines, *_losses(codebook.losses)]) + "\n"


def _columns(columns: tuple[Column, ...]) -> Iterator[str]:
    if columns:
        yield from ("", "| column | type | meaning |", "|---|---|---|")
        yield from (f"| {column.name} | {column.type} | {column.about} |" for column in columns)


def _losses(losses: tuple[Loss, ...]) -> Iterator[str]:
    yield from ("", "What it cannot carry:", "")
    yield from (f"- {loss.what}{'' if loss.count is None else ' (counted in the report)'}" for loss in losses)
