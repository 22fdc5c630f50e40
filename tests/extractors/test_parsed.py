"""The extractor over a spaCy pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.errors import InputError
from entente.model import Article, Content, During, Event, Extraction, Kind, Location, Modality, Mode, Participant
from entente_loaders.parsed import ParsedExtractor
from entente_loaders.text import read
from parses import save_pipeline
from pipelines import tools

TEXT = (
    "Norway accused Russia of provocation.\n\n"
    "Sweden and Finland will not hold an exercise near Fjellvik on Monday.\n\n"
    "An exercise was held by Norway with Denmark.\n\n"
    "Kari Lund sang.\n"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save_pipeline(tmp_path_factory.mktemp("spacy") / "pipeline")


@pytest.fixture(scope="module")
def found(pipeline: str) -> Extraction:
    document = read(Article("report", TEXT.encode(), "report.txt", published="2024-02-08"))
    return ParsedExtractor(tools().index, pipeline).extract(document)


def parties(event: Event) -> list[tuple[str, str]]:
    facts = [fact for fact in event.claims[0].facts if isinstance(fact, Participant)]
    return [((fact.agent.state or "").rsplit("/", 1)[-1], fact.role.value) for fact in facts]


def test_active_negated_and_passive_clauses(found: Extraction) -> None:
    assert [(event.key, event.type, event.mode, parties(event)) for event in found.events] == [
        ("e1", "accusation", Mode.ACTUAL, [("NOR", "actor"), ("RUS", "recipient")]),
        ("e2", "exercise", Mode.NEGATED, [("SWE", "participant"), ("FIN", "participant")]),
        ("e3", "exercise", Mode.ACTUAL, [("NOR", "participant"), ("DNK", "participant")]),
    ]


def test_slots_and_provenance(found: Extraction) -> None:
    first, second, _ = (event.claims[0] for event in found.events)
    assert [fact.text for fact in first.facts if isinstance(fact, Content)] == ["Norway accused Russia of provocation."]
    assert [fact.place.text for fact in second.facts if isinstance(fact, Location)] == ["Fjellvik"]
    assert [fact.when.edtf for fact in second.facts if isinstance(fact, During)] == ["2024-02-05"]
    assert (second.modality, second.rule) == (Modality.DENIED, "parsed.exercise.hold.exercise.v1")
    assert found.extractor == "spacy"


def test_unknown_persons_are_mentions_and_known_names_stay_known(found: Extraction) -> None:
    assert [(m.text, m.use) for m in found.mentions if m.kind is Kind.PERSON] == [("Kari Lund", "unknown")]
    assert not [m for m in found.mentions if m.text == "Norway" and not m.entities]


def test_the_same_document_gives_the_same_extraction(found: Extraction, pipeline: str) -> None:
    assert ParsedExtractor(tools().index, pipeline).extract(found.document) == found


def test_a_missing_pipeline_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENTENTE_SPACY_PIPELINE", raising=False)
    for name in (None, "no_such_pipeline", str(tmp_path)):
        with pytest.raises(InputError) as caught:
            ParsedExtractor(tools().index, name)
        assert caught.value.code == "ENTENTE-138"


def test_a_pipeline_that_does_not_parse_is_refused(tmp_path: Path, found: Extraction) -> None:
    made = ParsedExtractor(tools().index, save_pipeline(tmp_path / "blank", parses=False))
    with pytest.raises(InputError, match="does not parse"):
        made.extract(found.document)
