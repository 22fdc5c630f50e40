"""When an event was, from the dates that the text gives it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from entente.model import DateBasis, DatePrecision, EventStatus, When
from entente_loaders.extract.dates import DateExpression
from entente_loaders.extract.units import Unit

__all__ = ["Phase", "event_time", "moment", "open_from", "spoken_bound", "undated_from"]


class Phase(StrEnum):
    """What of an event a date is of."""

    BEGIN = "begin"
    END = "end"
    WHOLE = "whole"
    MENTION = "mention"


_FORMATS = {DatePrecision.DAY: "%Y-%m-%d", DatePrecision.MONTH: "%Y-%m", DatePrecision.YEAR: "%Y"}


def _edtf(date: DateExpression) -> str | None:
    if date.edtf is not None or date.day:
        return date.edtf or date.first.isoformat()
    form = _FORMATS.get(date.precision)
    if form is None:
        return None
    first, last = date.first.strftime(form), date.last.strftime(form)
    return f"{first}/{last}" if date.period else first if date.precision is not DatePrecision.DAY else None


def moment(date: DateExpression) -> When:
    """Give the time of something that happened at a date, as a whole."""
    if date.period:
        return When(date.first, date.first, date.last, date.last, _edtf(date), date.precision, date.basis, date.rule)
    return When(date.first, date.last, date.first, date.last, _edtf(date), date.precision, date.basis, date.rule)


def event_time(date: DateExpression, preposition: str, phase: Phase, *, lasting: bool, nominal: bool) -> When:
    """Give the time of an event from its date: begin or end only, where the verb or preposition says so.

    Of a lasting event that is merely mentioned (`nominal`), a day says no more than that it was going on then.
    """
    if date.period:
        return moment(date)
    if phase is Phase.BEGIN or preposition in {"since", "from"}:
        return When(date.first, date.last, None, None, None, date.precision, date.basis, date.rule)
    if phase is Phase.END or preposition in {"until", "till", "through"}:
        return When(None, None, date.first, date.last, None, date.precision, date.basis, date.rule)
    if preposition == "by":
        return When(None, None, None, date.last, None, date.precision, date.basis, date.rule)
    if lasting and nominal and phase is Phase.MENTION and date.day:
        return When(None, date.last, date.first, None, None, date.precision, date.basis, date.rule)
    return moment(date)


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
