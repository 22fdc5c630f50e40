"""Parties that a text only describes or refers to: armed groups by their people, "the two countries", "the North"."""

from __future__ import annotations

import pytest

from entente.model import Role

SIDES: dict[str, tuple[str, str, str]] = {
    "The Kurdish PKK withdrew. Turkey launched an air strike on the Kurdish-held town of Derik.": ("attack", "TUR", "PKK"),
    "The Kurdish PKK withdrew. Turkey launched a military operation against Kurdish fighters.": ("attack", "TUR", "PKK"),
    "The Kurdish PKK withdrew. Turkey planned to launch a military operation targeting Kurdish groups.": (
        "attack",
        "TUR",
        "PKK",
    ),
    "Kenya waited. The row began after Mali announced last week that it condemned Italy.": ("accusation", "MLI", "ITA"),
    "Kenya waited. The row began with a Malian announcement that it condemned Italy.": ("accusation", "MLI", "ITA"),
    "The Turkish president, Kemal Demir, left. Kenya's president left. Demir's words came as his envoy condemned Italy.": (
        "accusation",
        "TUR",
        "ITA",
    ),
    "Kenya waited. Secretary of State Anna Weller condemned Italy.": ("accusation", "USA", "ITA"),
    "Kenya waited. Kenyan Secretary of State Anna Weller condemned Italy.": ("accusation", "KEN", "ITA"),
    "North Korea fired a rocket. Japan accused the nuclear-armed North of lies.": ("accusation", "JPN", "PRK"),
}
ABOUT: dict[str, set[str]] = {
    "Mali and Chad ended naval drills. Kenya accused Italy of theft. Ghana condemned the drills as a provocation.": {
        "MLI",
        "TCD",
    },
    "A Malian frigate sailed through the Taiwan Strait. Kenya accused Ghana of theft. Ghana condemned the transit.": {"MLI"},
}
PAIRS: dict[str, set[str]] = {
    "Russia and Iran met. Italy praised Japan. Kenya thanked Japan, and Italy thanked Kenya. Italy helped Japan."
    " The two countries signed a fishing agreement.": {"ITA", "JPN"},
    "Russia and Iran met in Italy. The two countries signed a fishing agreement.": {"RUS", "IRN"},
}


def _owner(agent) -> str:  # type: ignore[no-untyped-def]
    return (agent.state or agent.entities[0]).rpartition("/")[2]


@pytest.mark.parametrize("text", SIDES)
def test_a_described_party_is_the_one_that_the_text_names(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    kind, actor, recipient = SIDES[text]
    (event,) = (event for event in extract(text).events if event.type == kind)
    sides = {fact.role: _owner(fact.agent) for fact in event.claims[0].facts if hasattr(fact, "role")}
    assert (sides[Role.ACTOR], sides[Role.RECIPIENT]) == (actor, recipient)


def test_a_state_s_own_fighters_are_no_armed_group(extract) -> None:  # type: ignore[no-untyped-def]
    text = "The Kurdish PKK withdrew. Turkey launched a military operation against Basque fighters."
    for event in extract(text).events:
        assert all(_owner(fact.agent) != "PKK" for claim in event.claims for fact in claim.facts if hasattr(fact, "role"))


@pytest.mark.parametrize("text", PAIRS)
def test_the_two_are_those_joined_of_late_else_the_last_named(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    (event,) = (event for event in extract(text).events if event.type == "agreement")
    sides = {_owner(fact.agent) for claim in event.claims for fact in claim.facts if hasattr(fact, "role")}
    assert sides == PAIRS[text]


@pytest.mark.parametrize("text", ABOUT)
def test_what_is_said_of_an_event_is_said_to_those_who_act_in_it(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    claims = [event.claims[0] for event in extract(text).events if event.type == "accusation"]
    (found,) = [claim for claim in claims if "Ghana condemned" in claim.evidence[0].of(text)]
    assert {_owner(fact.agent) for fact in found.facts if getattr(fact, "role", None) is Role.RECIPIENT} == ABOUT[text]


def test_the_cases_are_all_tried() -> None:
    assert (len(SIDES), len(PAIRS), len(ABOUT)) == (9, 2, 2)
