"""What becomes an event, what joins one, and what must not be read into a text."""

from __future__ import annotations

import pytest

from entente.model import EventStatus, Extraction, Mode, Naming, Participant, StatusIs


def _seen(found: Extraction) -> list[tuple[str, list[str]]]:
    events = []
    for event in found.events:
        facts = [fact for claim in event.claims for fact in claim.facts if isinstance(fact, Participant)]
        states = sorted({f"{str(fact.agent.state)[-3:]}/{fact.role.value}" for fact in facts})
        events.append((event.type.value, states))
    return events


CASES: dict[str, list[tuple[str, list[str]]]] = {
    # the names of seas and newspapers are no parties
    "Russia and China held naval drills in the Sea of Japan.": [("exercise", ["CHN/participant", "RUS/participant"])],
    "The Washington Post accused Turkey.": [],
    # an announcement and its event are one, and so is what is called by another name
    "Russia and China began naval drills. The drills ended on Sunday.": [
        ("exercise", ["CHN/participant", "RUS/participant"])
    ],
    "Russia and China held a joint exercise. The exercise, dubbed Joint Sea 2021, ended.": [
        ("exercise", ["CHN/participant", "RUS/participant"])
    ],
    "Peru's envoy visited Russia today.": [("visit", ["PER/actor", "RUS/recipient"])],
    # an aside says what happened as well as a clause does
    "The agreement, signed by Italy and Albania in May, covers fishing.": [
        ("agreement", ["ALB/participant", "ITA/participant"])
    ],
    # what is only tied to the subject by a preposition does nothing
    "A road to Chile passed Peruvian villages.": [],
    # a label is no agreement
    "Russia and China have forged a closer military alliance.": [],
    # references
    "Russia and China met. The two signed a pact.": [
        ("talks", ["CHN/participant", "RUS/participant"]),
        ("agreement", ["CHN/participant", "RUS/participant"]),
    ],
    "The Turkish president, Kemal Demir, spoke. Demir accused Israel of murder.": [
        ("accusation", ["ISR/recipient", "TUR/actor"])
    ],
    "Kemal Demir, the Turkish president, accused Israel of murder.": [("accusation", ["ISR/recipient", "TUR/actor"])],
    # passive and left-out subjects keep their sides
    "Kuwait was invaded by Iraq.": [("attack", ["IRQ/actor", "KWT/recipient"])],
    "Iran, which accused Israel of murder, met nobody.": [("accusation", ["IRN/actor", "ISR/recipient"])],
    "Iran spoke on Monday, accusing Israel of murder.": [("accusation", ["IRN/actor", "ISR/recipient"])],
    # firms, people and goods of a country are not the country
    "Chinese companies accused Japanese workers.": [],
    "Turkey and turkey dinners": [],
}


def test_the_event_cases_are_all_tried() -> None:
    assert len(CASES) == 16


@pytest.mark.parametrize("text", CASES)
def test_events_and_their_sides(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert _seen(extract(text)) == CASES[text]


MODES = {
    "Russia and China held naval drills.": (Mode.ACTUAL, EventStatus.CONCLUDED),
    "Russia and China are holding naval drills.": (Mode.ACTUAL, EventStatus.ONGOING),
    "Russia and China will hold naval drills.": (Mode.PLANNED, EventStatus.PLANNED),
    "Russia and China plan to hold naval drills.": (Mode.PLANNED, EventStatus.PLANNED),
    "Russia and China to hold naval drills\nNo more was said.": (Mode.PLANNED, EventStatus.PLANNED),
    "Russia and China may hold naval drills.": (Mode.HYPOTHETICAL, None),
    "Russia and China did not hold naval drills.": (Mode.NEGATED, None),
    "Russia and China refused to hold naval drills.": (Mode.NEGATED, None),
    "Russia and China have begun naval drills.": (Mode.ACTUAL, EventStatus.STARTED),
    "Russia and China postponed naval drills.": (Mode.ACTUAL, EventStatus.POSTPONED),
}


def test_the_modes_are_all_tried() -> None:
    assert len(MODES) == 10


@pytest.mark.parametrize("text", MODES)
def test_the_verb_tells_whether_and_how_far(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    (event,) = extract(text).events
    statuses = [fact.status for claim in event.claims for fact in claim.facts if isinstance(fact, StatusIs)]
    mode, status = MODES[text]
    assert event.mode is mode
    assert statuses == ([status] if status else [])


def test_a_name_is_kept_in_the_spelling_of_the_text(extract) -> None:  # type: ignore[no-untyped-def]
    (event,) = extract('Russia and China held the "North/Interaction-2023" naval drills in the Sea of Japan.').events
    names = [fact for claim in event.claims for fact in claim.facts if isinstance(fact, Naming)]
    assert [name.text for name in names] == ["North/Interaction-2023"]
    assert names[0].series is not None
