"""Headlines leave out auxiliaries and articles, so that their verbs look like nouns."""

from __future__ import annotations

import pytest

HEADLINES = {
    "French warship visits Vietnam": "port_call",
    "French Warship Visits Vietnam": "port_call",
    "British destroyer sails through Taiwan Strait": "transit",
    "Chilean frigate docks in Callao": "port_call",
    "Peruvian navy ship arrives in Guayaquil": "port_call",
    "India and Japan Kick Off Joint Naval Exercise": "exercise",
    "India, Japan sign defence pact": "agreement",
    "US sanctions Chinese firms over chips": "sanction",
    "Philippines summons Chinese envoy": "accusation",
}
NOMINAL = ("US sanctions on Iran", "US talks with Iran", "Russia visits")


@pytest.mark.parametrize("text", HEADLINES)
def test_a_headline_has_its_verb(text: str, extract) -> None:  # type: ignore[no-untyped-def]
    found = extract(f"{text}\n\nNothing more was known.")
    assert HEADLINES[text] in {event.type.value for event in found.events}


@pytest.mark.parametrize("text", NOMINAL)
def test_a_headline_without_a_verb_gets_none(text: str, extractor) -> None:  # type: ignore[no-untyped-def]
    from entente.model import Article
    from entente_loaders.text import read

    reading = next(iter(extractor.readings(read(Article("x", f"{text}\n\nNothing more.".encode(), "x")))))
    assert not [unit for unit in reading.clause.units if unit.kind == "VP"]
