"""Reckons the days that a date expression means, counted from the document's anchor or from a date before it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from entente.model import DateBasis, DatePrecision
from entente_loaders.extract.anchor import Anchor, month_number
from entente_loaders.extract.lexicon import lexicon

__all__ = [
    "SEASONS",
    "WEEKDAYS",
    "Days",
    "Resolver",
    "ago",
    "count",
    "day_of_month",
    "day_range",
    "decade",
    "feast",
    "iso_day",
    "month",
    "month_range",
    "near_day",
    "near_period",
    "part_of_day",
    "season",
    "since_then",
    "weekday",
    "weekday_range",
    "year",
    "year_range",
]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": (3, 21), "summer": (6, 22), "autumn": (9, 23), "fall": (9, 23), "winter": (12, 24)}
"""First month of each season (northern hemisphere) and its EDTF code."""

_FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1), "new year's eve": (12, 31)}
_FURTHEST = 2000


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day that a date may mean, how finely it was said, and what that rests on.

    `period` tells that every day from first to last is meant; `ahead` is the reading for what is still to come, where the
    words alone ("on Friday", "in May") leave that open; `edtf` is a form that the days do not show ("198X").
    """

    first: date
    last: date
    precision: DatePrecision = DatePrecision.DAY
    basis: DateBasis = DateBasis.EXPLICIT
    rule: str | None = None
    period: bool = False
    ahead: tuple[date, date] | None = None
    edtf: str | None = None


