"""What a SPARQL constraint demands before it is asked: never more than the query does."""

from __future__ import annotations

import random

import pytest

from entente.gate.compiled.demands import HERE, demands_of
from entente.gate.compiled.index import Index
from entente.model import Iri, Literal, Term, Triple
from entente.model.terms import rdf
from entente.store import Scratch

EX = "http://example.org/"
PROLOGUE = f"PREFIX ex: <{EX}>\n"
P, Q, R = (Iri(EX + name) for name in "pqr")


def read(where: str, head: str = f"SELECT ({HERE} AS ?this)") -> tuple[set[str], set[str], set[str], set[str] | None]:
    demands = demands_of(f"{PROLOGUE}{head} WHERE {{ {where} }}")
    names = [{iri.removeprefix(EX) for iri in found} for found in (demands.out, demands.into, demands.anywhere)]
    mentioned = None if demands.mentioned is None else {iri.removeprefix(EX) for iri in demands.mentioned}
    return names[0], names[1], names[2], mentioned


@pytest.mark.parametrize(
    ("where", "out", "into", "anywhere", "mentioned"),
    [
        (f"{HERE} ex:p ?a ; ex:q ?b .", {"p", "q"}, set(), {"p", "q"}, {"p", "q"}),
        (f"?a ex:p {HERE} . ?a ex:q ?b", set(), {"p"}, {"p", "q"}, {"p", "q"}),
        (f"{HERE} ex:p/^ex:q ?a", {"p"}, set(), {"p", "q"}, {"p", "q"}),
        (f"{HERE} ^ex:p/ex:q ?a", set(), {"p"}, {"p", "q"}, {"p", "q"}),
        (f"?a ex:p/ex:q? {HERE}", set(), set(), {"p"}, {"p", "q"}),
        (f"?a ex:p/ex:q+ {HERE}", set(), {"q"}, {"p", "q"}, {"p", "q"}),
        (f"{HERE} ex:p* ?a . ?a ex:q ?b", set(), set(), {"q"}, {"p", "q"}),
        (f"OPTIONAL {{ {HERE} ex:p ?a }}", set(), set(), set(), {"p"}),
        (f"{HERE} ex:p ?a OPTIONAL {{ ?a ex:q ?b }} ?a ex:r ?c", {"p"}, set(), {"p"}, {"p", "q", "r"}),
        (f"{{ {HERE} ex:p ?a }} UNION {{ {HERE} ex:q ?a }}", set(), set(), set(), {"p", "q"}),
        (f"FILTER NOT EXISTS {{ {HERE} ex:p ?a }}", set(), set(), set(), {"p"}),
        (f"{HERE} ex:p ?a . FILTER (?a > 3 && !EXISTS {{ ?a ex:q 'x; ex:r ?y' }})", {"p"}, set(), {"p"}, {"p", "q"}),
        (f"{HERE} ?any ?a", set(), set(), set(), None),
        (f"{HERE} ex:p ?a . ?a ?any ?b", {"p"}, set(), {"p"}, None),
        (f"{HERE} (ex:p|ex:q) ?a", set(), set(), set(), None),
        (f"{HERE} !ex:p ?a", set(), set(), set(), None),
        (f"{HERE} ex:p [ ex:q ?a ]", set(), set(), set(), None),
        ("?a ex:p? ?b", set(), set(), set(), None),
        (f"{HERE} ex:q ?a . ?a ex:p? ?b", {"q"}, set(), {"q"}, {"p", "q"}),
        (f'{HERE} ex:p "a {chr(123)} b"@en , 3 , ?c ; ex:q true .', {"p", "q"}, set(), {"p", "q"}, {"p", "q"}),
    ],
)
def test_demands_as_read(where: str, out: set[str], into: set[str], anywhere: set[str], mentioned: set[str] | None) -> None:
    assert read(where) == (out, into, anywhere, mentioned)


def test_an_aggregate_answers_where_nothing_matches() -> None:
    assert read(f"{HERE} ex:p ?a", "SELECT (COUNT(?a) AS ?value)")[:3] == (set(), set(), set())


def test_values_are_demanded_too() -> None:
    demands = demands_of(f"{PROLOGUE}SELECT ?a WHERE {{ {HERE} a ex:p ; ex:q ex:r . ?a ^ex:q ex:p }}")
    assert demands.pairs == {(rdf.type, P), (Q, R)}


QUERIES = [
    f"{HERE} ex:p ?value . ?value ex:q ?b",
    f"?value ex:p {HERE} ; ex:q ?b . FILTER NOT EXISTS {{ ?b ex:r ?c }}",
    f"{HERE} ex:p/ex:q? ?value OPTIONAL {{ ?value ex:r ?c }} FILTER (!BOUND(?c))",
    f"{HERE} ex:p? ?value . ?value ex:q 1",
    f"{{ {HERE} ex:p ?value }} UNION {{ ?value ex:q {HERE} }}",
    f"FILTER NOT EXISTS {{ {HERE} ex:p ?a }}",
    f"?value ex:p/ex:q* {HERE} . {HERE} ex:r <{EX}n1>",
    f"?a ex:q? ?value . {HERE} ex:p ?b",
]


@pytest.mark.parametrize("where", QUERIES)
def test_what_is_not_asked_has_no_answer_and_what_is_left_out_makes_no_difference(where: str) -> None:
    chance = random.Random(where)
    nodes: list[Term] = [Iri(f"{EX}n{number}") for number in range(5)]
    skipped = 0
    for _ in range(150):
        triples = {
            Triple(chance.choice(nodes), chance.choice([P, Q, R]), chance.choice([*nodes, Literal.of(1)]))  # type: ignore[arg-type]
            for _ in range(chance.randrange(8))
        }
        data, whole = Index(triples), Scratch()
        whole.add(triples)
        query = f"{PROLOGUE}SELECT ({HERE} AS ?this) ?value WHERE {{ {where} }}"
        demands = demands_of(query)
        for node in nodes:
            text = query.replace(HERE, whole.spell(node))
            rows = sorted(map(str, whole.select(text).rows))
            assert sorted(map(str, data.scratch(demands.mentioned).select(text).rows)) == rows
            if not demands.met(data, node):
                skipped += 1
                assert not rows
    assert skipped or not (demands.out or demands.into or demands.anywhere)
