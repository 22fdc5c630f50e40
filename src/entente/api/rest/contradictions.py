"""Contradictions with the claims that make them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from entente.api.rest.lists import Entry, Lists, rows_of
from entente.api.rest.resources.claims import ClaimRow
from entente.api.rest.resources.conflicts import ConflictRow
from entente.api.rest.rows import text_of
from entente.model import Iri

__all__ = ["Conflict", "with_claims"]


class Conflict(ConflictRow):
    """A contradiction with the claims side by side."""

    sides: list[ClaimRow] = Field(description="the claims, with their words")


async def with_claims(lists: Lists, conflicts: Sequence[Entry], client: str) -> list[Conflict]:
    """Put the claims of contradictions side by side."""
    wanted = {entry.row.iri: [Iri(text_of(term)) for term in entry.terms.get("claims", ())] for entry in conflicts}
    keys = sorted({claim for claims in wanted.values() for claim in claims})
    entries, _ = await lists.entries(lists.resources["claims"], keys, client)
    rows = {row.iri: row for row in rows_of(ClaimRow, entries)}
    return [
        Conflict(
            **entry.row.model_dump(),
            sides=[rows[claim] for claim in wanted[entry.row.iri] if claim in rows],
        )
        for entry in conflicts
    ]
