"""Where results go and in which format: stdout or a file, by the option, the file's suffix or the reader."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from entente.cli.render import render
from entente.errors import InputError
from entente.model import Solutions, Triple
from entente.store import serialise

__all__ = ["Output", "asking_options", "output_options"]

Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
"""What completes a word in the shell."""

ROWS = ("table", "csv", "json", "jsonl")
GRAPHS = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json"}


@dataclass(frozen=True, slots=True)
class Output:
    """The wish for a format, if any, and the file, if not stdout."""

    format: str | None
    path: Path | None

    @property
    def wish(self) -> str | None:
        """The format asked for, by option or suffix."""
        if self.format or self.path is None:
            return self.format
        suffix = self.path.suffix.removeprefix(".").lower()
        if suffix not in (*ROWS, *GRAPHS):
            known = ", ".join(f".{name}" for name in (*ROWS, *GRAPHS))
            raise InputError(121, f"{self.path}: the suffix tells no format", f"give --format, or one of {known}")
        return suffix

    @property
    def to_people(self) -> bool:
        """Whether the result goes to a terminal."""
        return self.path is None and sys.stdout.isatty()

    def rows(self, solutions: Solutions) -> None:
        """Write rows: a table for people, else CSV."""
        form = self.wish or ("table" if self.to_people else "csv")
        if form not in ROWS:
            raise InputError(121, f"the answer has rows, which {form} cannot hold", f"use one of {', '.join(ROWS)}")
        self.write(render(solutions, form, terminal=self.to_people).encode())

    @property
    def graph_type(self) -> str:
        """The media type for a graph: Turtle unless another is wished for."""
        form = self.wish or "ttl"
        if form not in GRAPHS:
            raise InputError(121, f"the answer is a graph, which {form} cannot hold", f"use one of {', '.join(GRAPHS)}")
        return GRAPHS[form]

    def graph(self, triples: Iterable[Triple]) -> None:
        """Write a graph."""
        self.write(serialise(triples, self.graph_type))

    def wants_graph(self) -> bool:
        """Whether a graph format was asked for."""
        return self.wish in GRAPHS

    def write(self, data: bytes) -> None:
        """Write bytes to the file or stdout."""
        if self.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            return
        try:
            self.path.write_bytes(data)
        except OSError as error:
            raise InputError(122, f"{self.path} cannot be written: {error.strerror}", "give another path to -o") from error


def asking_options(listing: str, complete: Completion | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add -p and --list to a command, which gets them as `pairs` and `wants_list`; `listing` says what is listed."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        value = click.option(
            "-p",
            "--param",
            "pairs",
            multiple=True,
            metavar="NAME=VALUE",
            help="A parameter's value.",
            shell_complete=complete,
        )
        return value(click.option("--list", "wants_list", is_flag=True, help=listing)(function))

    return add


def output_options(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --format and -o to a command, which gets them as `format` and `path`."""
    choices = formats or (*ROWS, *GRAPHS)

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        option = click.option(
            "--format", "-f", type=click.Choice(choices), help="Format; otherwise what suits the terminal, pipe or file."
        )
        target = click.option(
            "--output",
            "-o",
            "path",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write to this file; its suffix decides the format.",
        )
        return option(target(function))

    return add
