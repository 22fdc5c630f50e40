"""Nobody's query makes the store call another server."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entente.errors import QueryError
from entente.store.sparql import check_update, refuse_service


class Listener:
    """A socket that counts who calls it."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.calls = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            with caller:
                caller.sendall(b"HTTP/1.0 500 no\r\n\r\n")

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def refused(query: str) -> bool:
    try:
        refuse_service(query)
    except QueryError:
        return True
    return False


def calls(query: str, listener: Listener) -> bool:
    """Whether the bare engine, without the check, calls the listener when it runs the query."""
    before = listener.calls
    # the engine may choke on what it is given: whether it called is all that counts
    with contextlib.suppress(SyntaxError, OSError, RuntimeError, ValueError):
        ox.Store().query(query.replace("URL", listener.url)).serialize(format=ox.QueryResultsFormat.JSON)
    return listener.calls > before


ATTACKS = (
    "SELECT * { SERVICE <URL> {?s ?p ?o} }",
    "SELECT * { service silent <URL> {?s ?p ?o} }",
    "SELECT * { SERVICESILENT<URL>{?s ?p ?o} }",
    "SELECT * { SERVICE # why\n#not\r SILENT # so\n <URL> {?s ?p ?o} }",
    "PREFIX : <URL> SELECT * { SERVICE: {?s ?p ?o} }",
    "PREFIX a: <URL> SELECT * { SERVICEa: {?s ?p ?o} }",
    "SELECT * { FILTER(true)SERVICE<URL>{?s ?p ?o} }",
    "SELECT * { BIND('a\\u0027#' AS ?x) SERVICE <URL> {?s ?p ?o} }",
    "SELECT * { VALUES ?x {'''a' } SERVICE <URL> {?s ?p ?o} #'''\n }",
    "SELECT * { FILTER(2<'>'||true) SERVICE <URL> {?s ?p ?o} FILTER('a'='a') }",
    "PREFIX a: <a:> SELECT * { FILTER(2<a:b&&'>'!='q'||true) SERVICE <URL> {?s ?p ?o} FILTER(')'=')') }",
    "SELECT * { FILTER(1<2#>\n)SERVICE<URL>{?s ?p ?o} }",
    "SELECT * { BIND(<a:\\u00E9#> AS ?y) BIND('\\u0027' AS ?x) SERVICE <URL> {} #'''\n }",
    "SELECT * { { SELECT * { {} UNION { SERVICE <URL> {?s ?p ?o} } } } }",
    "ASK { OPTIONAL { SERVICE\t<URL>\n{?s ?p ?o} } }",
)


def test_attacks_are_refused(listener: Listener) -> None:
    called = [query for query in ATTACKS if calls(query, listener)]
    assert len(called) >= 11, "the attacks no longer reach the bare engine"
    assert [query for query in ATTACKS if not refused(query)] == []
    assert len(ATTACKS) == 15


def test_a_variable_service_and_hidden_spellings_are_refused() -> None:
    for query in (
        "SELECT * { VALUES ?x { <http://h/> } SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE $x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://h/> { ?s ?p ?o } }",
        "SELECT * { SERVIC\\U00000045 <http://h/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p true.SERVICE<http://h/>{} }",
        "SELECT * { ?s ?p 1e0SERVICE<http://h/>{} }",
    ):
        assert refused(query), query


HARMLESS = (
    "SELECT ?service WHERE { ?service ?p ?o }",
    "SELECT $service WHERE { $service <http://p/> ?service . ?myservice ?p ?o }",
    "PREFIX ex: <http://example.org/service/> SELECT * { ?s a ex:service ; ex:service ?o ; ex:web-service <http://x/> }",
    "SELECT * { <http://example.org/service> <http://example.org/service#> ?o }",
    "SELECT * { ?s ?p 'in the service of peace' FILTER(CONTAINS(?p, \"service\")) } # at your service",
    "SELECT * { ?s ?p ?o }",
)


def test_the_word_alone_does_no_harm() -> None:
    for query in HARMLESS:
        assert not refused(query), query
    assert len(HARMLESS) == 6


