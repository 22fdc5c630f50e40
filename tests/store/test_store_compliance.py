"""What every store must do, whichever engine stands behind it."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.errors import InputError, QueryError, StoreError
from entente.model import BlankNode, Change, Iri, Literal, Quad, Store, Triple, canonical_nquads
from entente.store import OxigraphStore, RemoteStore, open_store, parse
from servers import virtuoso

XSD = "http://www.w3.org/2001/XMLSchema#"
S, P, T, G, H = (Iri(f"http://example.org/{name}") for name in "spogh")
ENGINES = ("memory", "disk", "remote", "virtuoso")


@pytest.fixture(scope="module")
def virtuoso_location(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The location of a Virtuoso of our own; a test empties it before it begins."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as location:
        yield location


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the engine."""
    name: str = request.param
    return name


@pytest.fixture
def make(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """A maker of empty stores of one engine."""
    made: list[Store] = []
    number = count()

    def new() -> Store:
        store: Store
        if engine == "remote":
            url = request.getfixturevalue("endpoint")
            store = RemoteStore(f"{url}/query", f"{url}/update")
            store.apply(Change(remove=tuple(store.quads())))
        elif engine == "virtuoso":
            store = open_store(request.getfixturevalue("virtuoso_location"))
            store.apply(Change(remove=tuple(store.quads())))
        else:
            store = OxigraphStore(tmp_path / str(next(number)) if engine == "disk" else None)
        made.append(store)
        return store

    yield new
    for store in made:
        store.close()


@pytest.fixture
def store(make: Callable[[], Store]) -> Store:
    """One empty store."""
    return make()


def put(store: Store, *quads: Quad) -> None:
    store.apply(Change(insert=quads))


def test_every_engine_is_a_store(store: Store) -> None:
    assert isinstance(store, Store)
    assert len(store) == 0
    assert store.graphs() == ()


def test_apply_removes_then_inserts(store: Store) -> None:
    kept, gone, new = (Quad(S, P, Literal(text), G) for text in ("kept", "gone", "new"))
    put(store, kept, gone)
    store.apply(Change(remove=(kept, gone), insert=(kept, new)))
    assert set(store.quads()) == {kept, new}
    store.apply(Change())
    assert len(store) == 2


def test_inserting_twice_and_removing_the_absent_change_nothing(store: Store) -> None:
    put(store, Quad(S, P, T), Quad(S, P, T))
    store.apply(Change(remove=(Quad(S, P, T, G),)))
    assert list(store.quads()) == [Quad(S, P, T)]


def test_quads_matches_every_combination_of_terms(store: Store) -> None:
    data = {Quad(s, p, o, g) for s in (S, G) for p in (P, H) for o in (T, Literal("x", lang="en")) for g in (None, G, H)}
    put(store, *data)
    checked = 0
    for s in (None, S):
        for p in (None, P):
            for o in (None, T, Literal("x", lang="en")):
                for g in (None, G):
                    found = list(store.quads(s, p, o, g))
                    wanted = {
                        q
                        for q in data
                        if s in (None, q.subject)
                        and p in (None, q.predicate)
                        and o in (None, q.object)
                        and g in (None, q.graph)
                    }
                    assert len(found) == len(wanted)
                    assert set(found) == wanted
                    checked += 1
                assert set(store.quads(s, p, o, default_graph=True)) == {q for q in store.quads(s, p, o) if q.graph is None}
    assert checked == 24


def test_graphs_names_only_graphs_that_hold_something(store: Store) -> None:
    put(store, Quad(S, P, T, H), Quad(S, P, T, G), Quad(S, P, T))
    assert store.graphs() == (G, H)
    store.apply(Change(remove=(Quad(S, P, T, H),)))
    assert store.graphs() == (G,)


def test_the_default_graph_is_no_union(store: Store) -> None:
    put(store, Quad(S, P, T, G), Quad(S, P, T, H))
    assert not store.ask("ASK { ?s ?p ?o }")
    assert store.ask("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_a_fact_of_two_articles_counts_once_in_the_default_graph(store: Store) -> None:
    put(store, Quad(S, P, T, G), Quad(S, P, T, H), Quad(S, P, T))
    answer = store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert answer.rows == ((Literal("1", XSD + "integer"),),)


def test_select_gives_variables_rows_and_gaps(store: Store) -> None:
    put(store, Quad(S, P, T), Quad(T, P, Literal("x", lang="EN-gb")))
    found = store.select("SELECT ?s ?o ?none WHERE { ?s ?p ?o OPTIONAL { ?o <http://none/> ?none } } ORDER BY ?s")
    assert found.variables == ("s", "o", "none")
    assert found.rows == ((T, Literal("x", lang="en-gb"), None), (S, T, None))


def test_construct_is_sorted_and_without_repeats(store: Store) -> None:
    put(store, Quad(S, P, Literal("b")), Quad(S, P, Literal("a")))
    found = store.construct("CONSTRUCT { ?s ?p ?o . ?s ?p <http://x/> } WHERE { ?s ?p ?o }")
    assert found == (Triple(S, P, Literal("a")), Triple(S, P, Literal("b")), Triple(S, P, Iri("http://x/")))


LITERALS = (
    Literal(""),
    Literal("plain"),
    Literal('say "hi"\\ \n\r\t\b\f \x00\x01\x7f'),
    Literal("naïve 上海 \U0001f6a2 \u2028 \ufffe"),
    Literal("Zug", lang="de-AT"),
    Literal.of(True),
    Literal.of(-7),
    Literal.decimal(0.7),
    Literal.date("2023-07-20"),
    Literal("2023-07-20/2023-07-23", "http://id.loc.gov/datatypes/edtf"),
    Literal("2023-02-31", XSD + "date"),
    Literal("no number", XSD + "integer"),
    Literal("POINT(1 2)", "http://www.opengis.net/ont/geosparql#wktLiteral"),
)
NOT_IN_VIRTUOSO = (
    Literal("no number", XSD + "integer"),
    Literal("POINT(1 2)", "http://www.opengis.net/ont/geosparql#wktLiteral"),
)
"""What Virtuoso refuses, and what it keeps under a type of its own."""


def test_literals_come_back_as_they_went_in(store: Store, engine: str) -> None:
    kept = [value for value in LITERALS if engine != "virtuoso" or value not in NOT_IN_VIRTUOSO]
    put(store, *(Quad(S, P, value, G) for value in kept))
    assert {quad.object for quad in store.quads()} == set(kept)
    assert all(list(store.quads(object=value)) == [Quad(S, P, value, G)] for value in kept)
    assert len(kept) == (11 if engine == "virtuoso" else 13)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    lang=st.sampled_from(["", "en", "zh-hant", "de-ch-1996"]),
)
def test_any_text_round_trips(store: Store, text: str, lang: str) -> None:
    quad = Quad(S, P, Literal(text, lang=lang), G)
    put(store, quad)
    try:
        assert list(store.quads()) == [quad]
        assert store.select("SELECT ?o WHERE { GRAPH <http://example.org/g> { ?s ?p ?o } }").rows == ((quad.object,),)
    finally:
        store.apply(Change(remove=(quad,)))
    assert len(store) == 0


def test_a_number_has_one_spelling_and_goes_by_either(store: Store) -> None:
    put(store, Quad(S, P, Literal("0.70", XSD + "decimal")))
    assert list(store.quads()) == [Quad(S, P, Literal("0.7", XSD + "decimal"))]
    store.apply(Change(remove=(Quad(S, P, Literal("0.700", XSD + "decimal")),)))
    assert len(store) == 0


def test_a_change_that_cannot_be_made_whole_is_not_made(store: Store) -> None:
    put(store, Quad(S, P, T))
    with pytest.raises(InputError, match="blank node"):
        store.apply(Change(remove=(Quad(S, P, T),), insert=(Quad(S, P, BlankNode("b")),)))
    with pytest.raises(ValueError, match="absolute IRI"):
        store.apply(Change(remove=(Quad(S, P, T),), insert=(Quad(S, Iri("no iri"), T),)))
    assert list(store.quads()) == [Quad(S, P, T)]


ANSWERS = (
    ("SELECT ?o WHERE { ?s ?p ?o }", ("text/csv",), "text/csv", b"o\r\nhttp://example.org/o\r\n"),
    ("SELECT ?o WHERE { ?s ?p ?o }", ("application/xml",), "application/sparql-results+xml", b"http://example.org/o"),
    ("SELECT ?o WHERE { ?s ?p ?o }", ("text/turtle", "text/*;q=0.5"), "text/csv", b"http://example.org/o"),
    ("SELECT ?o WHERE { ?s ?p ?o }", ("text/tab-separated-values",), "text/tab-separated-values", b"<http://example.org/o>"),
    ("ASK { ?s ?p ?o }", (), "application/sparql-results+json", b"true"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", ("application/n-triples",), "application/n-triples", b"<http://example.org/o> .\n"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", ("application/json", "*/*"), "text/turtle", b"<http://example.org/o> .\n"),
    ("DESCRIBE <http://example.org/s>", ("application/ld+json",), "application/ld+json", b'"@id":"http://example.org/o"'),
)


def test_answer_takes_the_first_media_type_that_fits(store: Store) -> None:
    put(store, Quad(S, P, T))
    for query, accept, media_type, part in ANSWERS:
        got, body = store.answer(query, accept)
        assert (got, part in body) == (media_type, True), (query, accept, body)
    assert len(ANSWERS) == 8


REFUSED = (
    ("SELECT * WHERE {", ("*/*",), "ENTENTE-310", 400),
    ("INSERT DATA { <http://a/> <http://a/> 1 }", ("*/*",), "ENTENTE-311", 400),
    ("# update\nPREFIX a: <http://a/>\nDELETE WHERE { ?s ?p ?o }", ("*/*",), "ENTENTE-311", 400),
    ("LOAD <http://127.0.0.1:1/>", (), "ENTENTE-311", 400),
    ("SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", (), "ENTENTE-312", 403),
    ("SELECT * WHERE { ?s ?p ?o }", ("image/png",), "ENTENTE-313", 406),
    ("ASK { ?s ?p ?o }", ("text/turtle",), "ENTENTE-313", 406),
)


def test_answer_refuses_all_but_local_reads(store: Store) -> None:
    put(store, Quad(S, P, T))
    for query, accept, code, status in REFUSED:
        with pytest.raises(QueryError) as caught:
            store.answer(query, accept)
        assert (caught.value.code, caught.value.status) == (code, status), query
        assert caught.value.hint
    assert len(REFUSED) == 7
    assert len(store) == 1


def test_a_syntax_error_tells_its_place(store: Store, engine: str) -> None:
    with pytest.raises(QueryError, match="line 2" if engine == "virtuoso" else r"2:\d"):
        store.answer("SELECT * WHERE {\n ?s ?p }", ())


def test_dump_writes_equal_sets_alike(make: Callable[[], Store]) -> None:
    quads = [Quad(S, P, Literal(str(n)), g) for n in range(5) for g in (None, H, G)]
    first = written(make, quads)
    assert first == written(make, quads[::-1])
    assert first["application/n-quads"].decode() == canonical_nquads(quads)
    for media_type, body in first.items():
        read = set(parse(body, media_type))
        assert read == (set(quads) if media_type in {"application/n-quads", "application/trig"} else read)
        assert len(read) == (15 if media_type in {"application/n-quads", "application/trig", "application/ld+json"} else 5)
    assert len(first) == 6


def written(make: Callable[[], Store], quads: list[Quad]) -> dict[str, bytes]:
    store = make()
    put(store, *quads)
    found = {}
    for media_type in ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml",
                       "application/trig", "application/n-quads"):  # fmt: skip
        sink = io.BytesIO()
        store.dump(sink, media_type)
        found[media_type] = sink.getvalue()
    return found


def test_dump_of_one_graph(store: Store) -> None:
    put(store, Quad(S, P, T, G), Quad(S, P, T, H), Quad(T, P, S))
    for media_type, wanted in (("application/n-quads", Quad(S, P, T, G)), ("text/turtle", Quad(S, P, T))):
        sink = io.BytesIO()
        store.dump(sink, media_type, G)
        assert parse(sink.getvalue(), media_type) == (wanted,)


def test_a_bulk_of_quads_goes_in_at_once(store: Store) -> None:
    quads = tuple(Quad(Iri(f"http://example.org/{n}"), P, Literal.of(n), G) for n in range(10_000))
    put(store, *quads)
    assert len(store) == 10_000


def test_a_remote_store_without_update_url_is_read_only(endpoint: str) -> None:
    store = RemoteStore(f"{endpoint}/query")
    with pytest.raises(StoreError, match="reading only"):
        put(store, Quad(S, P, T))


def test_an_endpoint_that_is_not_there_is_named() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/sparql"
        store = RemoteStore(url, url, timeout=5)
        for act in (lambda: len(store), lambda: put(store, Quad(S, P, T)), lambda: store.answer("ASK {}", ())):
            with pytest.raises(StoreError, match=url) as caught:
                act()
            assert caught.value.code == "ENTENTE-503"


def test_an_address_that_is_no_sparql_endpoint_is_named(endpoint: str) -> None:
    with pytest.raises(StoreError, match="/nothing"):
        RemoteStore(f"{endpoint}/nothing").graphs()
    with pytest.raises(StoreError, match="SPARQL"):
        RemoteStore(f"{endpoint}/query").select("ASK {}")
