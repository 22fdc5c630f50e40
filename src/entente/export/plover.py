"""Events as PLOVER records: the JSON of the manual's table "PLOVER JSON", one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from entente.export.tables import Value, tabulate
from entente.model import Store
from entente.query import Catalogue, Column, ColumnType, Loss

__all__ = ["ABOUT", "FIELDS", "LOSSES", "write"]

ABOUT = """One record per event with a date, after the PLOVER manual, draft 0.8 (table "PLOVER JSON"). Reciprocal
events, such as exercises and talks, list all who take part both as actor and as recipient and say `reciprocal: true`,
so that nobody takes a meeting of twenty states for twenty times nineteen acts. Dates are never filled in from the day
of publication. A key whose value is not known is left out."""

_QUADS = {"verbal-cooperation": 1, "material-cooperation": 2, "verbal-conflict": 3, "material-conflict": 4}
_AUXILIARY = {"planned": "future", "hypothetical": "hypothetical", "negated": "negation"}
_TARGETS = frozenset({"recipient", "target"})


def _field(name: str, about: str, type: ColumnType = ColumnType.TEXT) -> Column:
    return Column(name, type, about)


FIELDS = (
    _field("id", "IRI of the event"),
    _field("date", "the first day on which it may have begun, or ended if only that is known"),
    _field("enddate", "the last day on which it may have ended"),
    _field("date_latest", "ours: the last day on which it may have begun, where that is another day than date"),
    _field("actor", "list of objects with code (ISO 3166-1 alpha-3) and roles (ours)"),
    _field("recipient", "list of objects with code and roles"),
    _field("reciprocal", "ours: true where actors and recipients are the same, else false", ColumnType.BOOLEAN),
    _field("event", "list of one event category, in capitals"),
    _field("mode", "list of auxiliary modes: historical, future, hypothetical, negation"),
    _field("context", "list of one context, the first in the alphabet of several"),
    _field(
        "quad_code",
        "1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict",
        ColumnType.INTEGER,
    ),
    _field("event_scale", "score of the category, as the manual prints it", ColumnType.DECIMAL),
    _field("event_loc", "object with the name of the place, the first in the alphabet of several"),
)
LOSSES = (
    Loss(
        "events without any date, which PLOVER requires",
        "?x ent:eventType ?type ; ent:plover ?act . FILTER NOT EXISTS { ?x ent:when ?w . "
        "{ ?w sem:hasEarliestBeginTimeStamp ?d } UNION { ?w sem:hasEarliestEndTimeStamp ?d } }",
    ),
    Loss("events without a category of PLOVER", "?x ent:eventType ?type . FILTER NOT EXISTS { ?x ent:plover ?act }"),
    Loss("actors that are no states and belong to none", None),
    Loss("forces, aims, names and series of exercises", None),
    Loss("who claims it, where and in which words, since a record has one source only", None),
)


def write(catalogue: Catalogue, store: Store) -> bytes:
    """Write the records, sorted by event."""
    rows = tabulate("events", catalogue, store).records()
    lines = []
    for _, group in groupby(rows, key=lambda row: row["event"]):
        record = _record(list(group))
        if record is not None:
            lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def _record(rows: list[dict[str, Value]]) -> dict[str, Any] | None:
    event = rows[0]
    begin = event["begin_earliest"] or event["end_earliest"]
    if begin is None or event["plover"] is None:
        return None
    targets = _entities(row for row in rows if row["role"] in _TARGETS)
    actors = _entities(row for row in rows if row["role"] not in _TARGETS)
    reciprocal = not targets and len(actors) > 1
    record: dict[str, Any] = {"id": event["event"], "date": begin}
    if event["end_latest"] is not None:
        record["enddate"] = event["end_latest"]
    if event["begin_earliest"] is not None and event["begin_latest"] not in {None, begin}:
        record["date_latest"] = event["begin_latest"]
    record |= {
        "actor": actors,
        "recipient": actors if reciprocal else targets,
        "reciprocal": reciprocal,
        "event": [str(event["plover"]).upper()],
        "mode": _modes(event),
    }
    if event["context"] is not None:
        record["context"] = [event["context"]]
    record["quad_code"] = _QUADS[str(event["quadrant"])]
    record["event_scale"] = event["score"]
    if event["place"] is not None:
        record["event_loc"] = {"name": event["place"]}
    return record


def _entities(rows: Iterable[Mapping[str, Value]]) -> list[dict[str, Any]]:
    """Give each state once, with all its roles: a host takes part too."""
    roles: dict[Value, list[Value]] = {}
    for row in rows:
        roles.setdefault(row["iso3"], []).append(row["role"])
    return [{"code": code, "roles": held} for code, held in roles.items()]


def _modes(event: Mapping[str, Value]) -> list[str]:
    modes = [_AUXILIARY[str(event["mode"])]] if event["mode"] in _AUXILIARY else []
    return [*modes, "historical"] if event["background"] else modes
