"""Date expressions: found in the text, and resolved against the document's anchor."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from entente.model import DateBasis, DatePrecision
from entente_loaders.extract import reckoning
from entente_loaders.extract.anchor import MONTHS, Anchor
from entente_loaders.extract.reckoning import SEASONS, WEEKDAYS, Days, Resolver, count, since_then

__all__ = ["DateExpression", "DateFinder"]

_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_MONTH = rf"(?P<{{0}}>{MONTHS})\b\.?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"
_NUMBER = (
    r"(?P<{0}>\d{{1,4}}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty)"
)
_UNIT = r"(?P<{0}>day|week|month|year)s?\b"


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date in the text: first and last day it may mean, how finely it was said, and what that rests on.

    `ahead` is the reading for what is still to come, where the words alone leave that open; `edtf` is a form that the
    days do not show.
    """

    start: int
    end: int
    first: date
    last: date
    precision: DatePrecision
    basis: DateBasis
    rule: str | None = None
    period: bool = False
    """Whether every day from first to last is meant ("July 20-23"), not some day between."""
    ahead: tuple[date, date] | None = None
    edtf: str | None = None

    @property
    def day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    def coming(self) -> DateExpression:
        """Give the reading for what is still to come."""
        if self.ahead is None:
            return self
        rule = self.rule.replace("before", "after") if self.rule else None
        return replace(self, first=self.ahead[0], last=self.ahead[1], rule=rule, ahead=None)


_D1, _D2, _D = _DAY.format("d1"), _DAY.format("d2"), _DAY.format("d")
_M1, _M2, _M = _MONTH.format("m1"), _MONTH.format("m2"), _MONTH.format("m")
_Y1, _Y = _YEAR.format("y1"), _YEAR.format("y")
_WEEKDAY = "|".join(day.title() for day in WEEKDAYS)
_LEAD = rf"(?:(?:{_WEEKDAY}),?\s\(?)?"
_TO = r"\s?(?:-|–|—|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s?"
_CLOCK = (
    r"(?:(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.m\.|[ap]m\b)|\d{1,2}[:.]?\d\d\s(?:GMT|UTC|hours))"
    r"\s(?:local\stime\s)?(?:\(\d{1,2}:?\d\d\sGMT\)\s)?(?:on\s)?)?"
)
_PART = r"(?:\s(?:morning|afternoon|evening|night)\b)?"
_STRETCH = r"(?:(?:[Ee]arl(?:y|ier)|[Mm]id|[Ll]ater?|[Tt]he (?:start|beginning|middle|end) of)[\s-])?"


def _both(begin: str, end: str, tail: str = "") -> tuple[str, str]:
    """Spell "BEGIN to END" and "between BEGIN and END"."""
    return rf"{begin}{_TO}{end}{tail}", rf"(?<=[Bb]etween\s){begin}\sand\s{end}{tail}"