PIECES = st.sampled_from(
    [
        *"'\"<>#\\{}().?:$ \n\r",
        "'''",
        '"""',
        "SERVICE",
        "service",
        "SILENT",
        "<URL>",
        "{}",
        "{?s ?p ?o}",
        "VALUES ?x {",
        "a:b",
        "true",
        "1",
        "1.",
        "1e0",
        "'x'@en",
        "FILTER(",
        "BIND(1 AS ?y)",
        "\\u0027",
        "\\u0020",
        "\\u003E",
        "<a:b>",
        "<a:\\u00E9#>",
        "&&",
        "OPTIONAL",
        "UNION",
        "?x",
        "a:",
        ":",
    ]
)


@settings(max_examples=400, deadline=None)
@given(before=st.lists(PIECES, max_size=5), between=st.lists(PIECES, max_size=3), after=st.lists(PIECES, max_size=4))
@example(before=["FILTER(", "true", ")"], between=[], after=[])
def test_what_passes_never_calls(listener: Listener, before: list[str], between: list[str], after: list[str]) -> None:
    call = f"{''.join(before)}SERVICE{''.join(between)}<URL>{{?s ?p ?o}}{''.join(after)}"
    query = f"PREFIX a: <URL> PREFIX : <URL> SELECT * {{ {call} }}"
    if not refused(query):
        assert not calls(query, listener), query


def update_refused(update: str) -> bool:
    try:
        check_update(update)
    except QueryError:
        return True
    return False


def update_calls(update: str, listener: Listener) -> bool:
    """Whether the bare engine, without the check, calls the listener when it runs the update."""
    before = listener.calls
    with contextlib.suppress(SyntaxError, OSError, RuntimeError, ValueError):
        ox.Store().update(update.replace("URL", listener.url))
    return listener.calls > before


LOADS = (
    "LOAD <URL>",
    "load silent <URL> into graph <http://g/>",
    "LOADSILENT<URL>",
    "LOAD#why\n#not\r<URL>",
    "PREFIX : <URL> LOAD:",
    "PREFIX a: <URL> LOADa:",
    "BASE <URL> LOAD <x>",
    "INSERT DATA { <a:a> <a:b> '''a' };LOAD <URL> #''' }",
    "INSERT DATA { <a:a> <a:b> 'a\\u0027#' };LOAD <URL>",
    "DELETE { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "INSERT { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o OPTIONAL { SERVICE SILENT <URL> { ?s ?p ?o } } }",
)


def test_updates_that_fetch_are_refused(listener: Listener) -> None:
    called = [update for update in LOADS if update_calls(update, listener)]
    assert len(called) >= 6, "the attacks no longer reach the bare engine"
    assert [update for update in LOADS if not update_refused(update)] == []
    assert len(LOADS) == 11


def test_the_word_load_alone_does_no_harm() -> None:
    for update in (
        "INSERT DATA { <http://ship/load> <http://p/load> 'the load is <heavy' }",
        "PREFIX a: <http://a/> INSERT DATA { a:load a:load 'downloads' }",
        "DELETE { ?load ?p ?o } WHERE { ?load ?p ?o }",
    ):
        assert not update_refused(update), update


@settings(max_examples=300, deadline=None)
@given(
    word=st.sampled_from(["LOAD", "load", "SERVICE", "LOADSILENT", "\\u004COAD"]),
    before=st.lists(st.one_of(PIECES, st.sampled_from([";", "INSERT DATA {", "}", "CLEAR ALL", "WHERE"])), max_size=5),
    between=st.lists(PIECES, max_size=3),
    after=st.lists(PIECES, max_size=4),
)
@example(word="LOAD", before=[], between=[], after=[])
def test_updates_that_pass_never_fetch(
    listener: Listener, word: str, before: list[str], between: list[str], after: list[str]
) -> None:
    update = f"PREFIX a: <URL> PREFIX : <URL> {''.join(before)}{word}{''.join(between)}<URL>{''.join(after)}"
    if not update_refused(update):
        assert not update_calls(update, listener), update
