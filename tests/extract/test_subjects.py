"""A verb finds its subject across what stands between them."""

from __future__ import annotations

import pytest

from entente.model import Extraction, Participant, Role

ASIDES = (
    "China, in turn, accused Japan of murder.",
    "China, meanwhile, accused Japan of murder.",
    "China, for its part, accused Japan of murder.",
    "China on Monday, after a long silence, accused Japan of murder.",
    "China, citing its laws, accused Japan of murder.",
    "China, which borders India, accused Japan of murder.",
    "China, which Peru had left, accused Japan of murder.",
    "China, whose ships lay in India, accused Japan of murder.",
    "China, after Peru spoke, accused Japan of murder.",
    "China's foreign minister, Li Min, in Lima on Monday accused Japan of murder.",
    "China - a neighbour - accused Japan of murder.",
    "Officials from China, who met in Lima, accused Japan of murder.",
    "The commander of the Chinese navy, Li Min, accused Japan of murder.",
    "Li Min, the spokesman for the Chinese defence ministry, accused Japan of murder.",
)
PASSIVES = (
    "China, accused of murder by Japan, denied nothing.",
    "China, given a book, accused nobody.",
)


def _sides(found: Extraction) -> list[tuple[str, str]]:
    """Give actor and recipient of each accusation."""
    sides = []
    for event in found.events:
        facts = [fact for claim in event.claims for fact in claim.facts if isinstance(fact, Participant)]
        states = {fact.role: str(fact.agent.state or fact.agent.entities[0])[-3:] for fact in facts}
        sides.append((states.get(Role.ACTOR, ""), states.get(Role.RECIPIENT, "")))
    return sides


@pytest.mark.parametrize("text", ASIDES)
def test_an_aside_does_not_part_a_verb_from_its_subject(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert ("CHN", "JPN") in _sides(extract(text))


@pytest.mark.parametrize("text", PASSIVES)
def test_a_participle_in_an_aside_is_no_verb_of_the_subject(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert ("CHN", "JPN") not in _sides(extract(text))


MEASURED = {
    "Russia and China held two days of talks.": "talks",
    "Russia and China held their first round of talks.": "talks",
    "The United States announced a fresh package of sanctions on Iran.": "sanction",
    "The navies of Chile and Peru began coordinated patrols.": "joint_patrol",
    "Warships of Australia and Japan conducted three weeks of combined training.": "exercise",
}


@pytest.mark.parametrize("text", MEASURED)
def test_a_measure_does_not_hide_the_event(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    [event] = extract(text).events
    assert event.type.value == MEASURED[text]
    assert event.evidence.of(text) == text.removesuffix(".")


RELATIVES = {
    "The Russian jets that bombed Georgia returned.": ("attack", "RUS", "GEO"),
    "China, a country that has attacked Vietnam, stayed silent.": ("attack", "CHN", "VNM"),
    "It was Iran that attacked Israel.": ("attack", "IRN", "ISR"),
    "Chinese warships that left Japan's waters attacked Russia.": ("attack", "CHN", "RUS"),
    "The claim that ships had left Japan angered China, which attacked Russia.": ("attack", "CHN", "RUS"),
}


@pytest.mark.parametrize("text", RELATIVES)
def test_that_stands_for_the_noun_before_it(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    kind, actor, recipient = RELATIVES[text]
    [event] = extract(text).events
    facts = [fact for claim in event.claims for fact in claim.facts if isinstance(fact, Participant)]
    states = {fact.role: str(fact.agent.state or fact.agent.entities[0])[-3:] for fact in facts}
    assert (event.type.value, states) == (kind, {Role.ACTOR: actor, Role.RECIPIENT: recipient})
