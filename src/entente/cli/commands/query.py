"""`entente query`: the catalogue of questions."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from entente import resources
from entente.cli.output import Output, asking_options, output_options
from entente.cli.session import Session
from entente.errors import InputError
from entente.model import Literal, Solutions
from entente.query import Catalogue, bind, load, run

__all__ = ["catalogue", "command", "parameter_values"]


def catalogue() -> Catalogue:
    """The catalogue that comes with Entente."""
    return load(resources.folder("queries"))


def _complete_name(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(card.name, help=card.summary) for card in catalogue().cards if card.name.startswith(incomplete)]


def _complete_value(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    # While an option still lacks its value, click leaves the words before it unparsed.
    names = {ctx.params.get("name"), *ctx.args}
    params = [p for card in catalogue().cards if card.name in names for p in card.params]
    return [CompletionItem(f"{p.name}=", help=p.help) for p in params if p.name.startswith(incomplete)]


def parameter_values(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read NAME=VALUE options.

    Raises InputError 123 for what is none, and for a name given twice.
    """
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise InputError(123, f"-p {pair} is no NAME=VALUE", "write it like -p a=RUS")
        if name in values:
            raise InputError(123, f"-p {name}=... is given twice", "give each parameter once")
        values[name] = value
    return values


def _listing(cards: Catalogue) -> Solutions:
    rows = tuple(
        (
            Literal(card.subject),
            None if card.competency is None else Literal.of(card.competency),
            Literal(card.name),
            Literal(" ".join(p.name if p.required else f"[{p.name}]" for p in card.params)),
            Literal(card.summary),
        )
        for card in cards.cards
    )
    return Solutions(("subject", "competency", "name", "params", "summary"), rows)


@click.command("query")
@click.argument("name", required=False, shell_complete=_complete_name)
@asking_options("List the questions.", _complete_value)
@click.option("--show", is_flag=True, help="Print the query, with the values if there are any, instead of running it.")
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def command(
    session: Session,
    name: str | None,
    pairs: tuple[str, ...],
    *,
    wants_list: bool,
    show: bool,
    format: str | None,
    path: Path | None,
) -> None:
    """Ask one of the catalogue's questions.

    \b
    entente query --list
    entente query joint-exercises-of-dyad -p a=RUS -p b=CHN
    """
    output = Output(format, path)
    if wants_list or name is None:
        output.rows(_listing(catalogue()))
        return
    card = catalogue().card(name)
    values = parameter_values(pairs)
    if show:
        output.write((bind(card, values) if values else card.text).encode())
        return
    bind(card, values)  # A wrong parameter is told before the store is opened.
    with session.store() as store:
        output.rows(run(card, values, store))
