"""Pages read as a browser reads them: elements with their attributes, and text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

__all__ = ["Page"]

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Page(HTMLParser):
    """What a page holds; `data` are its blocks of JSON, `unclosed` elements that were not closed where they should be."""

    text: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    data: list[Any] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._block: list[str] | None = None
        self._of: dict[str, str] = {}
        self.feed(self.text)
        self.close()
        self.unclosed += self._open

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements of a name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def ids(self) -> list[str]:
        """All ids."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "script":
            self._block, self._of = [], given

    def handle_data(self, data: str) -> None:
        if self._block is not None:
            self._block.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._block is not None:
            if self._of.get("type", "").endswith("json"):
                self.data.append(json.loads("".join(self._block)))
            self._block = None
        # HTML lets a paragraph or an item end with what holds it; our templates close all.
        if not self._open or self._open[-1] != tag:
            self.unclosed.append(tag)
        else:
            self._open.pop()
