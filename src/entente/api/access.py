"""Who may write: those who know a token whose hash the service was given."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence

from fastapi import Request

from entente.errors import QueryError, StoreError

__all__ = ["UnauthorisedError", "check_hashes", "check_token"]

_HASH = re.compile(r"[0-9a-f]{64}\Z")
_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/-]+=*)\Z", re.IGNORECASE)


class UnauthorisedError(QueryError):
    """A write without a token that is known (RFC 6750 §3)."""

    status = 401
    challenge = 'Bearer realm="entente"'


def check_hashes(hashes: Sequence[str]) -> tuple[str, ...]:
    """Take the SHA-256 hashes of the tokens that may write, in hexadecimal digits.

    Raises StoreError for what is none.
    """
    found = tuple(each.strip().lower() for each in hashes)
    if not all(_HASH.match(each) for each in found):
        raise StoreError(520, "a token's hash has not 64 hexadecimal digits", "make one: printf %s TOKEN | sha256sum")
    return found


def check_token(request: Request, hashes: Sequence[str]) -> None:
    """Let a write pass. Raises QueryError where nobody may write, UnauthorisedError for a token that is missing or wrong."""
    if not hashes:
        raise QueryError(335, "this service is read-only", "start it with --token-hash to allow writes", status=403)
    found = _BEARER.match(request.headers.get("authorization", ""))
    given = hashlib.sha256(found[1].encode()).hexdigest() if found else ""
    # Every hash is compared, in constant time, so that the time tells nothing.
    if not sum(hmac.compare_digest(given, known) for known in hashes):
        raise UnauthorisedError(336, "writing needs a token", "send the header Authorization: Bearer TOKEN")
