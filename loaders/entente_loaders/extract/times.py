"""When an event was, from the dates that the text gives it."""

from __future__ import annotations

from collections.abc import Sequence

from entente.model import DateBasis, DatePrecision, EventStatus, When
from entente_loaders.extract.dates import DateExpression
from entente_loaders.extract.units import Unit

__all__ = ["event_time", "moment", "open_from", "spoken_bound", "undated_from"]

_FORMATS = {DatePrecision.DAY: "%Y-%m-%d", DatePrecision.MONTH: "%Y-%m", DatePrecision.YEAR: "%Y"}


def _edtf(date: DateExpression) -> str | None:
    if date.period and date.first != date.last:
        return f"{date.first.isoformat()}/{date.last.isoformat()}"
    if date.day:
        return date.first.isoformat()
    form = _FORMATS.get(date.precision)
    return date.first.strftime(form) if form and date.precision is not DatePrecision.DAY else None


def moment(date: DateExpression) -> When:
    """Give the time of something that happened at a date, as a whole."""
    if date.period:
        return When(date.first, date.first, date.last, date.last, _edtf(date), date.precision, date.basis, date.rule)
    return When(date.first, date.last, date.first, date.last, _edtf(date), date.precision, date.basis, date.rule)


def event_time(date: Unit, status: EventStatus | None, *, lasting: bool, nominal: bool) -> When:
    """Give the time of an event from its date: begin or end only, where the verb or preposition says so.

    Of a lasting event that is merely mentioned (`nominal`), a day says no more than that it was going on then.
    """
    when = date.date
    assert when is not None
    if when.period or not lasting:
        return moment(when)
    if status is EventStatus.STARTED or date.preposition in {"since", "from"}:
        return When(when.first, when.last, None, None, None, when.precision, when.basis, when.rule)
    if status is EventStatus.CONCLUDED and date.preposition != "held":
        return When(None, None, when.first, when.last, None, when.precision, when.basis, when.rule)
    if date.preposition in {"until", "till"}:
        return When(None, None, when.first, when.last, None, when.precision, when.basis, when.rule)
    if nominal and status is None:
        return When(None, when.last, when.first, None, None, when.precision, when.basis, when.rule)
    return moment(when)


def spoken_bound(said: Sequence[Unit], status: EventStatus | None) -> When | None:
    """Bound an event by the day on which it was said to have begun, to be under way, or to have ended."""
    date = next((unit.date for unit in said if unit.date is not None), None)
    if date is None:
        return None
    if status in {EventStatus.STARTED, EventStatus.ONGOING}:
        return When(None, date.last, None, None, None, date.precision, date.basis, date.rule)
    if status is EventStatus.CONCLUDED:
        return When(None, None, None, date.last, None, date.precision, date.basis, date.rule)
    return None


def open_from(date: DateExpression) -> When:
    """Give the time that begins at a date and has no end."""
    begin = _edtf(date)
    edtf = f"{begin}/.." if begin and "/" not in begin else None
    return When(date.first, date.last, None, None, edtf, date.precision, date.basis, date.rule)


def undated_from() -> When:
    """Give the time that begins with an event which the text does not date, and has no end."""
    return When(precision=DatePrecision.OPEN, basis=DateBasis.BACKGROUND)
