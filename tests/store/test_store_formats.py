"""Reading and writing RDF, and choosing a media type."""

from __future__ import annotations

import xml.dom.minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.errors import InputError
from entente.model import BlankNode, Iri, Literal, Quad, Triple
from entente.store import GRAPH_TYPES, RESULT_TYPES, choose, media_type_of, parse, serialise

S, P, G = (Iri(f"http://example.org/ns#{name}") for name in "spg")
DATASETS = {"application/trig", "application/n-quads", "application/ld+json"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
XML_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\r\n\t")
)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, max_size=4), plain=st.lists(XML_TEXTS, max_size=4))
def test_what_is_written_is_read_back_whatever_the_order(texts: list[str], plain: list[str]) -> None:
    for media_type in GRAPH_TYPES:
        values = plain if media_type == "application/rdf+xml" else texts
        graph = G if media_type in DATASETS else None
        quads = [Quad(S, P, Literal(v, lang=lang), g) for v in values for lang in ("", "en") for g in (None, graph)]
        body = serialise(quads, media_type)
        assert set(parse(body, media_type)) == set(quads)
        assert body == serialise(quads[::-1] + quads, media_type)


def test_only_prefixes_that_are_used_are_declared() -> None:
    triple = Triple(S, Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Iri("http://www.w3.org/2002/07/owl#Class"))
    table = {"ex": "http://example.org/ns#", "owl": "http://www.w3.org/2002/07/owl#", "no": "http://no/"}
    lines = serialise([triple], "text/turtle", table).decode().splitlines()
    assert sorted(lines[:2]) == ["@prefix ex: <http://example.org/ns#> .", "@prefix owl: <http://www.w3.org/2002/07/owl#> ."]
    assert lines[2:] == ["ex:s a owl:Class ."]


def test_numbers_keep_their_spelling_and_languages_lose_their_case() -> None:
    quads = parse(b'<http://s/> <http://p/> 0.70 , "x"@en-GB .', "text/turtle")
    assert {quad.object.n3() for quad in quads} == {'"0.70"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"x"@en-gb'}


def test_blank_nodes_are_named_in_order_of_appearance() -> None:
    text = b"<http://s/> <http://p/> [ <http://q/> [] ] , _:mine ."
    first, second = parse(text, "text/turtle"), parse(text, "text/turtle")
    assert first == second
    assert {term for quad in first for term in quad if isinstance(term, BlankNode)} == {"b0", "b1", "b2"}


def test_relative_iris_need_a_base() -> None:
    assert parse(b"<#s> <#p> <#o> .", "text/turtle", base_iri="http://b/x")[0].subject == "http://b/x#s"
    with pytest.raises(InputError, match=r"here\.ttl cannot be read"):
        parse(b"<#s> <#p> <#o> .", "text/turtle", origin="here.ttl")


BROKEN = (
    (b"<http://s/> <http://p/> .", "text/turtle", "ENTENTE-112", "column"),
    (b"\xff\xfe", "application/n-triples", "ENTENTE-112", "UTF-8"),
    (b"<rdf:RDF", "application/rdf+xml", "ENTENTE-112", "tag"),
    (b"{", "application/ld+json", "ENTENTE-112", "column"),
    (b'{"@context": "http://127.0.0.1:1/", "@id": "a:b"}', "application/ld+json", "ENTENTE-112", "remote contexts"),
    (b"<a:s> <a:p> <<( <a:s> <a:p> <a:o> )>> .", "text/turtle", "ENTENTE-113", "triple"),
    (b'<a:s> <a:p> "x"@ar--rtl .', "text/turtle", "ENTENTE-113", "direction"),
    (b"_:g { <a:s> <a:p> <a:o> }", "application/trig", "ENTENTE-113", "graph"),
    (b"", "text/csv", "ENTENTE-111", "no format"),
    (b"", "text/*", "ENTENTE-111", "no format"),
)


def test_what_cannot_be_read_is_explained() -> None:
    for data, media_type, code, word in BROKEN:
        with pytest.raises(InputError, match=word) as caught:
            parse(data, media_type)
        assert caught.value.code == code
        assert caught.value.hint
    assert len(BROKEN) == 10


UNWRITABLE = (
    (Quad(S, P, S, G), "text/turtle", "ENTENTE-114"),
    (Quad(S, Iri("http://p/9"), S), "application/rdf+xml", "ENTENTE-115"),
    (
        Quad(S, Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), Iri("http://c/9")),
        "application/rdf+xml",
        "ENTENTE-115",
    ),
    (Quad(S, P, Literal("\x01")), "application/rdf+xml", "ENTENTE-115"),
)


def test_what_cannot_be_written_is_refused() -> None:
    for quad, media_type, code in UNWRITABLE:
        with pytest.raises(InputError) as caught:
            serialise([quad], media_type)
        assert caught.value.code == code
    assert len(UNWRITABLE) == 4


def test_rdf_xml_is_xml_that_keeps_line_ends() -> None:
    body = serialise([Triple(S, P, Literal("a\r\nb"))], "application/rdf+xml")
    (element,) = xml.dom.minidom.parseString(body).getElementsByTagName("p")
    assert element.firstChild is not None
    assert element.firstChild.nodeValue == "a\r\nb"


CHOICES = (
    ((), "text/turtle"),
    (("*/*",), "text/turtle"),
    (("text/html", "application/*"), "application/n-triples"),
    (("Application/LD+JSON; profile=x",), "application/ld+json"),
    (("text/csv",), None),
    (("tex/*",), None),
)


def test_the_callers_order_decides() -> None:
    assert [choose(accept, GRAPH_TYPES) for accept, _ in CHOICES] == [wanted for _, wanted in CHOICES]
    assert choose(("application/json",), RESULT_TYPES) == "application/sparql-results+json"
    assert len(CHOICES) == 6


def test_suffixes_stand_for_media_types() -> None:
    for media_type, suffix in (*GRAPH_TYPES.items(), *RESULT_TYPES.items()):
        assert media_type_of(f"some.file.{suffix.upper()}") == media_type
    with pytest.raises(InputError, match="stands for no format"):
        media_type_of("notes.doc")
