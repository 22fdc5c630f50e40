"""A query as other people send it, with the dataset and the formats that they want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Begin", "Question"]

Begin = Callable[[str], None]
"""Told the media type of an answer before its first byte."""


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query with all that the protocol lets a client say about it (SPARQL 1.1 Protocol §2.1).

    `accept` holds media types or ranges, best first. Where `default_graphs` or `named_graphs` is not None, both together
    replace the dataset that the query itself describes (§2.1.4). `base` resolves relative IRIs. SERVICE may call
    addresses that begin with `relay`, and no others.
    """

    text: str
    accept: tuple[str, ...] = ("*/*",)
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    relay: str | None = None

    @property
    def has_dataset(self) -> bool:
        """Whether the request, not the query, says which graphs are meant."""
        return self.default_graphs is not None or self.named_graphs is not None
