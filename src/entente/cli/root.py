"""The root command: global options, commands that are imported only when they are used, and exit codes."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from entente.cli import failures
from entente.cli.session import Session
from entente.collector import collect_seldom

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS = (
    *(
        "demo",
        "ingest",
        "retract",
        "quarantine",
        "extract",
        "validate",
        "query",
        "sparql",
        "show",
        "dump",
        "export",
        "stats",
        "link",
    ),
    *("serve", "review", "ontology", "evaluate", "rules", "backup", "restore", "release"),
)
"""The commands in the order of --help; each is the object `command` of a module in entente.cli.commands."""

# The lines of --help, here because the commands' modules import heavy libraries; a test pairs them with the docstrings.
_SUMMARIES = {
    "backup": "Make a verified copy of the store.",
    "demo": "Build a small graph from the bundled articles, ask it a question and serve it.",
    "dump": "Write the graph out.",
    "evaluate": "Measure an extractor against gold files.",
    "export": "Write the graph as a table, or in another data set's form.",
    "extract": "Show the events that one article states, without storing anything.",
    "ingest": "Take articles into the graph.",
    "link": "Add the IRIs and codes of the entities that a column of a table names.",
    "ontology": "Check, compare and document the ontology.",
    "quarantine": "Look after articles that the gate refused.",
    "query": "Ask one of the catalogue's questions.",
    "release": "Write a release of the graph: files for others to download and cite.",
    "restore": "Put the store back from a backup.",
    "retract": "Take articles out of the graph, and exactly what rests on them alone.",
    "review": "Decide on proposed links between events and on unknown names.",
    "rules": "Check, explain and score the extraction rules.",
    "serve": "Serve the graph over HTTP: SPARQL and REST.",
    "show": "Show all that the graph says about one thing.",
    "sparql": "Run a SPARQL query of your own.",
    "stats": "Count what the graph holds, and say in which versions.",
    "validate": "Check RDF files against the shapes.",
}


class Root(click.Group):
    """The root group: loads commands late and turns every failure into a message and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"entente.cli.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _SUMMARIES[name]) for name in COMMANDS])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that closes the pipe early is no failure."""
        verbose = bool(ctx.params.get("verbose"))
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # The interpreter flushes stdout once more on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            ctx.exit(failures.report(error, verbose=verbose))
        return result

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run and exit: 0 done, 1 refused, 2 wrong input, 3 store failed, 4 our bug, 130 interrupted."""
        # Nearly all that a command makes lives to its end: walks of the collector over it took a third of the start.
        collect_seldom()
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "", err=True)
            sys.exit(failures.WRONG_INPUT)
        except click.ClickException as error:
            sys.exit(failures.report_usage(error))
        except click.Abort:
            click.echo("interrupted", err=True)
            sys.exit(failures.INTERRUPTED)
        except Exception as error:
            # Only --version and the completions can fail outside of invoke().
            sys.exit(failures.report(error, verbose=False))
        sys.exit(result if isinstance(result, int) else 0)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from entente.cli.versions import versions  # noqa: PLC0415 - keeps --help fast

    for name, version in versions().items():
        click.echo(f"{name} {version}")
    ctx.exit()


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--store",
    default="./entente-data",
    envvar="ENTENTE_STORE",
    show_default=True,
    show_envvar=True,
    metavar="FOLDER|URL",
    help="Folder of the graph, or [sparql+]http(s) address of a SPARQL endpoint, see docs/ingest.md.",
)
@click.option("--quiet", "-q", is_flag=True, help="Write results and errors only.")
@click.option("--verbose", "-v", is_flag=True, help="Log what is done, and show tracebacks.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the versions and exit."
)
@click.pass_context
def cli(ctx: click.Context, store: str, quiet: bool, verbose: bool) -> None:
    """News articles into a sourced, validated graph of relations between states.

    Start with: entente demo
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if verbose:
        for name in ("entente", "entente_loaders"):
            logging.getLogger(name).setLevel(logging.DEBUG)
    ctx.obj = Session(store, quiet=quiet)


def main() -> None:
    """Run the command line."""
    cli.main(prog_name="entente")
