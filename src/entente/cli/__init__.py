"""The command line, `entente`."""

from __future__ import annotations

from entente.cli.root import cli, main

__all__ = ["cli", "main"]
