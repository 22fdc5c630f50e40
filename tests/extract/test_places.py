"""Where an event takes place: as the text writes it, from the event's own clause."""

from __future__ import annotations

import pytest

from entente.model import Location

PLACES: dict[str, tuple[str, list[str]]] = {
    "Russia and China held naval drills in the Sea of Japan.": ("exercise", ["Sea of Japan"]),
    "Russia and China held naval drills in the Sea of Japan, the East China Sea and the Philippine Sea.": (
        "exercise",
        ["Sea of Japan", "East China Sea", "Philippine Sea"],
    ),
    "In the Baltic Sea, Russia and China held naval drills.": ("exercise", ["Baltic Sea"]),
    "Russia and China held naval drills in the eastern Mediterranean.": ("exercise", ["eastern Mediterranean"]),
    "Russia and China held naval drills in Japanese waters.": ("exercise", ["Japanese waters"]),
    "Russia and China held naval drills off northern Norway.": ("exercise", ["northern Norway"]),
    "Russia and China held drills at the Elbonia base.": ("exercise", ["Elbonia base"]),
    "Russia and China held naval drills in the port of Elbonia.": ("exercise", ["Elbonia"]),
    "Russia and China held naval drills in Elbonia province.": ("exercise", ["Elbonia province"]),
    "Russia and China held talks on the island of Elbonia.": ("talks", ["Elbonia"]),
    "Russia and China held naval drills in the summer.": ("exercise", []),
    "Russia and China held naval drills in response to an attack in Syria.": ("exercise", []),
    "Speaking in Geneva, the minister said that Russia and China held drills in the Baltic Sea.": (
        "exercise",
        ["Baltic Sea"],
    ),
    "The Russian foreign minister visited Ankara.": ("visit", ["Ankara"]),
    "The Russian foreign minister arrived in Turkey.": ("visit", ["Turkey"]),
    "The Turkish foreign minister's visit to Russia ended.": ("visit", ["Russia"]),
    "Russia condemned the Turkish capture of the rebel-held town of Kandar.": ("attack", ["Kandar"]),
    "Russian jets bombed Ukraine's Kandar peninsula.": ("attack", ["Kandar peninsula"]),
    "France launched a missile strike against the Syrian army's Kandar airbase.": ("attack", ["Kandar airbase"]),
    "Turkey deployed troops to patrol Syria's borders.": ("deployment", ["Syria"]),
    "Russia and China held naval drills in the Gulf.": ("exercise", ["Gulf"]),
    "Russia and China held drills on Japan's northern island of Kandar.": ("exercise", ["Kandar"]),
    "In addition to the ships near Kandar, the Pentagon has moved a carrier into the Baltic Sea.": (
        "deployment",
        ["Baltic Sea"],
    ),
    "The exercise, held in the Baltic Sea in May, involved Russia and China.": ("exercise", ["Baltic Sea"]),
    "Russia and China held drills in Kandar province, one of four training areas in Syria.": (
        "exercise",
        ["Kandar province"],
    ),
    "Turkey accused Israel of ordering a murder inside a consulate in Istanbul.": ("accusation", []),
}


def test_the_places_are_all_tried() -> None:
    assert len(PLACES) == 26


@pytest.mark.parametrize("text", PLACES)
def test_an_event_lies_where_its_clause_says(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    kind, wanted = PLACES[text]
    (event,) = (event for event in extract(text).events if event.type == kind)
    facts = [fact for claim in event.claims for fact in claim.facts]
    assert sorted(fact.place.text for fact in facts if isinstance(fact, Location)) == sorted(wanted)
