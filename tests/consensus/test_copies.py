"""Copies of one report count as one source, in whatever order and at whatever time they come."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date, timedelta

import pytest

from builders import SmallIndex, claim, delta, event, naming, takes_part
from entente.consensus import GraphSink
from entente.consensus.copies import COPIED, Report, all_copies, compare, keys, keys_around, signature
from entente.model import Delta, Iri, Literal
from entente.model.iri import entity
from entente.model.terms import ent
from entente.store import open_store

WORDS = [f"{a}{b}" for a in ("ma", "to", "ri", "ke", "su", "po") for b in ("na", "rel", "dok", "vit", "zam", "lur", "fep")]
EXERCISE = entity("exercise", "northern-interaction-2023")


def report(seed: int, length: int = 200) -> str:
    """A text of chance words: two seeds share hardly a run of five."""
    chance = random.Random(seed)
    return "A headline of a test\n" + " ".join(chance.choice(WORDS) for _ in range(length)) + "\n"


def changed(text: str, every: int) -> str:
    """The text with every so many words replaced."""
    words = text.split(" ")
    return " ".join("other" if n % every == every - 1 else word for n, word in enumerate(words))


def share(one: str, other: str) -> set[str]:
    return set(signature(one)) & set(signature(other))


def test_equal_texts_have_equal_signatures_in_every_process() -> None:
    code = "import sys; from entente.consensus.copies import signature; print('\\n'.join(signature(sys.stdin.read())))"
    answer = subprocess.run([sys.executable, "-c", code], input=report(1), capture_output=True, text=True, check=True)
    assert tuple(answer.stdout.split()) == signature(report(1))
    assert len(signature(report(1))) == 32


@pytest.mark.parametrize("seed", range(5))
def test_near_copies_share_a_band_and_others_do_not(seed: int) -> None:
    text = report(seed)
    assert share(text, changed(text, 40))
    assert share(text, text.upper().replace(" ", "\n"))
    assert not share(text, report(seed + 100))


def test_likeness_is_exact() -> None:
    one, other = entity("article", "a"), entity("article", "b")
    text = report(1)
    found = compare((one, text), (other, changed(text, 40)))
    assert found == compare((other, changed(text, 40)), (one, text))
    assert found is not None
    assert COPIED < found.likeness < 1
    cut = compare((one, text), (other, text[: len(text) // 3]))
    assert cut is not None
    assert cut.likeness < COPIED
    assert cut.overlap > 0.95
    assert compare((one, text), (other, report(2))) is None
    assert compare((one, "Too short to tell."), (other, "Too short to tell.")) is None


def test_all_copies_finds_each_pair_once() -> None:
    texts = {entity("article", slug): Report(text) for slug, text in (("a", report(1)), ("b", report(1)), ("c", report(2)))}
    assert [found.pair for found in all_copies(texts)] == [(entity("article", "a"), entity("article", "b"))]


@pytest.mark.parametrize(("days", "met"), [(0, True), (7, True), (28, False), (400, False)])
def test_copies_are_looked_for_around_the_day_of_publication(days: int, met: bool) -> None:
    for first in range(20):
        one = Report(report(1), date(2031, 5, 1) + timedelta(days=first))
        other = Report(report(1), date(2031, 5, 1) + timedelta(days=first + days))
        assert bool({*keys(one)} & {*keys_around(other)} or {*keys(other)} & {*keys_around(one)}) is met
    undated = Report(report(1))
    assert keys(undated) == keys_around(undated)
    assert not {*keys_around(Report(report(1), date(2031, 5, 1)))} & {*keys(undated)}


def paper(slug: str, text: str, outlet: str) -> Delta:
    return delta(slug, event("e1", claim(*takes_part("RUS"), naming())), outlet=outlet, text=text)


def graph(*deltas: Delta) -> GraphSink:
    sink = GraphSink(open_store("memory:"), SmallIndex())
    for each in deltas:
        sink.put(each)
    return sink


def values(sink: GraphSink, subject: Iri, predicate: Iri) -> set[object]:
    return {q.object for q in sink.store.quads(subject, predicate, None, default_graph=True)}


def test_a_reprint_is_no_second_source() -> None:
    one, reprint = paper("one", report(1), "A"), paper("reprint", changed(report(1), 40), "B")
    other = paper("other", report(2), "C")
    sink = graph(one, reprint)
    assert values(sink, EXERCISE, ent.independentSources) == {Literal.of(1)}
    assert values(sink, entity("article", "one"), ent.nearCopyOf) == {entity("article", "reprint")}
    assert values(sink, entity("article", "reprint"), ent.nearCopyOf) == {entity("article", "one")}
    sink.put(other)
    assert values(sink, EXERCISE, ent.independentSources) == {Literal.of(2)}
    sink.store.apply(sink.change(one.graph, ()))
    assert values(sink, EXERCISE, ent.independentSources) == {Literal.of(2)}
    assert not values(sink, entity("article", "reprint"), ent.nearCopyOf)
    assert set(sink.store.quads()) == set(graph(other, reprint).store.quads())


def test_reports_of_one_agency_are_one_source() -> None:
    one = paper("one", "PORT ALBA (Reuters) - " + report(1), "A")
    other = paper("other", "Ships meet, PORT ALBA (Reuters) - " + report(2), "B")
    own = paper("own", report(3), "Reuters")
    sink = graph(one, other)
    assert values(sink, EXERCISE, ent.independentSources) == {Literal.of(1)}
    sink.put(own)
    assert values(sink, EXERCISE, ent.independentSources) == {Literal.of(1)}
    sink.put(paper("far", report(4), "D"))
    assert values(sink, EXERCISE, ent.independentSources) == {Literal.of(2)}


def test_a_corrected_text_is_a_copy_no_more() -> None:
    sink = graph(paper("one", report(1), "A"), paper("two", report(1), "B"))
    sink.put(paper("two", report(2), "B"))
    expected = graph(paper("one", report(1), "A"), paper("two", report(2), "B"))
    assert set(sink.store.quads()) == set(expected.store.quads())
