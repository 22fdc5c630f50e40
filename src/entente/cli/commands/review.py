"""`entente review`: what people decide about links between events and about unknown names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.consensus import ACCEPTED, NEW, REJECTED, Book, Decision, GraphSink, Item, Queue
from entente.errors import InputError
from entente.model import Iri, Literal, Solutions, Store, Term
from entente.model.iri import BASE, NS
from entente.model.terms import ent, rdf

__all__ = ["command"]

_IDS = f"{BASE}id/"
_COLUMNS = ("subject", "other", "verdict", "identity", "by", "on", "why")
_VERDICTS = {verdict.rsplit("/", 1)[-1]: verdict for verdict in (ACCEPTED, REJECTED, NEW)}
_ITEMS = click.argument("ids", nargs=-1, required=True, metavar="ID...")


def _decider(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say who decides, when and why."""
    by = click.option("--by", required=True, envvar="ENTENTE_REVIEWER", show_envvar=True, help="Who decides.")
    on = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the decision.  [default: today]")
    why = click.option("--why", default="", help="The reason.")
    return by(on(why(function)))


@click.group("review")
def command() -> None:
    """Decide on proposed links between events and on unknown names.

    Decisions are kept in the graph, stand above every score, and are applied again whenever articles come in or the graph
    is built anew. Reports that the scores join without asking can be told apart by rejecting their link.

    \b
    entente review list
    entente review accept account-link/3f2a91c04d --by "A. Reviewer" --why "same summit"
    entente review accept candidate/vessel/RUS-marshal --as vessel/RUS/marshal-shaposhnikov --by "A. Reviewer"
    """


@command.command("list")
@click.option(
    "--kind", type=click.Choice(["all", "link", "candidate"]), default="all", show_default=True, help="What to list."
)
@click.option(
    "--state",
    type=click.Choice(["open", "automatic", "unnamed", "decided", "all"]),
    default="open",
    show_default=True,
    help="Those that wait, links that the score makes, bodies without a name of their own, those decided on, or all.",
)
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def list_(session: Session, *, kind: str, state: str, format: str | None, path: Path | None) -> None:
    """List what waits for a decision, the likeliest links first, each with its evidence."""
    with session.store() as store:
        queue = Queue(store)
        items = [*(queue.links() if kind != "candidate" else ()), *(queue.candidates() if kind != "link" else ())]
    shown = [item for item in items if state in ("all", item.state) or (state == "decided" and item.state in _VERDICTS)]
    Output(format, path).rows(_listing(shown))


def _listing(items: Iterable[Item]) -> Solutions:
    rows: list[tuple[Term | None, ...]] = [
        (
            Literal(_short(item.iri)),
            Literal(item.kind),
            Literal(item.state),
            None if item.score is None else Literal.decimal(item.score),
            Literal(" | ".join(item.names)),
            Literal(" ".join(item.articles)),
            Literal(" | ".join(item.evidence)),
        )
        for item in items
    ]
    return Solutions(("id", "kind", "state", "score", "what", "articles", "evidence"), tuple(rows))


@command.command()
@_ITEMS
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def show(session: Session, ids: tuple[str, ...], *, format: str | None, path: Path | None) -> None:
    """Show items, one piece of evidence a row, with the decision on them."""
    rows: list[tuple[Term | None, ...]] = []
    with session.store() as store:
        book = Book(store)
        for item in _found(store, ids):
            said = [(_short(subject), name) for subject, name in zip(item.subjects, item.names, strict=False)]
            said += [("article", article) for article in item.articles]
            said += [("evidence", text) for text in item.evidence]
            decision = book.decision(Decision(item.subjects, ACCEPTED, "", date.min).iri)
            if decision is not None:
                said += [(column, value) for column, value in _row(decision).items() if value]
            rows += [(Literal(_short(item.iri)), Literal(name), Literal(value)) for name, value in said]
    Output(format, path).rows(Solutions(("id", "what", "value"), tuple(rows)))


@command.command()
@_ITEMS
@click.option("--as", "identity", metavar="ENTITY", help="The known entity that the candidate is: an IRI or its short form.")
@click.option("--new", is_flag=True, help="The candidate is an entity that the reference data does not know.")
@_decider
@click.pass_obj
def accept(
    session: Session, ids: tuple[str, ...], *, identity: str | None, new: bool, by: str, on: datetime | None, why: str
) -> None:
    """Accept links, or say what candidates are."""
    with session.store() as store:
        items = _found(store, ids)
        for item in items:
            on_link = len(item.subjects) == 2
            if on_link == (identity is not None or new) or (identity is not None and new):
                hint = "a link takes neither, a candidate one of --as ENTITY and --new"
                raise InputError(161, f"{_short(item.iri)}: --as and --new do not fit what is to be accepted", hint)
        workbench = Workbench.open()
        decisions = []
        for item in items:
            known = _entity(store, workbench, item, identity) if identity is not None else None
            verdict = NEW if new else ACCEPTED
            decisions.append(Decision(item.subjects, verdict, by, _day(on), why, known))
        _decide(session, store, workbench, decisions)


@command.command()
@_ITEMS
@_decider
@click.pass_obj
def reject(session: Session, ids: tuple[str, ...], *, by: str, on: datetime | None, why: str) -> None:
    """Reject links, which undoes them, and candidates that are no entities."""
    with session.store() as store:
        decisions = [Decision(item.subjects, REJECTED, by, _day(on), why) for item in _found(store, ids)]
        _decide(session, store, Workbench.open(), decisions)


@command.command()
@_ITEMS
@click.pass_obj
def undo(session: Session, ids: tuple[str, ...]) -> None:
    """Take decisions back, so that the score alone counts again."""
    with session.store() as store:
        taken_back = {Decision(item.subjects, REJECTED, "", date.min).iri: None for item in _found(store, ids)}
        store.apply(_sink(session, store, Workbench.open()).decide(taken_back))


