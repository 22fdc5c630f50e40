"""The extractor over a language model: what it takes over, what it rejects, and how it fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endpoint import Endpoint, completion, endpoint
from entente.errors import ArticleError, InputError
from entente.index import ReferenceIndex
from entente.model import (
    Article,
    AttributionLevel,
    Contribution,
    Document,
    During,
    Extraction,
    Location,
    Modality,
    Mode,
    Naming,
    Participant,
)
from entente_loaders.llm import LlmExtractor, Settings
from entente_loaders.records import records
from entente_loaders.resolve import resolve
from entente_loaders.text import read
from pipelines import tools

TEXT = (
    "Norway and Sweden end winter drills\n\n"
    "The Norwegian navy and the Swedish air force ended Exercise Frost Line in the Barents Sea on Monday, sending two"
    ' corvettes from Norway. "We will not give way," Russia\'s foreign ministry said, accusing Norway of provocation.\n'
)
EXERCISE: dict[str, Any] = {
    "type": "exercise",
    "mode": "actual",
    "status": "concluded",
    "background": False,
    "evidence": "The Norwegian navy and the Swedish air force ended Exercise Frost Line in the Barents Sea on Monday",
    "participants": [
        {"quote": "The Norwegian navy", "role": "participant"},
        {"quote": "the Swedish air force", "role": "participant"},
    ],
    "name": "Frost Line",
    "places": ["Barents Sea"],
    "dates": ["on Monday"],
    "forces": [{"quote": "two corvettes", "owner": "Norway"}],
    "speaker": None,
}
ACCUSATION: dict[str, Any] = {
    "type": "accusation",
    "mode": "actual",
    "status": None,
    "background": False,
    "evidence": "accusing Norway of provocation",
    "participants": [
        {"quote": "Russia's foreign ministry", "role": "actor"},
        {"quote": "Norway", "role": "recipient"},
    ],
    "name": None,
    "places": [],
    "dates": [],
    "forces": [],
    "speaker": "Russia's foreign ministry",
}


def document(text: str = TEXT) -> Document:
    """A report of Thursday, 8 February 2024."""
    return read(Article("report", text.encode(), "report.txt", published="2024-02-08"))


def reply(*events: dict[str, Any], relations: tuple[dict[str, Any], ...] = ()) -> str:
    """What the model writes."""
    return json.dumps({"events": events, "relations": relations})


def extractor(at: Endpoint, cache: Path, **other: Any) -> LlmExtractor:
    """The extractor, asking the local endpoint."""
    wanted = Settings(model="m", base_url=at.url, key="secret", cache=cache, retries=0, **other)
    return LlmExtractor(tools().index, wanted)


def extracted(content: str, cache: Path, text: str = TEXT) -> Extraction:
    """What becomes of a model's reply."""
    with endpoint(lambda _: completion(content)) as at:
        return extractor(at, cache).extract(document(text))


@pytest.fixture
def index() -> ReferenceIndex:
    return tools().index


def test_quoted_slots_become_facts(tmp_path: Path) -> None:
    found = extracted(reply(EXERCISE), tmp_path)
    [event] = found.events
    [claim] = event.claims
    assert (event.type, event.mode, event.key) == ("exercise", Mode.ACTUAL, "e1")
    assert event.evidence.of(TEXT) == EXERCISE["evidence"]
    parties = [fact.agent for fact in claim.facts if isinstance(fact, Participant)]
    assert [(party.state or "").rsplit("/", 1)[-1] for party in parties] == ["NOR", "SWE"]
    assert [fact.place.text for fact in claim.facts if isinstance(fact, Location)] == ["Barents Sea"]
    assert [fact.text for fact in claim.facts if isinstance(fact, Naming)] == ["Frost Line"]
    [when] = [fact.when for fact in claim.facts if isinstance(fact, During)]
    assert str(when.latest_end) == "2024-02-05"
    [force] = [fact for fact in claim.facts if isinstance(fact, Contribution)]
    assert (force.count, force.noun, force.owner.state if force.owner else None) == (2, "corvette", parties[0].state)
    assert (claim.speaker, claim.level, claim.modality) == (None, AttributionLevel.NARRATION, Modality.ASSERTED)
    assert claim.confidence == 0.7
    assert found.rejected == ()


def test_the_record_has_the_gold_form(tmp_path: Path, index: ReferenceIndex) -> None:
    record = records(resolve(extracted(reply(ACCUSATION, EXERCISE), tmp_path), index), index)
    assert [event["type"] for event in record["events"]] == ["exercise", "accusation"]
    assert record["events"][1]["participants"] == [
        {"state": "RUS", "role": "actor"},
        {"state": "NOR", "role": "recipient"},
    ]


