"""What a resource is: a query card that lists it, and a model of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from entente.api.addresses import quoted
from entente.api.models import Ref
from entente.model import Iri
from entente.model.iri import BASE

__all__ = ["Resource", "Row", "Shape", "about"]


class Row(BaseModel):
    """One thing of a list, as its id within the list, its IRI, and where more is told of it."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(examples=["northern-interaction-2023"])
    iri: str = Field(examples=["https://w3id.org/entente/id/exercise/northern-interaction-2023"])
    link: str = Field(examples=["/exercises/northern-interaction-2023"])


def about(description: str, example: Any, property: Iri | None = None, *, default: Any = None) -> Any:
    """Describe a field of a row; `property` is what links the thing to the field's value in RDF, if one property does."""
    said: dict[str, JsonValue] = {"x-property": str(property)} if property else {}
    examples = [] if example is None else [example]
    return Field(default_factory=lambda: default, description=description, examples=examples, json_schema_extra=said)


@dataclass(frozen=True, slots=True)
class Shape:
    """How the terms of a column become the value of a field: one or many, names or things with names."""

    many: bool
    refers: bool
    property: Iri | None


@dataclass(frozen=True, slots=True)
class Resource:
    """Things that are listed alike, at `/name`.

    `card` names the query, whose columns but the key are fields of the `model`. IRIs of most of the things begin with `id/`
    and the `kind`, which ids leave out; it is empty where they are of many kinds, and None where things are listed only.
    `related` gives addresses of lists that tell more of a thing, with `{id}` and `{iri}` in them; `filters` tells of which
    kind the things are that a filter names, `required` which filters must be given, `preset` which always have that value,
    as the column of that name has.
    `words` is the filter whose words, or beginnings of words, are looked up in the index of labels before the list is asked.
    `relative` says that what a row tells depends on the filters, as a count of what they let through does.
    """

    name: str
    card: str
    model: type[Row]
    kind: str | None
    related: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    preset: Mapping[str, str] = field(default_factory=dict)
    words: str | None = None
    relative: bool = False

    def id_of(self, iri: str) -> str:
        """The id of a thing within the list; the IRI itself where it is none of ours."""
        stem = f"{BASE}id/"
        own = f"{self.kind}/" if self.kind else ""
        return iri.removeprefix(stem).removeprefix(own) if iri.startswith(stem) else iri

    def link_of(self, id: str) -> str:
        """The address of the thing with that id, or of its document where things are listed only."""
        return f"/{self.name}/{quoted(id)}" if self.kind is not None else f"/doc/id/{quoted(id)}"

    def related_of(self, id: str, iri: str) -> dict[str, str]:
        """The addresses of lists that tell more of a thing."""
        return {name: address.format(id=quoted(id), iri=quoted(iri)) for name, address in self.related.items()}

    def iris_of(self, id: str) -> tuple[Iri, ...]:
        """The IRIs that an id may stand for, the likeliest first."""
        return iris_of(id, self.kind or "")

    def shapes(self) -> dict[str, Shape]:
        """How each field of the model is filled."""
        found = {}
        for name, info in self.model.model_fields.items():
            said = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
            property = said.get("x-property")
            found[name] = Shape(
                get_origin(info.annotation) is list,
                _mentions(info.annotation, Ref),
                Iri(str(property)) if property else None,
            )
        return found


def iris_of(id: str, kind: str) -> tuple[Iri, ...]:
    """The IRIs that an id of things of a kind may stand for, the likeliest first; none where it can be part of none."""
    whole = f"{BASE}id/{id}"
    spelled = [id] if "://" in id else [f"{BASE}id/{kind}/{id}", whole] if kind else [whole]
    try:
        return tuple(Iri(each) for each in spelled)
    except ValueError:
        return ()


def _mentions(annotation: Any, kind: type) -> bool:
    return annotation is kind or any(_mentions(part, kind) for part in get_args(annotation))
