"""SERVICE reaches the servers that are allowed, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entente.engine import FolderEngine, Limits, LocalEngine, Relay
from entente.engine import relay as relays
from entente.errors import Error, QueryError, StoreError
from entente.store import OxigraphStore, Question

ROWS = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "http://e/far"}}]}})


DOCUMENTS = {
    "/d/two.ttl": ("text/turtle; charset=utf-8", "<x> <http://e/p> 'load <http://e/> service <x:y>' , [] ."),
    "/d/many.nt": ("application/n-triples", "".join(f"<http://e/s> <http://e/p> <http://e/{n}> .\n" for n in range(9))),
    "/d/broken.ttl": ("text/turtle", "<x> <y"),
    "/d/page": ("text/html", "<p>"),
    "/d/context.jsonld": ("application/ld+json", '{"@context": "http://e/context", "@id": "http://e/x"}'),
    "/d/graphs.jsonld": (
        "application/ld+json",
        '{"@id": "http://e/g", "@graph": [{"@id": "http://e/s", "http://e/p": 1}]}',
    ),
}


class Far:
    """A server elsewhere: /a/sparql answers, /a/moved redirects, /a/endless never ends; below /d/ are documents."""

    def __init__(self) -> None:
        calls: list[str] = []
        agents: set[str] = set()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                calls.append(self.path)
                agents.add(self.headers["User-Agent"])
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(302 if self.path == "/a/moved" else 200)
                self.send_header("Location", "/sparql")
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                try:
                    self.wfile.write(ROWS.encode())
                    while self.path == "/a/endless":
                        self.wfile.write(b" " * 65536)
                except OSError:
                    return

            def do_GET(self) -> None:
                calls.append(self.path)
                media_type, document = DOCUMENTS.get(self.path, ("text/turtle", ""))
                self.send_response(302 if self.path == "/d/moved" else 200)
                self.send_header("Location", "/d/two.ttl")
                self.send_header("Content-Type", media_type)
                self.end_headers()
                self.wfile.write(document.encode())

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet."""

        self.calls, self.agents = calls, agents
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def far() -> Iterator[Far]:
    made = Far()
    yield made
    made.close()


@pytest.fixture
def relay(far: Far) -> Iterator[Relay]:
    made = Relay((f"{far.url}/a/",), (f"{far.url}/d/",), permit=lambda _: True)
    yield made
    made.close()


@pytest.fixture(params=["threads", "processes"])
def engine(request: pytest.FixtureRequest, relay: Relay, tmp_path: Path) -> Iterator[LocalEngine | FolderEngine]:
    store = OxigraphStore(None)
    made: LocalEngine | FolderEngine
    made = LocalEngine(store, relay=relay) if request.param == "threads" else FolderEngine(tmp_path / "s", Limits(), relay)
    yield made
    made.close()


def ask(engine: LocalEngine | FolderEngine, query: str) -> bytes:
    async def run() -> bytes:
        return (await engine.ask(Question(query, ("text/csv",)), "me")).first

    return asyncio.run(run())


def test_an_allowed_server_is_called(engine: LocalEngine | FolderEngine, far: Far) -> None:
    for call in (f"SERVICE <{far.url}/a/sparql>", f"service#why\n silent <{far.url}/a/sparql?x=1>"):
        assert ask(engine, f"SELECT ?x {{ {call} {{ ?x ?y ?z }} }}") == b"x\r\nhttp://e/far\r\n"
    assert far.calls == ["/a/sparql", "/a/sparql?x=1"]
    assert all(agent.startswith("Entente/") and "https://" in agent for agent in far.agents)


def test_redirects_and_floods_are_refused(engine: LocalEngine | FolderEngine, far: Far) -> None:
    for path in ("moved", "endless"):
        with pytest.raises(Error):
            ask(engine, f"SELECT ?x {{ SERVICE <{far.url}/a/{path}> {{ ?x ?y ?z }} }}")
    assert far.calls == ["/a/moved", "/a/endless"]