Resolver = Callable[[re.Match[str], Anchor], Days | None]


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _months_on(day: date, months: int) -> tuple[date, date] | None:
    number = day.year * 12 + day.month - 1 + months
    return _month_span(number // 12, number % 12 + 1) if number >= 12 else None


def _year_span(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def day_range(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "July 20-23", "from 28 December 2022 to 3 January"."""
    groups = match.groupdict()
    begin_month = month_number(groups.get("m1") or groups.get("m2") or "")
    end_month = month_number(groups.get("m2") or groups.get("m1") or "")
    end_year, rule = anchor.year_for(groups.get("y"), end_month, int(groups["d2"]))
    if end_year is None:
        return None
    begin_year = int(groups["y1"]) if groups.get("y1") else end_year - (begin_month > end_month)
    first, last = _safe(begin_year, begin_month, int(groups["d1"])), _safe(end_year, end_month, int(groups["d2"]))
    if first is None or last is None or first > last:
        return None
    return Days(first, last, rule=rule, period=True)


def month_range(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "from March to June 2019"."""
    begin, end = month_number(match["m1"]), month_number(match["m2"])
    last_year, rule = anchor.year_for(match["y"], end, None)
    if last_year is None:
        return None
    first, last = _month_span(last_year - (begin > end), begin)[0], _month_span(last_year, end)[1]
    return Days(first, last, DatePrecision.MONTH, rule=rule, period=True)


def year_range(match: re.Match[str], anchor: Anchor) -> Days | None:  # noqa: ARG001 - one signature for all
    """Resolve "1980-88", "from 1980 to 1988"."""
    first = int(match["y1"])
    last = int(match["y2"]) if len(match["y2"]) == len(match["y1"]) else first // 100 * 100 + int(match["y2"])
    if last <= first:
        return None
    return Days(date(first, 1, 1), date(last, 12, 31), DatePrecision.YEAR, period=True)


def weekday_range(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "from Monday through Friday": the latest that has begun, or ahead the next."""
    if anchor.day is None:
        return None
    begin, end = WEEKDAYS.index(match["w1"].lower()), WEEKDAYS.index(match["w2"].lower())
    length = timedelta((end - begin) % 7)
    first = anchor.day - timedelta((anchor.day.weekday() - begin) % 7)
    if anchor.inferred:
        first = anchor.day + timedelta((begin - anchor.day.weekday()) % 7)
        return Days(first, first + length, DatePrecision.DAY, DateBasis.ANCHOR_RULE, "weekday-after-anchor", period=True)
    ahead = anchor.day + timedelta((begin - anchor.day.weekday()) % 7)
    return Days(
        first,
        first + length,
        DatePrecision.DAY,
        DateBasis.WEEKDAY_RELATIVE,
        "weekday-before-publication",
        period=True,
        ahead=(ahead, ahead + length),
    )


def day_of_month(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "July 4", "4 July 2022"; without a year the nearest to the publication."""
    number, day = month_number(match["m"]), int(match["d"])
    year, rule = anchor.year_for(match["y"], number, day)
    when = _safe(year, number, day) if year else None
    return None if when is None else Days(when, when, rule=rule)


def iso_day(match: re.Match[str], anchor: Anchor) -> Days | None:  # noqa: ARG001 - one signature for all
    """Resolve "2023-07-20"."""
    when = _safe(int(match["y"]), int(match["m"]), int(match["d"]))
    return None if when is None else Days(when, when)


def feast(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "New Year's Day" to the latest, or ahead the next."""
    month, day = _FEASTS[match["feast"].lower().replace("’", "'")]
    if anchor.day is None:
        return None
    here = date(anchor.day.year, month, day)
    coming = here if here >= anchor.day else date(here.year + 1, month, day)
    before = here if here <= anchor.day else date(here.year - 1, month, day)
    rule = "feast-before-publication"
    return Days(before, before, DatePrecision.DAY, anchor.relative, rule, ahead=(coming, coming))


def month(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "in March", "last September", "March 2019"; a bare month is the latest, or ahead the next."""
    number = month_number(match["m"])
    which = (match["which"] or "").lower()
    if match["y"]:
        return Days(*_month_span(int(match["y"]), number), DatePrecision.MONTH)
    if anchor.day is None or anchor.inferred:
        year = anchor.year
        return Days(*_month_span(year, number), DatePrecision.MONTH, rule="year-of-text") if year else None
    here = anchor.day.year
    past = here - (number > anchor.day.month)
    coming = here + (number < anchor.day.month)
    if which in {"last", "this past"}:
        past = here - (number >= anchor.day.month)
    elif which in {"next", "coming"}:
        coming = past = here + (number <= anchor.day.month)
    elif which == "this":
        past = coming = here
    return Days(
        *_month_span(past, number),
        DatePrecision.MONTH,
        DateBasis.EXPLICIT,
        "month-before-publication" if past <= here else "month-after-publication",
        ahead=None if which in {"last", "this past"} else _month_span(coming, number),
    )


def year(match: re.Match[str], anchor: Anchor) -> Days | None:  # noqa: ARG001 - one signature for all
    """Resolve "in 2015"."""
    return Days(*_year_span(int(match["y"])), DatePrecision.YEAR)


def decade(match: re.Match[str], anchor: Anchor) -> Days | None:  # noqa: ARG001 - one signature for all
    """Resolve "the 1980s"."""
    first = int(match["y"])
    return Days(date(first, 1, 1), date(first + 9, 12, 31), DatePrecision.DECADE, edtf=f"{first // 10}X")


def season(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "last summer", "the spring of 2018", on the northern hemisphere."""
    begin, code = SEASONS[match["season"].lower()]
    which = (match["which"] or "").lower()

    def span(year: int) -> tuple[date, date]:
        end = begin + 2
        return date(year, begin, 1), _month_span(year + (end > 12), (end - 1) % 12 + 1)[1]

    if match["y"]:
        number, basis, rule = int(match["y"]), DateBasis.EXPLICIT, None
    elif anchor.day is None or not which:
        return None
    else:
        number, basis, rule = anchor.day.year, anchor.relative, f"{which}-season"
        if which == "last":
            number -= span(number)[1] >= anchor.day
        elif which == "next":
            number += span(number)[0] <= anchor.day
        elif span(number - 1)[1] >= anchor.day:
            number -= 1
    return Days(*span(number), DatePrecision.SEASON, basis, rule, edtf=f"{number:04}-{code}")


def weekday(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "on Friday": the day of publication itself or the latest before it, or ahead the next."""
    if anchor.day is None:
        return None
    wanted = WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()
    forward = anchor.day + timedelta((wanted - anchor.day.weekday()) % 7)
    if anchor.inferred:
        return Days(forward, forward, DatePrecision.DAY, DateBasis.ANCHOR_RULE, "weekday-after-anchor")
    if which in {"next", "coming"}:
        forward += timedelta(7 * (forward == anchor.day))
        return Days(forward, forward, DatePrecision.DAY, DateBasis.WEEKDAY_RELATIVE, "weekday-after-publication")
    back = (anchor.day.weekday() - wanted) % 7
    if which == "last" and back == 0:
        back = 7
    when = anchor.day - timedelta(back)
    ahead = None if which == "last" else (forward, forward)
    return Days(when, when, DatePrecision.DAY, DateBasis.WEEKDAY_RELATIVE, "weekday-before-publication", ahead=ahead)


def near_day(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "yesterday", "today", "tomorrow"."""
    if anchor.day is None:
        return None
    word = match["near"].lower()
    when = anchor.day + timedelta({"yesterday": -1, "tomorrow": 1}.get(word, 0))
    return Days(when, when, DatePrecision.DAY, anchor.relative, word)


def part_of_day(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "this morning", "last night"."""
    if anchor.day is None:
        return None
    word = match["which"].lower()
    when = anchor.day - timedelta(word == "last")
    return Days(when, when, DatePrecision.DAY, anchor.relative, f"{word}-{match['part'].lower()}")


def near_period(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "last month", "earlier this week", "next year"."""
    if anchor.day is None:
        return None
    which, unit = match["which"].lower().split()[-1], match["unit"].lower()
    shift = {"last": -1, "next": 1, "previous": -1, "past": -1, "coming": 1}.get(which, 0)
    rule = f"{which}-{unit}"
    if unit in {"week", "weekend"}:
        monday = anchor.day - timedelta(anchor.day.weekday()) + timedelta(7 * shift)
        if unit == "weekend":
            first = monday + timedelta(5)
            before = first - timedelta(7 * (which in {"the", "this"} and anchor.day < first))
            coming = None if before == first else (first, first + timedelta(1))
            return Days(before, before + timedelta(1), DatePrecision.WEEK, anchor.relative, rule, ahead=coming)
        last = monday + timedelta(6)
        if shift == 0:
            ahead = (anchor.day, last)
            return Days(monday, max(monday, anchor.day), DatePrecision.WEEK, anchor.relative, rule, ahead=ahead)
        return Days(monday, last, DatePrecision.WEEK, anchor.relative, rule)
    if unit == "month":
        span = _months_on(anchor.day, shift)
        return Days(*span, DatePrecision.MONTH, anchor.relative, rule) if span else None
    return Days(*_year_span(anchor.day.year + shift), DatePrecision.YEAR, anchor.relative, rule)


def _shifted(day: date, unit: str, number: int, basis: DateBasis, rule: str) -> Days | None:
    """Give the day, week, month or year that lies `number` units after a day (before it, where negative)."""
    if abs(number) > _FURTHEST:
        return None
    if unit == "day":
        when = day + timedelta(number)
        return Days(when, when, DatePrecision.DAY, basis, rule)
    if unit == "week":
        monday = day - timedelta(day.weekday()) + timedelta(7 * number)
        return Days(monday, monday + timedelta(6), DatePrecision.WEEK, basis, rule)
    if unit == "month":
        span = _months_on(day, number)
        return Days(*span, DatePrecision.MONTH, basis, rule) if span else None
    year = day.year + number
    return Days(*_year_span(year), DatePrecision.YEAR, basis, rule) if 0 < year < 9999 else None


def count(text: str) -> int | None:
    """Read a number word, "a" or digits."""
    text = text.lower()
    if text in {"a", "an"}:
        return 1
    return int(text) if text.isdigit() else lexicon().numbers.get(text)


def ago(match: re.Match[str], anchor: Anchor) -> Days | None:
    """Resolve "three days ago", "11 months ago"."""
    number, unit = count(match["n"]), match["unit"].lower()
    if anchor.day is None or number is None:
        return None
    return _shifted(anchor.day, unit, -number, anchor.relative, f"{unit}s-ago")


def since_then(before: date, unit: str, number: int, anchor: Anchor) -> Days | None:
    """Resolve "two days later", "the next day", counted from the date spoken of before."""
    return _shifted(before, unit, number, anchor.relative, "counted-from-the-date-before")
