"""`entente validate`: RDF files, and the graph itself, against the shapes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from entente import resources
from entente.cli.auditing import audit_store, present_audit
from entente.cli.documents import read_documents
from entente.cli.failures import REFUSED
from entente.cli.output import Output
from entente.cli.session import Session
from entente.cli.workbench import Workbench
from entente.errors import InputError
from entente.gate.examination import SEVERITIES, Examined, Examiner, ShapeSet
from entente.gate.presentation import FORMATS, present
from entente.gate.profiles import profile_files
from entente.gate.terminology import Terminology
from entente.model import canonical_nquads
from entente.model.iri import digest
from entente.store import GRAPH_TYPES

__all__ = ["command"]

_RANKS = {name.lower(): rank for rank, name in enumerate(SEVERITIES)}
_BY_SUFFIX = {**{name: name for name in FORMATS if name not in ("human", "junit")}, "txt": "human", "xml": "junit"}


@click.command("validate")
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER|GRAPH|-]...")
@click.option("--audit", is_flag=True, help="Check the whole store instead: each article's graph and the merged one.")
@click.option("--input-format", type=click.Choice(list(GRAPH_TYPES.values())), help="Format of standard input, `-`.")
@click.option("--together", is_flag=True, help="Check all files as one graph, instead of each graph for itself.")
@click.option(
    *("--shapes", "shape_paths"),
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Use these shapes, a file or folder, instead of the bundled ones; may be repeated.",
)
@click.option(
    *("--profile", "profile_names"),
    multiple=True,
    metavar="NAME",
    help="Use the bundled shapes and those of this codebook, such as mme or dca; may be repeated.",
)
@click.option(
    "--severity", type=click.Choice(list(_RANKS)), default="info", show_default=True, help="The least severity to show."
)
@click.option(
    "--fail-on",
    type=click.Choice([*_RANKS, "none"]),
    default="violation",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option(
    "--format",
    "-f",
    type=click.Choice([*FORMATS, "table"]),
    help="Format; otherwise by the suffix of -o, human on a terminal and csv in a pipe. table is human.",
)
@click.option(
    "--output", "-o", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)
@click.pass_obj
def command(
    session: Session,
    *,
    files: tuple[str, ...],
    audit: bool,
    input_format: str | None,
    together: bool,
    shape_paths: tuple[Path, ...],
    profile_names: tuple[str, ...],
    severity: str,
    fail_on: str,
    format: str | None,
    path: Path | None,
) -> int:
    """Check RDF files against the shapes, each of their graphs for itself.

    FILE is RDF in any format, FOLDER all RDF files below it, GRAPH the IRI of a graph in the store such as
    graph:article/interaction-001, and - is standard input. Nothing is ever fetched: imports are named, not followed.

    --audit checks all graphs of the store and asks the quality queries. What it finds is kept in a file beside the store,
    named after it with -audit.jsonl, so that the next audit looks only at what has changed; with -o report.html it
    writes a page.

    The exit code is 0 where nothing is refused; 1 where something of the severity of --fail-on is found, or where the
    shapes find nothing to check in a graph; 2 where something cannot be read.
    """
    form = _format(format, path)
    if audit == bool(files):
        raise InputError(181, "there must be either files or --audit", "see: entente validate --help")
    examiner, version = _examiner(shape_paths, profile_names)
    if audit:
        data, examined = present_audit(*audit_store(session, examiner, version), _RANKS[severity], form)
        Output(None, path).write(data)
        return _verdict(examined, fail_on)
    documents = read_documents(session, files, input_format)
    if together:
        examined = [examiner.together(documents)]
    else:
        examined = [item for document in documents for item in examiner.each(document)]
    Output(None, path).write(present([item.least(_RANKS[severity]) for item in examined], form))
    return _verdict(examined, fail_on)


def _format(format: str | None, path: Path | None) -> str:
    if format is not None:
        return "human" if format == "table" else format
    if path is None:
        return "human" if sys.stdout.isatty() else "csv"
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in _BY_SUFFIX:
        known = ", ".join(f".{name}" for name in _BY_SUFFIX)
        raise InputError(121, f"{path}: the suffix tells no format", f"give --format, or one of {known}")
    return _BY_SUFFIX[suffix]


def _examiner(shape_paths: Sequence[Path], profile_names: Sequence[str]) -> tuple[Examiner, str]:
    """What examines by the user's shapes, by profiles, or by both; by the core where neither is given. And its version."""
    bench = Workbench.open()
    files = [file for path in shape_paths for file in (sorted(path.rglob("*.ttl")) if path.is_dir() else [path])]
    if shape_paths and not files:
        raise InputError(171, f"{shape_paths[0]} holds no shapes", "give a folder with .ttl files")
    if profile_names or not shape_paths:
        files += profile_files(resources.folder("shapes"), profile_names or ("core",))
    graphs = bench.base.graphs
    terminology = Terminology(triple for triples in graphs.values() for triple in triples)
    shapes = ShapeSet.read(files, graphs["ontology"])
    version = digest(bench.base.version, canonical_nquads(shapes.triples), length=32)
    return Examiner(shapes, terminology, bench.index), version


def _verdict(examined: Sequence[Examined], fail_on: str) -> int:
    vacuous = [item for item in examined if not item.report.checked]
    for item in vacuous:
        click.echo(f"{item.name}: the shapes found nothing to check", err=True)
    least = _RANKS.get(fail_on, len(_RANKS))
    refused = any(finding.rank >= least for item in examined for finding in item.findings)
    return REFUSED if refused or vacuous else 0
