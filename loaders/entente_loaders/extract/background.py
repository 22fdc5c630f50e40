"""Whether an event is the news or what lies behind it."""

from __future__ import annotations

from datetime import timedelta

from entente.model import DatePrecision, Mode, When
from entente_loaders.extract.accounts import Account
from entente_loaders.extract.anchor import Anchor
from entente_loaders.extract.candidates import Candidate

__all__ = ["is_background"]

# How many days before the article an event may lie and still be its news: what lasts is told when it is over.
_RECENT, _LONG_RECENT, _JUST = timedelta(days=3), timedelta(days=6), timedelta(days=1)
# A noun beyond the first paragraphs speaks of what is known.
_LEAD = 600


def is_background(account: Account, anchor: Anchor) -> bool:
    """Tell whether every mention of an event puts it behind the news: by its date, its tense, or its place in the text."""
    told = [candidate for candidate in account.candidates if candidate.parties] or account.candidates
    return all(_behind(candidate, anchor) for candidate in told)


def _behind(candidate: Candidate, anchor: Anchor) -> bool:
    if candidate.mode is not Mode.ACTUAL:
        return candidate.behind
    lasting = candidate.type is not None and candidate.type.lasting
    time = candidate.time
    old = _old(time, anchor, nominal=candidate.nominal, lasting=lasting) if time is not None else None
    if old is not None:
        return old
    return candidate.behind or (candidate.nominal and candidate.evidence.start > _LEAD)


def _old(when: When, anchor: Anchor, *, nominal: bool, lasting: bool) -> bool | None:
    """Tell from its date whether an event is old; None where the date does not tell.

    News is dated to the day; "last week" and "in May" speak of what is known, and so does "Friday's attack" on Sunday.
    """
    days = [day for day in (when.earliest_begin, when.latest_begin, when.earliest_end, when.latest_end) if day is not None]
    if anchor.day is None or not days:
        return None
    if when.precision is not DatePrecision.DAY:
        return True
    return max(days) < anchor.day - (_LONG_RECENT if lasting else _JUST if nominal else _RECENT)
