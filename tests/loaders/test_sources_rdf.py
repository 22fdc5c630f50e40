"""RDF files of researchers: every format, blank nodes named by what they say, events told by their source, and refusals."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.cli.sourcing import kit as make_kit
from entente.cli.workbench import Workbench
from entente.consensus import GraphSink
from entente.errors import ArticleError, InputError
from entente.model import BlankNode, Delta, Held, Iri, Triple
from entente.model.iri import entity
from entente.model.terms import ent, oa, rdf, rdfs
from entente.resources import folder
from entente.store import open_store
from entente_loaders.sources import Item, Kit, open_source
from entente_loaders.sources.skolem import named
from material import EXERCISE, PREFIXES, SHIP
from pipelines import default_graph, run, tools

N_TRIPLES = '<http://data.example/hull-7> <https://w3id.org/entente/ns#alias> "Albatross" .\n'
JSON_LD = '{"@id": "http://data.example/hull-7", "https://w3id.org/entente/ns#alias": "Albatross"}'
RDF_XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ent="https://w3id.org/entente/ns#">
<rdf:Description rdf:about="http://data.example/hull-7"><ent:alias>Albatross</ent:alias></rdf:Description></rdf:RDF>"""


@cache
def kit() -> Kit:
    return make_kit(Workbench.open())


def read(path: Path, data: str | bytes, **options: str) -> list[Item]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(open_source(str(path), None, options, kit()))


def deltas(items: list[Item]) -> list[Delta]:
    assert all(isinstance(item, Delta) for item in items), items
    return [item for item in items if isinstance(item, Delta)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.ttl", N_TRIPLES),
        ("x.nt", N_TRIPLES),
        ("x.nq", N_TRIPLES),
        ("x.trig", N_TRIPLES),
        ("x.rdf", RDF_XML),
        ("x.xml", RDF_XML),
        ("x.owl", RDF_XML),
        ("x.jsonld", JSON_LD),
    ],
)
def test_every_format_is_read_into_the_same_graph(name: str, text: str, tmp_path: Path) -> None:
    [delta] = deltas(read(tmp_path / name, text))
    assert (delta.slug, delta.graph) == ("rdf-x", "https://w3id.org/entente/graph/article/rdf-x")
    assert f"{N_TRIPLES.strip()}" in {f"{triple.n3()} ." for triple in delta.triples}


def test_each_named_graph_is_a_delta_of_its_own(tmp_path: Path) -> None:
    text = f"{PREFIXES} {{ ex:a ent:alias 'A' }} ex:g {{ ex:b ent:alias 'B' }} ex:h {{ ex:c ent:alias 'C' }}"
    found = deltas(read(tmp_path / "two.trig", text))
    assert [len({t.subject for t in d.triples if t.predicate == ent.alias}) for d in found] == [1, 1, 1]
    assert len({d.slug for d in found}) == 3


def test_what_the_file_says_of_events_becomes_claims_of_its_source(tmp_path: Path) -> None:
    [delta] = deltas(read(tmp_path / "mine.ttl", PREFIXES + EXERCISE, outlet="A research group"))
    assert tools().gate.check(delta.triples).passed
    [event] = {t.subject for t in delta.triples if t.predicate == ent.eventType}
    assert event.startswith(f"{delta.article}/event/gull-99-")
    assert Triple(event, rdfs.seeAlso, Iri("http://data.example/gull-99")) in delta.triples
    [claim] = {t.subject for t in delta.triples if t.object == ent.Claim}
    assert Triple(claim, ent.assertedBy, entity("outlet", "a-research-group")) in delta.triples
    [quote] = {t.object for t in delta.triples if t.predicate == oa.exact}
    assert "Grey Gull 99" in quote.n3()
    assert not any(t.subject == Iri("http://data.example/p1") for t in delta.triples)


def test_what_came_from_a_file_is_published_and_can_be_asked_for(tmp_path: Path) -> None:
    sink = GraphSink(open_store("memory:"), tools().index)
    sink.prepare(tools().index.version, tools().index.base.graphs)
    [delta] = deltas(read(tmp_path / "mine.ttl", PREFIXES + EXERCISE + SHIP))
    sink.put(delta)
    again = deltas(read(tmp_path / "mine.ttl", PREFIXES + SHIP + EXERCISE))[0]
    assert (sink.held(again), again.triples) == (Held.SAME, delta.triples)
    published = default_graph(sink.store)
    [exercise] = {t.subject for t in published if t.predicate == ent.describedAs}
    assert Triple(exercise, ent.dyad, entity("dyad", "365-710")) in published
    assert Triple(Iri("http://data.example/hull-7"), ent.belongsToState, entity("state", "RUS")) in published


def test_numbers_are_taken_as_the_store_keeps_them(tmp_path: Path) -> None:
    text = f"{PREFIXES} ex:a ent:count '007'^^xsd:integer , '2'^^xsd:nonNegativeInteger ; ent:confidence 0.70 ."
    [delta] = deltas(read(tmp_path / "numbers.ttl", text))
    sink = GraphSink(open_store("memory:"), tools().index)
    sink.put(delta)
    assert sink.held(delta) is Held.SAME