_OF_YEAR = rf"(?:,?\s{_Y})?"
_MONTH_FORMS: tuple[tuple[str, Resolver], ...] = (
    *((form, reckoning.day_range) for form in _both(rf"{_M1}\s{_D1}(?:,\s{_Y1})?", rf"(?:{_M2}\s)?{_D2}\b", _OF_YEAR)),
    *((form, reckoning.day_range) for form in _both(rf"{_D1}(?:\s{_M1})?(?:\s{_Y1})?", rf"{_D2}\s{_M2}", _OF_YEAR)),
    (rf"{_LEAD}{_M}\s{_D}\b(?!\s?%){_OF_YEAR}", reckoning.day_of_month),
    (rf"{_LEAD}{_D}\s(?:of\s)?{_M}{_OF_YEAR}", reckoning.day_of_month),
    *((form, reckoning.month_range) for form in _both(_M1, _M2, rf"(?:\s{_Y})?(?!\s\d)")),
    (
        rf"{_STRETCH}(?:(?P<which>[Ll]ast|[Tt]his(?: past)?|[Nn]ext|[Cc]oming)\s)?{_M}(?:,?\s(?:of\s)?{_Y})?(?!\s\d)",
        reckoning.month,
    ),
)
_WEEKDAY_FORMS: tuple[tuple[str, Resolver], ...] = (
    *((form, reckoning.weekday_range) for form in _both(rf"(?P<w1>{_WEEKDAY})\b", rf"(?P<w2>{_WEEKDAY})\b")),
    (rf"{_CLOCK}(?:(?P<which>[Ll]ast|[Nn]ext|[Cc]oming|[Tt]his)\s)?(?P<weekday>{_WEEKDAY})\b{_PART}", reckoning.weekday),
)
_NEAR_DAY_FORMS: tuple[tuple[str, Resolver], ...] = (
    (
        rf"(?:(?:earlier|later|early|late)\s)?(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b{_PART}",
        reckoning.near_day,
    ),
)
_PART_FORMS: tuple[tuple[str, Resolver], ...] = (
    (rf"{_CLOCK}(?P<which>[Tt]his|[Ll]ast)\s(?P<part>morning|afternoon|evening|night)\b", reckoning.part_of_day),
)
_PERIOD_FORMS: tuple[tuple[str, Resolver], ...] = (
    (
        rf"{_STRETCH}(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|[Tt]he coming)\s(?P<unit>week|weekend|month|year)\b",
        reckoning.near_period,
    ),
    (r"(?P<which>[Tt]he|[Aa]t the)\s(?P<unit>weekend)\b", reckoning.near_period),
)
_AGO_FORMS: tuple[tuple[str, Resolver], ...] = ((rf"{_NUMBER.format('n')}\s{_UNIT.format('unit')}\sago\b", reckoning.ago),)
_SEASON_FORMS: tuple[tuple[str, Resolver], ...] = (
    (rf"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext)\s)?(?P<season>{'|'.join(SEASONS)})\b(?:\s(?:of\s)?{_Y})?", reckoning.season),
)
_FEAST_FORMS: tuple[tuple[str, Resolver], ...] = (
    (r"(?P<feast>Christmas (?:Day|Eve)|New Year['’]s (?:Day|Eve))\b", reckoning.feast),
)
_YEAR_FORMS: tuple[tuple[str, Resolver], ...] = (
    (r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)\b", reckoning.iso_day),
    (r"(?P<y>(?:19|20)\d0)s\b", reckoning.decade),
    *((form, reckoning.year_range) for form in _both(_Y1, r"(?P<y2>(?:19|20)\d\d|(?<=[-–])\d\d)\b(?![-/]\d)")),
    (rf"{_STRETCH}{_Y}(?![-/]\d)", reckoning.year),
)


def _compiled(forms: tuple[tuple[str, Resolver], ...]) -> tuple[tuple[re.Pattern[str], Resolver], ...]:
    return tuple((re.compile(rf"\b{form}"), resolver) for form, resolver in forms)


# Every form of a family holds one of its words, which tells whether its forms, longest readings first, need to be tried.
_FAMILIES = tuple(
    (words, re.compile(hint), _compiled(forms))
    for words, hint, forms in (
        (tuple(dict.fromkeys(name[:3] for name in MONTHS.split("|"))), rf"\b(?:{MONTHS})\b", _MONTH_FORMS),
        (("esterday", "oday", "onight", "omorrow"), r"\b(?:[Yy]esterday|[Tt]o(?:day|night|morrow))\b", _NEAR_DAY_FORMS),
        (("morning", "afternoon", "evening", "night"), r"\b(?:[Tt]his|[Ll]ast)\b", _PART_FORMS),
        (("week", "month", "year"), r"\b(?:[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|coming|weekend)\b", _PERIOD_FORMS),
        (("ago",), r"\sago\b", _AGO_FORMS),
        (tuple(SEASONS), rf"\b(?:{'|'.join(SEASONS)})\b", _SEASON_FORMS),
        (("Christmas", "New Year"), r"\b(?:Christmas|New)", _FEAST_FORMS),
        (("19", "20"), r"(?<!\d)(?:19|20)\d\d", _YEAR_FORMS),
        (("day",), rf"\b(?:{_WEEKDAY})\b", _WEEKDAY_FORMS),
    )
)
_THEN = re.compile(
    rf"\b(?:(?P<same>the same day)|the (?P<side>next|following|previous) (?P<side_unit>day|week|month|year)"
    rf"|(?P<before>the day before)|{_NUMBER.format('n')}\s{_UNIT.format('unit')}\s(?P<shift>later|earlier))\b",
    re.IGNORECASE,
)
_THEN_WORDS = ("same", "next", "following", "previous", "before", "later", "earlier")
_YEAR_CONTEXT = re.compile(
    r"(?:\b(?:in|since|of|until|from|by|during|after|before|early|late|mid|and|to|back in|between|for)[\s-]|['‘(,]\s?)$",
    re.IGNORECASE,
)
_MONTH_CONTEXT = (
    *("in ", "since ", "until ", "of ", "by ", "last ", "early ", "late ", "from ", "mid-", "through ", "during ", "for "),
)
_AMBIGUOUS_MONTHS = frozenset({"May", "March"})


