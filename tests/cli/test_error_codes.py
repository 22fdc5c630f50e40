"""Every error code in the sources has a heading in docs/errors.md, and every heading a code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for base in ("src", "loaders") for path in (ROOT / base).rglob("*.py"))


def codes(path: Path) -> Iterator[str]:
    """Codes of calls such as `InputError(100, "what happened")`, also of functions that make errors, and those in texts."""
    text = path.read_text(encoding="utf-8")
    yield from re.findall(r"ENTENTE-(\d{3})\b", text)
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func, args=[ast.Constant(value=int(code)), message, *_]) if 100 <= code <= 999:
                if _makes_errors(func) or isinstance(message, ast.JoinedStr | ast.Constant):
                    yield str(code)


def _makes_errors(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id.endswith("Error")


def test_codes_and_headings_are_paired() -> None:
    raised = {code for path in SOURCES for code in codes(path)}
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    headings = re.findall(r"^### ENTENTE-(\d{3})$", page, re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert headings == sorted(headings)
    assert sorted(raised) == headings
    assert len(headings) > 60


def test_every_heading_has_a_text() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### (.+)\n((?:[^#\n].*\n)*)", page, re.MULTILINE)
    assert len(sections) > 60
    assert [heading for heading, text in sections if not text.strip()] == []
