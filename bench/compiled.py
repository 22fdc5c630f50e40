"""Compiles what an article passes through, for the benches that time it (docs/decisions/0028-compiled-pipeline.md)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["environment"]


def environment() -> dict[str, str] | None:
    """Give the environment in which Python takes the compiled steps; None where they cannot be made, and say why."""
    checkout = Path(__file__).resolve().parent.parent
    target = checkout / "build/compiled"
    made = subprocess.run(
        [sys.executable, checkout / "scripts/compile.py", target], capture_output=True, text=True, check=False
    )
    if made.returncode:
        print(made.stderr.strip(), file=sys.stderr)
        return None
    path = os.pathsep.join([str(target), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path}
