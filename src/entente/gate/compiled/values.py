"""Literals as values: whether they are well formed, and which of two is less (SPARQL 1.1 §17.3, XSD 1.1 part 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import isnan

from entente.model import BlankNode, Literal, Term

__all__ = ["compare", "spell", "well_formed"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BLANKS = "\t\n\r "
_INTEGERS: Mapping[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_INTEGER = re.compile(r"[+-]?\d+\Z")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z")
_DOUBLE = re.compile(r"(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)\Z")
_ZONE = r"(?P<zone>Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?\Z"
_CLOCK = r"(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)(?:\.(?P<part>\d+))?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_DATE = re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d){_ZONE}")
_DATE_TIME = re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)T{_CLOCK}{_ZONE}")
_FORMS: Mapping[str, re.Pattern[str]] = {
    "boolean": re.compile(r"(?:true|false|0|1)\Z"),
    "decimal": _DECIMAL,
    "double": _DOUBLE,
    "float": _DOUBLE,
    "gYear": re.compile(_YEAR + _ZONE),
    "gYearMonth": re.compile(rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}"),
    "gMonth": re.compile(rf"--(?:0[1-9]|1[0-2]){_ZONE}"),
    "gDay": re.compile(rf"---(?:0[1-9]|[12]\d|3[01]){_ZONE}"),
    "gMonthDay": re.compile(rf"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]){_ZONE}"),
    "time": re.compile(_CLOCK + _ZONE),
    "duration": re.compile(r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?\Z"),
    "dayTimeDuration": re.compile(r"-?P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?\Z"),
    "yearMonthDuration": re.compile(r"-?P(?=.)(?:\d+Y)?(?:\d+M)?\Z"),
    "language": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z"),
    "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})*\Z"),
    "base64Binary": re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\Z"),
}
_NUMBERS = (int, Fraction, float)
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146097
_WIDEST_ZONE = 14 * 3600


def well_formed(literal: Literal) -> bool:
    """Tell whether the lexical form is one that the datatype allows; datatypes outside XSD allow any."""
    return _is_well_formed(literal.lexical, literal.datatype)


# Caches are keyed by strings, which know their hashes; literals would work theirs out anew.
@lru_cache(maxsize=8192)
def _is_well_formed(lexical: str, datatype: str) -> bool:
    kind = datatype.removeprefix(_XSD)
    if kind == datatype:
        return True
    words = lexical.strip(_BLANKS)
    bounds = _INTEGERS.get(kind)
    if bounds is not None:
        low, high = bounds
        return bool(_INTEGER.match(words)) and (low is None or int(words) >= low) and (high is None or int(words) <= high)
    if kind in {"date", "dateTime"}:
        return _moment(kind, words) is not None
    form = _FORMS.get(kind)
    return form is None or bool(form.match(words))


def compare(first: Term, second: Term) -> int | None:
    """Give -1, 0 or 1 as the first is less than, equal to or greater than the second; None where they do not compare."""
    if not isinstance(first, Literal) or not isinstance(second, Literal):
        return None
    one, other = _value(first.lexical, first.datatype), _value(second.lexical, second.datatype)
    if isinstance(one, _Moment) and isinstance(other, _Moment):
        return one.compare(other)
    if isinstance(one, str) and isinstance(other, str):
        return (one > other) - (one < other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one - other if isinstance(one, bool) and isinstance(other, bool) else None
    if isinstance(one, _NUMBERS) and isinstance(other, _NUMBERS):
        # not of whole numbers, which may be too large for it
        unordered = any(isinstance(number, float) and isnan(number) for number in (one, other))
        return None if unordered else (one > other) - (one < other)
    return None


@dataclass(frozen=True, slots=True)
class _Moment:
    """Seconds from the year 0, in UTC where the zone is known; dates and times of day are kept apart by `kind`."""

    kind: str
    seconds: Fraction | int
    zoned: bool

    def compare(self, other: _Moment) -> int | None:
        """Compare as XSD does: with one zone unknown, only what lies 14 hours apart is decided."""
        if self.kind != other.kind:
            return None
        apart = Fraction(self.seconds - other.seconds)
        if self.zoned != other.zoned and -_WIDEST_ZONE <= apart <= _WIDEST_ZONE:
            return None
        return (apart > 0) - (apart < 0)


@lru_cache(maxsize=8192)
def _value(lexical: str, datatype: str) -> Fraction | int | float | bool | str | _Moment | None:
    if not _is_well_formed(lexical, datatype):
        return None
    kind = datatype.removeprefix(_XSD)
    words = lexical.strip(_BLANKS)
    if kind in _INTEGERS:
        return int(words)
    if kind == "decimal":
        return Fraction(words)
    if kind in {"double", "float"}:
        return float(words.replace("INF", "inf"))
    if kind == "boolean":
        return words in {"true", "1"}
    if kind in {"date", "dateTime"}:
        return _moment(kind, words)
    return lexical if kind == "string" else None


def _moment(kind: str, words: str) -> _Moment | None:
    found = (_DATE if kind == "date" else _DATE_TIME).match(words)
    if found is None:
        return None
    parts = found.groupdict()
    cycles, year = divmod(int(parts["year"]), _CYCLE_YEARS)
    try:
        # Python counts from year 1 to 9999; the calendar repeats itself every 400 years.
        days = date(year + _CYCLE_YEARS, int(parts["month"]), int(parts["day"])).toordinal() + cycles * _CYCLE_DAYS
    except ValueError:
        return None
    seconds: Fraction | int = days * 86400
    if kind == "dateTime":
        hour, part = int(parts["hour"]), parts["part"] or "0"
        if hour == 24 and (int(parts["minute"]) or int(parts["second"]) or int(part)):
            return None
        seconds += hour * 3600 + int(parts["minute"]) * 60 + int(parts["second"]) + Fraction(f"0.{part}")
    return _Moment(kind, seconds - _offset(parts["zone"]), parts["zone"] is not None)


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    sign = -1 if zone[0] == "-" else 1
    return sign * (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60)


def spell(term: Term) -> str:
    """Spell a term as validation results do: the lexical form of a literal, `_:id` for a blank node."""
    return f"_:{term}" if isinstance(term, BlankNode) else term.lexical if isinstance(term, Literal) else str(term)
