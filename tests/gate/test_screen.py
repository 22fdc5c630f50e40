"""Screens of SPARQL constraints never lose a result, and whole graphs get the results of single ones."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.gate import Shapes
from entente.gate.compiled import sparql
from entente.model import Iri, Literal, Quad, Term, Triple
from entente.model.terms import rdf, xsd
from entente.store import parse

CONSTRAINTS = (
    "$this x:p ?value",
    "$this x:p ?value . FILTER (?value > 3)",
    "$this x:p ?value . FILTER (!(?value > 3))",
    "$this x:p ?value ; x:q ?other . FILTER (?value != ?other)",
    "$this x:p ?value ; x:q ?value",
    "?value x:p $this . FILTER NOT EXISTS { ?value x:q $this }",
    "FILTER NOT EXISTS { $this x:p ?one , ?two . FILTER (?one != ?two) }",
    "FILTER EXISTS { $this x:p ?one . ?one x:q ?two }",
    "$this x:p ?value . FILTER NOT EXISTS { $this x:q/x:p ?value }",
    "$this (x:p|^x:q) ?value . FILTER (?value IN (x:a, x:b))",
    "$this x:p? ?value . ?value a x:C",
    "$this x:p* ?value . ?value x:q ?last",
    "$this x:p ?value . FILTER (STRLEN(?value) > 1 || SUBSTR(?value, 1, 2) != STR(?value))",
    "$this x:p ?value . FILTER (LCASE(STR(?value)) != SHA256(STR(?value)))",
    "$this x:p ?value . FILTER (?value + 1 = 2)",
    "$this x:p ?value . OPTIONAL { $this x:q ?other } FILTER (!BOUND(?other))",
    "{ $this x:p ?value } UNION { $this x:q ?value }",
    "$this x:p ?one . BIND (?one AS ?value) FILTER (ISLITERAL(?value))",
    "$this x:p 1",
    '$this x:p ?value . FILTER (?value = "word"@en)',
    "{ SELECT $this (COUNT(?n) AS ?number) WHERE { $this x:p ?n } GROUP BY $this } $this x:q ?value . FILTER (?number > 1)",
    "$this x:q ?value . { SELECT $this (COUNT(DISTINCT ?n) AS ?number) WHERE { $this x:p ?n } GROUP BY $this } "
    "FILTER (?number > ?value)",
    "{ SELECT $this (COUNT(DISTINCT ?n) AS ?number) WHERE { $this x:p ?n } GROUP BY $this } $this x:q ?number",
    "{ SELECT $this (COUNT(DISTINCT ?n) AS ?number) WHERE { $this x:p ?n } GROUP BY $this HAVING (COUNT(?n) > 1) } ",
    "{ SELECT DISTINCT $this ?value WHERE { $this x:p ?value } } $this x:q ?value",
    "$this ?any ?value . FILTER (?any != rdf:type)",
    "?value x:p? ?value . FILTER (?value != $this)",
    "$this x:p ?value . FILTER (?value IN (1, 2.0) && ?value NOT IN (3))",
    "$this x:p ?value . FILTER EXISTS { ?value x:q ?any } FILTER (?value = x:a || ?value = $this)",
)
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://x/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
x: sh:declare [ sh:prefix "x" ; sh:namespace "http://x/"^^xsd:anyURI ] ,
  [ sh:prefix "rdf" ; sh:namespace "http://www.w3.org/1999/02/22-rdf-syntax-ns#"^^xsd:anyURI ] .
"""
NODES = [Iri(f"http://x/{name}") for name in "abcd"]
PROPERTIES = [Iri("http://x/p"), Iri("http://x/q")]
VALUES: list[Term] = [
    *NODES,
    *(Literal(text, xsd.integer) for text in ("1", "01", "3", "4", "no number", "99999999999999999999")),
    *(Literal(text, xsd.decimal) for text in ("1.0", "3.5")),
    *(Literal(text, xsd.date) for text in ("2023-07-18", "2023-07-18Z", "2023-02-31")),
    *(Literal("word"), Literal("word", lang="en"), Literal("Ünï"), Literal(""), Literal("true", xsd.boolean)),
    Literal("4", xsd.nonNegativeInteger),
]


def shapes() -> Shapes:
    """A shape for each constraint."""
    text = "".join(
        f'x:S{number} a sh:NodeShape ; sh:targetClass x:C ; sh:sparql [ sh:message "m" ; sh:prefixes x: ; '
        f"sh:select '''SELECT {'$this ?value' if '?value' in body else '$this'} WHERE {{ {body} }}''' ] .\n"
        for number, body in enumerate(CONSTRAINTS)
    )
    return Shapes([quad.triple for quad in parse((PREFIXES + text).encode(), "text/turtle")])


@pytest.fixture(scope="module")
def screened() -> Shapes:
    return shapes()


@pytest.fixture(scope="module")
def unscreened() -> Shapes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparql, "compile_screen", lambda _: None)
        return shapes()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_screen_loses_and_adds_no_result(seed: int, screened: Shapes, unscreened: Shapes) -> None:
    random = Random(seed)
    data = {Triple(node, rdf.type, Iri("http://x/C")) for node in NODES[:3]}
    for _ in range(random.randrange(12)):
        data.add(Triple(random.choice(NODES), random.choice(PROPERTIES), random.choice(VALUES)))
    assert screened.validate(data) == unscreened.validate(data)


def test_every_constraint_finds_something_and_passes_something(screened: Shapes) -> None:
    """So that the test above is about something."""
    random = Random(7)
    found: set[str] = set()
    passed: set[str] = set()
    for _ in range(120):
        data = {Triple(node, rdf.type, Iri("http://x/C")) for node in NODES[:3]}
        for _ in range(random.randrange(12)):
            data.add(Triple(random.choice(NODES), random.choice(PROPERTIES), random.choice(VALUES)))
        report = screened.validate(data)
        broken = {(violation.shape, violation.focus) for violation in report.violations}
        found |= {shape for shape, _ in broken}
        passed |= {shape for shape, nodes in report.focus_nodes.items() if sum(s == shape for s, _ in broken) < nodes}
    assert len(CONSTRAINTS) == 29
    assert found == {f"http://x/S{number}" for number in range(29)}
    # these two hold of any node that is typed, or of any other node
    assert passed >= found - {"http://x/S10", "http://x/S26"}


def test_a_whole_graph_gets_the_same_report_with_progress(screened: Shapes) -> None:
    triples = [Triple(NODES[0], rdf.type, Iri("http://x/C")), Triple(NODES[0], PROPERTIES[0], Literal.of(7))]
    told: list[tuple[str, int, int]] = []
    quads = (Quad(*triple, NODES[3]) for triple in (*triples, *triples))
    report = screened.validate_all(quads, lambda shape, done, total: told.append((shape, done, total)))
    assert report == screened.validate(triples)
    assert not report.passed
    assert [(done, total) for _, done, total in told] == [(number, 29) for number in range(1, 30)]
