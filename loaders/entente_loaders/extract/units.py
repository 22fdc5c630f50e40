"""Units: the noun groups, verb groups, prepositions and marks that a sentence is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from entente.model import CountQualifier, Mention, Span
from entente_loaders.extract.dates import DateExpression
from entente_loaders.extract.tokens import Token

__all__ = ["BOUNDARIES", "Quantity", "Quote", "Unit", "VerbGroup", "one_set"]


BOUNDARIES = frozenset({"SUB", "SEMI", "COLON", "THAT", "WH"})
"""Kinds of units that part one clause from the next."""


_SETS_REMEMBERED = 1 << 14


@lru_cache(maxsize=_SETS_REMEMBERED)
def one_set(classes: frozenset[str]) -> frozenset[str]:
    """Give for equal sets of classes one and the same, so that looking them up needs no comparison of their members."""
    return classes


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: a number with its qualifier, or None for an unspecified plural."""

    count: int | None
    qualifier: CountQualifier


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The grammar of a verb group."""

    lemma: str
    particle: str | None = None
    tense: str = "present"
    perfect: bool = False
    progressive: bool = False
    passive: bool = False
    negated: bool = False
    modal: str | None = None
    form: str = "finite"
    carriers: tuple[str, ...] = ()
    """Lemmas of the verbs that this one hangs on ("is expected to hold" -> expect)."""

    @property
    def name(self) -> str:
        """The lemma with its particle, as the lexicon spells it."""
        return f"{self.lemma} {self.particle}" if self.particle else self.lemma


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in a sentence: the span between its marks; `part` where it goes on before or after the sentence."""

    start: int
    end: int
    part: bool = False


# Not frozen, for the same reason as Token; nothing changes a unit once it is made.
@dataclass(slots=True)
class Unit:
    """A stretch of a sentence that rules see as one thing.

    `classes` are what a rule's pattern asks for. `agents` are the parties that a noun group stands for, `owners` the
    states (or other agents) that modify it ("Chinese drills"), `names` its other known names (places, series).
    """

    kind: str
    start: int
    end: int
    tokens: tuple[Token, ...] = ()
    classes: frozenset[str] = frozenset()
    head: str = ""
    agents: tuple[Mention, ...] = ()
    owners: tuple[Mention, ...] = ()
    names: tuple[Mention, ...] = ()
    quantity: Quantity | None = None
    verb: VerbGroup | None = None
    date: DateExpression | None = None
    preposition: str = ""
    alias: str = ""
    parts: tuple[Unit, ...] = ()
    """The noun groups that a coordination joins; empty for a plain unit."""
    virtual: bool = False
    """Whether the unit repeats a subject that the sentence leaves out."""

    @property
    def span(self) -> Span:
        """Where the unit stands in the text."""
        return Span(self.start, self.end)

    def with_classes(self, classes: frozenset[str]) -> Unit:
        """Give the same unit with other classes."""
        # By position, for `dataclasses.replace` takes five times as long.
        return Unit(
            self.kind,
            self.start,
            self.end,
            self.tokens,
            one_set(classes),
            self.head,
            self.agents,
            self.owners,
            self.names,
            self.quantity,
            self.verb,
            self.date,
            self.preposition,
            self.alias,
            self.parts,
            self.virtual,
        )

    def but(self, **changes: Any) -> Unit:
        """Give the same unit with other values in some fields."""
        unit = self.with_classes(changes.pop("classes", self.classes))
        for name, value in changes.items():
            setattr(unit, name, value)
        return unit

    def has(self, *names: str) -> bool:
        """Tell whether the unit belongs to any of these classes."""
        return not self.classes.isdisjoint(names)
