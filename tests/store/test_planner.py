"""A query that the planner rewrote has the same solutions as the query as it stood."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.store.planner import plan

E = "http://e/"
VARIABLES = ["?a", "?b", "?c", "?d"]
NODES = [ox.NamedNode(f"{E}{name}") for name in "xyzw"]
PREDICATES = [ox.NamedNode(f"{E}{name}") for name in "pqr"]
GRAPHS = [ox.DefaultGraph(), ox.DefaultGraph(), ox.NamedNode(f"{E}g"), ox.NamedNode(f"{E}h")]

quads = st.builds(
    ox.Quad,
    st.sampled_from(NODES),
    st.sampled_from(PREDICATES),
    st.sampled_from([*NODES, ox.Literal("1"), ox.Literal(1)]),
    st.sampled_from(GRAPHS),
)
terms = st.sampled_from([*VARIABLES, *VARIABLES, ":x", ":y", "1"])
nodes = st.sampled_from([*VARIABLES, *VARIABLES, ":x", ":y"])
variables = st.sampled_from(VARIABLES)
verbs = st.sampled_from([":p", ":q", ":r", ":p", "?v", ":p/:q", "^:p", ":p?", "(:p|:q)", ":q*"])
triple = st.builds("{} {} {} .".format, nodes, verbs, terms)
triples = st.lists(triple, min_size=1, max_size=3).map(" ".join)
listed = st.builds("{} :p {} ; :q {} , {} .".format, nodes, terms, terms, terms)
values = st.one_of(
    st.builds("VALUES {} {{ :x :y }}".format, variables),
    st.builds("VALUES ({} {}) {{ (:x UNDEF) (UNDEF :y) (:x :x) }}".format, st.just("?a"), st.sampled_from(VARIABLES[1:])),
)
condition = st.one_of(
    st.builds("{} = {}".format, variables, terms),
    st.builds("BOUND({})".format, variables),
    st.builds("!BOUND({}) || isIRI({})".format, variables, variables),
    st.builds("EXISTS {{ {} }}".format, triples),
)
filters = st.builds("FILTER({})".format, condition)
not_exists = st.builds("FILTER NOT EXISTS {{ {} }}".format, triples)


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, min_size=1, max_size=4).map(" ".join)
    return st.one_of(
        st.builds("OPTIONAL {{ {} }}".format, group),
        st.builds("OPTIONAL {{ {} }}".format, triples),
        st.builds("MINUS {{ {} }}".format, triples),
        st.builds("MINUS {{ {} }}".format, group),
        st.builds("{{ {} }}".format, group),
        st.builds("{{ {} }} UNION {{ {} }}".format, group, group),
        st.builds("{{ {} }} UNION {{ {} }}".format, triples, not_exists),
        st.builds("GRAPH {} {{ {} }}".format, st.sampled_from(["?g", ":g"]), group),
        st.builds("{{ SELECT {} {{ {} }} }}".format, variables, group),
    )


element = st.recursive(st.one_of(triples, listed, triples, values, filters, not_exists), grow, max_leaves=6)
where = st.tuples(triples, st.lists(element, min_size=1, max_size=5)).map(lambda parts: " ".join((parts[0], *parts[1])))


def solutions(store: ox.Store, query: str) -> Counter[str]:
    return Counter(
        str(sorted((str(name), str(row[name])) for name in found.variables))
        for found in [store.query(query)]
        for row in found
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.lists(quads, max_size=25), pattern=where)
def test_a_rewritten_query_has_the_same_solutions(data: list[ox.Quad], pattern: str) -> None:
    query = f"PREFIX : <{E}> SELECT * WHERE {{ {pattern} }}"
    planned = plan(query)
    if planned.rules:
        store = ox.Store()
        store.extend(data)
        assert solutions(store, planned.text) == solutions(store, query), planned.text


REWRITTEN = [
    ("?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d", "optional-last"),
    ("?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d . OPTIONAL { ?d :q ?x } ?d :p :x FILTER(?d != 1)", "optional-last"),
    ("?a :p ?b OPTIONAL { ?a :q ?c } BIND(STR(?b) AS ?x) GRAPH ?g { ?a :q ?d }", "optional-last"),
    ("?a :p ?b OPTIONAL { ?a :q ?c } { ?a :r ?d } UNION { ?a :q ?d }", "optional-last"),
    ("?a :p ?b VALUES ?a { :x :y }", "values-first"),
    ("?a :p ?b MINUS { ?a :q ?c . ?c :r :x }", "minus-exists"),
    ("?a :p ?b { ?a :q ?c } UNION { FILTER NOT EXISTS { ?a :q ?c } }", "union-apart"),
    ("{ SELECT * { ?x ?y ?z } } OPTIONAL { ?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d }", "optional-last"),
]


@pytest.mark.parametrize(("pattern", "rule"), REWRITTEN)
def test_what_is_rewritten(pattern: str, rule: str) -> None:
    planned = plan(f"PREFIX : <{E}> SELECT * {{ {pattern} }} LIMIT 3")
    assert rule in planned.rules
    assert planned.text.endswith("LIMIT 3")
    ox.Store().query(planned.text)


LEFT = [
    "?a :p ?b OPTIONAL { ?a :q ?c } ?c :r ?d",
    "?a :p ?b OPTIONAL { ?a :q ?c } OPTIONAL { ?c :r ?d }",
    "?a :p ?b OPTIONAL { ?a :q ?c FILTER(?d = 1) } ?a :r ?d",
    "?a :p ?b OPTIONAL { ?a :q ?c } BIND(COALESCE(?c, 1) AS ?x)",
    "?a :p ?b OPTIONAL { ?a :q ?c } VALUES ?c { 1 }",
    "?a :p ?b OPTIONAL { ?a :q ?c } ?a :r _:n",
    "?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d FILTER(RAND() < 0.5)",
    "?a :p ?b OPTIONAL { ?a :q ?c } ?a :r '\\u0041'",
    "?a :p ?b OPTIONAL { ?a :q ?c FILTER(?b<?d&&1>0) } ?a :r ?d",
    "?a :p ?b MINUS { ?c :q ?d }",
    "?a :p ?b MINUS { ?a :q* ?d }",
    "?a :p ?b MINUS { ?a :q ?d FILTER(?d = 1) }",
    "?a :p ?b MINUS { ?a :q ?d } OPTIONAL { ?a :r ?d }",
    "?x :p ?y OPTIONAL { ?a :p ?x MINUS { ?a :q ?y } }",
    "?a :p ?b { ?a :q ?c } UNION { ?a :r ?c }",
    "?a :p ?b OPTIONAL { ?a :q ?c } ?a :r <<( ?a :p ?b )>>",
]


@pytest.mark.parametrize("pattern", LEFT)
def test_what_is_left_as_it_stands(pattern: str) -> None:
    query = f"PREFIX : <{E}> SELECT * {{ {pattern} }}"
    assert plan(query).text == query


def test_other_texts_are_left_as_they_stand() -> None:
    for text in ("", "ASK", "SELECT", "CONSTRUCT {", "INSERT DATA { <a:a> <a:b> 1 }", "SELECT * {", "}{", "DESCRIBE <a:b>"):
        assert plan(text).text == text


def test_every_form_of_query_is_rewritten() -> None:
    where = "{ ?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d }"
    for form in (
        "SELECT (COUNT(*) AS ?n) WHERE",
        "ASK",
        "CONSTRUCT { ?a :s ?b, ?c } WHERE",
        "DESCRIBE ?a",
        "SELECT ?a FROM <a:g>",
    ):
        planned = plan(f"PREFIX : <{E}> {form} {where}")
        assert planned.rules == ("optional-last",), form
        ox.Store().query(planned.text)
