"""Gold and predicted records as the comparison needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entente.evaluation.words import plain, words

__all__ = ["Entry", "Sheet", "Tie", "read_sheet"]

# GUIDELINES.md leaves these spellings open.
_ACTORS = {
    **dict.fromkeys(
        (
            "united nations",
            "un security council",
            "unsc",
            "security council",
            "united nations security council",
        ),
        "un",
    ),
    "european union": "eu",
    **dict.fromkeys(("north atlantic treaty organization", "north atlantic treaty organisation"), "nato"),
    "syrian democratic forces": "sdf",
    "people s protection units": "ypg",
}

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a gold file or of a prediction; `spans` are all places where its evidence stands in the text."""

    record: Mapping[str, Any]
    type: str | None
    parties: tuple[tuple[str, str | None], ...]
    spans: tuple[Range, ...]
    quote: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """Who takes part, whatever the role."""
        return frozenset(key for key, _ in self.parties)

    @property
    def unclear(self) -> bool:
        """Whether the coder left open if it is an event at all; it is neither demanded nor punished."""
        return self.record.get("certainty") == "unclear"

    @property
    def background(self) -> bool:
        """Whether it is context rather than news."""
        return bool(self.record.get("background"))

    @property
    def dates(self) -> tuple[tuple[str, str], ...]:
        """The sides of the time that are given."""
        return tuple((side, str(self.record[side])) for side in ("start", "end") if self.record.get(side))

    @property
    def places(self) -> tuple[str, ...]:
        """The places as written."""
        return tuple(self.record.get("places") or ())


@dataclass(frozen=True, slots=True)
class Tie:
    """A lasting relation between states."""

    states: frozenset[str]
    label: frozenset[str]
    spans: tuple[Range, ...]
    quote: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The events and relations of one article."""

    events: tuple[Entry, ...] = ()
    relations: tuple[Tie, ...] = ()


def read_sheet(data: Mapping[str, Any], text: str | None = None) -> Sheet:
    """Read a record in the form of the gold files; evidence is placed in `text` where that is given."""
    return Sheet(
        tuple(_entry(record, text) for record in data.get("events") or ()),
        tuple(_tie(record, text) for record in data.get("relations") or ()),
    )


def _entry(record: Mapping[str, Any], text: str | None) -> Entry:
    return Entry(
        record,
        record.get("type"),
        tuple((_party(party), party.get("role")) for party in record.get("participants") or ()),
        _spans(record, text),
        words(record.get("evidence")),
    )


def _tie(record: Mapping[str, Any], text: str | None) -> Tie:
    return Tie(
        frozenset(record.get("states") or ()),
        words(record.get("label")),
        _spans(record, text),
        words(record.get("evidence")),
    )


def _party(party: Mapping[str, Any]) -> str:
    if party.get("state"):
        return f"S:{party['state']}"
    name = plain(party.get("actor"))
    return f"A:{_ACTORS.get(name, name)}"


def _spans(record: Mapping[str, Any], text: str | None) -> tuple[Range, ...]:
    if given := record.get("evidence_span"):
        return ((given[0], given[1]),)
    quote = record.get("evidence")
    if not text or not quote:
        return ()
    found: list[Range] = []
    at = text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return tuple(found)
