"""The code blocks of the documentation, with the marks that say how they are tested.

A mark is an HTML comment before the block: `<!-- not run: REASON -->`; `<!-- file: NAME -->`, the block is the content of a
file that later blocks use; `<!-- output -->`, it is what the block before printed, where a line `...` stands for any lines;
`<!-- exit: N -->`, the exit code of the block, if not 0. On top of a page, `<!-- starts empty -->` wants no store.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

__all__ = ["Block", "Document", "documents"]

_MARK = re.compile(r"<!--\s*(not run|file|output|exit|starts empty)(?::\s*(.+?))?\s*-->", re.DOTALL)
_OTHERS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "loaders/README.md", "queries/README.md")


@dataclass(frozen=True, slots=True)
class Block:
    """A block: the line where it begins, its language and text, and its marks."""

    line: int
    language: str
    text: str
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """A page with its blocks in order; `starts_empty` where it wants no store."""

    path: Path
    blocks: tuple[Block, ...]
    starts_empty: bool


def documents(root: Path) -> list[Document]:
    """All pages that are written by hand."""
    pages = [root / name for name in _OTHERS] + sorted((root / "docs").rglob("*.md"))
    return [_read(path) for path in pages]


def _read(path: Path) -> Document:
    blocks = []
    starts_empty = False
    marks: dict[str, str] = {}
    for token in MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8")):
        if token.type == "html_block":
            marks = {name: said or "" for name, said in _MARK.findall(token.content)}
            starts_empty |= "starts empty" in marks
        elif token.type in {"fence", "code_block"}:
            assert token.map is not None
            # A block by indentation has no language, so that nobody can tell what it is.
            language = token.info.split(" ")[0] if token.type == "fence" else ""
            blocks.append(Block(token.map[0] + 1, language, token.content, marks))
            marks = {}
        elif token.type != "list_item_open":
            marks = {}
    return Document(path, tuple(blocks), starts_empty)
