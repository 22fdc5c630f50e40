"""`entente validate`: what can be named, which shapes are used, what is shown and the exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from commands import invoke
from entente import resources
from entente.cli import cli
from entente.errors import InputError
from entente.gate.profiles import profile_files, profiles
from entente.model import Change, Iri, Quad
from entente.store import open_store, parse

PREFIXES = """\
@prefix ent: <https://w3id.org/entente/ns#> .
@prefix ex: <https://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NAMED = PREFIXES + 'ex:one a ent:Outlet ; skos:prefLabel "Daily"@en .\n'
NAMELESS = PREFIXES + "ex:two a ent:Outlet .\n"
MISSPELT = PREFIXES + 'ex:one a ent:Outlet ; skos:prefLabel "Daily"@en ;\n    ent:alia "The Daily" .\n'


def run(folder: Path, *args: str, code: int = 0, stdin: str | None = None) -> Result:
    return invoke("--store", folder / "store", "validate", *args, code=code, stdin=stdin)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    inner = tmp_path / "data" / "more"
    inner.mkdir(parents=True)
    (tmp_path / "data" / "named.ttl").write_text(NAMED, encoding="utf-8")
    (tmp_path / "data" / "notes.txt").write_text("no RDF", encoding="utf-8")
    (inner / "nameless.ttl").write_text(NAMELESS, encoding="utf-8")
    (inner / "misspelt.TTL").write_text(MISSPELT, encoding="utf-8")
    return tmp_path


def test_a_folder_is_searched_and_each_finding_has_its_file_and_line(files: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(files, str(files / "data"), code=1).stdout)))
    found = {(Path(row["file"]).name, row["line"], row["severity"], row["suggestion"]) for row in rows}
    assert found == {
        ("nameless.ttl", "4", "Violation", ""),
        ("misspelt.TTL", "5", "Warning", "did you mean ent:alias?"),
    }


def test_people_see_groups_labels_lines_fixes_and_counts(files: Path) -> None:
    shown = run(files, str(files / "data" / "more" / "misspelt.TTL"), "-f", "human").stdout.splitlines()
    assert shown[1:] == [
        "  warning: Use a property that the ontology defines: there is no ent:alia.  [KnownProperty]",
        "    line 5: Daily <https://example.org/one>",
        "        did you mean ent:alias?",
        "  focus nodes: Agent 1, Organisation 1",
        "  2 focus nodes checked by 2 shapes, 1 warning",
    ]


def test_text_of_the_data_cannot_steer_the_terminal(files: Path) -> None:
    path = files / "escape.ttl"
    path.write_text(PREFIXES + 'ex:c a ent:Outlet ; skos:prefLabel "\\u001B[2Jx\\ny" ; ent:alia 1 .', encoding="utf-8")
    shown = run(files, str(path), "-f", "human").stdout
    assert "\x1b" not in shown
    assert "[2Jx y <https://example.org/c>" in shown


def test_severity_hides_and_fail_on_decides(files: Path) -> None:
    misspelt, nameless = (str(files / "data" / "more" / name) for name in ("misspelt.TTL", "nameless.ttl"))
    hidden = json.loads(run(files, misspelt, "-f", "json", "--severity", "violation", "--fail-on", "warning", code=1).stdout)
    assert hidden[0]["results"] == []
    run(files, misspelt, "--fail-on", "violation")
    run(files, nameless, "--fail-on", "none")
    run(files, nameless, "--fail-on", "info", code=1)


def test_standard_input_needs_its_format(files: Path) -> None:
    assert "ENTENTE-173" in run(files, "-", code=2, stdin=NAMED).stderr
    rows = list(csv.DictReader(io.StringIO(run(files, "-", "--input-format", "ttl", code=1, stdin=NAMELESS).stdout)))
    assert [(row["file"], row["line"]) for row in rows] == [("standard input", "4")]


