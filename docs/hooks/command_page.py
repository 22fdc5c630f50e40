"""The reference of the command line, from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
from wording import table

from entente.cli import cli

__all__ = ["command_page"]

_INTRODUCTION = """# Commands

Made from the commands' own `--help`. Exit codes: 0 done, 1 refused, 2 wrong input, 3 store failed, 4 our bug,
130 interrupted.

"""


def command_page() -> str:
    """One section for each command, those of groups below their group."""
    assert isinstance(cli, click.Group)
    context = click.Context(cli, info_name="entente")
    return "".join([_INTRODUCTION, *_section(cli, context, 2)])


def _section(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield f"{'#' * level} {context.command_path}\n\n"
    yield f"```text\n{' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n```\n\n"
    yield _prose(command.help or "")
    yield from table(("option", "meaning"), _options(command, context))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _section(
                inner,
                click.Context(inner, info_name=name, parent=context),
                min(level + 1, 3) if level > 2 else 2 + bool(context.parent),
            )


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            yield f"`{record[0]}`", record[1]


def _prose(text: str) -> str:
    """A docstring, its unwrapped paragraphs (click's mark \\b) as code."""
    parts = []
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            parts.append(f"```text\n{paragraph.removeprefix(chr(8) + chr(10))}\n```\n\n")
        else:
            parts.append(f"{paragraph}\n\n")
    return "".join(parts)
