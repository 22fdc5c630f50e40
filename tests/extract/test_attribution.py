"""Who says what, and how it is handed on."""

from __future__ import annotations

import pytest

from entente.model import AttributionLevel as Level

CASES: dict[str, tuple[Level, str | None]] = {
    "Russia and China held naval drills.": (Level.NARRATION, None),
    "Russia and China held naval drills, according to the Russian Defence Ministry.": (
        Level.INDIRECT_SPEECH,
        "Russian Defence Ministry",
    ),
    "According to Japan, Russia and China held naval drills.": (Level.INDIRECT_SPEECH, "Japan"),
    "Japan said that Russia and China held naval drills.": (Level.INDIRECT_SPEECH, "Japan"),
    "Japan said on Monday that Russia and China held naval drills.": (Level.INDIRECT_SPEECH, "Japan"),
    "Russia and China held naval drills, Japan said.": (Level.INDIRECT_SPEECH, "Japan"),
    "Russia and China held naval drills, said the Japanese government.": (Level.INDIRECT_SPEECH, "Japanese government"),
    "A statement by the Japanese government said that Russia and China held naval drills.": (
        Level.INDIRECT_SPEECH,
        "Japanese government",
    ),
    '"Russia and China held naval drills in the Sea of Japan," the Japanese government said.': (
        Level.DIRECT_QUOTE,
        "Japanese government",
    ),
    "Analysts in London said Russia and China held naval drills.": (Level.INDIRECT_SPEECH, "Analysts"),
}


def test_the_attributions_are_all_tried() -> None:
    assert len(CASES) == 10


@pytest.mark.parametrize("text", CASES)
def test_the_speaker_and_level_of_a_claim(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    (event,) = extract(text).events
    (claim,) = event.claims
    level, speaker = CASES[text]
    assert claim.level is level
    assert (claim.speaker.text if claim.speaker else None) == speaker


def test_a_headline_is_a_claim_of_the_outlet(extract) -> None:  # type: ignore[no-untyped-def]
    (event,) = extract("Russia, China conclude navy drills\nNo more was said.").events
    assert [(claim.level, claim.speaker) for claim in event.claims] == [(Level.HEADLINE, None)]


def test_a_repeated_sentence_is_one_claim_with_two_spans(extract) -> None:  # type: ignore[no-untyped-def]
    sentence = "Russia and China held naval drills in the Baltic Sea."
    (event,) = extract(f"{sentence}\nRain fell.\n{sentence}").events
    (claim,) = event.claims
    assert len(claim.evidence) == 2


def test_what_an_accusation_alleges_stays_its_content(extract) -> None:  # type: ignore[no-untyped-def]
    found = extract("China condemned the intrusion of US warships into its waters.")
    assert [event.type.value for event in found.events] == ["accusation"]


OWN_WORDS: dict[str, list[str]] = {
    # Who speaks is told before, after, in the middle, or a sentence later.
    "Peru's president said: “Chile has violated the treaty. Chile must withdraw.”": ["accusation", "demand"],
    "“Chile has violated the treaty. Chile must withdraw,” Peru's president said.": ["accusation", "demand"],
    "“Chile has violated the treaty,” Peru's president said. “Chile must withdraw from the border zone.”": [
        "accusation",
        "demand",
    ],
    "According to Peru, Chile has violated the treaty.": ["accusation"],
    "Peru's president: Chile must withdraw\nTalks go on.": ["demand"],
    "Chile must withdraw: Peru\nTalks go on.": ["demand"],
    "Peru: Chile must withdraw\nTalks go on.": [],
    "Chile has violated the treaty. Chile must withdraw.": [],
    "A novelist from Lima said: “Chile has violated the treaty. Chile must withdraw.”": [],
}


def test_the_own_words_are_all_tried() -> None:
    assert len(OWN_WORDS) == 9


@pytest.mark.parametrize("text", OWN_WORDS)
def test_speech_acts_are_those_of_who_speaks(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    events = extract(text).events
    assert [event.type.value for event in events] == OWN_WORDS[text]
    assert all(
        {fact.agent.state[-3:] for fact in event.claims[0].facts if hasattr(fact, "role")} == {"PER", "CHL"}
        for event in events
    )


ANSWERS: dict[str, str] = {
    # Whoever made the charge is answered, however often another state is named in between.
    "Peru accused Chile of theft. Bolivian officials met Bolivian farmers. Chile rejected the claim.": "PER",
    "Bolivia was calm. Chile rejected the claim. Peru had accused Chile of theft.": "PER",
}


def test_the_answers_are_all_tried() -> None:
    assert len(ANSWERS) == 2


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_goes_to_who_made_the_charge(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    sides = [
        {fact.role.value: fact.agent.state[-3:] for fact in event.claims[0].facts if hasattr(fact, "role")}
        for event in extract(text).events
        if event.type == "accusation"
    ]
    assert {"actor": "CHL", "recipient": ANSWERS[text]} in sides
