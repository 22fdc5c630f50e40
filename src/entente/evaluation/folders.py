"""Folders of gold files: one JSON file per article, `<id>.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from entente.errors import InputError

__all__ = ["publication", "read_folder"]

_HINT = "each <id>.json holds an object with 'events' and 'relations' as in GUIDELINES.md"


def read_folder(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the records of a folder by their article's id, in the order of the ids.

    Raises InputError 150 for a folder without such files and for a file that is none.
    """
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}
    if not found:
        raise InputError(150, f"{folder} holds no gold files", _HINT)
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(150, f"{path} cannot be read: {error}", _HINT) from error
    if not isinstance(data, dict) or not all(_are_objects(data.get(key)) for key in ("events", "relations")):
        raise InputError(150, f"{path} is no gold file", _HINT)
    return data


def _are_objects(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def publication(record: dict[str, Any]) -> str | None:
    """Give the date of publication that an extractor may know: none where the coders inferred it from the text."""
    document = record.get("doc") or {}
    published = document.get("published")
    return None if "date inferred" in (document.get("note") or "") else published
