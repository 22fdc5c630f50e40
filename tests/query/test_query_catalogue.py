"""The catalogue finds cards and knows the nearest name; short forms of IRIs."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente import query
from entente.errors import QueryError
from entente.model import Literal, Solutions
from entente.query import expand, load, run, shorten

CARD = "#+ summary: Nothing\n#+ columns: [a]\nSELECT ?a WHERE { VALUES ?a { 1 } }\n"


def write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / f"{name}.rq"
        path.parent.mkdir(exist_ok=True)
        path.write_text(CARD, encoding="utf-8")
    return folder


def test_cards_are_sorted_and_found_by_name(tmp_path: Path) -> None:
    write(tmp_path, "b/one", "a/two", "a/ten", "a/eleven")
    (tmp_path / "a" / "eleven.rq").write_text(CARD.replace("#+ columns", "#+ competency: 11\n#+ columns"), encoding="utf-8")
    catalogue = load(tmp_path)
    names = [(card.subject, card.name) for card in catalogue.cards]
    assert names == [("a", "ten"), ("a", "two"), ("a", "eleven"), ("b", "one")]
    assert [card.competency for card in catalogue.cards] == [None, None, 11, None]
    assert catalogue.card("one").summary == "Nothing"


@pytest.mark.parametrize(
    ("name", "hint"), [("port_calls", "did you mean port-calls?"), ("xyz", "see: entente query --list")]
)
def test_an_unknown_name(tmp_path: Path, name: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        load(write(tmp_path, "a/port-calls")).card(name)
    assert (caught.value.code, caught.value.hint) == ("ENTENTE-300", hint)


def test_a_name_may_be_used_once(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="in a and b") as caught:
        load(write(tmp_path, "a/one", "b/one"))
    assert caught.value.code == "ENTENTE-304"


def test_rules_are_no_questions(tmp_path: Path) -> None:
    assert len(load(write(tmp_path, "rules/one", "a/two")).cards) == 1


def test_run_selects_the_bound_query(tmp_path: Path) -> None:
    class Recorder:
        def select(self, text: str) -> Solutions:
            assert "SELECT ?a" in text
            return Solutions(("a",), ((Literal.of(1),),))

    card = load(write(tmp_path, "a/one")).card("one")
    assert run(card, {}, Recorder()).rows == ((Literal.of(1),),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("short", "iri"),
    [
        ("state:RUS", "https://w3id.org/entente/id/state/RUS"),
        ("ent:Exercise", "https://w3id.org/entente/ns#Exercise"),
        ("vocab:event-type/exercise", "https://w3id.org/entente/vocab/event-type/exercise"),
        ("id:claim/x", "https://w3id.org/entente/id/claim/x"),
    ],
)
def test_short_forms(short: str, iri: str) -> None:
    assert expand(short) == iri
    assert shorten(iri) == short


@pytest.mark.parametrize("text", ["plain", "https://example.org/a", "unknown:x", "state:"])
def test_what_is_no_short_form(text: str) -> None:
    assert expand(text) is None
    assert shorten(text) == text


def test_everything_public_is_exported() -> None:
    assert query.__all__ == sorted(query.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
