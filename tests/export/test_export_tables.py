"""The tables: every format gives back what went in, each column is described, and what is lost is counted."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import entente
from entente.errors import InputError, QueryError
from entente.export import FORMATS, Table, Value, card_of, names, report, tabulate, write
from entente.model import Change, Store
from entente.query import Catalogue, ColumnType, load
from entente.resources import folder
from entente.store import open_store
from pipelines import ingested

SAMPLES = tuple(sorted(folder("samples").glob("*.txt")))
CATALOGUE = load(folder("queries"))
TABLES = names(CATALOGUE)


def catalogue() -> Catalogue:
    return CATALOGUE


def store() -> Store:
    return ingested(*SAMPLES)


def test_the_tables_are_the_seven_that_researchers_asked_for() -> None:
    assert TABLES == ("agreements", "claims", "dyad-month", "dyad-year", "events", "exercises", "forces")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_rows_of_the_types_it_promises(name: str) -> None:
    table = tabulate(name, catalogue(), store())
    assert table.rows
    allowed: dict[ColumnType, type | tuple[type, ...]] = {
        ColumnType.TEXT: str,
        ColumnType.DATE: str,
        ColumnType.INTEGER: int,
        ColumnType.DECIMAL: float,
        ColumnType.BOOLEAN: bool,
    }
    for row in table.rows:
        for column, value in zip(table.codebook.columns, row, strict=True):
            assert value is None or isinstance(value, allowed[column.type]), column.name
            if column.type is ColumnType.DATE and value is not None:
                date.fromisoformat(str(value))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("format", FORMATS)
def test_a_format_gives_back_the_table(name: str, format: str) -> None:
    table = tabulate(name, catalogue(), store())
    data = write(table, format)
    assert data == write(table, format), "equal tables give equal bytes"
    assert read_back(data, format, table) == [list(row) for row in table.rows]


def read_back(data: bytes, format: str, table: Table) -> list[list[Value]]:
    columns = table.codebook.columns
    rows: list[list[object]]
    match format:
        case "csv":
            header, *cells = csv.reader(io.StringIO(data.decode()))
            assert header == [column.name for column in columns]
            rows = [list(row) for row in cells]
        case "jsonl":
            records = [json.loads(line) for line in data.decode().splitlines()]
            rows = [[record[column.name] for column in columns] for record in records]
        case "parquet":
            read = pq.read_table(io.BytesIO(data))
            assert {f.name: f.metadata[b"about"].decode() for f in read.schema} == {c.name: c.about for c in columns}
            rows = [[record[column.name] for column in columns] for record in read.to_pylist()]
        case _:
            with pd.io.stata.StataReader(io.BytesIO(data)) as reader:
                frame = reader.read()
                assert reader.variable_labels() == {column.name: column.about[:80] for column in columns}
            rows = [list(row) for row in frame.itertuples(index=False)]
    return [[value_of(cell, column.type) for cell, column in zip(row, columns, strict=True)] for row in rows]


def value_of(cell: object, type: ColumnType) -> Value:
    if cell == "" or pd.isna(cell):  # type: ignore[call-overload]
        return None
    match type:
        case ColumnType.INTEGER:
            return int(str(cell).removesuffix(".0"))
        case ColumnType.DECIMAL:
            return float(str(cell))
        case ColumnType.BOOLEAN:
            return str(cell) in {"1", "1.0", "True"}
        case ColumnType.DATE:
            return str(cell)[:10]
        case _:
            return str(cell)


def test_parameters_narrow_a_table() -> None:
    rows = tabulate("events", catalogue(), store(), {"type": "exercise", "state": "CHN"}).records()
    assert rows
    assert {(row["type"], row["iso3"]) for row in rows} == {("exercise", "CHN")}


def test_a_dyad_year_merges_by_cow_numbers() -> None:
    rows = pd.DataFrame(tabulate("dyad-year", catalogue(), store()).records())
    cow = pd.DataFrame({"ccode1": [365, 2], "ccode2": [710, 732], "year": [2023, 2023], "atop": [0, 1]})
    merged = cow.merge(rows, on=["ccode1", "ccode2", "year"], validate="one_to_one")
    assert list(merged["iso1"] + merged["iso2"]) == ["RUSCHN", "USAKOR"]
    assert (merged["exercises"] >= [1, 0]).all()
    quads = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
    # PLOVER has no category for the breaking off of relations, which is an event between the two all the same.
    broken_off = (rows["iso1"] + rows["iso2"] == "IRNSAU") & (rows["year"] == 2016)
    assert rows[broken_off]["events"].tolist() == [1]
    assert (rows[quads].sum(axis=1)[~broken_off] == rows[~broken_off]["events"]).all()
    assert not rows[broken_off][quads].to_numpy().any()


def test_months_add_up_to_years_where_all_months_are_certain() -> None:
    months = pd.DataFrame(tabulate("dyad-month", catalogue(), store()).records())
    years = pd.DataFrame(tabulate("dyad-year", catalogue(), store()).records())
    key = ["ccode1", "ccode2", "year"]
    both = years.merge(months.groupby(key)["events"].sum().reset_index(), on=key, suffixes=("", "_by_month"))
    assert len(both)
    assert (both["events_by_month"] <= both["events"]).all()


def test_quotes_stand_in_the_articles_where_the_claims_say() -> None:
    texts = {
        str(row[0]): str(getattr(row[1], "lexical", ""))
        for row in store().select("SELECT ?a ?t WHERE { GRAPH ?g { ?a <https://w3id.org/entente/ns#text> ?t } }").rows
    }
    rows = tabulate("claims", catalogue(), store()).records()
    assert len(rows) > 50
    for row in rows:
        assert texts[str(row["article"])][int(str(row["start_offset"])) : int(str(row["end_offset"]))] == row["quote"]


def test_losses_are_counted_in_the_store() -> None:
    _, codebook = card_of("dyad-year", catalogue())
    lost = {item.what: item.count for item in report(codebook.losses, store())}
    assert lost["actual events whose year is not certain"] == 13
    assert lost["planned, hypothetical and negated events between states"] == 1
    empty = report(codebook.losses, ingested())
    assert {item.count for item in empty} == {None}, "what is not there is not lost"


@pytest.mark.parametrize("name", TABLES)
def test_every_column_and_loss_is_described(name: str) -> None:
    _, codebook = card_of(name, catalogue())
    assert codebook.losses
    assert all(column.about and len(column.name) <= 32 and column.name.isidentifier() for column in codebook.columns)
    lost = report(codebook.losses, store())
    assert all(item.count is None or item.count > 0 for item in lost)


def test_an_unknown_table_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="no export named 'dyad-years'") as caught:
        tabulate("dyad-years", catalogue(), store())
    assert caught.value.code == "ENTENTE-314"
    assert caught.value.hint
    assert "dyad-year" in caught.value.hint


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="the format parquet needs the package pyarrow") as caught:
        write(tabulate("forces", catalogue(), store()), "parquet")
    assert caught.value.code == "ENTENTE-139"


def test_load_reads_a_store_by_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no store") as caught:
        entente.load("dyad-year", tmp_path / "nothing")
    assert caught.value.code == "ENTENTE-120"
    place = tmp_path / "store"
    written = open_store(str(place))
    written.apply(Change(insert=tuple(ingested(*SAMPLES).quads())))
    written.close()
    assert entente.load("forces", place) == tabulate("forces", catalogue(), store()).records()
    assert {row["iso3"] for row in entente.load("forces", place, state="CHN")} == {"CHN"}
