"""The manifest of a backup: which version it holds, how many quads, and the SHA-256 of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

from entente.errors import InputError, StoreError

__all__ = ["CONTENT", "Manifest", "digest", "digests"]

CONTENT = "store"
"""The folder of a backup that holds the store's files."""

_NAME = "manifest.json"
_FORMAT = 1


def digest(path: Path) -> str:
    """The SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 (hex) of each file of a folder, by name."""
    return {file.name: digest(file) for file in sorted(folder.iterdir())}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: `made` is a time in ISO 8601, `entente` the version of the program that made it."""

    version: int
    quads: int
    made: str
    entente: str
    files: Mapping[str, str]
    format: int = _FORMAT

    def write(self, backup: Path) -> None:
        """Write it into the folder of a backup."""
        text = json.dumps({**asdict(self), "files": dict(self.files)}, indent=2, sort_keys=True)
        (backup / _NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, backup: Path) -> Manifest:
        """Read it from the folder of a backup.

        Raises InputError where there is none, or not of a form that this version knows.
        """
        path = backup / _NAME
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(
                157, f"{backup} is no backup: {path.name} cannot be read ({error})", "name what `entente backup` wrote"
            ) from error
        match said:
            case {
                "format": 1,
                "version": int(version),
                "quads": int(quads),
                "made": str(made),
                "entente": str(entente),
                "files": dict(files),
            } if all(isinstance(value, str) and Path(name).name == name for name, value in files.items()):
                return cls(version, quads, made, entente, MappingProxyType(files))
        raise InputError(
            157, f"{path} has a form that this version does not know", "restore it with the version that made it"
        )

    def check(self, backup: Path) -> None:
        """Raise StoreError where a file of the backup is missing, too many, or not what it was."""
        try:
            found = digests(backup / CONTENT)
        except OSError as error:
            raise StoreError(541, f"the backup {backup} cannot be read: {error}", "use another backup") from error
        wrong = sorted(name for name in found.keys() | self.files.keys() if found.get(name) != self.files.get(name))
        if wrong:
            raise StoreError(
                541, f"the backup {backup} is damaged: {', '.join(wrong)} is not what was written", "use another backup"
            )
