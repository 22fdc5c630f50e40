"""The day that a document's relative dates count from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from entente.model import DateBasis, Document

__all__ = ["MONTHS", "Anchor", "anchor_of", "month_number"]

_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH_DAY = re.compile(rf"\b(?:(?P<m1>{MONTHS})\.?\s(?P<d1>[0-3]?\d)|(?P<d2>[0-3]?\d)\s(?P<m2>{MONTHS}))\b")
_DATELINE = re.compile(
    rf"^[A-Z][A-Za-z.'\s]{{1,30}}(?:,\s[A-Z][A-Za-z.\s]{{1,20}})?,\s(?:(?P<m>{MONTHS})\.?\s(?P<d>[0-3]?\d)|(?P<d2>[0-3]?\d)\s(?P<m2>{MONTHS})\.?)"
    r"(?:,?\s(?P<y>(?:19|20)\d\d))?\s?(?:[(/][^)/]{1,30}[)/]\s?)?[-–—]+",
    re.MULTILINE,
)
_DATELINE_WINDOW = 400
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_YEARS = (1500, 2500)
_FORESEEN = 90


def month_number(name: str) -> int:
    """Give the number of a month by its English name or abbreviation."""
    return next(number for number, full in enumerate(_NAMES, start=1) if full.startswith(name.lower()[:3]))


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative dates count from, or None; `inferred` when it was guessed from the text's own dates."""

    day: date | None
    inferred: bool = False
    year: int | None = None
    dateline: tuple[int, int] = (0, 0)
    """Where the dateline stands, whose date says when the report was filed and dates no event."""

    @property
    def relative(self) -> DateBasis:
        """What a relative date rests on."""
        return DateBasis.ANCHOR_RULE if self.inferred else DateBasis.WEEKDAY_RELATIVE

    def year_for(self, year: str | None, month: int, day: int | None) -> tuple[int | None, str | None]:
        """Give the year of a date that may lack it, and the rule that supplied it."""
        if year:
            return int(year), None
        if self.day is not None and not self.inferred:
            # A report speaks of the latest such date, or of one in the next three months.
            ahead = (month - self.day.month) * 30 + (day or 1) - self.day.day
            best = self.day.year - (ahead > _FORESEEN) + (ahead < _FORESEEN - 365)
            return best, "year-nearest-publication"
        return self.year, "year-of-text" if self.year else None


def anchor_of(document: Document) -> Anchor:
    """Find the anchor: the publication date, else the dateline, else what the text's own dates allow."""
    text = document.text
    line = _DATELINE.search(text, 0, _DATELINE_WINDOW)
    place = line.span() if line else (0, 0)
    published = document.article.published or ""
    if (day := _published(published)) is not None:
        return Anchor(day, year=day.year, dateline=place)
    years = Counter(_YEAR.findall(text))
    commonest = min(years, key=lambda value: (-years[value], -int(value))) if years else None
    year = int(commonest) if commonest else int(published[:4]) if published[:4].isdigit() else None
    if line:
        when = _date(int(line["y"]) if line["y"] else year, line["m"] or line["m2"], line["d"] or line["d2"])
        if when:
            return Anchor(when, year=when.year, dateline=place)
    if year is None:
        return Anchor(None)
    days = [_date(year, match["m1"] or match["m2"], match["d1"] or match["d2"]) for match in _MONTH_DAY.finditer(text)]
    known = [day for day in days if day is not None]
    return Anchor(max(known), inferred=True, year=year) if known else Anchor(None, inferred=True, year=year)


def _published(text: str) -> date | None:
    """Read the day of publication; years from which one cannot count some years back and forth are no such day."""
    try:
        day = date.fromisoformat(text) if _ISO_DAY.match(text) else None
    except ValueError:
        return None
    return day if day is not None and _YEARS[0] <= day.year <= _YEARS[1] else None


def _date(year: int | None, month: str, day: str) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month_number(month), int(day))
    except ValueError:
        return None
