"""The parameters of a list, made of those of its card, as a model that FastAPI checks requests against."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from entente.api.rest.lists import PAGE, Asked
from entente.api.rest.resource import Resource, iris_of
from entente.api.rest.states import StateTable
from entente.api.rest.writing import FORMATS
from entente.errors import QueryError
from entente.query import Card, Listing, Param, ParamType

__all__ = ["Day", "Format", "asked_of", "chosen_fields", "parameters"]

_LIMIT = 1000


def _day(value: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a day is written YYYY-MM-DD")
    date.fromisoformat(value)
    return value


Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date", "example": "2023-07-20"})]
"""A calendar day."""

Format = Literal[*FORMATS]  # type: ignore[valid-type]
"""What ?format= may say."""

_TYPES: Mapping[ParamType, Any] = {
    ParamType.STATE: Annotated[
        str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9.-]+$", examples=["RUS", "365", "russia"])
    ],
    ParamType.CONCEPT: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)],
    ParamType.DATE: Day,
    ParamType.INTEGER: Annotated[int, Field(ge=0, le=10**9)],
    ParamType.STRING: Annotated[str, Field(min_length=1, max_length=200)],
    ParamType.IRI: Annotated[
        str, Field(min_length=1, max_length=500, pattern=r"^[A-Za-z0-9][A-Za-z0-9._~:/-]*$", description="id or IRI")
    ],
}


def parameters(resource: Resource, card: Card, listing: Listing) -> type[BaseModel]:
    """Make the model of the parameters that a list takes; others are refused."""
    fields: dict[str, Any] = {
        param.name: _field(param, required=param.name in resource.required)
        for param in card.params
        if param.name != listing.key and param.name not in resource.preset
    }
    sorts = tuple(listing.sorts)
    both = Literal[(*sorts, *(f"-{name}" for name in sorts))]  # type: ignore[valid-type]
    names = "|".join(resource.shapes())
    chosen = Annotated[
        str,
        WithJsonSchema({"type": "string", "pattern": f"^({names})(,({names}))*$"}),
        Field(max_length=1000, description="only these fields, with commas, beside id, iri and link"),
    ]
    fields |= {
        "sort": (both, Field(sorts[0], description="what to sort by; with '-' the other way round")),
        "cursor": (str | None, Field(None, max_length=2000, description="where to go on: 'next' of the page before")),
        "limit": (int, Field(PAGE, ge=1, le=_LIMIT, description="how many things a page holds")),
        "fields": (chosen | None, None),
        "format": (Format | None, Field(None, description="goes before the header Accept")),
    }
    return create_model(f"{resource.model.__name__}Query", __config__=ConfigDict(extra="forbid"), **fields)


def _field(param: Param, *, required: bool) -> tuple[Any, Any]:
    kind = _TYPES[param.type]
    return (kind, Field(description=param.help)) if required else (kind | None, Field(None, description=param.help))


def asked_of(resource: Resource, card: Card, given: BaseModel, states: StateTable) -> Asked:
    """Read what is asked, with things named by their IRIs. Raises InputError 143 for a state that there is not."""
    said = given.model_dump(exclude_none=True)
    filters = {}
    for param in card.params:
        if param.name not in said:
            continue
        value = str(said[param.name])
        if param.type is ParamType.STATE:
            value = states.find(value).iri
        elif param.type is ParamType.IRI and "://" not in value:
            value = next(iter(iris_of(value, resource.filters[param.name])), value)
        filters[param.name] = value
    return Asked(filters, said["sort"], said.get("cursor"), said["limit"])


def chosen_fields(resource: Resource, given: BaseModel) -> tuple[str, ...]:
    """The fields that an answer has, in the order of the model. Raises QueryError 822 for one that there is not."""
    known = tuple(resource.shapes())
    said = given.model_dump().get("fields")
    if said is None:
        return known
    wanted = set(said.split(","))
    if strange := sorted(wanted - set(known)):
        raise QueryError(822, f"/{resource.name} has no field {strange[0]!r}", f"choose among {', '.join(known)}")
    return tuple(name for name in known if name in wanted or name in ("id", "iri", "link"))
