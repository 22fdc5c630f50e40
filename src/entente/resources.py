"""Where the ontology, shapes, queries and samples lie: in the wheel, or at the root of a checkout."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from entente.errors import InternalError

__all__ = ["folder", "root"]


@cache
def root() -> Path:
    """Find the folder that holds `ontology/`, `shapes/`, `queries/` and `samples/`.

    Raises InternalError when the package was installed without them.
    """
    package = Path(str(files("entente")))
    for candidate in (package / "_assets", package.parent.parent):
        if (candidate / "ontology").is_dir() and (candidate / "shapes").is_dir():
            return candidate
    raise InternalError(901, f"the ontology and shapes are not beside {package.name}", "reinstall entente")


def folder(name: str) -> Path:
    """Give one of the folders below root(), such as `shapes`."""
    return root() / name
