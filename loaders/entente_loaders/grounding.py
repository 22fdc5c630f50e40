"""Says what quoted words stand for, by the reading that the rules make of the sentence around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from entente.model import AttributionLevel, Contribution, Event, EventStatus, Kind, Mention, Mode, Relation, Span, When
from entente_loaders.extract import Phase, Reading, Unit, contributions, event_time, places

__all__ = ["Grounding", "numbered"]

Found = TypeVar("Found", Event, Relation)

_NOT_YET = frozenset({Mode.PLANNED, Mode.HYPOTHETICAL})
_PHASES = {EventStatus.STARTED: Phase.BEGIN, EventStatus.CONCLUDED: Phase.END}


def numbered(found: Iterable[Found], letter: str) -> tuple[Found, ...]:
    """Give events or relations the keys of a document, `e1` or `r1` and on, in the order that they are in."""
    return tuple(replace(one, key=f"{letter}{number}") for number, one in enumerate(found, start=1))


@dataclass(frozen=True, slots=True)
class _Line:
    reading: Reading
    units: tuple[Unit, ...]


class Grounding:
    """What the words of one text stand for; `readings` are those of all its sentences, in the order of the text."""

    def __init__(self, readings: Iterable[Reading], text: str) -> None:
        self._text = text
        self._lines = [_Line(reading, tuple(_flat(reading.clause.units))) for reading in readings]
        self._starts = [line.reading.span.start for line in self._lines]

    def find(self, quote: str, near: Span | None = None) -> Span | None:
        """Find words in the text, verbatim: inside `near` if they stand there, else where they are nearest to it."""
        words = quote.strip()
        if not words:
            return None
        if near is None:
            at = self._text.find(words)
        else:
            at = self._text.find(words, near.start, near.end)
            if at < 0:
                before, after = self._text.rfind(words, 0, near.start), self._text.find(words, near.start)
                closer_before = before >= 0 and (after < 0 or near.start - before <= after - near.end)
                at = before if closer_before else after
        return Span(at, at + len(words)) if at >= 0 else None

    def agents(self, span: Span) -> tuple[Mention, ...]:
        """Give the parties that the words at a span stand for, by name, description or reference."""
        found = [
            agent
            for unit in self._groups(span)
            for agent in unit.agents or unit.owners
            if agent.span.overlaps(span) or (unit.agents and unit.tokens[-1].span.overlaps(span))
        ]
        if not found:
            # What stands in an aside has left the clause, but not the sentence.
            found = [name for line in self._around(span) for name in line.reading.mentions if name.span.overlaps(span)]
        return tuple(dict.fromkeys(agent for agent in found if agent.state is not None or agent.kind is Kind.ORGANISATION))

    def places(self, span: Span) -> tuple[Mention, ...]:
        """Give the places that the words at a span name; a name that nobody knows is a place of its own."""
        found = [place for unit in self._groups(span) for place in places(unit, self._text) if place.span.overlaps(span)]
        return tuple(dict.fromkeys(found)) or (Mention(span, span.of(self._text), Kind.PLACE, use="unknown"),)

    def series(self, span: Span) -> Mention | None:
        """Give the exercise series that the words at a span name."""
        named = (name for line in self._around(span) for name in line.reading.mentions if name.span.overlaps(span))
        return next((name for name in named if name.kind is Kind.SERIES), None)

    def when(self, span: Span, status: EventStatus | None, mode: Mode, *, lasting: bool) -> When | None:
        """Give the time that the date at a span says of an event at that status; None where it is no date."""
        dates = (unit for line in self._around(span) for unit in line.reading.clause.dates if unit.span.overlaps(span))
        unit = next((unit for unit in dates if unit.date is not None), None)
        if unit is None or unit.date is None:
            return None
        date = unit.date.coming() if mode in _NOT_YET else unit.date
        phase = _PHASES.get(status, Phase.WHOLE) if status is not None and lasting else Phase.WHOLE
        return event_time(date, unit.preposition, phase, lasting=lasting, nominal=False)

    def forces(self, span: Span, owner: Mention | None) -> tuple[Contribution, ...]:
        """Read the counted, typed or named forces at a span."""
        return tuple(
            force
            for line in self._around(span)
            if (units := [unit for unit in line.reading.clause.units if unit.span.overlaps(span)])
            for force in contributions(units, owner, line.reading.directory, self._text)
        )

    def level(self, span: Span, *, spoken: bool) -> AttributionLevel:
        """Tell how the words at a span are handed on; `spoken` tells that somebody other than the outlet says them."""
        level = next((line.reading.attribution.level_at(span.start)[0] for line in self._around(span)), None)
        if spoken:
            return level if level is AttributionLevel.DIRECT_QUOTE else AttributionLevel.INDIRECT_SPEECH
        return level if level is AttributionLevel.HEADLINE else AttributionLevel.NARRATION

    def _around(self, span: Span) -> Sequence[_Line]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return self._lines[first : bisect_right(self._starts, span.end - 1)]

    def _groups(self, span: Span) -> list[Unit]:
        """Give the noun groups that the span touches; of a list only those."""
        return [unit for line in self._around(span) for unit in line.units if unit.kind == "NP" and unit.span.overlaps(span)]


def _flat(units: Sequence[Unit]) -> Iterable[Unit]:
    for unit in units:
        if not unit.virtual:
            yield from _flat(unit.parts) if unit.parts and unit.kind == "NP" else (unit,)