@command.command("export")
@output_options("csv", "json", "jsonl", "table")
@click.pass_obj
def export(session: Session, *, format: str | None, path: Path | None) -> None:
    """Write all decisions as a table, which import reads."""
    with session.store() as store:
        decisions = sorted(Book(store).all(), key=lambda decision: decision.subjects)
    rows = tuple(tuple(Literal(value) if value else None for value in _row(d).values()) for d in decisions)
    Output(format, path).rows(Solutions(_COLUMNS, rows))


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def import_(session: Session, file: Path) -> None:
    """Take decisions from a table (CSV, JSON or JSON lines) with the columns that export writes.

    Decisions on what the graph does not hold yet are kept, and count as soon as it does.
    """
    decisions = [_decision(file, number, row) for number, row in enumerate(_read(file), 1)]
    with session.store(create=True) as store:
        _decide(session, store, Workbench.open(), decisions)


# -- what the commands share -------------------------------------------------------------------------------------------


def _short(iri: Iri) -> str:
    return iri.removeprefix(_IDS)


def _long(text: str) -> Iri:
    return Iri(text if "://" in text else f"{_IDS}{text}")


def _day(on: datetime | None) -> date:
    return on.date() if on is not None else date.today()


def _found(store: Store, ids: Iterable[str]) -> list[Item]:
    queue = Queue(store)
    items = []
    for text in ids:
        try:
            item = queue.item(_long(text))
        except ValueError:
            item = None
        if item is None:
            raise InputError(160, f"there is no link and no candidate {text!r}", "see: entente review list --state all")
        items.append(item)
    return items


def _entity(store: Store, workbench: Workbench, item: Item, text: str) -> Iri:
    """The known entity of that name; it must be of the candidate's kind."""
    try:
        iri = _long(text)
    except ValueError:
        iri = None
    if iri is None or workbench.index.entity(iri) is None:
        raise InputError(162, f"the reference data knows no {text!r}", "see: entente query things-by-name -p name=NAME")
    types = {q.object for q in store.quads(iri, rdf.type, default_graph=True)}
    body = ent.Organisation in types and any(store.quads(item.iri, rdf.type, ent.Organisation, default_graph=True))
    if not body and not types & {Iri(NS + kind) for kind in item.kind.split(", ")}:
        raise InputError(162, f"{text} is no {item.kind}", "name an entity of the candidate's kind")
    return iri


def _sink(session: Session, store: Store, workbench: Workbench) -> GraphSink:
    sink = GraphSink(store, workbench.index)
    if sink.prepare(workbench.base.version, workbench.base.graphs):
        session.note("loaded the ontology, vocabularies and reference data")
    return sink


def _decide(session: Session, store: Store, workbench: Workbench, decisions: Iterable[Decision]) -> None:
    """Store decisions that say something new, and tell what became of the links."""
    sink = _sink(session, store, workbench)
    book = Book(store)
    fresh = {decision.iri: decision for decision in decisions if not decision.says_the_same(book.decision(decision.iri))}
    store.apply(sink.decide(fresh))
    queue = Queue(store)
    for decision in fresh.values():
        if decision.on_link:
            events = [queue.event(subject) for subject in decision.subjects]
            known = [_short(event) for event in events if event is not None]
            one = len(known) == 2 and known[0] == known[1]
            if decision.verdict == ACCEPTED and len(known) == 2 and not one:
                session.note(f"accepted, but kept apart by other decisions: {' and '.join(known)}")
            else:
                session.note(" and ".join(sorted(set(known))) or "kept until the articles come in")
    session.note(f"{len(fresh)} decisions taken")


def _row(decision: Decision) -> dict[str, str]:
    subjects = [_short(subject) for subject in decision.subjects]
    values = (
        subjects[0],
        subjects[1] if decision.on_link else "",
        decision.verdict.rsplit("/", 1)[-1],
        _short(decision.identity) if decision.identity else "",
        decision.by,
        decision.on.isoformat(),
        decision.why,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _read(file: Path) -> list[Mapping[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix.lower() == ".json":
            rows = json.loads(text)
        elif file.suffix.lower() == ".jsonl":
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            rows = list(csv.DictReader(io.StringIO(text)))
    except OSError as error:
        raise InputError(163, f"{file} cannot be read: {error.strerror}", "check the path") from error
    except ValueError as error:
        raise InputError(163, f"{file} holds no table: {error}", "write one with: entente review export -o FILE") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(163, f"{file} holds no table", "write one with: entente review export -o FILE")
    return rows


def _decision(file: Path, number: int, row: Mapping[str, Any]) -> Decision:
    try:
        said = {column: str(row.get(column) or "") for column in _COLUMNS}
        subjects = tuple(sorted(_long(said[column]) for column in ("subject", "other") if said[column]))
        decision = Decision(
            subjects=subjects,
            verdict=_VERDICTS[said["verdict"]],
            by=said["by"],
            on=date.fromisoformat(said["on"]),
            why=said["why"],
            identity=_long(said["identity"]) if said["identity"] else None,
        )
    except (KeyError, ValueError) as error:
        raise InputError(
            163, f"{file}: row {number} is no decision: {error}", "see: entente review import --help"
        ) from error
    on_candidate = len(decision.subjects) == 1
    sound = (
        decision.verdict != NEW if not on_candidate else (decision.verdict == ACCEPTED) == (decision.identity is not None)
    )
    if not decision.by or not decision.subjects or not said["subject"] or not sound:
        hint = "subject, verdict, by and on are needed; an accepted candidate needs its identity"
        raise InputError(163, f"{file}: row {number} is no decision", hint)
    return decision
