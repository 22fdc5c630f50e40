"""Which words of a report tell its matter from others."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from builders import SmallIndex
from entente.consensus.wording import Lexicon, sentence_around, telling_words, weight
from entente.model import Entity, Iri, Kind, Name
from entente.model.iri import entity

FAMILIAR = frozenset({"peru", "peruvian", "lima"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Peru said that Peruvian officials were there", set(), id="states and words of every report"),
        pytest.param("A patrol of the Maria Quispe boarded it", {"patro", "^quispe", "board"}, id="a name by its last word"),
        pytest.param("It holds 1,200 crates from 2031", {"#1,200", "holds", "crate"}, id="a number, but no year"),
        pytest.param("Lima-based envoys in Zaruma.", {"envoy", "^zaruma"}, id="a compound of a familiar word"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_telling_words(text: str, words: set[str]) -> None:
    assert telling_words([text], FAMILIAR) == words


def test_names_and_numbers_weigh_twice() -> None:
    assert weight({"^zaruma", "#40", "shell"}) == 5


def test_the_sentence_around_a_span() -> None:
    text = "Lima was calm. Gunners shelled the Zaruma ridge at dawn. Envoys met."
    start = text.index("shelled")
    assert sentence_around(text, start, start + 7) == "Gunners shelled the Zaruma ridge at dawn"
    assert sentence_around("no end " * 200, 700, 706) == ("no end " * 200)[400:1006]


class Named(SmallIndex):
    """The small index with two organisations, and the names of one state."""

    def names(self) -> Iterable[Name]:
        return (
            Name("Russian Federation", entity("state", "RUS"), "name"),
            Name("League of Ports", entity("organisation", "LP"), "name"),
            Name("League of Ports Council", entity("organisation", "LPC"), "name"),
        )

    def entity(self, iri: Iri) -> Entity | None:
        labels = {name.entity: name.surface for name in self.names() if "organisation" in name.entity}
        return Entity(iri, Kind.ORGANISATION, labels[iri]) if iri in labels else super().entity(iri)


def test_the_organisation_behind_an_organ_is_read_from_its_name() -> None:
    lexicon = Lexicon.of(Named())
    assert lexicon.words == {"russian", "federation"}
    assert lexicon.bodies == {entity("organisation", "LPC"): entity("organisation", "LP")}
