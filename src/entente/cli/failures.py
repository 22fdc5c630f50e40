"""How failures reach people: one message with a code and a remedy, and the exit code."""

from __future__ import annotations

import os
import tempfile
import traceback
from pathlib import Path

import click

from entente.errors import Error, InternalError

__all__ = ["INTERRUPTED", "REFUSED", "WRONG_INPUT", "report", "report_usage"]

REFUSED = 1
WRONG_INPUT = 2
INTERRUPTED = 130


def report(error: Exception, *, verbose: bool) -> int:
    """Write the error to stderr and give the exit code.

    What is no error of Entente's own counts as our bug: its traceback is kept in a file, whose path is printed.
    """
    if verbose:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    if not isinstance(error, Error):
        path = _keep(error)
        error = InternalError(
            900,
            f"{type(error).__name__}: {error}",
            f"this is a bug of Entente's; the traceback is in {path}, please report it",
        )
    click.echo(str(error), err=True)
    return error.exit_code


def report_usage(error: click.ClickException) -> int:
    """Write a mistake on the command line to stderr, in the same form, and give the exit code."""
    ctx = getattr(error, "ctx", None)
    hint = f"see: {ctx.command_path} --help" if ctx is not None else None
    click.echo(str(Error(100, error.format_message(), hint)), err=True)
    return WRONG_INPUT


def _keep(error: Exception) -> Path:
    handle, name = tempfile.mkstemp(prefix="entente-", suffix=".traceback.txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(traceback.format_exception(error))
    return Path(name)
