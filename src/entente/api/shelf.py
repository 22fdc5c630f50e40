"""Keeps documents that have been made, so that those that are asked for often are not made again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from fastapi import Response

__all__ = ["Shelf"]


class Shelf:
    """The documents that were last asked for, of `size` bytes together; a key must tell all that decides a document."""

    def __init__(self, size: int = 16 << 20) -> None:
        self._size = size
        self._held = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[bytes, dict[str, str]]] = OrderedDict()

    def find(self, key: Hashable) -> Response | None:
        """Give a document that is kept, as an answer of its own: middleware changes the headers of answers."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
        body, headers = found
        return Response(body, headers=headers)

    def keep(self, key: Hashable, answer: Response) -> None:
        """Keep a document, and let go of those that were asked for longest ago."""
        body = bytes(answer.body)
        if len(body) > self._size:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._held += len(body) - (len(old[0]) if old else 0)
            self._kept[key] = (body, dict(answer.headers))
            while self._held > self._size:
                _, (gone, _) = self._kept.popitem(last=False)
                self._held -= len(gone)