class DateFinder:
    """Finds the dates of a text, stretch by stretch, and resolves them against its anchor."""

    def __init__(self, text: str, anchor: Anchor) -> None:
        self._text = text
        self._anchor = anchor
        families = ((_places(text, words), hint, forms) for words, hint, forms in _FAMILIES)
        self._families = [(places, hint, forms) for places, hint, forms in families if places]
        self._places = sorted({place for places, _, _ in self._families for place in places})
        # The patterns that ignore case take the long s for an s.
        self._then = _places(text.lower().replace("ſ", "s"), _THEN_WORDS) if "İ" not in text else list(range(len(text)))

    def find(self, start: int, end: int, before: date | None = None) -> list[DateExpression]:
        """Find and resolve the dates in text[start:end], left to right, none overlapping.

        `before` is the last day that the text has spoken of, from which "two days later" counts.
        """
        text, anchor = self._text, self._anchor
        found: list[DateExpression] = []
        for places, hint, forms in self._families if _any_within(self._places, start, end) else ():
            if _any_within(places, start, end) and hint.search(text, start, end):
                for pattern, resolver in forms:
                    for match in pattern.finditer(text, start, end):
                        if not _clashes(match, found) and _in_context(match, resolver, text, start):
                            days = resolver(match, anchor)
                            if days is not None:
                                found.append(_expression(match, days))
        if found:
            found = [date for date in found if date.start >= anchor.dateline[1]]
            found.sort(key=lambda expression: expression.start)
        if _any_within(self._then, start, end):
            for match in _THEN.finditer(text, start, end):
                if not _clashes(match, found):
                    known = [date.last for date in found if date.end <= match.start() and date.day]
                    days = _then(match, known[-1] if known else before, anchor)
                    if days is not None:
                        found.append(_expression(match, days))
                        found.sort(key=lambda expression: expression.start)
        return found


def _places(text: str, words: Iterable[str]) -> list[int]:
    """Give where any of the words begins in the text, in order."""
    found: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    found.sort()
    return found


def _any_within(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _expression(match: re.Match[str], days: Days) -> DateExpression:
    begin, stop = match.span()
    return DateExpression(
        begin, stop, days.first, days.last, days.precision, days.basis, days.rule, days.period, days.ahead, days.edtf
    )


def _clashes(match: re.Match[str], found: list[DateExpression]) -> bool:
    begin, stop = match.span()
    return any(begin < other.end and other.start < stop for other in found)


def _in_context(match: re.Match[str], resolver: Resolver, text: str, start: int) -> bool:
    """Tell whether a bare number is a year, and "May" or "March" a month."""
    begin = match.start()
    if resolver is reckoning.year:
        return bool(_YEAR_CONTEXT.search(text[max(start, begin - 10) : begin])) or not match.group()[0].isdigit()
    if resolver is reckoning.month and match["m"] in _AMBIGUOUS_MONTHS:
        led = match["y"] or match["which"] or match.group()[: len(match["m"])] != match["m"]
        return bool(led) or text[max(0, begin - 8) : begin].lower().endswith(_MONTH_CONTEXT)
    return True


def _then(match: re.Match[str], before: date | None, anchor: Anchor) -> Days | None:
    if before is None:
        return None
    if match["same"]:
        return since_then(before, "day", 0, anchor)
    if match["before"]:
        return since_then(before, "day", -1, anchor)
    if match["side"]:
        return since_then(before, match["side_unit"].lower(), -1 if match["side"].lower() == "previous" else 1, anchor)
    number = count(match["n"])
    if number is None:
        return None
    return since_then(before, match["unit"].lower(), number if match["shift"].lower() == "later" else -number, anchor)
