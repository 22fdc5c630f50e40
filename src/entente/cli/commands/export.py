"""`entente export`: the graph as tables and documents of other forms."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from entente.cli.commands.query import catalogue, parameter_values
from entente.cli.output import Output, asking_options
from entente.cli.session import Session
from entente.errors import InputError
from entente.export import DOCUMENTS, FORMATS, Lost, card_of, names, page, report, tabulate, write
from entente.model import Literal, Solutions

__all__ = ["command"]

_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet", ".dta": "stata"}
_BINARY = frozenset({"parquet", "stata"})


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in (*names(catalogue()), *DOCUMENTS) if name.startswith(incomplete)]


@click.command("export")
@click.argument("name", required=False, shell_complete=_complete)
@asking_options("List what can be exported.")
@click.option("--codebook", is_flag=True, help="Print the codebook instead, as Markdown.")
@click.option(
    "--format", "-f", type=click.Choice(list(FORMATS)), help="Format of a table; else by the file's suffix, or csv."
)
@click.option(
    "--output", "-o", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)
@click.pass_obj
def command(
    session: Session,
    name: str | None,
    pairs: tuple[str, ...],
    *,
    wants_list: bool,
    codebook: bool,
    format: str | None,
    path: Path | None,
) -> None:
    """Write the graph as a table, or in another data set's form.

    What the form cannot carry is reported on stderr, with counts.

    \b
    entente export dyad-year -o dyads.dta
    entente export events -p type=exercise --format parquet -o exercises.parquet
    entente export plover -o events.jsonl
    """
    cards = catalogue()
    if wants_list or name is None:
        Output(None, path).rows(_listing())
    elif codebook:
        Output(None, path).write(page(name, cards).encode())
    elif name in DOCUMENTS:
        if format or pairs:
            raise InputError(
                148, f"the export {name} has one form and no parameters", f"leave -f and -p out: entente export {name}"
            )
        document = DOCUMENTS[name]
        with session.store() as store:
            _put(path, document.write(cards, store))
            _tell(session, report(document.losses, store))
    else:
        _, book = card_of(name, cards)
        form = _form(format, path)
        with session.store() as store:
            _put(path, write(tabulate(name, cards, store, parameter_values(pairs)), form))
            _tell(session, report(book.losses, store))


def _form(format: str | None, path: Path | None) -> str:
    form = format or ("csv" if path is None else _SUFFIXES.get(path.suffix.lower()))
    if form is None:
        raise InputError(121, f"{path}: the suffix tells no format", f"give --format, or one of {', '.join(_SUFFIXES)}")
    if form in _BINARY and path is None:
        raise InputError(121, f"{form} is no text to be printed", "name a file with -o")
    return form


def _put(path: Path | None, data: bytes) -> None:
    Output(None, path).write(data)


def _tell(session: Session, lost: tuple[Lost, ...]) -> None:
    session.note("not in this export:")
    for item in lost:
        session.note(f"  {item}")


def _listing() -> Solutions:
    cards = catalogue()
    rows = [(name, "table", card_of(name, cards)[0].summary) for name in names(cards)]
    rows += [(name, document.suffix, document.summary) for name, document in DOCUMENTS.items()]
    return Solutions(("export", "form", "summary"), tuple(tuple(Literal(cell) for cell in row) for row in rows))
