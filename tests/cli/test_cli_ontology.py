"""`entente ontology` and `entente stats --reference`: exit codes, what is printed, and pages that hold nothing foreign."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from entente.cli import cli
from entente.index import load_base
from entente.model.terms import ent, rdf, skos
from entente.resources import root

HEAD = """@prefix ex: <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex: a owl:Ontology ; owl:versionInfo "1.0.0" . ex:A a owl:Class . ex:B a owl:Class ; rdfs:subClassOf ex:A .
"""


def invoke(*args: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))[1:]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_a_sound_ontology_passes(tmp_path: Path) -> None:
    code, out, err = invoke("ontology", "check", write(tmp_path, "o.ttl", ""), "--format", "table")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["check", "errors"]
    assert len(lines) == 10
    assert {line.split()[-1] for line in lines[1:]} == {"0"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ex:C rdfs:subClassOf ex:A .", "undeclared-term: https://example.org/C is used as a class"),
        ("ex:A owl:disjointWith ex:B .", "unsatisfiable-class: https://example.org/B"),
        ("ex:A owl:disjointWith ex:B . ex:b a ex:B .", ""),
        ('ex:d a owl:DatatypeProperty . ex:a ex:d "2023-07-20"^^xsd:date .', "HermiT refused the ontology"),
    ],
)
def test_errors_are_counted_and_told(tmp_path: Path, text: str, said: str) -> None:
    code, out, err = invoke("ontology", "check", write(tmp_path, "o.ttl", text))
    assert code == 1
    assert rows(out)[-1][0] == "all"
    assert int(rows(out)[-1][1]) == sum(int(number) for _, number in rows(out)[:-1]) > 0
    assert said in err


def test_wrong_input_ends_with_2(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is no Turtle", encoding="utf-8")
    assert invoke("ontology", "check", broken)[0] == 2
    (tmp_path / "empty").mkdir()
    code, _, err = invoke("ontology", "check", tmp_path / "empty")
    assert code == 2
    assert err.startswith("error[ENTENTE-129]")
    assert invoke("ontology", "check", tmp_path / "missing.ttl")[0] == 2


def test_the_class_tree_is_indented(tmp_path: Path) -> None:
    path = write(tmp_path, "o.ttl", "")
    assert invoke("ontology", "classify", path)[1] == "https://example.org/A\n  https://example.org/B\n"
    assert rows(invoke("ontology", "classify", path, "-f", "csv")[1]) == [
        ["https://example.org/A", ""],
        ["https://example.org/B", "https://example.org/A"],
    ]


def test_a_bump_that_is_too_small_ends_with_1(tmp_path: Path) -> None:
    old, new = write(tmp_path, "old.ttl", ""), write(tmp_path, "new.ttl", "ex:C a owl:Class .")
    code, out, err = invoke("ontology", "diff", old, new)
    assert (code, rows(out)) == (1, [["added", "https://example.org/C"]])
    assert err == "1.0.0 to 1.0.0 took no step; the changes demand a minor step: too little\n"
    new.write_text(new.read_text(encoding="utf-8").replace("1.0.0", "1.1.0"), encoding="utf-8")
    assert invoke("ontology", "diff", old, new)[0] == 0


def test_the_version_is_the_bundled_one() -> None:
    code, out, _ = invoke("ontology", "version")
    assert code == 0
    assert f"ontology {out}" in invoke("--version")[1]


class Links(HTMLParser):
    """What a page refers to, and the tags that it uses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]


def test_documentation_has_a_page_for_each_term_and_vocabulary_and_no_loose_end(tmp_path: Path) -> None:
    code, out, err = invoke("ontology", "docs", tmp_path / "site")
    assert (code, out) == (0, "")
    pages = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")}
    assert err.startswith(f"{len(pages)} pages;")
    graphs = load_base(root()).graphs
    schemes = {t.subject for t in graphs["vocab"] if t.object == skos.ConceptScheme}
    terms = {name for name in dir(ent) if not name.startswith("_")}
    assert len(pages) == 1 + len(terms) + len(schemes)
    for path, text in pages.items():
        found = Links(text)
        assert not found.tags & {"script", "link", "img", "iframe"}, path
        for link in found.links:
            assert not link.startswith(("http:", "https:", "//")), link
            assert link.startswith("#") or (path.parent / link).is_file(), f"{path}: {link}"
    exercise = pages[tmp_path / "site" / "class" / "Exercise.html"]
    assert "entente query joint-exercises-of-dyad" in exercise
    assert "Give the exercise a name" in exercise
    assert "<svg" in pages[tmp_path / "site" / "index.html"]


def test_documentation_escapes_what_it_quotes(tmp_path: Path) -> None:
    from entente.ontology import Question, gather, render
    from entente.store import parse

    text = f"""{HEAD.replace("https://example.org/", "https://w3id.org/entente/ns#")}
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ex:A skos:prefLabel "<script>"@en ; skos:definition "a & b < c"@en ; skos:example "</pre><b>"@en ."""
    triples = {quad.triple for quad in parse(text.encode(), "text/turtle")}
    pages = render(gather(triples, (), (), [Question("q", "<i>", "ent:A <x>")]), [])
    page = pages["class/A.html"]
    assert "<script>" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "a &amp; b &lt; c" in page


def test_reference_counts_are_those_of_the_data() -> None:
    code, out, _ = invoke("stats", "--reference")
    assert code == 0
    found = {(what, of): int(number) for what, of, number in rows(out)}
    graphs = load_base(root()).graphs
    states = {t.subject for t in graphs["reference"] if t.predicate == rdf.type and t.object == ent.State}
    assert found["entities", "ent:State"] == len(states) > 100
    assert found["codes", "ent:iso3166alpha3"] > 100
    assert {what for what, _ in found} == {"entities", "codes", "concepts"}
    assert re.search(r"^concepts,vocab:mode,4$", out, re.MULTILINE)
