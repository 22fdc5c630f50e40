"""Fuzzy time: four date bounds, an EDTF literal, and how the dates were got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["DateBasis", "DatePrecision", "When"]


class DatePrecision(StrEnum):
    """How finely the text dates something (scheme `date-precision`)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    OPEN = "open"
    UNKNOWN = "unknown"


class DateBasis(StrEnum):
    """What a date rests on (scheme `date-basis`)."""

    EXPLICIT = "explicit"
    WEEKDAY_RELATIVE = "weekday-relative"
    ANCHOR_RULE = "anchor-rule"
    PUBLICATION_DATE_FALLBACK = "publication-date-fallback"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class When:
    """A begin and an end, each known to lie between two dates (SEM time stamps), None where unbounded.

    `edtf` is an EDTF string (ISO 8601-2:2019) where one can say the same, else None. `rule` names the rule that resolved
    a relative date, such as `weekday-after-anchor`.
    """

    earliest_begin: date | None = None
    latest_begin: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None
    edtf: str | None = None
    precision: DatePrecision = DatePrecision.DAY
    basis: DateBasis = DateBasis.EXPLICIT
    rule: str | None = None

    def __post_init__(self) -> None:
        bounds = (
            (self.earliest_begin, self.latest_begin),
            (self.earliest_end, self.latest_end),
            (self.earliest_begin, self.latest_end),
        )
        for low, high in bounds:
            if low is not None and high is not None and low > high:
                raise ValueError(f"date bounds out of order: {low} after {high}")