INVENTED = {
    "evidence": ({"evidence": "Norway sank a Swedish ship"}, "evidence", "not in the text", 0),
    "a changed letter": ({"evidence": EXERCISE["evidence"].replace("ended", "Ended")}, "evidence", "not in the text", 0),
    "participant": (
        {"participants": [*EXERCISE["participants"], {"quote": "Finland", "role": "participant"}]},
        "participants",
        "not in the text",
        1,
    ),
    "a party nobody knows": (
        {"participants": [*EXERCISE["participants"], {"quote": "winter", "role": "participant"}]},
        "participants",
        "names no known party",
        1,
    ),
    "no party left": ({"participants": [{"quote": "Iceland", "role": "participant"}]}, "participants", "not in the text", 0),
    "name": ({"name": "Cold Response"}, "name", "not in the text", 1),
    "place": ({"places": ["North Sea"]}, "places", "not in the text", 1),
    "date": ({"dates": ["on Tuesday"]}, "dates", "not in the text", 1),
    "no date": ({"dates": ["winter drills"]}, "dates", "is no date that can be resolved", 1),
    "force": ({"forces": [{"quote": "three frigates", "owner": None}]}, "forces", "not in the text", 1),
    "owner": ({"forces": [{"quote": "two corvettes", "owner": "Denmark"}]}, "forces.owner", "not in the text", 1),
    "speaker": ({"speaker": "NATO"}, "speaker", "not in the text", 1),
    "empty": ({"places": ["  "]}, "places", "not in the text", 1),
}


def test_the_inventions_are_all_tried() -> None:
    assert len(INVENTED) == 13


@pytest.mark.parametrize("name", INVENTED)
def test_what_the_text_does_not_say_is_rejected_and_counted(name: str, tmp_path: Path) -> None:
    change, slot, reason, events = INVENTED[name]
    found = extracted(reply({**EXERCISE, **change}), tmp_path)
    assert len(found.events) == events
    assert (slot, reason) in [(rejection.slot, rejection.reason) for rejection in found.rejected]
    if events:
        assert found.events[0].claims[0].confidence < 0.7


def test_a_relation_needs_two_states_and_its_label_in_the_text(tmp_path: Path) -> None:
    text = "Norway and Sweden are close allies, Finland said.\n"
    good = {"parties": ["Norway", "Sweden"], "label": "close allies", "evidence": "Norway and Sweden are close allies"}
    wrong = ({**good, "label": "sworn foes"}, {**good, "parties": ["Norway"]}, {**good, "evidence": "They are allies"})
    proposed = tuple({**one, "speaker": "Finland"} for one in (good, *wrong))
    found = extracted(reply(relations=proposed), tmp_path, text)
    [relation] = found.relations
    assert (relation.label, len(relation.parties)) == ("close allies", 2)
    assert relation.claim.speaker is not None
    assert relation.claim.level is AttributionLevel.INDIRECT_SPEECH
    assert len(found.rejected) == 3


def test_what_is_asked(tmp_path: Path) -> None:
    with endpoint(lambda _: completion(reply())) as at:
        made = extractor(at, tmp_path)
        first = made.extract(document())
        [asked] = at.requests
        assert (asked["path"], asked["key"], asked["temperature"]) == ("/v1/chat/completions", "Bearer secret", 0)
        assert asked["response_format"]["type"] == "json_schema"
        assert asked["messages"][1]["content"] == document().text
        assert made.extract(document()) == first
        assert len(at.requests) == 1
        assert extractor(at, tmp_path / "other").extract(document()) == first
        assert len(at.requests) == 2


def test_a_kept_reply_needs_no_endpoint(tmp_path: Path) -> None:
    first = extracted(reply(EXERCISE), tmp_path)
    assert extractor(Endpoint("http://127.0.0.1:9/v1"), tmp_path).extract(document()) == first


