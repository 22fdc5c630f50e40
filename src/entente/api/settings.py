"""What may differ between installations of the service."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request

from entente.api.validation import ValidationLimits
from entente.gate import FolderQuarantine

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ between installations.

    `token_hashes` are the SHA-256 hashes of the tokens that may write; without any, nobody may. `public_url` is the address
    that the world knows the service by, where it is not the one it is asked at; `release` that of a release of the data.
    `quarantine` keeps what the gate refused, for the page of what waits for people; `journal` is the file that tells ingest
    what became of each article, which forgets those that are decided on there.
    `query_bytes` and `upload_bytes` bound bodies, `validation` what validating and trying out articles may take.
    """

    title: str = "Entente"
    token_hashes: tuple[str, ...] = ()
    public_url: str | None = None
    release: str | None = None
    query_bytes: int = 1 << 20
    upload_bytes: int = 64 << 20
    quarantine: FolderQuarantine | None = None
    journal: Path | None = None
    validation: ValidationLimits = field(default_factory=ValidationLimits)

    def address(self, request: Request, path: str) -> str:
        """The address of a path of this service, as the client knows it."""
        return (self.public_url or str(request.base_url)).rstrip("/") + path
