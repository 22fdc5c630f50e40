"""The versions of code, ontology, shapes, queries, rules and reference data that answers rest on."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import entente_loaders
from entente import resources
from entente.version import __version__

__all__ = ["versions"]

_ONTOLOGY_VERSION = re.compile(r'owl:versionInfo\s+"([^"]+)"')


def versions() -> dict[str, str]:
    """Give each part's version; for what is data without a version number, a digest of its files."""
    ontology = (resources.folder("ontology") / "entente.ttl").read_text(encoding="utf-8")
    match = _ONTOLOGY_VERSION.search(ontology)
    return {
        "entente": __version__,
        "ontology": match.group(1) if match else "unknown",
        "shapes": _digest(resources.folder("shapes"), "*.ttl"),
        "queries": _digest(resources.folder("queries"), "*.rq"),
        "rules": _rules(),
        "data": _digest(resources.folder("ontology") / "reference", "*.ttl"),
    }


def _rules() -> str:
    folder = Path(str(entente_loaders.__file__)).parent
    return _digest(folder, "*.yaml")


def _digest(folder: Path, pattern: str) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:12]
