"""Dates and what they rest on."""

from __future__ import annotations

from datetime import date

import pytest

from entente.model import During, EventStatus, Extraction, StatusIs, When

DAYS = {
    "on Thursday": (date(2023, 7, 20), date(2023, 7, 20)),
    "on Wednesday": (date(2023, 7, 19), date(2023, 7, 19)),
    "on Friday": (date(2023, 7, 14), date(2023, 7, 14)),
    "last Thursday": (date(2023, 7, 13), date(2023, 7, 13)),
    "yesterday": (date(2023, 7, 19), date(2023, 7, 19)),
    "today": (date(2023, 7, 20), date(2023, 7, 20)),
    "on July 4": (date(2023, 7, 4), date(2023, 7, 4)),
    "on 4 July 2022": (date(2022, 7, 4), date(2022, 7, 4)),
    "on July 4, 2022": (date(2022, 7, 4), date(2022, 7, 4)),
    "on December 30": (date(2022, 12, 30), date(2022, 12, 30)),
    "in September 2022": (date(2022, 9, 1), date(2022, 9, 30)),
    "in 2015": (date(2015, 1, 1), date(2015, 12, 31)),
    "last month": (date(2023, 6, 1), date(2023, 6, 30)),
    "last year": (date(2022, 1, 1), date(2022, 12, 31)),
    "three days ago": (date(2023, 7, 17), date(2023, 7, 17)),
    "two weeks ago": (date(2023, 7, 3), date(2023, 7, 9)),
    "last week": (date(2023, 7, 10), date(2023, 7, 16)),
}


def _when(found: Extraction) -> When:
    times = [
        fact.when for event in found.events for claim in event.claims for fact in claim.facts if isinstance(fact, During)
    ]
    assert len(times) == 1
    return times[0]


def test_the_dates_are_all_tried() -> None:
    assert len(DAYS) == 17


@pytest.mark.parametrize("words", DAYS)
def test_a_date_is_resolved_from_the_day_of_publication(words: str, extract) -> None:  # type: ignore[no-untyped-def]
    when = _when(extract(f"Russia and China signed a pact {words}."))
    assert (when.earliest_begin, when.latest_end) == DAYS[words]


EXERCISE_TIMES = {
    "Russia and China began a joint naval exercise on July 19.": (date(2023, 7, 19), date(2023, 7, 19), None, None),
    "Russia and China ended a joint naval exercise on July 19.": (None, None, date(2023, 7, 19), date(2023, 7, 19)),
    "Russia and China held a joint naval exercise on July 10-14.": (
        date(2023, 7, 10),
        date(2023, 7, 10),
        date(2023, 7, 14),
        date(2023, 7, 14),
    ),
    "Russia said on July 19 that joint naval drills with China had started.": (None, date(2023, 7, 19), None, None),
    "Russia said on July 19 that joint naval drills with China had ended.": (None, None, None, date(2023, 7, 19)),
}


def test_the_exercise_times_are_all_tried() -> None:
    assert len(EXERCISE_TIMES) == 5


@pytest.mark.parametrize("text", EXERCISE_TIMES)
def test_begin_end_and_the_day_of_the_saying_bound_an_exercise(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    when = _when(extract(text))
    assert (when.earliest_begin, when.latest_begin, when.earliest_end, when.latest_end) == EXERCISE_TIMES[text]


def test_without_any_date_to_count_from_a_weekday_stays_unresolved(extract) -> None:  # type: ignore[no-untyped-def]
    found = extract("Russia and China signed a pact on Saturday.", published=None)
    facts = [fact for event in found.events for claim in event.claims for fact in claim.facts]
    assert not any(isinstance(fact, During) for fact in facts)
    assert StatusIs(EventStatus.SIGNED) in facts
