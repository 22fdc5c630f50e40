"""`entente validate`: RDF files against the shapes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from entente.cli.failures import REFUSED
from entente.cli.output import Output
from entente.cli.workbench import Workbench
from entente.errors import InputError
from entente.gate import as_data, as_lines, as_triples
from entente.model import GateReport, Iri, Literal, Solutions, Triple
from entente.store import media_type_of, parse

__all__ = ["command"]

_SEVERITIES = {"violation": {"Violation"}, "warning": {"Violation", "Warning"}, "none": set[str]()}
_COLUMNS = ("file", "graph", "severity", "focus", "path", "value", "message", "shape")


@dataclass(frozen=True, slots=True)
class _Checked:
    """A graph of a file and what the gate says of it."""

    file: Path
    graph: Iri | None
    report: GateReport


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--shapes", type=click.Path(path_type=Path, exists=True), help="Use these shapes, a file or folder.")
@click.option(
    "--fail-on", type=click.Choice(sorted(_SEVERITIES)), default="violation", show_default=True, help="What refuses."
)
@click.option("--format", "-f", type=click.Choice(["table", "csv", "json", "jsonl", "ttl", "nt", "jsonld"]), help="Format.")
@click.option(
    "--output", "-o", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)
def command(files: tuple[Path, ...], *, shapes: Path | None, fail_on: str, format: str | None, path: Path | None) -> int:
    """Check RDF files against the shapes, each of their graphs for itself.

    The exit code is 1 where something is refused, or where the shapes found nothing to check.
    """
    gate = Workbench.open().gate(_files(shapes) if shapes else None)
    checked = [_Checked(file, graph, gate.check(triples)) for file in files for graph, triples in _graphs(file)]
    _write(Output(format, path), checked)
    refused = any(v.severity in _SEVERITIES[fail_on] for item in checked for v in item.report.violations)
    vacuous = [item for item in checked if not item.report.checked]
    for item in vacuous:
        click.echo(f"{item.file}: the shapes found nothing to check", err=True)
    return REFUSED if refused or vacuous else 0


def _files(shapes: Path) -> list[Path]:
    return sorted(shapes.rglob("*.ttl")) if shapes.is_dir() else [shapes]


def _graphs(file: Path) -> Iterator[tuple[Iri | None, Sequence[Triple]]]:
    """The graphs of a file, the default graph first; an empty file has an empty default graph."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(129, f"{file} cannot be read: {error.strerror}", "check the path and its permissions") from error
    graphs: defaultdict[Iri | None, list[Triple]] = defaultdict(list)
    for quad in parse(data, media_type_of(file.name), origin=str(file)):
        graphs[quad.graph].append(quad.triple)
    yield from sorted(graphs.items(), key=lambda item: item[0] or "") or [(None, [])]


def _write(output: Output, checked: Sequence[_Checked]) -> None:
    wish = output.wish or ("table" if output.to_people else "csv")
    if wish == "table":
        output.write("".join(f"{line}\n" for item in checked for line in _lines(item)).encode())
    elif wish == "json":
        data = [{"file": str(item.file), "graph": item.graph, **as_data(item.report)} for item in checked]
        output.write((json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
    elif output.wants_graph():
        output.graph(triple for item in checked for triple in as_triples(item.report))
    else:
        rows = tuple(
            tuple(None if text is None else Literal(text) for text in row) for item in checked for row in _rows(item)
        )
        output.rows(Solutions(_COLUMNS, rows))


def _lines(item: _Checked) -> Iterator[str]:
    yield f"{item.file}" if item.graph is None else f"{item.file} ({item.graph})"
    yield from (f"  {line}" for line in as_lines(item.report))


def _rows(item: _Checked) -> Iterator[tuple[str | None, ...]]:
    for v in item.report.violations:
        yield (str(item.file), item.graph, v.severity, v.focus, v.path, v.value, v.message, v.shape)
