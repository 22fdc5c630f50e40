"""A page of a list, as it is told in JSON."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from entente.api.rest.resource import Row

__all__ = ["PageOut"]

_Row = TypeVar("_Row", bound=Row)


class PageOut(BaseModel, Generic[_Row]):
    """A page of a list."""

    model_config = ConfigDict(frozen=True)

    items: list[_Row]
    total: int = Field(description="how many things the whole list has", examples=[43])
    next: str | None = Field(None, description="where the list goes on", examples=["/events?cursor=..."])
    version: int | None = Field(None, description="of the dataset, where it is counted", examples=[7])
