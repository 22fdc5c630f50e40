"""Cursors: where a page of a sorted list ended, so that the next can begin there whatever has come or gone since."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from entente.errors import QueryError
from entente.query.listindex import Cursor, Value

__all__ = ["Cursor", "Value", "decode", "encode"]

_CHECK = 9


def encode(cursor: Cursor, of: Mapping[str, str]) -> str:
    """Write a cursor so that it can be read for the list `of` the same name, order and filters only."""
    said = json.dumps([cursor.value, cursor.key], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(said, of) + said).decode().rstrip("=")


def decode(text: str, of: Mapping[str, str], kinds: tuple[type, ...]) -> Cursor:
    """Read a cursor of a list, whose values are of these `kinds` or None.

    Raises QueryError 820 for a cursor of another list, and for one that was changed.
    """
    wrong = QueryError(
        820, "the cursor is damaged, or of a list with other filters", "take 'next' as it was given, or leave the cursor out"
    )
    try:
        read = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        said = read[_CHECK:]
        if read[:_CHECK] != _check(said, of):
            raise wrong
        value, key = json.loads(said)
    except ValueError:
        raise wrong from None
    # The checksum is no secret: whoever writes a cursor by hand must not get further than this.
    if not isinstance(key, str) or not (value is None or type(value) in kinds):
        raise wrong
    return Cursor(value, key)


def _check(said: bytes, of: Mapping[str, str]) -> bytes:
    described = json.dumps(sorted(of.items())).encode()
    return hashlib.sha256(described + b"\0" + said).digest()[:_CHECK]
