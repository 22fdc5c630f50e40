"""News and what lies behind it; whether a thing has happened; and how far it is attributed."""

from __future__ import annotations

import pytest

from entente.model import Mode

FILLER = "\n" + "The weather in the capital was mild, and the parks were full of people until late. " * 14 + "\n"

NEWS: dict[str, bool] = {
    "Russia and China signed a pact on Monday.": False,
    "Russia and China signed a pact on July 3.": True,
    "Russia and China signed a pact last month.": True,
    "Russia and China signed a pact in 2015.": True,
    "Russia and China held naval drills on July 15.": False,
    "Iran, which accused Israel of murder, fell silent.": True,
    "Iran has repeatedly accused Israel of murder.": True,
    "Iran accused Israel of murder.": False,
    "Iran has accused Israel of murder.": False,
    f"The river rose.{FILLER}Iran has accused Israel of murder.": True,
    f"The river rose.{FILLER}Iran accused Israel of murder.": False,
    f"The river rose.{FILLER}The Iranian accusation against Israel was known.": True,
    "Japan deployed two destroyers to the Baltic Sea.": False,
    "The 2015 pact between Russia and China is dead.": True,
    "While Iran accused Israel of murder, the river rose.": True,
}


@pytest.mark.parametrize("text", NEWS)
def test_what_lies_behind_the_news(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert len(NEWS) == 15
    (event,) = extract(text).events
    assert event.background is NEWS[text]


MODES: dict[str, Mode] = {
    "China said it would hold naval drills with Russia.": Mode.PLANNED,
    "China said it would hold naval drills with Russia if asked.": Mode.HYPOTHETICAL,
    "China would hold naval drills with Russia.": Mode.HYPOTHETICAL,
    "Russia and China are likely to hold naval drills.": Mode.HYPOTHETICAL,
    "Russia and China are ready to hold naval drills.": Mode.HYPOTHETICAL,
    "Russia and China are set to hold naval drills.": Mode.PLANNED,
    "Russia has no plans to hold naval drills with China.": Mode.NEGATED,
    "Russia denied that it held naval drills with China.": Mode.NEGATED,
    "Russia did not deny that it held naval drills with China.": Mode.ACTUAL,
    "If Russia and China held naval drills, the fleet would sail.": Mode.HYPOTHETICAL,
    "Russia and China prepared for their upcoming naval drills.": Mode.PLANNED,
    "Russia and China will hold naval drills. The drills are large.": Mode.PLANNED,
}


@pytest.mark.parametrize("text", MODES)
def test_whether_it_has_happened(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    assert len(MODES) == 12
    (event,) = (event for event in extract(text).events if event.type == "exercise")
    assert event.mode is MODES[text]