def test_files_together_complete_one_another(files: Path) -> None:
    first, second = files / "first.ttl", files / "second.ttl"
    first.write_text(PREFIXES + "ex:c a ent:Outlet .\n[] a ent:Outlet ; skos:prefLabel 'one' .", encoding="utf-8")
    second.write_text(PREFIXES + "ex:c skos:prefLabel 'named elsewhere' .\n\n[] a ent:Outlet .", encoding="utf-8")
    run(files, str(first), str(second), code=1)
    (item,) = json.loads(run(files, str(first), str(second), "--together", "-f", "json", code=1).stdout)
    # blank nodes of different files stay apart
    assert [(Path(r["file"]).name, r["line"]) for r in item["results"]] == [("second.ttl", 6)]
    assert set(item["focusNodes"].values()) == {3}


def test_a_graph_of_the_store_by_its_iri(files: Path) -> None:
    store = open_store(str(files / "store"))
    graph = Iri("https://w3id.org/entente/graph/article/x")
    store.apply(Change(insert=tuple(Quad(*quad.triple, graph) for quad in parse(NAMELESS.encode(), "text/turtle"))))
    store.close()
    for name in ("graph:article/x", graph):
        (item,) = json.loads(run(files, name, "-f", "json", code=1).stdout)
        assert (item["file"], item["results"][0]["line"]) == (graph, None)
    assert "ENTENTE-124" in run(files, "graph:article/y", code=2).stderr
    assert "ENTENTE-174" in run(files, "nothing.ttl", code=2).stderr


def test_nothing_to_check_is_an_error(files: Path) -> None:
    path = files / "other.nt"
    path.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    assert "the shapes found nothing to check" in run(files, str(path), code=1).stderr
    (files / "empty").mkdir()
    assert "ENTENTE-172" in run(files, str(files / "empty"), code=2).stderr
    assert "ENTENTE-171" in run(files, str(path), "--shapes", str(files / "empty"), code=2).stderr


def test_shapes_of_ones_own_may_be_repeated_and_joined_with_a_profile(files: Path) -> None:
    shape = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n" + PREFIXES
    folder = files / "shapes"
    folder.mkdir()
    (folder / "a.ttl").write_text(
        shape
        + 'ex:A a sh:NodeShape ; sh:targetClass ent:Outlet ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:message "p" ] .'
    )
    (files / "b.ttl").write_text(
        shape + "<urn:o> owl:imports <https://example.org/elsewhere> ."
        'ex:B a sh:NodeShape ; sh:targetClass ent:Outlet ; sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:message "q" ] .'
    )
    args = (str(files / "data" / "named.ttl"), "-f", "json", "--shapes", str(folder), "--shapes", str(files / "b.ttl"))
    (item,) = json.loads(run(files, *args, code=1).stdout)
    assert sorted(result["message"] for result in item["results"]) == ["p", "q"]
    assert item["notes"] == [
        "the shapes: owl:imports https://example.org/elsewhere is not followed; give its file too if it is needed"
    ]
    (joined,) = json.loads(run(files, *args, "--profile", "core", code=1).stdout)
    assert set(joined["focusNodes"]) > set(item["focusNodes"])
    error = run(files, args[0], "--profile", "nonsense", code=2).stderr
    assert "ENTENTE-170" in error
    assert "core" in error


