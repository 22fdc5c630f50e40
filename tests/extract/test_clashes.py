"""Against whom force and measures are used, where the text says it of a group, of a thing, elsewhere or not at all."""

from __future__ import annotations

import pytest

from entente.model import Event, EventType, Kind, Participant, Role


def _recipients(event: Event) -> set[str]:
    facts = (fact for claim in event.claims for fact in claim.facts)
    agents = [fact.agent for fact in facts if isinstance(fact, Participant) and fact.role is Role.RECIPIENT]
    return {str(agent.state or agent.entities[0]).rsplit("/", 1)[-1] for agent in agents}


CASES: dict[str, tuple[EventType, set[str]]] = {
    "Kenyan jets bombed al-Shabaab camps in Somalia.": (EventType.ATTACK, {"AL-SHABAAB"}),
    "Kenyan jets bombed a depot in Somalia.": (EventType.ATTACK, {"SOM"}),
    "Kenyan jets struck militants in Somalia.": (EventType.ATTACK, set()),
    "Chile slapped tariffs on Peruvian copper.": (EventType.SANCTION, {"PER"}),
    "Chile blacklisted nine Peruvian firms.": (EventType.SANCTION, {"PER"}),
    "Norway said a Russian submarine had entered its territorial waters.": (EventType.INCURSION, {"NOR"}),
    "Russia sold Peru six F-16s.": (EventType.ARMS_TRANSFER, {"PER"}),
}


def test_the_cases_are_all_tried() -> None:
    assert len(CASES) == 7


@pytest.mark.parametrize("text", CASES)
def test_recipients_of_force_and_measures(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    [event] = extract(text).events
    assert (event.type, _recipients(event)) == CASES[text]


def test_a_sanction_without_a_target_takes_the_only_one_of_the_text(extract) -> None:  # type: ignore[no-untyped-def]
    text = "Chile imposed sanctions on Peru. The UN Security Council approved a new round of sanctions."
    assert [_recipients(event) for event in extract(text).events] == [{"PER"}, {"PER"}]


def test_a_sanction_without_a_target_takes_none_where_there_are_two(extract) -> None:  # type: ignore[no-untyped-def]
    text = "Chile imposed sanctions on Peru and Cuba. The UN Security Council approved a new round of sanctions."
    assert [_recipients(event) for event in extract(text).events] == [{"PER", "CUB"}, set()]


def test_an_armed_group_is_named_and_linked(extract) -> None:  # type: ignore[no-untyped-def]
    found = extract("Saudi jets bombed Houthi positions.")
    [group] = [mention for mention in found.mentions if mention.kind is Kind.ARMED_GROUP]
    assert (group.text, group.state) == ("Houthi", None)
    assert str(group.entities[0]).endswith("/organisation/HOUTHIS")
