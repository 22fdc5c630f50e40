"""Reads the batches of the Reconciliation API 0.2: queries, and requests to extend a table (§4 and §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
)

from entente.errors import QueryError
from entente.reconcile import KINDS, PROPERTIES, Condition, Query

__all__ = ["LIMITS", "Extension", "check_kinds", "read_extension", "read_queries"]

LIMITS = {
    "bytes": 1 << 20,
    "queries": 100,
    "characters": 500,
    "candidates": 100,
    "properties": 10,
    "values": 10,
    "ids": 1000,
}
"""What one request may hold at most."""

_DEFAULT_LIMIT = 5
_Made = TypeVar("_Made")


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Entity(_Form):
    id: StrictStr


_Value = StrictStr | StrictBool | StrictInt | StrictFloat | _Entity


class _Condition(_Form):
    pid: StrictStr
    v: _Value | list[_Value]


class _Query(_Form):
    model_config = ConfigDict(frozen=True, extra="forbid")

    query: StrictStr | None = None
    type: StrictStr | list[StrictStr] | None = None
    limit: Annotated[int, Field(ge=1)] | None = None
    properties: list[_Condition] | None = None
    type_strict: Literal["any", "should", "all"] = "any"


class _Wanted(_Form):
    id: StrictStr
    settings: dict[str, Any] | None = None


class Extension(_Form):
    """The entities and the properties whose values are asked for."""

    ids: list[StrictStr]
    properties: list[_Wanted]


_QUERIES = TypeAdapter(dict[str, _Query])
_EXTENSION = TypeAdapter(Extension)


def read_queries(text: str) -> Mapping[str, Query]:
    """Read a batch of queries.

    Raises QueryError for what is no such batch (360), too large (361), or asks for unknown types (362) or properties (363).
    """
    batch = _read(text, "queries", _QUERIES)
    _bound("queries", len(batch))
    return {key: _query(key, asked) for key, asked in batch.items()}


def read_extension(text: str) -> Extension:
    """Read a request to extend a table. Raises QueryError as read_queries() does."""
    asked = _read(text, "extend", _EXTENSION)
    _bound("ids", len(asked.ids))
    _bound("properties", len(asked.properties))
    _check_properties(wanted.id for wanted in asked.properties)
    return asked


def check_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """The types as they are. Raises QueryError (362) for an unknown one."""
    found = tuple(dict.fromkeys(kinds))
    for kind in found:
        if kind not in KINDS:
            raise QueryError(362, f"there is no type {kind!r}", f"use one of {', '.join(KINDS)}")
    return found


def _read(text: str, what: str, form: TypeAdapter[_Made]) -> _Made:
    _bound("bytes", len(text.encode("utf-8", "surrogatepass")))
    try:
        return form.validate_json(text.encode())
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, (what, *first["loc"])))
        raise QueryError(360, f"{where}: {first['msg']}", "see docs/reconcile.md for the form") from error
    except UnicodeEncodeError as error:
        raise QueryError(360, f"{what}: {error.reason}", "send it in UTF-8") from error


def _query(key: str, asked: _Query) -> Query:
    text = None if asked.query is None else asked.query.strip()
    conditions = tuple(_condition(each) for each in asked.properties or ())
    if text is None and not conditions:
        raise QueryError(360, f"queries.{key} has neither 'query' nor 'properties'", "give at least one of them")
    _bound("characters", len(text or ""))
    _bound("properties", len(conditions))
    _check_properties(condition.property for condition in conditions)
    kinds = check_kinds([asked.type] if isinstance(asked.type, str) else asked.type or ())
    if asked.type_strict == "all" and len(kinds) > 1:
        raise QueryError(362, f"queries.{key}: nothing has {len(kinds)} types at once", 'say "type_strict": "any"')
    limit = min(asked.limit or _DEFAULT_LIMIT, LIMITS["candidates"])
    return Query(text, kinds, conditions, limit, preferred=asked.type_strict == "should")


def _condition(asked: _Condition) -> Condition:
    values = asked.v if isinstance(asked.v, list) else [asked.v]
    _bound("values", len(values))
    texts = tuple(value.id if isinstance(value, _Entity) else _text(value) for value in values)
    for text in texts:
        _bound("characters", len(text))
    return Condition(asked.pid, texts)


def _text(value: str | float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _check_properties(names: Iterable[str]) -> None:
    for name in names:
        if name not in PROPERTIES:
            raise QueryError(363, f"there is no property {name!r}", f"use some of {', '.join(PROPERTIES)}")


def _bound(what: str, number: int) -> None:
    if number > LIMITS[what]:
        raise QueryError(361, f"{number} {what} at once, of {LIMITS[what]} at most", "send smaller batches", status=413)