def test_an_answer_of_too_many_rows_is_an_error_and_not_cut_off(
    engine: LocalEngine | FolderEngine, far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = f"SELECT ?x {{ SERVICE <{far.url}/a/sparql> {{ ?x ?y ?z }} }}"
    monkeypatch.setattr(relays, "_ROWS", 1)
    assert ask(engine, query) == b"x\r\nhttp://e/far\r\n"
    monkeypatch.setattr(relays, "_ROWS", 0)
    with pytest.raises(QueryError, match="more than 0 rows") as failed:
        ask(engine, query)
    assert (failed.value.code, failed.value.status) == ("ENTENTE-342", 502)


def load(engine: LocalEngine | FolderEngine, update: str) -> None:
    engine.update(engine.admit(update))


def test_allowed_documents_are_loaded(engine: LocalEngine | FolderEngine, far: Far) -> None:
    load(engine, f"LOAD <{far.url}/d/two.ttl> ; load#why\n<{far.url}/d/many.nt> INTO GRAPH <http://e/g>")
    [said] = ask(engine, "SELECT ?o { ?s <http://e/p> ?o FILTER(isLiteral(?o)) }").splitlines()[1:]
    assert said == b"load <http://e/> service <x:y>"
    assert ask(engine, f"SELECT ?o {{ <{far.url}/d/x> ?p ?o }}").count(b"\n") == 3
    assert ask(engine, "SELECT (COUNT(*) AS ?n) { GRAPH <http://e/g> { ?s ?p ?o } }") == b"n\r\n9\r\n"


def test_what_cannot_be_loaded_is_told_and_undoes_the_update(
    engine: LocalEngine | FolderEngine, far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relays, "_TRIPLES", 8)
    reasons = {
        "many.nt": "more than 8 triples",
        "moved": "redirects are not followed",
        "broken.ttl": "cannot be read",
        "page": "no format of RDF",
        "context.jsonld": "cannot be read",
        "graphs.jsonld": "named graphs",
    }
    for path, reason in reasons.items():
        with pytest.raises(QueryError, match=reason) as failed:
            load(engine, f"INSERT DATA {{ <a:a> <a:b> 1 }} ; LOAD <{far.url}/d/{path}>")
        assert failed.value.code == "ENTENTE-342"
        load(engine, f"LOAD SILENT <{far.url}/d/{path}>")
    assert ask(engine, "SELECT ?s { ?s ?p ?o }") == b"s\r\n"


FORBIDDEN_LOADS = (
    "LOAD <URL/other>",
    "LOAD <URL/a/sparql>",
    "LOAD <URL/d/two.ttl> ; LOAD <URL/other>",
    "PREFIX d: <URL/d/> LOAD d:two.ttl",
    "BASE <URL/d/> LOAD <two.ttl>",
    "LOAD <URL/d/tw\\u006F.ttl>",
    "\\u004COAD <URL/other>",
    "INSERT DATA { <a:a> <a:b> 'LOAD <URL/d/two.ttl>' }",
    "LOAD <URL/d/two.ttl> ; INSERT { ?s ?p ?o } WHERE { SERVICE <URL/a/sparql> { ?s ?p ?o } }",
    "INSERT DATA { <a:a> <a:b> '''a' }; LOAD <URL/other> #'''\n }",
)


def test_no_other_document_is_loaded(relay: Relay, far: Far) -> None:
    engine = LocalEngine(OxigraphStore(None), relay=relay)
    for update in FORBIDDEN_LOADS:
        with pytest.raises(QueryError) as refused:
            load(engine, update.replace("URL", far.url))
        assert refused.value.status == 403, update
    engine.close()
    assert far.calls == []
    assert len(FORBIDDEN_LOADS) == 10


REFUSED = (
    "SELECT * { SERVICE <URL/other> { ?x ?y ?z } }",
    "SELECT * { SERVICE <URL/a/sparql> { SERVICE <URL/other> { ?x ?y ?z } } }",
    "SELECT * { VALUES ?s { <URL/a/sparql> } SERVICE ?s { ?x ?y ?z } }",
    "PREFIX u: <URL/a/> SELECT * { SERVICE u:sparql { ?x ?y ?z } }",
    "SELECT * { \\u0053ERVICE <URL/other> { ?x ?y ?z } }",
    "SELECT * { SERVICE <URL/a/sp\\u0061rql> { ?x ?y ?z } }",
    "SELECT * { BIND('SERVICE <URL/a/sparql>' AS ?t) }",
    "SELECT * { trueSERVICE <URL/other> { ?x ?y ?z } }",
    "BASE <URL/> SELECT * { SERVICE <other> { ?x ?y ?z } }",
)


def test_everything_else_is_refused(relay: Relay, far: Far) -> None:
    store = OxigraphStore(None)
    engine = LocalEngine(store, relay=relay)
    for query in REFUSED:
        with pytest.raises(QueryError) as refused:
            ask(engine, query.replace("URL", far.url))
        assert refused.value.status == 403, query
    engine.close()
    assert far.calls == []
    assert len(REFUSED) == 9


PIECES = st.sampled_from(
    [
        *"'\"<>#{}.?$ \n",
        "'''",
        "SERVICE",
        "SILENT",
        "<ALLOWED/a/sparql>",
        "<FORBIDDEN>",
        "{ ?s ?p ?o }",
        "{",
        "}",
        "BIND(1 AS ?y)",
        "VALUES ?v { <FORBIDDEN> }",
        "\\u0053ERVICE",
        "\\u003CFORBIDDEN>",
        "u:",
        "?v",
        "#",
        "FILTER(true)",
    ]
)


@settings(max_examples=200, deadline=None)
@given(before=st.lists(PIECES, max_size=6), after=st.lists(PIECES, max_size=6))
@example(before=["FILTER(true)"], after=["SERVICE", "<FORBIDDEN>", "{ ?s ?p ?o }"])
@example(before=["'", "SERVICE", " ", "<ALLOWED/a/sparql>", "'"], after=["SERVICE", "?v", "{ ?s ?p ?o }"])
def test_nothing_but_what_is_allowed_is_ever_called(before: list[str], after: list[str]) -> None:
    allowed, forbidden = _servers()
    body = f"{''.join(before)} SERVICE <ALLOWED/a/sparql> {{ ?s ?p ?o }} {''.join(after)}"
    query = f"PREFIX u: <FORBIDDEN> SELECT * {{ {body} }}".replace("ALLOWED", allowed.url).replace(
        "FORBIDDEN", forbidden.url
    )
    relay = _relay(allowed.url)
    with contextlib.suppress(Error):
        text = relay.redirect(query)
        OxigraphStore(None).evaluate(Question(text, relay=relay.address), lambda _: None, io.BytesIO())
    assert forbidden.calls == []


@cache
def _servers() -> tuple[Far, Far]:
    return Far(), Far()


@cache
def _relay(allowed: str) -> Relay:
    return Relay((f"{allowed}/a/",), permit=lambda _: True)


@pytest.fixture(scope="module", autouse=True)
def _end_the_servers() -> Iterator[None]:
    yield
    if _servers.cache_info().currsize:
        allowed, forbidden = _servers()
        assert allowed.calls
        for each in (allowed, forbidden, _relay(allowed.url)):
            each.close()


def test_private_addresses_are_refused(far: Far) -> None:
    relay = Relay((f"{far.url}/",))
    path = relay.address.split("/", 3)[3]
    status, _, body = relay.forward(f"/{path}{far.url}/a/sparql".replace("://", "%3A%2F%2F"), b"", {})
    assert (status, b"not on the open internet" in body) == (502, True)
    assert relay.forward("/guessed/x", b"", {})[0] == 404
    assert relay.forward(f"/{path}{far.url}/a/sparql".replace("://", "%3A%2F%2F"), None, {})[0] == 502
    relay.close()
    assert far.calls == []


def test_what_is_allowed_names_servers() -> None:
    for wrong in ("https://host", "host/", "ftp://host/", "http://allowed@evil/", ""):
        with pytest.raises(StoreError):
            Relay((wrong,))
