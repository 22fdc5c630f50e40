"""Tables that people have: reads their encoding, delimiter and columns as they are, and writes them alike."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from entente.errors import InputError

__all__ = ["DELIMITERS", "Table", "read_table"]

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""The delimiters that tables have, by name, the usual one first."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and the rows, each as long as those; `name` is what the table is called in messages."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    delimiter: str

    def place(self, column: str) -> int:
        """Find a column by its exact name, or else whatever case and outer spaces it has; raises InputError."""
        for known, wanted in ((list(self.header), column), (list(map(_plain, self.header)), _plain(column))):
            if known.count(wanted) > 1:
                raise InputError(198, f"{self.name} has more than one column {column!r}", "rename all but one of them")
            if wanted in known:
                return known.index(wanted)
        raise InputError(197, f"{self.name} has no column {column!r}", f"it has: {', '.join(self.header)}")

    def write(self, more: Sequence[str], cells: Iterable[Sequence[str]]) -> bytes:
        """Write the table with more columns, of which `cells` has the values for each row; in UTF-8."""
        target = io.StringIO()
        writer = csv.writer(target, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow((*self.header, *more))
        writer.writerows((*row, *added) for row, added in zip(self.rows, cells, strict=True))
        return target.getvalue().encode()


def read_table(name: str, content: bytes, column: str, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Read a table; without a delimiter given, the one is taken by which it has the column.

    Without an encoding given, it is UTF-8, or UTF-16 with a byte order mark. Raises InputError for what is no table.
    """
    text = _decode(name, content, encoding)
    headers = {}
    for choice in (delimiter,) if delimiter else DELIMITERS.values():
        with suppress(csv.Error):
            headers[choice] = next((row for _, row in _lines(text, choice)), [])
    named = [choice for choice, header in headers.items() if _plain(column) in map(_plain, header)]
    # Where none has it, the message is to list columns, and not a whole line.
    best = (named or sorted(headers, key=lambda each: -len(headers[each])) or [delimiter or ","])[0]
    try:
        (_, header), *lines = _lines(text, best)
    except csv.Error as error:
        raise InputError(196, f"{name} cannot be read as a table: {error}", "write it as CSV") from error
    except ValueError:
        raise InputError(196, f"{name} is empty", "give a table with a line of column names") from None
    rows = []
    for number, row in lines:
        if any(row[len(header) :]):
            message = f"{name}: the row that ends in line {number} has {len(row)} cells for {len(header)} columns"
            raise InputError(196, message, f"put cells that hold {best!r} in quotes, or name the --delimiter")
        rows.append([*row[: len(header)], *[""] * (len(header) - len(row))])
    return Table(name, header, rows, best)


def _decode(name: str, content: bytes, encoding: str | None) -> str:
    try:
        return content.decode(encoding or ("utf-16" if content.startswith(_UTF_16) else "utf-8-sig"))
    except LookupError:
        raise InputError(196, f"there is no encoding {encoding!r}", "usual ones: utf-8, windows-1252, utf-16") from None
    except UnicodeError as error:
        line = content[: error.start].count(b"\n") + 1 if isinstance(error, UnicodeDecodeError) else 1
        hint = "tell how it is written, as --encoding windows-1252"
        raise InputError(196, f"{name}: line {line} is not in {encoding or 'UTF-8'}", hint) from error


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, with the lines that they end in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    yield from ((reader.line_num, row) for row in reader if row)


def _plain(name: str) -> str:
    return name.strip().casefold()
