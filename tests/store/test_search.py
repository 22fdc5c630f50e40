"""Full-text search over labels in SPARQL: what is found, in which graphs, and that a text is never more than a text."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entente.errors import QueryError, StoreError
from entente.model import Change, Literal
from entente.model.prefixes import VOCABULARIES
from entente.store import OxigraphStore, Question, RemoteStore, open_store
from entente.store.labels import MOST, LabelIndex, items, open_labels
from servers import virtuoso

PREFIX = f"""PREFIX search: <https://w3id.org/entente/search#> PREFIX : <http://e/> PREFIX skos: <{VOCABULARIES["skos"]}>
PREFIX skosxl: <{VOCABULARIES["skosxl"]}> PREFIX rdfs: <{VOCABULARIES["rdfs"]}> """
DATA = """INSERT DATA {
  :black skos:prefLabel "Black Sea"@en ; skos:altLabel "mer Noire"@fr , "Black Sea" ; a :Sea .
  :fleet skos:prefLabel "Black Sea Fleet"@en ; a :Fleet .
  :tromso rdfs:label "Tromsø" ; skos:altLabel "TROMSÖ" ; a :Port .
  :shanghai skosxl:prefLabel :form . :form skosxl:literalForm "上海合作组织"@zh .
  :quote rdfs:label "say \\"hi\\" \\\\ there" .
  :comment rdfs:comment "Black Sea" .
  GRAPH :one { :port skos:prefLabel "Port of the Black Sea" ; a :Port }
  GRAPH :two { :black skos:prefLabel "Black Sea" }
}"""


def rows(store: OxigraphStore | RemoteStore, query: str, **more: tuple[str, ...]) -> list[dict[str, str]]:
    sink = io.BytesIO()
    store.evaluate(Question(PREFIX + query, ("text/csv",), **more), lambda _: None, sink)  # type: ignore[arg-type]
    found = csv.DictReader(io.StringIO(sink.getvalue().decode()))
    return [{name: value.removeprefix("http://e/") for name, value in row.items()} for row in found]


def things(store: OxigraphStore | RemoteStore, query: str, **more: tuple[str, ...]) -> list[str]:
    return sorted(row["s"] for row in rows(store, query, **more))


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    made = OxigraphStore(None)
    made.update(PREFIX + DATA)
    return made


FOUND = (
    ('{ ?s search:matches "black sea" }', ["black", "fleet"]),
    ('{ ?s search:matches "SEA   Black" }', ["black", "fleet"]),
    ('{ ?s search:matches "\\"sea black\\"" }', []),
    ('{ ?s search:matches "\\"black sea\\" fl*" }', ["fleet"]),
    ('{ ?s search:matches "fl" }', []),
    ('{ ?s search:matches "tromso" }', ["tromso"]),
    ('{ ?s search:matches "\'Black - Sea!" }', ["black", "fleet"]),
    ('{ ?s search:matches "合作" }', ["form", "shanghai"][1:]),
    ('{ ?s search:matches "noire"@fr }', ["black"]),
    ('{ ?s search:matches "noire"@en }', []),
    ('{ ?s search:matches ("black sea" 1) }', ["black"]),
    ('{ ?s a :Fleet ; search:matches "black" . }', ["fleet"]),
    ('{ ?s search:matches "black" ; a :Fleet }', ["fleet"]),
    ('{ ?s search:matches "black" ; . }', ["black", "fleet"]),
    ('{ ?s search:matches "black" . ?s search:matches "fleet" }', ["fleet"]),
    ('{ ?s a ?t . FILTER(?t != :Fleet) ?s search:matches "black" }', ["black"]),
    ('{ ?s a ?t FILTER(isIRI(?t)) ?s search:matches "black" . OPTIONAL { ?s :none ?x } }', ["black", "fleet"]),
    ('{ ?x a :Fleet . (?s) search:matches "noire" . ?s a :Sea }', ["black"]),
    ('{ { ?s a :Port } UNION { ?s search:matches "black sea" } }', ["black", "fleet", "tromso"]),
    ('{ ?s a :Fleet FILTER EXISTS { ?s search:matches "black" } }', ["fleet"]),
    ('{ ?s a ?t MINUS { ?s search:matches "black" } }', ["tromso"]),
    ('{ VALUES ?text { "tromso" } ?s search:matches ?text }', ["tromso"]),
    ('{ VALUES ?text { "black" } ?s search:matches (?text 1) }', ["black"]),
    ('{ GRAPH ?g { ?s search:matches "black sea" } }', ["black", "port"]),
    ('{ GRAPH :one { ?s a ?t ; search:matches "black sea" } }', ["port"]),
    ('{ ?s <https://w3id.org/entente/search#matches> "tromso" }', ["tromso"]),
    ('{ ?s search:matches """say \\\\ hi""" }', ["quote"]),
    ('{ ?s rdfs:label ?l FILTER(?p = search:matches || true) ?s search:matches "hi" }', ["quote"]),
)


@pytest.mark.parametrize(("pattern", "expected"), FOUND)
def test_what_is_found(store: OxigraphStore, pattern: str, expected: list[str]) -> None:
    assert things(store, f"SELECT ?s {pattern}") == expected
    assert sorted(row["s"] for row in rows(store, f"SELECT * {pattern}")) == expected
    assert len(FOUND) == 28


def test_lists_give_scores_and_labels(store: OxigraphStore) -> None:
    found = rows(store, 'SELECT * { (?s ?score) search:matches "black sea" } ORDER BY DESC(?score)')
    assert [row["s"] for row in found] == ["black", "fleet"]
    assert float(found[0]["score"]) > float(found[1]["score"]) > 0
    found = rows(store, 'SELECT * { (?s ?score ?label) search:matches "black sea" } ORDER BY ?label DESC(?score)')
    assert [(row["s"], row["label"]) for row in found] == [
        ("black", "Black Sea"),
        ("black", "Black Sea"),
        ("fleet", "Black Sea Fleet"),
    ]
    graphs = rows(store, 'SELECT * { GRAPH ?g { (?s ?score) search:matches "black sea" } } ORDER BY ?g')
    assert [(row["g"], row["s"]) for row in graphs] == [("one", "port"), ("two", "black")]


def test_the_dataset_of_the_request_holds(store: OxigraphStore) -> None:
    query = 'SELECT ?s { ?s search:matches "black sea" }'
    assert things(store, query, default_graphs=("http://e/one",)) == ["port"]
    assert things(store, query.replace("{", "FROM :two {", 1)) == ["black"]


def test_every_form_of_query(store: OxigraphStore) -> None:
    pattern = '{ ?s search:matches "tromso" }'
    assert store.ask(f"{PREFIX} ASK {pattern}")
    [triple] = store.construct(f"{PREFIX} CONSTRUCT {{ ?s search:matches 'x' }} WHERE {pattern}")
    assert triple.subject == "http://e/tromso"
    assert store.select(f"{PREFIX} SELECT ?s {pattern}").rows == ((triple.subject,),)
    assert b"Troms" in store.answer(f"{PREFIX} DESCRIBE ?s {pattern}", ("text/turtle",))[1]


MISUSED = (
    '{ :black search:matches "x" }',
    '{ [] search:matches "x" }',
    "{ ?s search:matches ?unknown }",
    '{ ?s search:matches "x" , "y" }',
    '{ ?s search:matches|rdfs:label "x" }',
    '{ ?s ^search:matches "x" }',
    '{ (?s ?s) search:matches "x" }',
    '{ (?s ?a ?b ?c) search:matches "x" }',
    '{ ?s search:matches ("x" 0) }',
    f'{{ ?s search:matches ("x" {MOST + 1}) }}',
    '{ ?s search:matches ("x" 1 2) }',
    '{ ?s search:matches "" }',
    '{ ?s search:matches "*-!" }',
    '{ ?s a ?t FILTER(search:matches("x")) }',
    '{ ?x :p [ search:matches "x" ] }',
)


@pytest.mark.parametrize("pattern", MISUSED)
def test_what_is_no_search_is_told(store: OxigraphStore, pattern: str) -> None:
    with pytest.raises(QueryError) as told:
        rows(store, f"SELECT * {pattern}")
    assert told.value.code == "ENTENTE-800"
    assert len(MISUSED) == 15


def test_too_many_labels_are_told_and_never_cut_off() -> None:
    store = OxigraphStore(None)
    labels = " ".join(f':s{n} skos:prefLabel "ship {n}" .' for n in range(MOST + 1))
    store.update(f"{PREFIX} INSERT DATA {{ {labels} }}")
    with pytest.raises(QueryError) as told:
        rows(store, 'SELECT * { ?s search:matches "ship" }')
    assert told.value.code == "ENTENTE-801"
    assert len(rows(store, f'SELECT * {{ ?s search:matches ("ship" {MOST}) }}')) == MOST
    store.update(f"{PREFIX} DELETE DATA {{ :s7 skos:prefLabel 'ship 7' }}")
    assert len(rows(store, 'SELECT * { ?s search:matches "ship" }')) == MOST


def test_a_number_is_of_things_that_have_a_label() -> None:
    store = OxigraphStore(None)
    labels = " ".join(f':s{n} skos:prefLabel "Navy" ; skos:altLabel "the Navy" .' for n in range(MOST + 1))
    store.update(
        f"{PREFIX} INSERT DATA {{ {labels} :one rdfs:label 'Navy of one' GRAPH :g {{ :s1 skos:altLabel 'Navy' }} }}"
    )
    for number in (1, 7, MOST):
        found = rows(store, f'SELECT * {{ (?s ?score ?label) search:matches ("navy" {number}) }}')
        assert len(found) == number
        assert {row["label"] for row in found} == {"Navy"}
    # Three labels, which are not too many, but what has them is.
    assert len(rows(store, 'SELECT ?s { ?s search:matches "navy" }')) == MOST + 2
    assert things(store, 'SELECT ?s { GRAPH ?g { ?s search:matches "navy" } }') == ["s1"]


def test_changes_are_seen() -> None:
    store = OxigraphStore(None)
    query = 'SELECT ?s { ?s search:matches "new" }'
    assert things(store, query) == []
    store.update(f"{PREFIX} INSERT DATA {{ :a rdfs:label 'new' }}")
    assert things(store, query) == ["a"]
    store.update(f"{PREFIX} DELETE DATA {{ :a rdfs:label 'new' }} ; INSERT DATA {{ :b rdfs:label 'renewed' , 'New!' }}")
    assert things(store, query) == ["b"]


TEXT = st.text(st.one_of(st.sampled_from("\"'\\*(){}.:;^-+ \n\tANDORNEAR?$<>#"), st.characters(exclude_categories=["Cs"])))


def has_words(text: str) -> bool:
    with suppress(QueryError):
        return bool(items(text))
    return False


@settings(max_examples=150, deadline=None)
@given(text=TEXT)
def test_a_text_is_never_more_than_a_text(text: str) -> None:
    written = Literal(text).n3()
    for search in (written, f"({written} 10)"):
        query = f"SELECT ?s {{ ?s search:matches {search} }}"
        if has_words(text):
            assert set(things(_shared(), query)) <= {"label"}
        else:
            with pytest.raises(QueryError, match="no word"):
                things(_shared(), query)


@settings(max_examples=100, deadline=None)
@example(text="䷀ 水")
@given(text=TEXT.filter(has_words))
def test_a_label_is_found_by_its_own_words(text: str) -> None:
    store = OxigraphStore(None)
    written = Literal(text).n3()
    store.update(f"{PREFIX} INSERT DATA {{ :label rdfs:label {written} }}")
    assert things(store, f"SELECT ?s {{ ?s search:matches {written} }}") == ["label"]


PIECES = st.sampled_from(
    [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ".",
        ";",
        ",",
        "?s",
        "?x",
        ":a",
        "a",
        '"x"',
        "5",
        "FILTER",
        "GRAPH ?g",
        "VALUES ?x",
        "OPTIONAL",
    ]
)


@settings(max_examples=300, deadline=None)
@given(before=st.lists(PIECES, max_size=6), after=st.lists(PIECES, max_size=6))
def test_whatever_stands_around_is_read_or_refused(before: list[str], after: list[str]) -> None:
    query = f"{PREFIX} SELECT * {{ {' '.join(before)} search:matches {' '.join(after)} }}"
    with suppress(QueryError):
        _shared().evaluate(Question(query), lambda _: None, io.BytesIO())


def _shared(made: list[OxigraphStore] = []) -> OxigraphStore:  # noqa: B006 - it is kept on purpose
    if not made:
        made.append(OxigraphStore(None))
        made[0].update(f"{PREFIX} INSERT DATA {{ :label rdfs:label 'a AND b OR c NEAR d' . :other :secret 'a b c d' }}")
    return made[0]


def test_an_index_in_a_file_grows_from_the_newest(tmp_path: Path) -> None:
    first, second = tmp_path / "snap-1.labels", tmp_path / "snap-2.labels"
    open_labels(first, lambda: b'?label\n"one"\n"two"@en\n').close()
    index = open_labels(second, lambda: b'?label\n"two"@en\n"three"\n<a:no-text>\n')
    assert [index.find(word, "", None) != [] for word in ("one", "two", "three")] == [False, True, True]
    index.close()
    again = open_labels(first, bytes)
    assert [again.find(word, "", None) != [] for word in ("one", "two", "three")] == [True, True, False]
    again.close()
    rowids = [dict(sqlite3.connect(file).execute("SELECT term, rowid FROM labels")) for file in (first, second)]
    assert rowids[0]['"two"@en'] == rowids[1]['"two"@en'], "what stays is not indexed again"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["snap-1.labels", "snap-2.labels"]


def test_labels_of_any_spelling_come_and_go() -> None:
    labels = (r'"tab\tnew\n \u0007bell"', "42", "4.20", "true", '"quoted \\"sea\\""@en-GB', '"2020"^^<urn:year>', '"bell"')
    asked = ("bell", "42", "true", '"quoted sea"', "2020")
    store = OxigraphStore(None)
    for _ in range(2):
        store.update(f"{PREFIX} INSERT DATA {{ :thing rdfs:label {', '.join(labels)} }}")
        assert [_finds(store, text) for text in asked] == [True] * 5
        store.update(f"{PREFIX} DELETE DATA {{ :thing rdfs:label {', '.join(labels[:-1])} }}")
        assert [_finds(store, text) for text in asked] == [True, False, False, False, False]


def _finds(store: OxigraphStore, text: str) -> bool:
    return store.ask(f"{PREFIX} ASK {{ ?thing search:matches {json.dumps(text)} }}")


def test_a_disk_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        open_labels(tmp_path / "none" / "x.labels", bytes)
    assert told.value.code == "ENTENTE-802"
    (tmp_path / "broken.labels").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError):
        open_labels(tmp_path / "broken.labels", bytes).find("x", "", None)
    assert LabelIndex.in_memory().find("x", "", None) == []


REMOTE = (
    ('{ ?s search:matches "black sea" }', ["black", "fleet"]),
    ('{ ?s search:matches "fl" }', ["fleet"]),
    ('{ ?s search:matches "noire"@fr ; a :Sea }', ["black"]),
    ('{ GRAPH :one { ?s search:matches "sea" } }', ["port"]),
    ('{ (?s ?score ?label) search:matches ("fleet" 5) FILTER(?score = 1.0e0) }', ["fleet"]),
    ('{ (?s ?score) search:matches "fleet" }', ["fleet"]),
)


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def far(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    if request.param == "oxigraph":
        url = request.getfixturevalue("endpoint")
        yield RemoteStore(f"{url}/query", f"{url}/update")
        return
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as location:
        yield open_store(location)


def test_remote_stores_look_into_the_labels(far: RemoteStore, store: OxigraphStore) -> None:
    far.apply(Change(remove=tuple(far.quads()), insert=tuple(store.quads())))
    for pattern, expected in REMOTE:
        assert things(far, f"SELECT ?s {pattern}") == expected, pattern
    with pytest.raises(QueryError):
        things(far, 'SELECT ?s { ?s search:matches "" }')
    assert len(REMOTE) == 6
