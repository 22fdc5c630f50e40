"""The bundled sets of shapes: the core that the gate of ingest uses, and the codebooks that go beyond it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from entente.errors import InputError

__all__ = ["CORE", "profile_files", "profiles"]

CORE = "core"
_ALIASES = {"mme": "exercise-mme"}


def profiles(folder: Path) -> tuple[str, ...]:
    """Name the profiles that a folder of shapes holds: `core` and one for each file in its sub-folder `profiles`."""
    return (CORE, *sorted(path.stem for path in (folder / "profiles").glob("*.ttl")))


def profile_files(folder: Path, names: Iterable[str] = (CORE,)) -> list[Path]:
    """List the files of shapes of some profiles, each of which contains the core; `mme` is short for `exercise-mme`.

    Raises InputError for a profile that is not there.
    """
    known = profiles(folder)
    files = sorted(folder.glob("*.ttl"))
    for name in dict.fromkeys(_ALIASES.get(name, name) for name in names):
        if name not in known:
            raise InputError(170, f"no profile is named '{name}'", f"there are: {', '.join(known)}")
        if name != CORE:
            files.append(folder / "profiles" / f"{name}.ttl")
    return files
