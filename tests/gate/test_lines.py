"""The lines of statements: documents of every syntax whose statements each stand on a line that the test chose."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.gate.lines import StatementLines, statement_lines
from entente.model import Literal
from entente.model.terms import rdf
from entente.store import parse

PROLOGUE = '@prefix x: <https://example.org/> . # "not a string\nPREFIX : <https://example.org/n#>\n'
TERMS = ("<https://example.org/i>", "x:a.b", "x:a\\,b\\.", ":", "x:%20c:d", "_:l.1", "x:true", "x:é")
LITERALS = ("true", "-1.5", "1e3", ".5", "7")
STRINGS = (
    '"plain"',
    "'it'",
    '"a \\" b"@en-GB',
    '"1"^^x:type',
    '"1"^^<https://example.org/t>',
    '"""two\nlines ""of" # text"""',
    "'''three\r\nor\rmore; ''lines'''@de",
    '"# no . comment ; [ ("',
)
GAPS = (" ", "\n", "\t# a comment . ; [ \n", "\r\n", "  \n\n ")


class Writer:
    """Writes Turtle and notes on which line each marked predicate and its object begin."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = PROLOGUE
        self.marks = count()
        self.lines: dict[str, tuple[int, int, int]] = {}

    @property
    def line(self) -> int:
        return self.text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1

    def put(self, token: str) -> int:
        self.text += self.draw(st.sampled_from(GAPS))
        line = self.line
        self.text += token
        return line

    def statement(self, depth: int) -> None:
        kind = self.draw(st.sampled_from(["term", "anonymous", "list", "alone"] if depth else ["term"]))
        if kind == "alone":
            # a lone property list is a statement of its own
            self.properties(depth - 1)
            self.put(".")
            return
        if kind == "term":
            subject = self.put(self.draw(st.sampled_from(TERMS)))
        elif kind == "anonymous":
            subject = self.properties(depth - 1)
        else:
            subject = self.items(depth - 1)
        self.predicates(subject, depth)
        self.put(".")

    def predicates(self, subject: int, depth: int) -> None:
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.put(";")
            mark = f"m{next(self.marks)}"
            predicate = self.put(f"x:{mark}")
            self.lines[mark] = (subject, predicate, self.value(depth))
            if self.draw(st.booleans()):
                # the second object of a predicate is told apart by its text
                self.put(",")
                mark = f"m{next(self.marks)}"
                self.lines[mark] = (subject, predicate, self.put(f'"{mark}"'))
        if self.draw(st.booleans()):
            self.put(";")

    def value(self, depth: int) -> int:
        kind = self.draw(st.sampled_from(["simple", "simple", "properties", "items"] if depth else ["simple"]))
        if kind == "properties":
            return self.properties(depth - 1)
        if kind == "items":
            return self.items(depth - 1)
        return self.put(self.draw(st.sampled_from(TERMS + LITERALS + STRINGS)))

    def properties(self, depth: int) -> int:
        line = self.put("[")
        self.predicates(line, depth)
        self.put("]")
        return line

    def items(self, depth: int) -> int:
        line = self.put("(")
        for _ in range(self.draw(st.integers(0, 3))):
            self.value(depth)
        self.put(")")
        return line


@given(st.data())
def test_each_statement_stands_where_it_was_written(data: st.DataObject) -> None:
    writer = Writer(data.draw)  # type: ignore[arg-type]
    for _ in range(data.draw(st.integers(1, 4))):
        writer.statement(3)
    document = writer.text.encode()
    quads = parse(document, "text/turtle")
    lines = statement_lines(document, "text/turtle", len(quads))
    assert lines is not None
    found: dict[str, list[tuple[int, int, int]]] = {}
    for quad, line in zip(quads, lines, strict=True):
        mark = quad.predicate.removeprefix("https://example.org/")
        if isinstance(quad.object, Literal) and quad.object.lexical in writer.lines:
            mark = quad.object.lexical
        if mark in writer.lines:
            found.setdefault(mark, []).append(tuple(line))  # type: ignore[arg-type]
    assert {mark: found[mark] for mark in writer.lines} == {mark: [lines] for mark, lines in writer.lines.items()}


@given(
    st.recursive(st.sampled_from(('"s"', "1", "x:i", "[]", "()", "[ x:p 1 ]")), lambda inner: st.lists(inner, max_size=3))
)
def test_the_members_of_lists_come_in_the_order_of_the_parser(tree: object) -> None:
    """Every item is put on a line of its own that it is named for, so that a swap of two statements shows."""
    text, lines, number = [PROLOGUE + "x:s x:p"], {}, count()

    def write(node: object) -> None:
        if isinstance(node, list):
            text.append(" (")
            for inner in node:
                write(inner)
            text.append(" )")
            return
        line = "".join(text).count("\n") + 2
        mark = f"k{next(number)}"
        lines[mark] = line
        text.append(f'\n"{mark}" {node}')

    write([tree])
    document = "".join([*text, " ."]).encode()
    quads = parse(document, "text/turtle")
    found = statement_lines(document, "text/turtle", len(quads))
    assert found is not None
    got = {
        quad.object.lexical: line.object
        for quad, line in zip(quads, found, strict=True)
        if quad.predicate == rdf.first and isinstance(quad.object, Literal) and quad.object.lexical in lines
    }
    assert got == lines


@pytest.mark.parametrize(
    ("media_type", "document", "expected"),
    [
        ("application/n-triples", '# c\n<a:s> <a:p> <a:o> .\n\n_:b <a:p> "x\\ny"@en .', [(2, 2, 2), (4, 4, 4)]),
        ("application/n-quads", '<a:s> <a:p> "1"^^<a:t> <a:g> .\n<a:s> <a:p> <a:o> .\n', [(1, 1, 1), (2, 2, 2)]),
        (
            "application/trig",
            "@prefix x: <a:> .\nx:g {\nx:s\nx:p\nx:o }\nGRAPH <a:h> { [\nx:p 1\n] . x:s a x:C }\n"
            "{ x:s x:p 2 . }\nx:s x:p 3 .",
            [(3, 4, 5), (6, 7, 7), (8, 8, 8), (9, 9, 9), (10, 10, 10)],
        ),
        ("text/turtle", "@base <https://example.org/> .\n<s> <p>\n<o> , <#o> .", [(2, 2, 3), (2, 2, 3)]),
    ],
)
def test_the_other_syntaxes(media_type: str, document: str, expected: list[tuple[int, int, int]]) -> None:
    quads = parse(document.encode(), media_type)
    assert statement_lines(document.encode(), media_type, len(quads)) == [StatementLines(*lines) for lines in expected]


@pytest.mark.parametrize(
    ("media_type", "document"),
    [
        ("application/ld+json", b"{}"),
        ("text/turtle", b"<a:s> <a:p> <a:o> {| <a:q> 1 |} ."),
        ("text/turtle", b"<a:s> <a:p> <a:o> , <a:o> ."),
    ],
)
def test_no_lines_rather_than_wrong_ones(media_type: str, document: bytes) -> None:
    assert statement_lines(document, media_type, 1) is None


def test_brackets_nested_very_deeply() -> None:
    depth = 20_000
    document = b"<a:s> <a:p> " + b"(\n" * depth + b"1" + b")" * depth + b" ."
    lines = statement_lines(document, "text/turtle", 2 * depth + 1)
    assert lines is not None
    assert max(line.object for line in lines) == depth + 1
