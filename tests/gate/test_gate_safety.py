"""What shapes and data of other people, and interruptions, cannot do to the gate and the quarantine."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

import pytest

from entente.errors import InputError, QueryError
from entente.gate import FolderQuarantine, Shapes, as_triples
from entente.model import Article, Delta, GateReport, Iri, Literal, Triple, Violation
from entente.model.terms import rdf, rdfs, xsd
from entente.store import parse, serialise

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix x: <http://x/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODE, CLASS, VALUE = Iri("http://x/n"), Iri("http://x/C"), Iri("http://x/p")
TYPED = Triple(NODE, rdf.type, CLASS)


def shapes(text: str, *ontology: Triple) -> Shapes:
    """Shapes from Turtle."""
    return Shapes([quad.triple for quad in parse((PREFIXES + text).encode(), "text/turtle")], ontology)


def test_what_only_the_context_describes_is_neither_counted_nor_reported() -> None:
    checked = shapes("x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount 1 ] .")
    other = TYPED._replace(subject=Iri("http://x/other"))
    report = checked.validate([TYPED], [other])
    assert (dict(report.focus_nodes), [v.focus for v in report.violations]) == ({"http://x/S": 1}, [NODE])
    assert not checked.validate([Triple(NODE, VALUE, other.subject)], [other]).passed


def test_objects_that_nothing_describes_are_still_checked() -> None:
    checked = shapes("x:S a sh:NodeShape ; sh:targetObjectsOf x:p ; sh:nodeKind sh:IRI .")
    report = checked.validate([Triple(NODE, VALUE, Literal("no IRI"))])
    assert [v.focus for v in report.violations] == ["no IRI"]
    assert not [t for t in as_triples(report) if t.object == Literal("")]
    assert parse(serialise(as_triples(report), "text/turtle"), "text/turtle")


def test_targets_follow_the_class_tree_of_the_ontology() -> None:
    below = Triple(Iri("http://x/D"), rdfs.subClassOf, CLASS)
    checked = shapes("x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount 1 ] .", below)
    assert len(checked.validate([Triple(NODE, rdf.type, below.subject)]).violations) == 1


def test_a_shape_that_is_switched_off_checks_nothing() -> None:
    checked = shapes("x:S a sh:NodeShape ; sh:targetClass x:C ; sh:deactivated true ; sh:nodeKind sh:Literal .")
    assert checked.validate([TYPED]).checked == 0


def test_lexical_forms_are_judged_as_they_stand(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    checked = shapes("x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:datatype xsd:date ] .")
    report = checked.validate([TYPED, Triple(NODE, VALUE, Literal("2023-02-31", xsd.date))])
    assert [(v.value, v.component) for v in report.violations] == [("2023-02-31", "DatatypeConstraintComponent")]
    pattern = shapes('x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:pattern "^00" ] .')
    assert pattern.validate([TYPED, Triple(NODE, VALUE, Literal("007", xsd.integer))]).passed
    assert caplog.records == []


MALFORMED = (
    "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:minCount 1 .",
    "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:minCount 1 ] .",
    "x:S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:select 'SELECT ?this { ?this ?p ?o }' ] .",
    "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:rule [ a sh:TripleRule ] .",
    "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p' ] .",
)


def test_shapes_that_cannot_be_used_are_refused() -> None:
    for text in MALFORMED:
        with pytest.raises(InputError) as caught:
            shapes(text).validate([TYPED])
        assert caught.value.code == "ENTENTE-118", text
    assert len(MALFORMED) == 5


def test_constraints_call_nobody() -> None:
    imports = Iri("http://www.w3.org/2002/07/owl#imports")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        body = "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:sparql [ sh:message 'm' ; sh:select '''%s''' ] ."
        with pytest.raises(QueryError, match="SERVICE"):
            shapes(body % f"SELECT $this {{ SERVICE <{url}> {{ $this ?p ?o }} }}")
        reading = shapes(f"x:S {imports.n3()} <{url}> ." + body % f"SELECT $this FROM <{url}> WHERE {{ $this ?p ?o }}")
        assert reading.validate([TYPED, Triple(NODE, imports, Iri(url))]).checked == 1
        with pytest.raises(BlockingIOError):
            server.accept()


def held(quarantine: FolderQuarantine, text: str, slug: str = "a.b") -> None:
    """Hold a small article."""
    article = Article(slug, text.encode(), f"{slug}.txt")
    delta = Delta(NODE, slug, f"{slug}.txt", NODE, (TYPED,))
    report = GateReport((Violation(NODE, None, None, "http://x/S", "C", "Violation", "Say more."),), {"http://x/S": 1})
    quarantine.hold(delta, report, article)


def test_an_interruption_anywhere_in_holding_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename
    for step in range(2):
        folder = tmp_path / str(step)
        held(FolderQuarantine(folder), "first")
        left = [step]

        def stop(self: Path, target: Path, left: list[int] = left) -> Path:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", stop)
        with pytest.raises(KeyboardInterrupt):
            held(FolderQuarantine(folder), "second")
        monkeypatch.undo()
        assert [held.item().content for held in FolderQuarantine(folder)] == [b"first"]
        held(FolderQuarantine(folder), "third")
        assert [held.item().content for held in FolderQuarantine(folder)] == [b"third"]


def test_what_is_released_does_not_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quarantine = FolderQuarantine(tmp_path)
    held(quarantine, "text")

    def stop(path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("entente.gate.quarantine.shutil.rmtree", stop)
    with pytest.raises(KeyboardInterrupt):
        quarantine.release("a.b")
    assert list(FolderQuarantine(tmp_path)) == []


def test_releasing_stays_inside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    FolderQuarantine(tmp_path / "quarantine").release("../mine")
    assert (tmp_path / "mine").is_dir()
