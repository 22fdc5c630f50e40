"""Tables in CSV: the encoding and dialect found out, and the rows given one by one with their line numbers."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from entente.errors import ArticleError, InputError
from entente_loaders.sources.meter import Meter
from entente_loaders.sources.opening import open_bytes
from entente_loaders.text import SIZE_LIMIT

__all__ = ["Row", "encoding_of", "rows"]

_SAMPLE = 65_536
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its header; `line` is where it ends in the file, `error` why it cannot be used, if so."""

    line: int
    cells: dict[str, str]
    error: ArticleError | None = None


def encoding_of(path: Path, wanted: str | None = None) -> str:
    """Choose a file's encoding: what is wanted, else by byte-order mark, else UTF-8 if all of it is, else Windows-1252.

    Raises InputError (192) for an encoding that there is not.
    """
    if wanted is not None:
        try:
            return codecs.lookup(wanted).name
        except LookupError as error:
            raise InputError(192, f"the option encoding is {wanted!r}, which Python does not know") from error
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open_bytes(path) as stream:
        block = stream.read(_SAMPLE)
        for mark, name in _MARKS:
            if block.startswith(mark):
                return name
        try:
            while block:
                decoder.decode(block)
                block = stream.read(_SAMPLE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _dialect(sample: str, delimiter: str | None) -> type[csv.Dialect]:
    """The dialect of a table: what the sniffer finds in it, else the comma-separated one of RFC 4180."""
    header = sample.split("\n", 1)[0]
    try:
        found = csv.Sniffer().sniff(header if delimiter is None else sample, delimiters=delimiter or _DELIMITERS)
    except csv.Error:
        found = csv.excel

    class Chosen(csv.excel):
        """RFC 4180 with the delimiter of this table."""

    Chosen.delimiter = delimiter or (found.delimiter if found.delimiter in header else ",")
    return Chosen


def rows(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, meter: Meter | None = None
) -> Iterator[Row]:
    """Read a table row by row.

    A row of more or fewer cells than the header is given with its error (227), and the rest goes on.
    Raises ArticleError for a table without a header (227), and for one that ends inside a quoted cell of unbounded length.
    """
    if delimiter is not None and len(delimiter) != 1:
        raise InputError(192, f"the option delimiter is {delimiter!r}, which is not one character")
    chosen = encoding_of(path, encoding)
    csv.field_size_limit(SIZE_LIMIT)
    with open_bytes(path, meter) as stream, io.TextIOWrapper(stream, encoding=chosen, errors="replace", newline="") as text:
        first = text.readline(_SAMPLE)
        if not first.strip() or "\x00" in first:
            raise ArticleError(227, f"{path}: has no header row", "name the columns in the first row")
        dialect = _dialect(first, delimiter)
        header = next(csv.reader([first], dialect))
        names = [name.strip().lstrip("\ufeff") for name in header]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ArticleError(227, f"{path}: two columns are named {twice!r}", "give each column a name of its own")
        reader = csv.reader(text, dialect)
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as broken:
                message = f"{path}:{reader.line_num + 1}: the table is broken ({broken})"
                raise ArticleError(227, message, "look for a quotation mark that is not closed") from broken
            if cells is None:
                return
            line = reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            error = None
            if len(cells) != len(names):
                message = f"{path}:{line}: has {len(cells)} cells under {len(names)} columns"
                error = ArticleError(227, message, "quote cells that hold the delimiter or a line end")
            yield Row(line, dict(zip(names, cells, strict=False)), error)
