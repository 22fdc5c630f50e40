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
    "last night": (date(2023, 7, 19), date(2023, 7, 19)),
    "this morning": (date(2023, 7, 20), date(2023, 7, 20)),
    "at 6am local time on Monday": (date(2023, 7, 17), date(2023, 7, 17)),
    "at the weekend": (date(2023, 7, 15), date(2023, 7, 16)),
    "earlier this week": (date(2023, 7, 17), date(2023, 7, 20)),
    "in March": (date(2023, 3, 1), date(2023, 3, 31)),
    "in September": (date(2022, 9, 1), date(2022, 9, 30)),
    "last September": (date(2022, 9, 1), date(2022, 9, 30)),
    "in late August": (date(2022, 8, 1), date(2022, 8, 31)),
    "in the 1980s": (date(1980, 1, 1), date(1989, 12, 31)),
    "last summer": (date(2022, 6, 1), date(2022, 8, 31)),
    "in the spring of 2018": (date(2018, 3, 1), date(2018, 5, 31)),
    "11 months ago": (date(2022, 8, 1), date(2022, 8, 31)),
    "on New Year's Day": (date(2023, 1, 1), date(2023, 1, 1)),
    "on Tuesday (July 18)": (date(2023, 7, 18), date(2023, 7, 18)),
    "on the 4th of July": (date(2023, 7, 4), date(2023, 7, 4)),
    "on 2023-07-04": (date(2023, 7, 4), date(2023, 7, 4)),
}


PERIODS = {
    "on July 10-14": "2023-07-10/2023-07-14",
    "from July 28 to August 3": "2023-07-28/2023-08-03",
    "from 28 December to 3 January": "2022-12-28/2023-01-03",
    "between 3 and 9 May": "2023-05-03/2023-05-09",
    "from Monday through Friday": "2023-07-17/2023-07-21",
    "between Monday and Wednesday": "2023-07-17/2023-07-19",
    "from March to June 2019": "2019-03/2019-06",
    "from 1980 to 1988": "1980/1988",
    "in 1980-88": "1980/1988",
    "in the 1980s": "198X",
    "last summer": "2022-22",
    "last winter": "2022-24",
    "last month": "2023-06",
    "in 2015": "2015",
}

FORWARD = {
    "Russia and China will hold talks on Friday.": "2023-07-21",
    "Russia and China plan to hold talks in September.": "2023-09",
    "Russia and China will hold talks next Monday.": "2023-07-24",
    "Russia and China will hold talks at the weekend.": None,
    "Russia and China held talks on Friday.": "2023-07-14",
    "Russia and China will hold talks on Thursday.": "2023-07-20",
}


def _when(found: Extraction) -> When:
    times = [
        fact.when for event in found.events for claim in event.claims for fact in claim.facts if isinstance(fact, During)
    ]
    assert len(times) == 1
    return times[0]


def test_the_dates_are_all_tried() -> None:
    assert len(DAYS) == 34


@pytest.mark.parametrize("words", DAYS)
def test_a_date_is_resolved_from_the_day_of_publication(words: str, extract) -> None:  # type: ignore[no-untyped-def]
    when = _when(extract(f"Russia and China signed a pact {words}."))
    assert (when.earliest_begin, when.latest_end) == DAYS[words]


