"""Cards are parsed strictly, and no value can become syntax."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entente.errors import QueryError
from entente.query import Card, bind, parse

CARD = """#+ summary: What a value is
#+ params:
#+   v: {{type: {type}, required: {required}, help: a value{more}}}
#+ columns: [v]
SELECT ?v WHERE {{
  VALUES ?v {{ {sample} }}  #? v
}}
"""


def card(type: str, *, required: bool = True, sample: str = '"x"', more: str = "") -> Card:
    return parse(CARD.format(type=type, required=str(required).lower(), sample=sample, more=more), "a-card", "test")


def value_in_oxigraph(query: str) -> str:
    [row] = pyoxigraph.Store().query(query)  # type: ignore[misc]
    return str(row[0].value)


def value_in_rdflib(query: str) -> str:
    [row] = rdflib.Graph().query(query)
    return str(row[0])  # type: ignore[index]


hostile = st.text(st.characters(exclude_categories=["Cs"])) | st.text(alphabet="\\\"'uU0027{}#? \n\r\t<>^@.;", max_size=40)


@settings(deadline=None)
@given(hostile)
@example('" } #')
@example("\\")
@example("\\u0022 } ; DROP")
@example("\\U00000022")
@example("\\\\u0022")
@example("a\x00b\x7f1234")
@example('x" }  #? v\n} INSERT')
def test_any_text_comes_back_as_it_was(text: str) -> None:
    query = bind(card("string"), {"v": text})
    assert value_in_oxigraph(query) == text
    assert value_in_rdflib(query) == text


@settings(deadline=None)
@given(st.sampled_from(["iri", "state", "concept", "integer", "date"]), hostile)
@example("iri", "https://example.org/> } #")
@example("iri", "https://example.org/\\u003E")
@example("state", "RUS> }")
@example("integer", "1 2")
@example("date", '2023-01-01"')
def test_a_hostile_value_is_refused_or_harmless(type: str, text: str) -> None:
    try:
        query = bind(card(type), {"v": text})
    except QueryError:
        return
    assert value_in_oxigraph(query) == value_in_rdflib(query)


@pytest.mark.parametrize(
    ("type", "value", "expected"),
    [
        ("state", "RUS", "https://w3id.org/entente/id/state/RUS"),
        ("state", "rus", "https://w3id.org/entente/id/state/RUS"),
        ("state", "state:RUS", "https://w3id.org/entente/id/state/RUS"),
        ("state", "https://w3id.org/entente/id/state/RUS", "https://w3id.org/entente/id/state/RUS"),
        ("concept", "event-type/exercise", "https://w3id.org/entente/vocab/event-type/exercise"),
        ("concept", "vocab:event-type/exercise", "https://w3id.org/entente/vocab/event-type/exercise"),
        ("iri", "place:sea-of-japan", "https://w3id.org/entente/id/place/sea-of-japan"),
        ("iri", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("integer", "-007", "-7"),
        ("date", "2024-02-29", "2024-02-29"),
    ],
)
def test_accepted_forms(type: str, value: str, expected: str) -> None:
    assert value_in_oxigraph(bind(card(type), {"v": value})) == expected


@pytest.mark.parametrize(
    ("type", "value", "said"),
    [
        ("state", "Russia", "a state's ISO 3166-1 alpha-3 code"),
        ("concept", "exercise", "scheme/notation"),
        ("iri", "sea-of-japan", "an http(s) IRI"),
        ("iri", "javascript:alert(1)", "an http(s) IRI"),
        ("integer", "1.5", "a whole number"),
        ("date", "20 July", "a calendar date"),
        ("date", "2023-02-30", "there is no such day"),
        ("string", "\udcff", "UTF-8"),
    ],
)
def test_refused_forms(type: str, value: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        bind(card(type), {"v": value})
    assert caught.value.code == "ENTENTE-303"
    assert "'v'" in str(caught.value)
    assert said in str(caught.value)


def test_a_concept_of_a_known_scheme_needs_no_scheme() -> None:
    query = bind(card("concept", more=", scheme: event-type"), {"v": "exercise"})
    assert value_in_oxigraph(query).endswith("/vocab/event-type/exercise")


def test_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="no parameter 'vv'") as caught:
        bind(card("string"), {"vv": "x"})
    assert caught.value.code == "ENTENTE-301"
    assert caught.value.hint == "did you mean 'v'?"


def test_missing_parameter() -> None:
    with pytest.raises(QueryError, match="needs the parameter 'v'") as caught:
        bind(card("string"), {})
    assert caught.value.code == "ENTENTE-302"


def test_an_optional_parameter_left_out_constrains_nothing() -> None:
    assert "VALUES" not in bind(card("string", required=False), {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * WHERE {}", "no header"),
        ("#+ summary: [\nSELECT", "no YAML"),
        ("#+ - a\nSELECT", "no mapping"),
        ("#+ sumary: x\nSELECT", "unknown header field 'sumary'"),
        ("#+ tags: [a]\nSELECT", "no summary"),
        ("#+ summary: x\nSELECT", "no columns"),
        ("#+ summary: x\n#+ competency: 0\n#+ columns: [a]\nSELECT", "no number from 1"),
        ("#+ summary: x\n#+ competency: true\n#+ columns: [a]\nSELECT", "no number from 1"),
        ("#+ summary: x\n#+ columns: a\nSELECT", "no list"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: [v]\nSELECT", "params is no mapping"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: {v: 1}\nSELECT", "'v' is no mapping"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: {v: {type: iri, hlp: x}}\nSELECT", "unknown field 'hlp'"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: {v: {type: uri, help: x}}\nSELECT", "needs a type"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: {v: {type: iri}}\nSELECT", "has no help"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: {v: {type: iri, help: x, required: 3}}\nSELECT", "true or false"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: {v: {type: iri, help: x, scheme: y}}\nSELECT", "only a concept"),
        ("#+ summary: x\n#+ columns: [a]\n#+ params: {v: {type: iri, help: x}}\nSELECT", "no line marked"),
        ("#+ summary: x\n#+ export: {unit: u}\nSELECT", "unit, columns and losses"),
        ("#+ summary: x\n#+ export: {unit: u, columns: [a], losses: []}\nSELECT", "columns a mapping"),
        ("#+ summary: x\n#+ export: {unit: u, columns: {a: {type: t, about: b}}, losses: []}\nSELECT", "needs a type"),
        ("#+ summary: x\n#+ export: {unit: u, columns: {}, losses: [{}]}\nSELECT", "a loss has what"),
        (
            "#+ summary: x\n#+ columns: [a]\n#+ export: {unit: u, columns: {}, losses: []}\nSELECT",
            "names its columns in 'export' only",
        ),
        ("#+ summary: x\n#+ columns: [a]\nSELECT {\nVALUES ?a { 1 } #? a\n}", "no parameter in the header"),
        ("#+ summary: x\n#+ columns: [a]\nSELECT {\nFILTER(?a = 1) #? a\n}", "something else than a VALUES line"),
    ],
)
def test_malformed_cards(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=r"test/a-card\.rq") as caught:
        parse(text, "a-card", "test")
    assert caught.value.code == "ENTENTE-304"
    assert said in caught.value.message


def test_a_card_has_a_plain_name() -> None:
    with pytest.raises(QueryError, match="lower-case words"):
        parse("", "A card", "test")


LIST = """#+ summary: What a value is
#+ list: {key: v, sort: {n: integer}}
#+ params:
#+   v: {type: string, required: false, help: the things}
#+   least: {type: integer, required: false, help: a bound}
#+ columns: [v, n]
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?v ?n WHERE {
  {
    #<
    SELECT ?v ?n WHERE {
      VALUES ?v { "b" }  #? v
      VALUES ?least { 2 }  #? least
      VALUES (?v ?n) { ("a" 1) ("b" 2) ("c" 3) }
      FILTER(?n >= ?least)  #: least
    }
    #>
  }
}
ORDER BY ?v
"""


def rows(query: str) -> list[str]:
    return [str(row["v"].value) for row in pyoxigraph.Store().query(query)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ["a", "b", "c"]),
        ({"least": "2"}, ["b", "c"]),
        ({"v": ["a", "c"]}, ["a", "c"]),
        ({"v": ["a", "c"], "least": "2"}, ["c"]),
        ({"v": []}, []),
    ],
)
def test_lists_of_values_and_lines_that_go_with_a_parameter(values: dict[str, str | list[str]], expected: list[str]) -> None:
    card = parse(LIST, "a-list", "test")
    query = bind(card, values)
    assert rows(query) == expected
    assert card.listing is not None
    assert sorted(rows(card.listing.inner(query))) == expected
    assert value_in_rdflib(bind(card, {"v": ["c"]})) == "c"


@settings(deadline=None)
@given(hostile)
@example("x  #: least\n")
@example("\n    #>\n")
@example("a")
@example("b")
def test_no_value_cuts_a_list_or_takes_a_line_of_it(text: str) -> None:
    card = parse(LIST, "a-list", "test")
    query = bind(card, {"v": [text, "a"], "least": "1"})
    assert card.listing is not None
    expected = ["a", text] if text in ("b", "c") else ["a"]
    assert rows(query) == expected
    assert sorted(rows(card.listing.inner(query))) == expected


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("{key: v, sort: {n: integer}}", "{key: v}", "list needs key and sort"),
        ("sort: {n: integer}", "sort: {n: float}", "each of a type out of"),
        ("key: v", "key: w", "key names an optional parameter"),
        ("    #>\n", "", "one inner SELECT"),
        ("#: least", "#: most", "a line is tied to 'most'"),
    ],
)
def test_a_list_that_is_malformed(before: str, after: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        parse(LIST.replace(before, after), "a-list", "test")
    assert caught.value.code == "ENTENTE-304"