def test_profiles_add_their_file_to_the_core(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    for name in ("a.ttl", "profiles/exercise-mme.ttl", "profiles/dca.ttl"):
        (tmp_path / name).touch()

    def names(*wanted: str) -> list[str]:
        return [str(path.relative_to(tmp_path)) for path in profile_files(tmp_path, wanted)]

    assert profiles(tmp_path) == ("core", "dca", "exercise-mme")
    assert profile_files(tmp_path) == [tmp_path / "a.ttl"]
    assert names("core") == ["a.ttl"]
    assert names("mme", "exercise-mme", "core") == ["a.ttl", "profiles/exercise-mme.ttl"]
    assert names("dca", "mme") == ["a.ttl", "profiles/dca.ttl", "profiles/exercise-mme.ttl"]
    with pytest.raises(InputError, match="no profile is named 'x'"):
        names("x")


def test_formats_of_editors_build_servers_and_browsers(files: Path) -> None:
    nameless = str(files / "data" / "more" / "nameless.ttl")
    log = json.loads(run(files, nameless, "-f", "sarif", code=1).stdout)
    (result,) = log["runs"][0]["results"]
    assert (result["level"], result["ruleId"].rsplit("#")[-1]) == ("error", "Organisation-label")
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == (nameless, 4)
    assert [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]] == [result["ruleId"]]

    out = files / "report.xml"
    run(files, nameless, "-o", str(out), code=1)
    suite = ElementTree.parse(out).getroot()[0]
    assert suite.get("failures") == "1"
    assert next(failure.text for failure in suite.iter("failure")).startswith(f"{nameless}:4 ")  # type: ignore[union-attr]

    page = files / "report.html"
    hostile = files / "hostile.ttl"
    hostile.write_text(PREFIXES + 'ex:c a ent:Outlet ; ent:alia "</td><script>alert(1)</script>" .', encoding="utf-8")
    run(files, str(hostile), "-o", str(page), code=1)
    text = page.read_text("utf-8")
    assert "Organisation-label" in text
    assert "<script" not in text
    assert "src=" not in text
    assert "ENTENTE-121" in run(files, nameless, "-o", str(files / "x.docx"), code=2).stderr


def test_the_audit_of_a_store_looks_again_only_at_what_changed(tmp_path: Path) -> None:
    location = tmp_path / "store"
    made = CliRunner().invoke(
        cli, ["--store", str(location), "ingest", str(resources.folder("samples") / "interaction-002.txt")]
    )
    assert made.exit_code == 0, made.output

    def audit(*args: str, code: int = 0) -> str:
        return run(tmp_path, "--audit", "--fail-on", "none", *args, code=code).stdout

    store = open_store(str(location))
    graphs = len([name for name in store.graphs() if "/graph/article/" in name]) + 1
    store.close()
    first = audit("-f", "human")
    assert f"{graphs} graphs, 0 as an earlier audit left them" in first
    journal = tmp_path / "store-audit.jsonl"
    entries = journal.read_text("utf-8").splitlines()
    assert len(entries) == graphs

    # a run that was ended while it wrote leaves a torn line
    journal.write_text("\n".join(entries[:-1]) + "\n" + entries[-1][:50], encoding="utf-8")
    again = audit("-f", "human")
    assert f"{graphs} graphs, {graphs - 1} as an earlier audit left them" in again
    assert again.splitlines()[:-3] == first.splitlines()[:-3]

    store = open_store(str(location))
    name = next(name for name in store.graphs() if "/graph/article/" in name)
    store.apply(Change(insert=tuple(Quad(*quad.triple, name) for quad in parse(NAMELESS.encode(), "text/turtle"))))
    store.close()
    page = tmp_path / "report.html"
    audit("-o", str(page))
    text = page.read_text("utf-8")
    assert f"{graphs} graphs, {graphs - 1} as an earlier audit left them" in text
    assert "Organisation-label" in text
    assert "Events with no date" in text
    assert "<script" not in text
    (changed,) = [item for item in json.loads(audit("-f", "json")) if item["graph"] == name]
    assert [r["focus"] for r in changed["results"] if r["severity"] == "Violation"] == ["https://example.org/two"]
    assert "ENTENTE-181" in run(tmp_path, code=2).stderr


def test_the_graph_of_the_samples_passes_its_audit(tmp_path: Path) -> None:
    made = CliRunner().invoke(cli, ["--store", str(tmp_path / "store"), "ingest", str(resources.folder("samples"))])
    assert made.exit_code == 0, made.output
    found = json.loads(run(tmp_path, "--audit", "-f", "json", "--fail-on", "violation").stdout)
    assert found[0]["file"] == "the default graph"
    assert {r["severity"] for item in found for r in item["results"]} <= {"Warning", "Info"}