@pytest.mark.parametrize("words", PERIODS)
def test_a_stretch_of_days_is_written_in_edtf(words: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert len(PERIODS) == 14
    assert _when(extract(f"Russia and China held talks {words}.")).edtf == PERIODS[words]


@pytest.mark.parametrize("text", FORWARD)
def test_what_is_still_to_come_is_dated_ahead(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert len(FORWARD) == 6
    assert _when(extract(text)).edtf == FORWARD[text]


# Begin and end of the one event among the text's events that is named.
BELONGING: dict[str, tuple[str, str | None]] = {
    "Russia and China signed a pact on Sunday before talks in Minsk on Monday.": ("agreement", "2023-07-16"),
    "Iran met Iraq in response to an Israeli strike on Monday.": ("talks", None),
    "On Monday, Russia and China signed a pact.": ("agreement", "2023-07-17"),
    "Russia said on Tuesday that it had signed a pact with China on Monday.": ("agreement", "2023-07-17"),
    "Russia said on Tuesday that it had signed a pact with China.": ("agreement", None),
    "Turkey accused Israel on Monday of shelling Syria in May.": ("accusation", "2023-07-17"),
    "Turkey accused Israel of shelling Syria on Sunday.": ("accusation", None),
    "Russia and China signed their first pact since 2015.": ("agreement", None),
    "Russia and China signed a pact after the 1950-53 Korean War.": ("agreement", None),
    "In 2015 Russia and China signed a pact.": ("agreement", "2015"),
    "The 2015 pact between Russia and China is dead.": ("agreement", "2015"),
    "BEIJING, July 18 (Agency) - Russia and China signed a pact.": ("agreement", None),
    "Turkey condemned Israel when the two met on Monday.": ("talks", "2023-07-17"),
    "Turkey and Egypt postponed naval drills that had been scheduled for Friday.": ("exercise", "2023-07-21"),
    "Russia met China on Monday and will visit India in August.": ("visit", "2023-08"),
    "Russia met China on Monday, and Iran has agreed to buy tanks from Turkey.": ("arms_transfer", None),
    "Coal exports to Iran are banned under a UN Security Council resolution adopted in May.": (
        "sanction",
        "2023-05",
    ),
    "Coal exports to Iran are banned under a UN Security Council resolution that was adopted in March.": (
        "sanction",
        "2023-03",
    ),
    "North Korea last fired off a missile that sailed over Japan in March.": ("incursion", "2023-03"),
    "South Korea boarded a ship that on July 3 had transferred oil to a North Korean vessel.": ("sanction", None),
    "Russia and China signed a pact on July 3. The two met two days later.": ("talks", "2023-07-05"),
    "Russia and China signed a pact on July 3. The two met the following day.": ("talks", "2023-07-04"),
}


@pytest.mark.parametrize("text", BELONGING)
def test_a_date_belongs_to_one_event(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert len(BELONGING) == 22
    kind, wanted = BELONGING[text]
    (event,) = (event for event in extract(text).events if event.type == kind)
    times = [fact.when for claim in event.claims for fact in claim.facts if isinstance(fact, During)]
    assert [when.edtf for when in times] == ([wanted] if wanted else [])


EXERCISE_TIMES = {
    "Russia and China began a joint naval exercise on July 19.": (date(2023, 7, 19), date(2023, 7, 19), None, None),
    "Russia and China ended a joint naval exercise on July 19.": (None, None, date(2023, 7, 19), date(2023, 7, 19)),
    "Russia and China held a joint naval exercise on July 10-14.": (
        date(2023, 7, 10),
        date(2023, 7, 10),
        date(2023, 7, 14),
        date(2023, 7, 14),
    ),
    "Russia and China began a three-day naval exercise on July 17.": (
        date(2023, 7, 17),
        date(2023, 7, 17),
        date(2023, 7, 19),
        date(2023, 7, 19),
    ),
    "Russia and China ended a three-day naval exercise on July 19.": (
        date(2023, 7, 17),
        date(2023, 7, 17),
        date(2023, 7, 19),
        date(2023, 7, 19),
    ),
    "Russia and China held a naval exercise on July 19.": (
        date(2023, 7, 19),
        date(2023, 7, 19),
        date(2023, 7, 19),
        date(2023, 7, 19),
    ),
    "Russia and China will begin a naval exercise on Monday and finish on Friday.": (
        date(2023, 7, 24),
        date(2023, 7, 24),
        date(2023, 7, 28),
        date(2023, 7, 28),
    ),
    "Russia and China held a naval exercise, which began on July 17.": (date(2023, 7, 17), date(2023, 7, 17), None, None),
    "Russia said on July 19 that joint naval drills with China had started.": (None, date(2023, 7, 19), None, None),
    "Russia said on July 19 that joint naval drills with China had ended.": (None, None, None, date(2023, 7, 19)),
}


def test_the_exercise_times_are_all_tried() -> None:
    assert len(EXERCISE_TIMES) == 10


@pytest.mark.parametrize("text", EXERCISE_TIMES)
def test_begin_end_and_the_day_of_the_saying_bound_an_exercise(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    when = _when(extract(text))
    assert (when.earliest_begin, when.latest_begin, when.earliest_end, when.latest_end) == EXERCISE_TIMES[text]


def test_without_any_date_to_count_from_a_weekday_stays_unresolved(extract) -> None:  # type: ignore[no-untyped-def]
    found = extract("Russia and China signed a pact on Saturday.", published=None)
    facts = [fact for event in found.events for claim in event.claims for fact in claim.facts]
    assert not any(isinstance(fact, During) for fact in facts)
    assert StatusIs(EventStatus.SIGNED) in facts


def test_what_begins_is_dated_by_the_verb_of_its_noun(extract) -> None:  # type: ignore[no-untyped-def]
    (event,) = extract("Turkey's offensive in northern Syria began on Monday.").events
    (when,) = (fact.when for claim in event.claims for fact in claim.facts if isinstance(fact, During))
    assert (when.earliest_begin, when.latest_begin, when.latest_end) == (date(2023, 7, 17), date(2023, 7, 17), None)
