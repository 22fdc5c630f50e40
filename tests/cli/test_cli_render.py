"""Rows in their formats, and answers read back into rows."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from entente.cli.render import render
from entente.model import BlankNode, Iri, Literal, Solutions, Term
from entente.model.terms import xsd
from entente.store import read_answer

ROWS = Solutions(
    ("a", "b"),
    (
        (Iri("https://w3id.org/entente/id/state/RUS"), Literal('say "so",\nthen')),
        (BlankNode("x"), Literal("2", xsd.nonNegativeInteger)),
        (Literal("Россия", lang="ru"), Literal("true", xsd.boolean)),
        (None, Literal("2023-07-20", xsd.date)),
    ),
)
text = st.text(st.characters(exclude_categories=["Cs"]))
terms = st.none() | st.just(Iri("https://example.org/a")) | text.map(Literal) | text.map(lambda t: Literal(t, lang="en"))


def test_csv_keeps_every_value() -> None:
    assert list(csv.reader(io.StringIO(render(ROWS, "csv")))) == [
        ["a", "b"],
        ["https://w3id.org/entente/id/state/RUS", 'say "so",\nthen'],
        ["x", "2"],
        ["Россия", "true"],
        ["", "2023-07-20"],
    ]


def test_json_has_values_of_its_own_kinds() -> None:
    objects = json.loads(render(ROWS, "json"))
    assert [row["b"] for row in objects] == ['say "so",\nthen', 2, True, "2023-07-20"]
    assert objects[3]["a"] is None
    assert [json.loads(line) for line in render(ROWS, "jsonl").splitlines()] == objects


def test_a_line_of_a_table_is_a_row_however_long() -> None:
    wide = Solutions(("a", "b"), ((Literal("x" * 500), Literal("[bold]y[/bold]")),))
    assert render(wide, "table").splitlines()[1] == f"{'x' * 500}  [bold]y[/bold]"


@settings(deadline=None)
@given(st.lists(st.tuples(terms, terms), max_size=5))
def test_an_answer_reads_back(rows: list[tuple[Term | None, Term | None]]) -> None:
    def binding(term: Term) -> dict[str, str]:
        if isinstance(term, Literal):
            return {"type": "literal", "value": term.lexical, **({"xml:lang": term.lang} if term.lang else {})}
        return {"type": "uri", "value": str(term)}

    bindings = [{name: binding(term) for name, term in zip("ab", row, strict=True) if term is not None} for row in rows]
    document = {"head": {"vars": ["a", "b"]}, "results": {"bindings": bindings}}
    assert read_answer(json.dumps(document).encode()) == Solutions(("a", "b"), tuple(rows))


def test_an_answer_has_blank_nodes_types_and_truth() -> None:
    row = {"a": {"type": "bnode", "value": "x"}, "b": {"type": "literal", "value": "2", "datatype": str(xsd.integer)}}
    document = {"head": {"vars": ["a", "b"]}, "results": {"bindings": [row]}}
    assert read_answer(json.dumps(document).encode()).rows == ((BlankNode("x"), Literal.of(2)),)
    assert read_answer(b'{"head": {}, "boolean": false}').rows == ((Literal.of(False),),)


def test_an_answer_of_rdf_1_2_can_be_read() -> None:
    named = {"type": "uri", "value": "x:a"}
    triple = {"type": "triple", "value": {"subject": named, "predicate": named, "object": named}}
    row = {"a": triple, "b": {"type": "literal", "value": "c", "xml:lang": "ar", "its:dir": "rtl"}}
    document = {"head": {"vars": ["a", "b"]}, "results": {"bindings": [row]}}
    assert read_answer(json.dumps(document).encode()).rows == ((Literal("<x:a> <x:a> <x:a>"), Literal("c", lang="ar")),)


def test_a_terminal_gets_a_table() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "entente.cli", "query", "--list"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    # A terminal holds 4 KiB that nobody has read, so it is read while the command writes.
    with subprocess.Popen(command, stdout=theirs, env=environment) as process:
        os.close(theirs)
        first = os.read(ours, 200)
        with suppress(OSError):  # Linux says so at the end of what is written to a terminal
            while os.read(ours, 4096):
                pass
    os.close(ours)
    assert process.returncode == 0
    assert first.startswith(b"\x1b[1m")
    assert b"subject" in first
    assert b"," not in first.splitlines()[0]
