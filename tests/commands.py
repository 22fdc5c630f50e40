"""Runs the command line in this process, as tests of its commands do."""

from __future__ import annotations

from click.testing import CliRunner, Result

from entente.cli import cli

__all__ = ["invoke", "run"]


def invoke(*args: object, code: int = 0, stdin: str | bytes | None = None) -> Result:
    """Run `entente` with these arguments; it must end with the exit code."""
    result = CliRunner().invoke(cli, list(map(str, args)), input=stdin)
    assert result.exit_code == code, result.output
    return result


def run(store: object, *args: object, code: int = 0, stdin: str | bytes | None = None) -> Result:
    """Run `entente` on a store."""
    return invoke("--store", store, *args, code=code, stdin=stdin)
