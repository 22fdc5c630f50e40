"""Date expressions: found in the text, resolved against the document's anchor."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from entente.model import DateBasis, DatePrecision
from entente_loaders.extract.anchor import MONTHS, Anchor, month_number
from entente_loaders.extract.lexicon import lexicon

__all__ = ["DateExpression", "find_dates"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_MONTH = rf"(?P<{{0}}>{MONTHS})\b\.?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"
_DASH = r"\s?(?:-|–|—|to|through|until|and)\s?"
_NUMBER = r"(?P<n>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few)"


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date in the text: first and last day it may mean, how finely it was said, and what that rests on."""

    start: int
    end: int
    first: date
    last: date
    precision: DatePrecision
    basis: DateBasis
    rule: str | None = None
    period: bool = False
    """Whether every day from first to last is meant ("July 20-23"), not some day between."""

    @property
    def day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


_Found = tuple[date, date, DatePrecision, DateBasis, str | None, bool]
_Resolver = Callable[[re.Match[str], Anchor], _Found | None]


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _day_range(match: re.Match[str], anchor: Anchor) -> _Found | None:
    groups = match.groupdict()
    begin_month = month_number(groups.get("m1") or groups["m2"] or "")
    end_month = month_number(groups.get("m2") or groups.get("m1") or "")
    year, rule = anchor.year_for(groups.get("y"), begin_month, int(groups["d1"]))
    if year is None:
        return None
    first, last = _safe(year, begin_month, int(groups["d1"])), _safe(year, end_month, int(groups["d2"]))
    if first is None or last is None or first > last:
        return None
    return first, last, DatePrecision.DAY, DateBasis.EXPLICIT, rule, True


def _single_day(match: re.Match[str], anchor: Anchor) -> _Found | None:
    month, day = month_number(match["m"]), int(match["d"])
    year, rule = anchor.year_for(match["y"], month, day)
    when = _safe(year, month, day) if year else None
    return None if when is None else (when, when, DatePrecision.DAY, DateBasis.EXPLICIT, rule, False)


def _iso_day(match: re.Match[str], anchor: Anchor) -> _Found | None:  # noqa: ARG001 - one signature for all
    when = _safe(int(match["y"]), int(match["m"]), int(match["d"]))
    return None if when is None else (when, when, DatePrecision.DAY, DateBasis.EXPLICIT, None, False)


def _month(match: re.Match[str], anchor: Anchor) -> _Found | None:
    month = month_number(match["m"])
    year, rule = anchor.year_for(match["y"], month, None)
    if match["which"] and anchor.day:
        year = anchor.day.year - (month >= anchor.day.month) if match["which"].lower() == "last" else year
        rule = "last-month-named"
    if year is None:
        return None
    return *_month_span(year, month), DatePrecision.MONTH, DateBasis.EXPLICIT, rule, False


def _year(match: re.Match[str], anchor: Anchor) -> _Found | None:  # noqa: ARG001 - one signature for all
    year = int(match["y"])
    return date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR, DateBasis.EXPLICIT, None, False


def _weekday(match: re.Match[str], anchor: Anchor) -> _Found | None:
    if anchor.day is None:
        return None
    wanted = _WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()
    if anchor.inferred:
        when = anchor.day + timedelta((wanted - anchor.day.weekday()) % 7)
        return when, when, DatePrecision.DAY, DateBasis.ANCHOR_RULE, "weekday-after-anchor", False
    if which in {"next", "coming"}:
        when = anchor.day + timedelta((wanted - anchor.day.weekday()) % 7 or 7)
        return when, when, DatePrecision.DAY, DateBasis.WEEKDAY_RELATIVE, "weekday-after-publication", False
    back = (anchor.day.weekday() - wanted) % 7
    if which == "last" and back == 0:
        back = 7
    when = anchor.day - timedelta(back)
    return when, when, DatePrecision.DAY, DateBasis.WEEKDAY_RELATIVE, "weekday-before-publication", False


def _near_day(match: re.Match[str], anchor: Anchor) -> _Found | None:
    if anchor.day is None:
        return None
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[match["near"].lower()]
    when = anchor.day + timedelta(shift)
    return when, when, DatePrecision.DAY, anchor.relative, match["near"].lower(), False


