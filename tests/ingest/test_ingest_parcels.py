"""Results that are handed over: they arrive as they were sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from entente.errors import ArticleError
from entente.ingest.parcels import pack, unpack
from entente.model import Article, BlankNode, Delta, GateReport, Iri, Literal, Triple
from entente_loaders.pipeline import Finding

IRIS = st.sampled_from(["urn:a", "urn:b", "https://x.example/1"]).map(Iri)
BLANK = st.sampled_from(["a", "urn:a"]).map(BlankNode)
LITERALS = st.builds(Literal, st.text(max_size=3), st.sampled_from(["urn:a", "urn:t"])) | st.builds(
    lambda text, lang: Literal(text, lang=lang), st.text(max_size=3), st.sampled_from(["en", "en-GB"])
)
TRIPLES = st.lists(st.builds(Triple, IRIS | BLANK, IRIS, IRIS | BLANK | LITERALS), max_size=6)


@given(TRIPLES)
def test_a_finding_arrives_as_it_was_sent(triples: list[Triple]) -> None:
    delta = Delta(Iri("urn:a"), "a", "a.txt", Iri("urn:g"), tuple(triples), ("nobody",))
    sent = Finding("a.txt", "a", 1, 2, 3, delta, GateReport((), {"urn:shape": 2}))
    found = unpack(pack(sent))
    assert found == sent
    assert isinstance(found, Finding)
    assert found.delta is not None
    kinds = [[type(term) for term in triple] for triple in found.delta.triples]
    assert kinds == [[type(term) for term in triple] for triple in triples]


def test_what_has_no_graph_arrives_too() -> None:
    failed = unpack(pack(Finding("a.txt", "a", error=ArticleError(201, "a.txt is no UTF-8", "convert it"), passing=True)))
    assert isinstance(failed, Finding)
    assert (failed.slug, failed.passing, str(failed.error)) == (
        "a",
        True,
        "error[ENTENTE-201]: a.txt is no UTF-8\n  hint: convert it",
    )
    article = Article("a", b"A text.", "a.txt")
    read = unpack(pack([article, ArticleError(224, "b.html: nothing")]))
    assert isinstance(read, list)
    assert (read[0], getattr(read[1], "code", None)) == (article, "ENTENTE-224")
