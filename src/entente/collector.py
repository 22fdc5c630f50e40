"""How often Python looks for garbage in cycles."""

from __future__ import annotations

import gc

__all__ = ["collect_seldom"]

_MADE_BETWEEN_COLLECTIONS = 100_000


def collect_seldom(*, loaded: bool = False) -> None:
    """Let the collector look for cycles seldom, for nearly all that is made lives to the end or is in no cycle.

    With `loaded`, what was made so far is kept to the end, and never looked at again.
    """
    if loaded:
        gc.collect()
        gc.freeze()
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS, 20, 100)
