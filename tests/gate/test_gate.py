"""The gate, its reports and the quarantine."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from builders import TEXT, claim, days, delta, event, naming, ships, takes_part
from entente.errors import InputError
from entente.gate import FolderQuarantine, ShaclGate, as_data, as_lines, as_triples, load_shapes
from entente.index import ReferenceIndex, load_base
from entente.model import Article, BlankNode, Delta, Document, GateReport, Iri, Literal, Triple
from entente.model.terms import ent
from entente.resources import folder, root

EVENT = event("e1", claim(*takes_part("RUS", "CHN"), naming(), ships(2), days("2023-07-20", "2023-07-23")))


@cache
def gate() -> ShaclGate:
    """The gate with all shapes and the reference data."""
    base = load_base(root())
    shapes = load_shapes(folder("shapes").glob("*.ttl"), base.graphs["ontology"])
    return ShaclGate(shapes, ReferenceIndex(base))


def sound() -> Delta:
    """An article's graph without fault."""
    made = delta("report", EVENT)
    right = Literal(hashlib.sha256(TEXT.encode()).hexdigest())
    return replace(
        made, triples=tuple(t._replace(object=right) if t.predicate == ent.textSha256 else t for t in made.triples)
    )


def without(made: Delta, predicate: Iri) -> Delta:
    """The same without one property."""
    return replace(made, triples=tuple(t for t in made.triples if t.predicate != predicate))


def test_a_sound_article_passes_and_the_report_counts_what_was_checked() -> None:
    report = gate().check(sound().triples)
    assert report.passed, as_lines(report)
    assert report.focus_nodes["https://w3id.org/entente/shapes#Article"] == 1
    assert report.focus_nodes["https://w3id.org/entente/shapes#ForceContribution"] == 1


def test_the_gate_that_checked_nothing_has_not_passed() -> None:
    report = gate().check([Triple(Iri("x:a"), Iri("x:b"), Iri("x:c"))])
    assert (report.checked, report.violations, report.passed) == (0, (), False)


@pytest.mark.parametrize(
    "predicate", [ent.assertedBy, ent.text, ent.evidence, ent.asserts, ent.countQualifier, ent.roleType]
)
def test_a_missing_property_is_refused_with_a_remedy(predicate: Iri) -> None:
    report = gate().check(without(sound(), predicate).triples)
    assert not report.passed
    assert all(len(violation.message) > 10 for violation in report.refusals)


def test_reference_data_is_looked_at_but_not_judged() -> None:
    focus = {violation.focus for violation in gate().check(without(sound(), ent.text).triples).violations}
    assert focus
    assert all("/id/article/" in node for node in focus)


def test_shapes_of_several_files_keep_their_blank_nodes_apart(tmp_path: Path) -> None:
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <x:> . "
    for name in ("a", "b"):
        text = f"{prefixes} x:{name} a sh:NodeShape ; sh:targetNode x:n ; sh:property [ sh:path x:{name} ; sh:minCount 1 ] ."
        (tmp_path / f"{name}.ttl").write_text(text)
    shapes = load_shapes(tmp_path.glob("*.ttl"))
    report = shapes.validate([Triple(Iri("x:n"), Iri("x:a"), Literal("given"))])
    assert [violation.path for violation in report.violations] == ["x:b"]


def test_a_file_of_shapes_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("this is no Turtle")
    with pytest.raises(InputError, match=r"bad\.ttl"):
        load_shapes(tmp_path.glob("*.ttl"))


def test_reports_are_equal_however_the_data_is_ordered() -> None:
    broken = without(sound(), ent.evidence).triples
    assert gate().check(broken) == gate().check(tuple(reversed(broken)))


def test_a_report_as_rdf_data_and_lines_says_the_same() -> None:
    report = gate().check(without(sound(), ent.evidence).triples)
    triples = as_triples(report)
    assert not [t for t in triples if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]
    results = {t.object for t in triples if t.predicate.endswith("#result")}
    assert len(results) == len(report.violations) == len(as_data(report)["results"]) > 0
    assert as_lines(report)[-1].startswith(f"{report.checked} focus nodes checked")
    assert any(report.violations[0].focus in line for line in as_lines(report))


def refused() -> tuple[Delta, GateReport, Document]:
    """A refused article with its report."""
    made = without(sound(), ent.evidence)
    article = Article("report", TEXT.encode(), "report.txt", outlet="Test Outlet", published="2023-07-24")
    return made, gate().check(made.triples), Document(article, TEXT, "0" * 64, ())


def test_what_is_refused_is_kept_whole_and_can_be_tried_again(tmp_path: Path) -> None:
    quarantine = FolderQuarantine(tmp_path / "quarantine")
    made, report, document = refused()
    assert list(quarantine) == []
    quarantine.hold(made, report, document.article)
    quarantine.hold(made, report, document.article)
    [held] = quarantine
    assert held.item() == document.article
    assert held.report == as_data(report)
    assert report.refusals[0].message in held.explanation()
    assert (held.folder / "graph.nq").read_text().count("\n") == len(made.triples)
    assert [path.name for path in (tmp_path / "quarantine").iterdir()] == ["report"]
    quarantine.release("report")
    quarantine.release("report")
    assert list((tmp_path / "quarantine").iterdir()) == []


@pytest.mark.parametrize("slug", ["none", "../secret", ".hidden", "a/b"])
def test_asking_for_what_is_not_held_is_an_error(tmp_path: Path, slug: str) -> None:
    with pytest.raises(InputError, match="in quarantine"):
        FolderQuarantine(tmp_path).get(slug)
