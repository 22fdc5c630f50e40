"""Several extractors as one: every claim is kept, under the name of the one that found it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from entente.errors import InputError
from entente.model import Article, Document, Extraction, Iri, Mode
from entente.model.terms import ent, prov, rdfs
from entente_loaders.assemble import assemble
from entente_loaders.ensemble import Ensemble
from entente_loaders.resolve import resolve
from entente_loaders.text import read
from pipelines import tools

TEXT = "Norway and Sweden held a naval exercise in the Barents Sea on Monday. Norway accused Russia of provocation.\n"
DOCUMENT = read(Article("report", TEXT.encode(), "report.txt", published="2024-02-08"))


class Other:
    """An extractor that finds what the rules find, under another name, with its events changed."""

    name = "other"
    version = "1"

    def __init__(self, **changes: object) -> None:
        self._changes = changes

    def extract(self, document: Document) -> Extraction:
        """Extract."""
        found = tools().extractor.extract(document)
        events = tuple(replace(event, **self._changes) for event in found.events)
        return replace(found, events=events, extractor=self.name, ruleset=self.version)


def joint(*others: Other) -> Extraction:
    """What the rules and the others find together."""
    return Ensemble([tools().extractor, *others]).extract(DOCUMENT)


def test_one_event_has_the_claims_of_both() -> None:
    alone, both = tools().extractor.extract(DOCUMENT), joint(Other())
    assert [event.type for event in both.events] == [event.type for event in alone.events] == ["exercise", "accusation"]
    for one, event in zip(alone.events, both.events, strict=True):
        assert event.claims[: len(one.claims)] == tuple(replace(claim, extractor="rules") for claim in one.claims)
        assert event.claims[len(one.claims) :] == tuple(replace(claim, extractor="other") for claim in one.claims)
    assert (both.extractor, set(both.parts)) == ("rules+other", {"rules", "other"})


def test_what_they_see_otherwise_stays_apart() -> None:
    both = joint(Other(mode=Mode.PLANNED))
    assert [(event.key, event.mode) for event in both.events] == [
        ("e1", Mode.ACTUAL),
        ("e2", Mode.PLANNED),
        ("e3", Mode.ACTUAL),
        ("e4", Mode.PLANNED),
    ]


def test_no_claim_is_lost_or_shared() -> None:
    alone = tools().extractor.extract(DOCUMENT)
    claims = [claim for event in joint(Other()).events for claim in event.claims]
    assert len(claims) == len(set(claims)) == 2 * sum(len(event.claims) for event in alone.events)


def test_the_graph_tells_who_found_what_and_passes_the_gate() -> None:
    delta = assemble(resolve(joint(Other()), tools().index))
    runs = {
        t.subject: str(t.object) for t in delta.triples if t.predicate == rdfs.label and "Extraction by" in str(t.object)
    }
    assert len(runs) == 2
    made = {t.subject: t.object for t in delta.triples if t.predicate == prov.wasGeneratedBy}
    confidences = [t.subject for t in delta.triples if t.predicate == ent.confidence]
    assert {made[claim] for claim in confidences if isinstance(claim, Iri)} == set(runs)
    assert len(confidences) == len(set(confidences))
    assert tools().gate.check(delta.triples).passed


@pytest.mark.parametrize("number", [0, 1])
def test_too_few_or_twins_are_no_ensemble(number: int) -> None:
    members = [[tools().extractor], [tools().extractor, tools().extractor]][number]
    with pytest.raises(InputError) as caught:
        Ensemble(members)
    assert caught.value.code == "ENTENTE-137"
