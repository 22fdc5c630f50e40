"""Tables as CSV, JSON lines, Parquet and Stata files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from entente.errors import InputError
from entente.export.tables import Table, Value
from entente.query import Column, ColumnType

__all__ = ["FORMATS", "write"]

_STATA_TEXT = 2045
"""Longest fixed text of a Stata file, in bytes; columns with longer ones are stored as strL (dta 118 specification)."""

_STATA_NAME = 32
_STATA_LABEL = 80


def write(table: Table, format: str) -> bytes:
    """Spell a table in one of FORMATS; equal tables give equal bytes.

    Raises InputError 139 for a format whose packages are not installed.
    """
    try:
        return FORMATS[format](table)
    except ModuleNotFoundError as error:
        raise InputError(
            139, f"the format {format} needs the package {error.name}", "pip install 'entente[tables]'"
        ) from error


def _csv(table: Table) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.name for column in table.codebook.columns)
    writer.writerows([_text(value) for value in row] for row in table.rows)
    return buffer.getvalue().encode()


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _jsonl(table: Table) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in table.records()).encode()


def _parquet(table: Table) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - an extra, and half a second
    import pyarrow.parquet as pq  # noqa: PLC0415

    types = {
        ColumnType.TEXT: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.DECIMAL: pa.float64(),
        ColumnType.DATE: pa.date32(),
        ColumnType.BOOLEAN: pa.bool_(),
    }
    fields = [
        pa.field(column.name, types[column.type], metadata={"about": column.about}) for column in table.codebook.columns
    ]
    arrays = [
        pa.array([row[number] for row in table.rows]).cast(field.type)
        if column.type is ColumnType.DATE
        else pa.array([row[number] for row in table.rows], type=field.type)
        for number, (column, field) in enumerate(zip(table.codebook.columns, fields, strict=True))
    ]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata={"unit": table.codebook.unit})), buffer)
    return buffer.getvalue()


def _stata(table: Table) -> bytes:
    import pandas as pd  # noqa: PLC0415 - an extra, and a second

    values = {column.name: [row[n] for row in table.rows] for n, column in enumerate(table.codebook.columns)}
    frame = pd.DataFrame({c.name: _series(pd, c, values[c.name]) for c in table.codebook.columns})
    long = [name for name, cells in values.items() if any(len(str(cell).encode()) > _STATA_TEXT for cell in cells)]
    buffer = io.BytesIO()
    frame.to_stata(
        buffer,
        write_index=False,
        version=118,
        # Stata keeps the time of writing; equal tables are to give equal bytes.
        time_stamp=pd.Timestamp("2000-01-01").to_pydatetime(),
        data_label=table.codebook.unit[:_STATA_LABEL],
        variable_labels={column.name: column.about[:_STATA_LABEL] for column in table.codebook.columns},
        convert_dates={column.name: "td" for column in table.codebook.columns if column.type is ColumnType.DATE},
        convert_strl=long,
    )
    return buffer.getvalue()


def _series(pd: Any, column: Column, values: list[Value]) -> Any:
    assert len(column.name) <= _STATA_NAME
    match column.type:
        case ColumnType.DATE:
            return pd.to_datetime(pd.Series(values, dtype="object"))
        case ColumnType.TEXT:
            return pd.Series(["" if value is None else value for value in values], dtype="object")
        case ColumnType.INTEGER if all(value is not None for value in values):
            return pd.Series(values, dtype="int32")
        case _:
            return pd.Series([None if value is None else float(value) for value in values], dtype="float64")


FORMATS: Mapping[str, Callable[[Table], bytes]] = MappingProxyType(
    {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "stata": _stata}
)
"""How a table can be written, by name; parquet and stata need the extra `tables`."""
