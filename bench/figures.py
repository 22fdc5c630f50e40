"""Gives a bench's figures to whoever started it, as lines of JSON, beside what the bench prints."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

__all__ = ["VARIABLE", "figure"]

VARIABLE = "ENTENTE_FIGURES"
"""The variable of the environment that names the file; without it no figures are kept."""


def figure(name: str, value: float, unit: str, *, ratio: float | None = None, to: str | None = None) -> None:
    """Give one figure: what was measured, how much, in which unit; with a peer, how many times as much as `to` it is.

    A line is written at once, so that what a bench measured before it was ended is kept. What is infinite or no number, as
    where nothing was answered, is null.
    """
    path = os.environ.get(VARIABLE)
    if path:
        line = {"name": name, "value": _rounded(value), "unit": unit}
        if ratio is not None:
            line |= {"ratio": _rounded(ratio), "to": to}
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _rounded(value: float) -> float | None:
    """To five significant digits, since nothing that is measured has more."""
    return float(f"{value:.5g}") if math.isfinite(value) else None
