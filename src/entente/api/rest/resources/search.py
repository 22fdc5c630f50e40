"""Whatever has a name."""

from __future__ import annotations

from entente.api.rest.resource import Resource, Row, about

__all__ = ["RESOURCE", "FoundRow"]


class FoundRow(Row):
    """Something found by its name."""

    name: str | None = about("the name or title that was found", "Sea of Japan")
    kind: list[str] = about("its closest classes in the ontology", ["Sea"], default=[])
    rank: int | None = about("how far the name is from the text; the lowest come first", 4)


RESOURCE = Resource(
    "search",
    "list-search",
    FoundRow,
    None,
    required=("q",),
    words="q",
    relative=True,
)
