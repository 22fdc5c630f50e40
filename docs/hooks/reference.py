"""The pages of the reference that are made from the code at each build, so that they cannot fall behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from catalogue_page import catalogue_page
from command_page import command_page
from http_page import http_page
from ontology_pages import ontology_pages
from shapes_page import shapes_page

_TITLE = re.compile(r"^# (?:(?P<number>\d+)\. |(?P<padded>\d{4}): )?(?P<title>.+)$", re.MULTILINE)


def pages(root: Path) -> Mapping[str, str]:
    """All generated pages by their address on the site."""
    return {
        "reference/commands.md": command_page(),
        "reference/http.md": http_page(),
        "reference/queries.md": catalogue_page(),
        "reference/shapes.md": shapes_page(),
        **ontology_pages(),
        "decisions/index.md": "".join(_decisions(root / "docs/decisions")),
    }


def _decisions(folder: Path) -> Iterator[str]:
    yield "# Decisions\n\nShort records of what was decided and why, in the order in which it was.\n\n"
    for path in sorted(folder.glob("[0-9]*.md")):
        heading = _TITLE.search(path.read_text(encoding="utf-8"))
        if heading is None:
            raise SystemExit(f"{path} has no title")
        yield f"- {path.stem[:4]}: [{heading['title']}]({path.name})\n"
