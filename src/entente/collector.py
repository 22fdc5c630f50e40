"""How often Python looks for garbage in cycles."""

from __future__ import annotations

import gc

__all__ = ["collect_in_small_steps", "collect_seldom"]

_MADE_BETWEEN_COLLECTIONS = 100_000
_MADE_BETWEEN_STEPS = 10_000
"""Pages leave all that they show in cycles, which their templates make: of 100,000 things the collector has for 0.1 s."""


def collect_seldom(*, loaded: bool = False) -> None:
    """Let the collector look for cycles seldom, for nearly all that is made lives to the end or is in no cycle.

    With `loaded`, what was made so far is kept to the end, and never looked at again.
    """
    if loaded:
        _keep()
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS, 20, 100)


def collect_in_small_steps() -> None:
    """Let the collector look for cycles often and so shortly that nobody waits for it; what was made so far is kept."""
    _keep()
    gc.set_threshold(_MADE_BETWEEN_STEPS, 20, 100)


def _keep() -> None:
    gc.collect()
    gc.freeze()
