"""What may differ between installations of the service."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ between installations.

    `token_hashes` are the SHA-256 hashes of the tokens that may write; without any, nobody may. `public_url` is the address
    that the world knows the service by, where it is not the one it is asked at.
    `query_bytes` and `upload_bytes` bound bodies.
    """

    title: str = "Entente"
    token_hashes: tuple[str, ...] = ()
    public_url: str | None = None
    query_bytes: int = 1 << 20
    upload_bytes: int = 64 << 20

    def address(self, request: Request, path: str) -> str:
        """The address of a path of this service, as the client knows it."""
        return (self.public_url or str(request.base_url)).rstrip("/") + path
