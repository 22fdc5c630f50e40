"""Persons are known by the state whose office they hold, wherever in the text that is told."""

from __future__ import annotations

import pytest

from entente.model import Role

BOUND: dict[str, tuple[str, str]] = {
    "Demir accuses Israel of lies\nThe Turkish president, Kemal Demir, spoke in Ankara.": ("TUR", "ISR"),
    "Demir accused Israel of lies. President Kemal Demir of Turkey spoke in Ankara.": ("TUR", "ISR"),
    "Demir accused Israel of lies. Kemal Demir, Turkey's foreign minister, spoke in Ankara.": ("TUR", "ISR"),
    "Turkish Foreign Minister Kemal Demir met Japan's envoy. Mr Demir accused Israel of lies.": ("TUR", "ISR"),
    "North Korea fired a rocket. Japan accused the North of lies.": ("JPN", "PRK"),
    "Vladimir Putin arrived late. Putin accused Japan of lies.": ("RUS", "JPN"),
    "President al-Sisi arrived late. Sisi accused Japan of lies.": ("EGY", "JPN"),
    "Lee Hsien Loong arrived late. Lee accused Japan of lies.": ("SGP", "JPN"),
}


def test_the_bound_persons_are_all_tried() -> None:
    assert len(BOUND) == 8


@pytest.mark.parametrize("text", BOUND)
def test_a_person_stands_for_the_state_that_the_text_names(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    (event,) = (event for event in extract(text).events if event.type == "accusation")
    sides = {fact.role: fact.agent.state.rpartition("/")[2] for fact in event.claims[0].facts if hasattr(fact, "role")}
    assert (sides[Role.ACTOR], sides[Role.RECIPIENT]) == BOUND[text]


@pytest.mark.parametrize(
    "text",
    [
        "Demir accused Israel of lies. The former Turkish president, Kemal Demir, is in exile.",
        "Lee accused Israel of lies. South Korean envoy Lee Kim-sam met Chinese envoy Lee Ming-wa.",
    ],
)
def test_former_officials_and_shared_names_stand_for_nobody(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert [event for event in extract(text).events if event.type == "accusation"] == []
