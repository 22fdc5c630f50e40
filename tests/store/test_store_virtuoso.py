"""Remote stores that are written to: a real Virtuoso, which departs from SPARQL 1.1, and `oxigraph serve`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from entente import resources
from entente.api import Settings, create_app
from entente.cli import cli
from entente.consensus import GraphSink
from entente.engine import LocalEngine
from entente.errors import InputError, StoreError
from entente.model import Change, Iri, Literal, Quad, Store
from entente.model.iri import graph
from entente.query import Catalogue
from entente.store import open_store, remote
from entente.store.address import Address, read_address
from entente.store.portions import portions
from entente_loaders.pipeline import prepare
from entente_loaders.sources import open_paths
from pipelines import tools
from servers import oxigraph, virtuoso

XSD = "http://www.w3.org/2001/XMLSchema#"
S, P, G = Iri("http://example.org/s"), Iri("http://example.org/p"), Iri("http://example.org/g")
LITERALS = (
    *(Literal(text) for text in ('a\nb"\\é', "", "007", " a ", "tab\tx\r\nq", "x" * 20_000)),
    *(Literal.of(value) for value in (True, False, 12)),
    *(Literal.decimal(0.7), Literal.date("2023-07-20"), Literal("x", lang="en-gb"), Literal("x", lang="en")),
    *(
        Literal(text, XSD + kind)
        for text, kind in (("2023-07", "gYearMonth"), ("2023", "gYear"), ("http://x.org/", "anyURI"))
    ),
    Literal("2023-07-20/..", "http://id.loc.gov/datatypes/edtf"),
)
SAMPLES = [resources.folder("samples") / f"interaction-00{n}.txt" for n in (2, 3, 4)]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as location:
        yield location


def dump(store: Store) -> list[str]:
    sink = io.BytesIO()
    store.dump(sink, "application/n-quads")
    return sink.getvalue().decode().splitlines()


def test_virtuoso_gives_back_and_takes_out_what_was_put_in(endpoint: str) -> None:
    store = open_store(endpoint)
    quads = tuple(Quad(S, P, literal, name) for literal in LITERALS for name in (None, G))
    store.apply(Change(insert=quads))
    assert set(store.quads()) == set(quads)
    assert len(store) == len(quads)
    assert store.graphs() == (G,)
    for name in (None, G):
        assert {q.object for q in store.quads(S, graph=name, default_graph=name is None)} == set(LITERALS)
    for quad in quads:
        assert list(store.quads(*quad[:3], graph=quad.graph, default_graph=quad.graph is None)) == [quad]
    assert store.ask(f"ASK {{ ?s {P.n3()} ?o }}")
    assert not store.ask("ASK { ?s <http://example.org/none> ?o }")
    store.apply(Change(remove=quads))
    assert list(store.quads()) == []


def article_life(store: Store) -> list[str]:
    """Put three articles in, correct one, take one out, and give what is then in the store."""
    index = tools().index
    sink = GraphSink(store, index)
    sink.prepare("test", {"ontology": index.base.graphs["ontology"]})
    articles = [article for article in open_paths(SAMPLES) if not isinstance(article, Exception)]
    wrong = replace(articles[0], content=articles[0].content.replace(b"Russia", b"India"))
    first, second, third, other = (prepare(each, tools().extractor, index)[2] for each in (*articles, wrong))
    sink.put_all([first, second, third])
    sink.put_all([other])
    sink.put_all([first])
    store.apply(sink.change(third.graph, ()))
    return dump(store)


def test_virtuoso_ends_up_with_the_graph_of_a_store_of_our_own(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_CHARACTERS_A_REQUEST", 300_000)
    expected = article_life(open_store("memory:"))
    assert len(expected) > 5_000
    assert article_life(open_store(endpoint)) == expected


def test_an_answer_that_virtuoso_cuts_off_is_an_error(tmp_path: Path) -> None:
    with virtuoso(tmp_path, rows=50) as location:
        store = open_store(location)
        store.apply(Change(insert=tuple(Quad(S, P, Literal.of(n), G) for n in range(60))))
        with pytest.raises(StoreError) as caught:
            list(store.quads(S))
        assert caught.value.code == "ENTENTE-512"


def test_the_command_line_ingests_into_an_endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    files = [str(path) for path in SAMPLES[:2]]
    with oxigraph(tmp_path) as location:
        assert "(added 2)" in run("--store", location, "ingest", *files)
        assert "(unchanged 2)" in run("--store", location, "ingest", *files)
        run("--store", location, "retract", "interaction-003")
        left = run("--store", location, "dump", "-f", "nq")
    run("--store", "own", "ingest", files[0])
    assert run("--store", "own", "dump", "-f", "nq") == left
    assert [path.name.split("-", 2)[2] for path in tmp_path.glob("entente-*")] == ["journal.sqlite"]


@pytest.mark.parametrize("peer", ["oxigraph", "virtuoso"])
def test_the_command_line_and_the_service_write_to_an_endpoint(
    peer: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """SPARQL updates and whole graphs, with a token, over both peers; the peer is asked what came of it."""

    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(cli, ("--store", location, "sparql", *arguments))
        assert result.exit_code == code, result.output
        return result.output

    with ExitStack() as stack:
        location = request.getfixturevalue("endpoint") if peer == "virtuoso" else stack.enter_context(oxigraph(tmp_path))
        store = open_store(location)
        store.apply(Change(remove=tuple(store.quads())))
        run("--update", f"INSERT DATA {{ GRAPH {G.n3()} {{ {S.n3()} {P.n3()} 1 }} }}")
        assert list(store.quads()) == [Quad(S, P, Literal.of(1), G)]
        assert "ENTENTE-322" in run("--update", "LOAD <http://example.org/x>", code=2)
        assert "ENTENTE-310" in run("--update", "INSERT NOTHING", code=2)
        engine = LocalEngine(store, counted=False)
        stack.callback(engine.close)
        settings = Settings(token_hashes=(sha256(b"t").hexdigest(),))
        app = create_app(store, None, Catalogue(()), settings, engine)  # type: ignore[arg-type]
        client = stack.enter_context(TestClient(app, headers={"authorization": "Bearer t"}))
        written = client.post("/update", data={"update": f"DELETE WHERE {{ GRAPH {G.n3()} {{ ?s ?p ?o }} }}"})
        assert (written.status_code, list(store.quads())) == (204, []), written.text
        turtle = {"content-type": "text/turtle"}
        put = client.put("/store", params={"graph": G}, content="<http://e/s> <http://e/p> 2 .", headers=turtle)
        assert put.status_code in (201, 204), put.text
        assert [quad.graph for quad in store.quads()] == [G]
        assert client.get("/store", params={"graph": G}).text.strip().endswith("2 .")
        assert client.delete("/store", params={"graph": G}).status_code == 204
        assert list(store.quads()) == []
        refused = client.post("/update", data={"update": "CLEAR ALL"}, headers={"authorization": "Bearer x"})
        assert refused.status_code == 401


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("http://h/query", Address("http://h/query", "http://h/update")),
        ("sparql+https://h:1/ds/query", Address("https://h:1/ds/query", "https://h:1/ds/update")),
        ("sparql+http://h/repositories/r", Address("http://h/repositories/r", "http://h/repositories/r/statements")),
        ("sparql+http://u:p%40@h/sparql", Address("http://h/sparql", "http://h/sparql", ("u", "p@"))),
        ("http://h/a#update=http://h/b&default-graph=urn:d", Address("http://h/a", "http://h/b", None, Iri("urn:d"))),
    ],
)
def test_addresses_are_read(location: str, address: Address) -> None:
    assert read_address(location) == address


@pytest.mark.parametrize("location", ["http://", "sparql+http://h:x/", "http://h/#nothing=1", "http://h/#default-graph=a b"])
def test_what_is_no_address_is_refused(location: str) -> None:
    with pytest.raises(InputError) as caught:
        read_address(location)
    assert caught.value.code == "ENTENTE-149"


def test_portions_keep_articles_whole_and_last(monkeypatch: pytest.MonkeyPatch) -> None:
    names = (graph("dataset"), graph("article", "a"), None, graph("article", "b"), graph("identity"))
    quads = [Quad(S, P, Literal.of(n), name) for n in range(40) for name in names]
    change = Change(tuple(quads[:100]), tuple(quads[100:]))
    assert list(portions(change, 10**9)) == [change]
    parts = list(portions(change, 2_000))
    assert len(parts) > 3
    assert sorted(q.n3() for p in parts for q in p.remove) == sorted(q.n3() for q in change.remove)
    assert sorted(q.n3() for p in parts for q in p.insert) == sorted(q.n3() for q in change.insert)
    where = {name: {n for n, p in enumerate(parts) for q in (*p.remove, *p.insert) if q.graph == name} for name in names}
    assert len(where[names[1]]) == len(where[names[3]]) == 1
    assert max(where[None] | where[names[4]]) <= min(where[names[1]] | where[names[3]])
    assert {q.graph for q in parts[0].remove} >= {names[0]}
    assert names[0] in {q.graph for q in parts[-1].insert}
