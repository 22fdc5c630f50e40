"""Exercises in the columns of the data set Multinational Military Exercises (D'Orazio and Galambos), version 7."""

from __future__ import annotations

import csv
import io
from itertools import groupby

from entente.export.tables import Value, tabulate
from entente.model import Store
from entente.model.terms import skos
from entente.query import Catalogue, Column, ColumnType, Loss

__all__ = ["ABOUT", "FIELDS", "LOSSES", "write"]

ABOUT = """One row per actual exercise of two or more states, with the columns of version 7 of the data set (D'Orazio
and Galambos, doi:10.7910/DVN/KHFODX). What is not certain of a date is `xx`, the year included. A flag is 1 where it is
reported and empty where nothing is: the data set's 0 would say that it was not so, which articles seldom do."""

_FLAGS = ("CPX", "Air", "Land", "Sea", "Amphibious", "Cyber", "Warfighting", "Peacekeeping", "Humanitarian")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STATES = tuple(f"State{letter}" for letter in _LETTERS) + tuple(f"StateA{letter}" for letter in _LETTERS[:13])
_COLUMNS = (
    *("MMEID", "Ex_Name", "Series_Name", "Location", "lat", "lon", "StartDate", "s.year", "s.month", "s.day"),
    *("EndDate", "e.year", "e.month", "e.day", *_FLAGS, "FocusDescription", "AdditionalParticipantInfo", *_STATES),
)
_UNKNOWN = "xx"
_UNNAMED = "-9"

FIELDS = (
    Column("MMEID", ColumnType.TEXT, "our IRI of the exercise"),
    Column("Ex_Name, Series_Name", ColumnType.TEXT, "name of the exercise and of its series; -9 where it has none"),
    Column("Location", ColumnType.TEXT, "English name of a place"),
    Column("lat, lon", ColumnType.TEXT, "empty: our places are areas"),
    Column("StartDate, s.year, s.month, s.day", ColumnType.TEXT, "first day, as YYYY-MM-DD and in parts"),
    Column("EndDate, e.year, e.month, e.day", ColumnType.TEXT, "last day, as YYYY-MM-DD and in parts"),
    Column("CPX to Humanitarian", ColumnType.TEXT, "1 where reported, else empty"),
    Column("FocusDescription, AdditionalParticipantInfo", ColumnType.TEXT, "empty"),
    Column("StateA to StateAM", ColumnType.TEXT, "English names of the states, by their codes' order; 39 at most"),
)
LOSSES = (
    Loss(
        "exercises that are planned, hypothetical or negated",
        "?x a ent:Exercise ; ent:mode ?mode . FILTER(?mode != <https://w3id.org/entente/vocab/mode/actual>)",
    ),
    Loss(
        "exercises of one state",
        "?x a ent:Exercise ; ent:involvesState ?s . FILTER NOT EXISTS { ?x ent:involvesState ?t . FILTER(?t != ?s) }",
    ),
    Loss("bounds of dates that are neither a day, a month nor a year", None),
    Loss("roles, forces, aims, activities, and who claims what", None),
)


def write(catalogue: Catalogue, store: Store) -> bytes:
    """Write the rows, sorted by exercise; of more states than there are columns for, the first fill these."""
    labels = _state_names(store)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for _, group in groupby(tabulate("exercises", catalogue, store).records(), key=lambda row: row["exercise"]):
        rows = list(group)
        if rows[0]["mode"] == "actual" and len(rows) > 1:
            writer.writerow(_row(rows, labels))
    return buffer.getvalue().encode()


def _state_names(store: Store) -> dict[str, str]:
    answer = store.select(
        f"""PREFIX ent: <https://w3id.org/entente/ns#>
        SELECT ?code (MIN(?text) AS ?name) WHERE {{
          ?state ent:iso3166alpha3 ?code ; {skos.prefLabel.n3()} ?label .
          FILTER(LANG(?label) = "en")
          BIND(STR(?label) AS ?text)
        }} GROUP BY ?code"""
    )
    return {str(getattr(code, "lexical", "")): str(getattr(name, "lexical", "")) for code, name in answer.rows}


def _row(rows: list[dict[str, Value]], labels: dict[str, str]) -> dict[str, Value]:
    exercise = rows[0]
    row: dict[str, Value] = {
        "MMEID": exercise["exercise"],
        "Ex_Name": exercise["name"] or _UNNAMED,
        "Series_Name": exercise["series"] or _UNNAMED,
        "Location": exercise["place"] or "",
    }
    for stem, which, full in (("s", "begin", "StartDate"), ("e", "end", "EndDate")):
        parts = _certain(exercise[f"{which}_earliest"], exercise[f"{which}_latest"])
        row |= {f"{stem}.year": parts[0], f"{stem}.month": parts[1], f"{stem}.day": parts[2], full: "-".join(parts)}
    row |= {flag: exercise[flag.lower()] or "" for flag in _FLAGS}
    states = [labels.get(str(row["iso3"]), str(row["iso3"])) for row in rows]
    return row | dict(zip(_STATES, states, strict=False))


def _certain(earliest: Value, latest: Value) -> list[str]:
    """Give year, month and day as far as both bounds share them."""
    if earliest is None or latest is None:
        return [_UNKNOWN] * 3
    parts: list[str] = []
    for low, high in zip(str(earliest).split("-"), str(latest).split("-"), strict=True):
        parts.append(low if low == high and _UNKNOWN not in parts else _UNKNOWN)
    return parts