FAULTS = {
    "malformed": (completion("{"), "ENTENTE-212", "not of the form"),
    "another form": (completion('{"events": [{"type": "party"}], "relations": []}'), "ENTENTE-212", "events.0.type"),
    "prose": (completion("Here are the events:"), "ENTENTE-212", "not of the form"),
    "nothing": (completion(None), "ENTENTE-212", "not of the form"),
    "truncated": (completion(reply(EXERCISE)[:40], "length"), "ENTENTE-211", "cut off"),
    "refusal": (completion(None, refusal="No."), "ENTENTE-211", "refused"),
    "filtered": (completion("", "content_filter"), "ENTENTE-211", "refused"),
    "overload": ((503, b"{}"), "ENTENTE-210", "did not answer"),
    "no key": ((401, b'{"error": {"message": "bad key"}}'), "ENTENTE-210", "bad key"),
    "no protocol": ((200, b"<html>"), "ENTENTE-210", "did not answer"),
}


def test_the_faults_are_all_tried() -> None:
    assert len(FAULTS) == 10


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_reply_fails_the_article_and_is_not_kept(name: str, tmp_path: Path) -> None:
    answer, code, words = FAULTS[name]
    with endpoint(lambda _: answer) as at:
        made = extractor(at, tmp_path)
        with pytest.raises(ArticleError, match=words) as caught:
            made.extract(document())
    assert caught.value.code == code
    assert caught.value.hint
    assert "report.txt" in caught.value.message
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_slow_endpoint_is_given_up(tmp_path: Path) -> None:
    done = threading.Event()

    def answer(_: dict[str, Any]) -> tuple[int, bytes]:
        done.wait(30)
        return completion(reply())

    with endpoint(answer) as at:
        with pytest.raises(ArticleError, match="did not answer") as caught:
            extractor(at, tmp_path, timeout=0.05).extract(document())
        done.set()
    assert caught.value.code == "ENTENTE-210"


def test_an_overloaded_endpoint_is_asked_again(tmp_path: Path) -> None:
    answers: Iterator[tuple[int, bytes]] = iter([(503, b"{}"), completion(reply(EXERCISE))])
    with endpoint(lambda _: next(answers)) as at:
        wanted = Settings(model="m", base_url=at.url, key="k", cache=tmp_path, retries=1)
        found = LlmExtractor(tools().index, wanted).extract(document())
    assert len(found.events) == 1


SETTINGS = {
    "no model": {"OPENAI_API_KEY": "k"},
    "no key": {"ENTENTE_LLM_MODEL": "m"},
    "no number": {"ENTENTE_LLM_MODEL": "m", "ENTENTE_LLM_KEY": "k", "ENTENTE_LLM_TIMEOUT": "soon"},
    "no tokens": {"ENTENTE_LLM_MODEL": "m", "ENTENTE_LLM_KEY": "k", "ENTENTE_LLM_TOKENS": "-1"},
}


def test_the_wrong_settings_are_all_tried() -> None:
    assert len(SETTINGS) == 4


@pytest.mark.parametrize("name", SETTINGS)
def test_wrong_settings_are_named(name: str) -> None:
    with pytest.raises(InputError) as caught:
        Settings.from_environment(SETTINGS[name])
    assert caught.value.code == "ENTENTE-135"


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    given = {"ENTENTE_LLM_MODEL": "m", "ENTENTE_LLM_URL": "http://127.0.0.1:1/v1", "XDG_CACHE_HOME": str(tmp_path)}
    made = Settings.from_environment(given)
    assert (made.model, made.base_url, made.cache) == ("m", "http://127.0.0.1:1/v1", tmp_path / "entente" / "llm")


_WORDS = st.sampled_from([*TEXT.split(), "Finland", "", "\n", TEXT[40:90], "“"]) | st.text(max_size=12)


_SLOTS = st.fixed_dictionaries(
    {
        "evidence": _WORDS,
        "participants": st.lists(st.fixed_dictionaries({"quote": _WORDS, "role": st.just("participant")}), max_size=3),
        "places": st.lists(_WORDS, max_size=2),
        "dates": st.lists(_WORDS, max_size=2),
        "forces": st.lists(st.fixed_dictionaries({"quote": _WORDS, "owner": st.none() | _WORDS}), max_size=2),
    }
)


def test_whatever_the_model_says_all_spans_lie_in_the_text(tmp_path: Path) -> None:
    said = ""
    with endpoint(lambda _: completion(said)) as at:
        made = extractor(at, tmp_path)

        @settings(max_examples=60, deadline=None)
        @given(_SLOTS)
        def check(slots: dict[str, Any]) -> None:
            nonlocal said
            said = reply({**EXERCISE, **slots})
            found = made.extract(document())
            for kept in tmp_path.rglob("*.json"):
                kept.unlink()
            assert all(event.evidence.of(TEXT) == slots["evidence"].strip() for event in found.events)
            assert all(mention.span.end <= len(TEXT) for mention in found.mentions)

        check()