def _near_period(match: re.Match[str], anchor: Anchor) -> _Found | None:
    if anchor.day is None:
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    shift = {"last": -1, "next": 1, "previous": -1, "past": -1, "coming": 1}.get(which, 0)
    rule = f"{which}-{unit}"
    if unit in {"week", "weekend"}:
        monday = anchor.day - timedelta(anchor.day.weekday()) + timedelta(7 * shift)
        first = monday + timedelta(5) if unit == "weekend" else monday
        if unit == "weekend" and which in {"the", "this"} and anchor.day.weekday() < 5:
            first -= timedelta(7)
        last = first + timedelta(1 if unit == "weekend" else 6)
        if shift == 0:
            last = max(first, min(last, anchor.day)) if unit == "week" else last
        return first, last, DatePrecision.WEEK, anchor.relative, rule, False
    if unit == "month":
        months = anchor.day.year * 12 + anchor.day.month - 1 + shift
        return *_month_span(months // 12, months % 12 + 1), DatePrecision.MONTH, anchor.relative, rule, False
    year = anchor.day.year + shift
    return date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR, anchor.relative, rule, False


def _ago(match: re.Match[str], anchor: Anchor) -> _Found | None:
    text = match["n"].lower()
    number = int(text) if text.isdigit() else 1 if text in {"a", "an"} else lexicon().numbers.get(text)
    if anchor.day is None or number is None or number > 2000:
        return None
    unit = match["unit"].lower()
    rule = f"{unit}s-ago"
    if unit == "day":
        when = anchor.day - timedelta(number)
        return when, when, DatePrecision.DAY, anchor.relative, rule, False
    if unit == "week":
        monday = anchor.day - timedelta(anchor.day.weekday() + 7 * number)
        return monday, monday + timedelta(6), DatePrecision.WEEK, anchor.relative, rule, False
    if unit == "month":
        months = anchor.day.year * 12 + anchor.day.month - 1 - number
        return *_month_span(months // 12, months % 12 + 1), DatePrecision.MONTH, anchor.relative, rule, False
    year = anchor.day.year - number
    if year < 1:
        return None
    return date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR, anchor.relative, rule, False


_D1, _D2, _D = _DAY.format("d1"), _DAY.format("d2"), _DAY.format("d")
_M1, _M2, _M = _MONTH.format("m1"), _MONTH.format("m2"), _MONTH.format("m")
_Y = _YEAR.format("y")
_WEEKDAY_NAME = "|".join(_WEEKDAYS)
_LEAD = rf"(?:(?:{_WEEKDAY_NAME}),?\s)?"

# Longest readings first; each has its resolver. (The year is optional wherever the anchor can supply it.)
_FORMS: tuple[tuple[re.Pattern[str], _Resolver], ...] = tuple(
    (re.compile(rf"\b{pattern}", re.IGNORECASE if ignore else 0), resolver)
    for pattern, resolver, ignore in (
        (rf"{_M1}\s{_D1}{_DASH}(?:{_M2}\s)?{_D2}\b(?:,?\s{_Y})?", _day_range, False),
        (rf"{_D1}(?:\s{_M1})?{_DASH}{_D2}\s{_M2}(?:,?\s{_Y})?", _day_range, False),
        (r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)\b", _iso_day, False),
        (rf"{_LEAD}{_M}\s{_D}\b(?!\s?%)(?:,?\s{_Y})?", _single_day, False),
        (rf"{_LEAD}{_D}\s{_M}(?:,?\s{_Y})?", _single_day, False),
        (rf"(?:(?P<which>[Ll]ast|[Tt]his)\s)?{_M}(?:,?\s(?:of\s)?{_Y})?(?!\s\d)", _month, False),
        (
            rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Cc]oming|[Tt]his)\s)?(?P<weekday>{'|'.join(d.title() for d in _WEEKDAYS)})\b",
            _weekday,
            False,
        ),
        (r"(?P<near>yesterday|today|tonight|tomorrow)\b", _near_day, True),
        (
            r"(?:earlier\s|later\s)?(?P<which>last|this|next|previous|the coming)\s(?P<unit>week|weekend|month|year)\b",
            _near_period,
            True,
        ),
        (rf"{_NUMBER}\s(?P<unit>day|week|month|year)s?\s(?:ago|earlier)\b", _ago, True),
        (rf"{_Y}(?![-/]\d)", _year, False),
    )
)
_YEAR_CONTEXT = re.compile(
    r"(?:\b(?:in|since|of|until|from|by|during|after|before|early|late|mid|and|to|back in)[\s-]|['‘(,]\s?)$", re.IGNORECASE
)
# One quick look tells whether a sentence has a date at all.
_HINT = re.compile(
    rf"\b(?:{MONTHS}|{_WEEKDAY_NAME}|yesterday|today|tonight|tomorrow|last|this|next|previous|coming|ago|earlier|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def find_dates(text: str, start: int, end: int, anchor: Anchor) -> list[DateExpression]:
    """Find and resolve the dates in text[start:end], left to right, none overlapping."""
    if not _HINT.search(text, start, end):
        return []
    found: list[DateExpression] = []
    taken: list[tuple[int, int]] = []
    for pattern, resolver in _FORMS:
        for match in pattern.finditer(text, start, end):
            begin, stop = match.span()
            if any(begin < other_end and other_start < stop for other_start, other_end in taken):
                continue
            if resolver is _year and not _YEAR_CONTEXT.search(text[max(start, begin - 10) : begin]):
                continue
            if resolver is _month and match["m"] in {"May", "March"} and not _month_in_context(match, text, begin):
                continue
            resolved = resolver(match, anchor)
            if resolved is None:
                continue
            taken.append((begin, stop))
            found.append(DateExpression(begin, stop, *resolved))
    return sorted(found, key=lambda expression: expression.start)


def _month_in_context(match: re.Match[str], text: str, begin: int) -> bool:
    before = text[max(0, begin - 8) : begin].lower()
    return bool(match["y"] or match["which"]) or before.endswith(
        ("in ", "since ", "until ", "of ", "by ", "last ", "early ", "late ", "from ")
    )
