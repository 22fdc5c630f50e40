"""Frames: which verb, with which object, states which event, and who plays which part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from entente.errors import InternalError
from entente.model import EventType, Role
from entente_loaders.extract import lexicon, parse

__all__ = ["Frame", "frames"]

_KEYS = {"event", "verbs", "noun"}
_ARGUMENTS = {"subject", "object", "agent"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb class with its object's class and the roles of its arguments; `prepositions` gives roles by preposition."""

    event: EventType
    verbs: str
    noun: str | None
    roles: Mapping[str, Role]
    prepositions: Mapping[str, Role]

    @property
    def name(self) -> str:
        """The frame's name, as claims give it."""
        return f"parsed.{self.event}.{'.'.join(filter(None, (self.verbs, self.noun))).lower()}.v1"


@cache
def frames() -> tuple[Frame, ...]:
    """Read the frames of the package. Raises InternalError (913) where one names a class that the lexicon has not."""
    rows: list[dict[str, Any]] = parse(files("entente_loaders.parsed").joinpath("frames.yaml").read_text("utf-8"))
    lex = lexicon()
    verbs, nouns = frozenset().union(*lex.verbs.values()), frozenset().union(*lex.nouns.values())
    found: list[Frame] = []
    for row in rows:
        noun = row.get("noun")
        if row["verbs"] not in verbs or (noun is not None and noun not in nouns):
            raise InternalError(913, f"parsed/frames.yaml: {row}: no such class", "compare it with the lexicon")
        roles = {name: Role(value) for name, value in row.items() if name in _ARGUMENTS}
        led = {name: Role(value) for name, value in row.items() if name not in _ARGUMENTS | _KEYS}
        found.append(Frame(EventType(row["event"]), row["verbs"], noun, roles, led))
    return tuple(found)