def test_a_dump_of_another_graph_comes_in_article_by_article(tmp_path: Path) -> None:
    sample = min(folder("samples").glob("*.txt"))
    [outcome] = run([sample]).outcomes
    assert outcome.delta is not None
    lines = "".join(f"{t.n3()} {outcome.delta.graph.n3()} .\n" for t in outcome.delta.triples)
    [delta] = deltas(read(tmp_path / "dump.nq", lines))
    assert (delta.slug, delta.graph, delta.triples) == (outcome.delta.slug, outcome.delta.graph, outcome.delta.triples)


ARTICLE = "<https://w3id.org/entente/id/article/a>"
REFUSED = [
    ("x.ttl", "ex:a ex:b ex:c .", "236"),
    ("x.ttl", "ent:Vessel skos:prefLabel 'ship'@en .", "236"),
    ("x.ttl", "ex:c a ent:Claim .", "236"),
    ("x.trig", "<https://w3id.org/entente/graph/article/a> { ex:a ent:alias 'x' }", "236"),
    ("x.trig", f"<https://w3id.org/entente/graph/article/b> {{ {ARTICLE} a ent:Article }}", "236"),
    ("x.trig", f"<https://w3id.org/entente/graph/article/a> {{ {ARTICLE} a ent:Article . ex:e ent:eventType v:x }}", "236"),
    ("x.ttl", "ex:a ent:alias 'never closed", "235"),
    ("x.ttl", "", "235"),
]


@pytest.mark.parametrize(("name", "text", "code"), REFUSED)
def test_what_cannot_come_in_is_refused_with_its_reason(name: str, text: str, code: str, tmp_path: Path) -> None:
    [error] = read(tmp_path / name, PREFIXES + text)
    assert isinstance(error, ArticleError)
    assert (error.code, error.hint is not None, str(tmp_path / name) in error.message) == (f"ENTENTE-{code}", True, True)


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.nq", "x.trig", "x.rdf", "x.jsonld"])
@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\xff\xfe\x00", b"<<<", b"{", N_TRIPLES.encode()[:40]])
def test_junk_in_any_format_is_refused(name: str, data: bytes, tmp_path: Path) -> None:
    [error] = read(tmp_path / name, data)
    assert isinstance(error, ArticleError)
    assert error.code == "ENTENTE-235"


def test_nothing_is_fetched_for_a_json_ld_context(tmp_path: Path) -> None:
    [error] = read(tmp_path / "x.jsonld", '{"@context": "http://127.0.0.1:9/context", "name": "x"}')
    assert isinstance(error, ArticleError)
    assert error.code == "ENTENTE-235"


def test_the_gate_refuses_what_the_shapes_do_not_allow(tmp_path: Path) -> None:
    [delta] = deltas(
        read(tmp_path / "bad.ttl", PREFIXES + EXERCISE.replace("ent:participant <", "ent:participant ex:x , <", 1))
    )
    assert not tools().gate.check(delta.triples).passed


def test_without_a_reader_of_rdf_the_source_says_what_it_needs(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text(N_TRIPLES)
    with pytest.raises(InputError) as caught:
        list(open_source(str(file)))
    assert caught.value.code == "ENTENTE-194"


NODES = st.integers(0, 4).map(lambda n: BlankNode(f"n{n}"))
TERMS = st.one_of(NODES, st.sampled_from([Iri("urn:a"), Iri("urn:b")]))
GRAPHS = st.sets(st.builds(Triple, TERMS, st.sampled_from([Iri("urn:p"), Iri("urn:q")]), TERMS), max_size=8)


def shape(triples: set[Triple]) -> list[str]:
    return sorted(triple.n3() for triple in triples)


@settings(max_examples=150, deadline=None)
@given(GRAPHS, st.permutations(range(5)))
def test_names_of_blank_nodes_depend_on_what_is_said_and_keep_nodes_apart(graph: set[Triple], order: list[int]) -> None:
    def renamed(term: object) -> object:
        return BlankNode(f"n{order[int(term[1:])]}") if isinstance(term, BlankNode) else term

    other = {Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in graph}  # type: ignore[arg-type]
    one, two = named(graph, Iri("urn:x")), named(other, Iri("urn:x"))
    assert len(one) == len(graph)
    count = {term for t in graph for term in (t.subject, t.object)}
    assert len({term for t in one for term in (t.subject, t.object)}) == len(count)
    alike = [t for t in one if any("-" in str(term) for term in (t.subject, t.object))]
    if not alike:  # nothing was told apart by order alone
        assert shape(one) == shape(two)


def test_two_nodes_of_which_the_same_is_said_stay_two() -> None:
    twins = {Triple(BlankNode(name), rdf.type, ent.Vessel) for name in ("a", "b")}
    assert len(named(twins, Iri("urn:x"))) == 2
