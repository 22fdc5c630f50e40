"""`entente ontology`: the ontology for its makers and readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from entente import resources
from entente.cli.failures import REFUSED
from entente.cli.output import Output, output_options
from entente.cli.session import Session
from entente.cli.turtle import bundled, read_files
from entente.errors import InputError
from entente.model import Iri, Literal, Solutions, Term, Triple, canonical_nquads
from entente.ontology import (
    RULES,
    Bump,
    Question,
    Taxonomy,
    check,
    classify,
    compare,
    gather,
    profile_faults,
    render,
    version_of,
)
from entente.query import load, shorten

__all__ = ["command"]

_REFUSED_BY_HERMIT = "ENTENTE-132"
_FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))


@click.group("ontology")
def command() -> None:
    """Check, compare and document the ontology."""


@command.command("check")
@_FILES
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def check_(session: Session, files: tuple[Path, ...], format: str | None, path: Path | None) -> int:
    """Check that an ontology is consistent and within OWL 2 DL: these files or folders, or Entente's own with its data.

    The table counts the errors, which are listed on stderr. The exit code is 1 where there is one.
    """
    triples = read_files(files or bundled())
    faults = profile_faults(triples)
    counts, errors = _reasoned(triples, refusable=bool(faults))
    found = Counter(fault.rule for fault in faults)
    counts |= {f"OWL 2 DL: {meaning}": found[rule] for rule, meaning in RULES.items()}
    errors += [f"{fault.rule}: {shorten(fault.term)} {fault.message}" for fault in faults]
    total = sum(counts.values())
    rows = tuple((Literal(name), Literal.of(number)) for name, number in [*counts.items(), ("all", total)])
    Output(format, path).rows(Solutions(("check", "errors"), rows))
    for error in errors:
        session.note(error)
    return REFUSED if total else 0


def _reasoned(triples: frozenset[Triple], *, refusable: bool) -> tuple[dict[str, int], list[str]]:
    """What the reasoner finds; `refusable` where it may refuse axioms that are listed as faults anyway."""
    try:
        report = check(canonical_nquads(triples).encode())
    except InputError as error:
        if not refusable or error.code != _REFUSED_BY_HERMIT:
            raise
        return {"axioms that the reasoner can handle": 1}, [error.message]
    counts = {
        f"consistency of {report.classes} classes and {report.properties} properties": 0 if report.consistent else 1,
        "classes that can have no member": len(report.unsatisfiable),
    }
    if not report.classes:
        counts["classes to check at all"] = 1
    return counts, [f"unsatisfiable-class: {shorten(cls)} can have no member" for cls in report.unsatisfiable]


@command.command("classify")
@_FILES
@output_options("table", "csv", "json", "jsonl")
def classify_(files: tuple[Path, ...], format: str | None, path: Path | None) -> None:
    """Print the inferred class tree of an ontology: of these files or folders, or of Entente's own."""
    tree = classify(canonical_nquads(read_files(files or bundled(data=False))).encode())
    output = Output(format, path)
    if format is None and path is None:
        output.write("".join(f"{'  ' * depth}{shorten(cls)}\n" for depth, cls in _walk(tree, None, 0)).encode())
    else:
        rows: list[tuple[Term | None, ...]] = []
        for cls, over in tree.above.items():
            rows += [(cls, above) for above in sorted(over)] if over else [(cls, None)]
        output.rows(Solutions(("class", "above"), tuple(rows)))
    for names in tree.equal:
        click.echo(f"the same class: {', '.join(map(shorten, names))}", err=True)


def _walk(tree: Taxonomy, cls: Iri | None, depth: int) -> Iterator[tuple[int, Iri]]:
    for each in tree.below(cls):
        yield depth, each
        yield from _walk(tree, each, depth + 1)


@command.command("diff")
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.argument("new", type=click.Path(path_type=Path, exists=True))
@output_options("table", "csv", "json", "jsonl")
@click.pass_obj
def diff(session: Session, old: Path, new: Path, format: str | None, path: Path | None) -> int:
    """List the terms that differ between two versions of an ontology, each a file or a folder.

    A removed term or a changed axiom demands a new major version, a new or deprecated term a minor one, a label or note a
    patch. The exit code is 1 where the version number did not take that step.
    """
    changes = compare(read_files([old]), read_files([new]))
    rows: list[tuple[Term | None, ...]] = [
        (Literal(kind), term)
        for kind in ("removed", "changed", "added", "deprecated", "annotated")
        for term in getattr(changes, kind)
    ]
    Output(format, path).rows(Solutions(("change", "term"), tuple(rows)))
    before, after = (".".join(map(str, version)) for version in (changes.old, changes.new))
    step = "went back" if changes.made is None else f"took {_step(changes.made)}"
    verdict = "enough" if changes.sufficient else "too little"
    session.note(f"{before} to {after} {step}; the changes demand {_step(changes.demanded)}: {verdict}")
    return 0 if changes.sufficient else REFUSED


def _step(bump: Bump) -> str:
    return "no step" if bump is Bump.NONE else f"a {bump.name.lower()} step"


@command.command("version")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def version(files: tuple[Path, ...]) -> None:
    """Print the version of an ontology: of these files or folders, or of Entente's own."""
    click.echo(".".join(map(str, version_of(read_files(files or bundled(data=False))))))


@command.command("docs")
@click.argument("target", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def docs(session: Session, target: Path) -> None:
    """Write the documentation of Entente's own ontology as static HTML pages into a folder.

    There is a page for each term and each vocabulary; pages of the same name are replaced.
    """
    ontology = resources.folder("ontology")
    core = {t.subject for t in read_files([ontology / "entente.ttl"]) if isinstance(t.subject, Iri)}
    handbook = gather(
        read_files(bundled(data=False)),
        read_files(sorted((ontology / "vocab").glob("*.ttl"))),
        read_files([resources.folder("shapes")]),
        (Question(card.name, card.summary, card.text) for card in load(resources.folder("queries")).cards),
    )
    pages = render(handbook, core)
    for name, page in pages.items():
        path = target / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
        except OSError as error:
            raise InputError(122, f"{path} cannot be written: {error.strerror}", "give another folder") from error
    session.note(f"{len(pages)} pages; open {target / 'index.html'}")
