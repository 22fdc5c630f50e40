"""The commands that fill the graph, with the bundled articles and the real pipeline."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from commands import run
from entente import resources
from entente.model import GateReport, Triple, Violation
from entente.query import load
from entente.store import open_store

SAMPLES = resources.folder("samples")
ONE = SAMPLES / "interaction-002.txt"


def statements(store: Path) -> int:
    opened = open_store(str(store))
    try:
        return len(opened)
    finally:
        opened.close()


class Refusing:
    """A gate that lets nothing through."""

    def check(self, triples: object) -> GateReport:
        first = next(iter(triples))  # type: ignore[call-overload]
        assert isinstance(first, Triple)
        return GateReport((Violation(first.subject, None, None, "urn:shape", "X", "Violation", "No."),), {"urn:shape": 1})


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entente.cli.workbench.Workbench.gate", lambda *_: Refusing())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    store = tmp_path_factory.mktemp("demo") / "store"
    return store, run(store, "demo", "--no-serve")


def test_demo_summarises_and_asks(demo: tuple[Path, Result]) -> None:
    _, result = demo
    lines = result.stdout.splitlines()
    assert lines[0] == f"articles   {len(list(SAMPLES.glob('*.txt')))} (added {len(list(SAMPLES.glob('*.txt')))})"
    assert [line.split()[0] for line in lines[1:4]] == ["claims", "events", "conflicts"]
    assert "vocab:mode/" in result.stdout
    assert result.stderr.count("\n  entente --store ") == 3


def test_the_next_commands_of_demo_work(demo: tuple[Path, Result]) -> None:
    store, _ = demo
    run(store, "query", "conflicts")
    assert "Russia" in run(store, "show", "state:RUS").stdout
    assert "articles,17" in run(store, "stats").stdout


EXAMPLES = {
    "dyad": "dyad:365-710",
    "digits": "4",
    "thing": "place:sea-of-japan",
    "a": "RUS",
    "b": "CHN",
    "state": "RUS",
    "place": "East Sea",
    "name": "Russia",
    "speaker": "organ:RUS/defence-ministry",
    "event": "exercise:northern-interaction-2023",
    "article": "article:interaction-002",
    "target": "USA",
    "days": "30",
    "date": "2023-07-24",
    "area": "POLYGON((27 40, 42 40, 42 47, 27 47, 27 40))",
    "text": "navy*",
}


def test_every_question_runs_on_the_demo(demo: tuple[Path, Result]) -> None:
    store, _ = demo
    cards = load(resources.folder("queries")).cards
    assert len([card for card in cards if card.competency]) == 25
    for card in cards:
        values = [f"-p{p.name}={EXAMPLES[p.name]}" for p in card.params if p.required]
        assert run(store, "query", card.name, *values).stdout.splitlines()[0].split(",") == list(card.columns)


def test_ingesting_twice_changes_nothing(demo: tuple[Path, Result]) -> None:
    store, _ = demo
    before = statements(store)
    assert "(unchanged 1)" in run(store, "ingest", str(ONE)).stdout
    assert statements(store) == before


def test_a_dry_run_writes_nothing(tmp_path: Path, demo: tuple[Path, Result]) -> None:
    result = run(tmp_path / "none", "ingest", "--dry-run", str(ONE))
    assert "articles   1 (added 1)" in result.stdout
    assert "\nnothing was written\n" in result.stdout
    assert re.search(r"^facts +[1-9]\d* would be added, 0 removed$", result.stdout, re.MULTILINE)
    assert list(tmp_path.iterdir()) == []
    store, _ = demo
    assert "(unchanged 1)" in run(store, "ingest", "--dry-run", str(ONE)).stdout


def test_an_unreadable_input_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe")
    store = tmp_path / "store"
    result = run(store, "ingest", str(tmp_path / "bad.txt"), str(ONE), code=1)
    assert "(added 1 · failed 1)" in result.stdout
    assert result.stderr.count("error[ENTENTE-201]") == 1
    assert str(tmp_path / "bad.txt") in result.stderr


def test_a_folder_of_mixed_formats_and_broken_files_is_taken_in_and_accounted_for(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    told = "Russia held talks on trade with {} on May 9, 2023."
    for number, state in enumerate(("China", "India", "Japan", "France", "Brazil", "Egypt")):
        head = f"---\nid: a{number}\noutlet: Test Post\npublished: 2023-05-10\n---\n"
        (folder / f"a{number}.{'md' if number % 2 else 'txt'}").write_text(
            f"{head}Russia and {state}\n\n{told.format(state)}\n"
        )
    record = {"title": "Russia and Kenya", "text": told.format("Kenya"), "url": "https://news.example.org/k"}
    (folder / "b.jsonl").write_text(f"{json.dumps({**record, 'published': '2023-05-10'})}\n{{broken\n")
    (folder / "c.txt").write_bytes(b"\xff\xfe\x00")
    first = run(store, "ingest", "--list", str(folder), code=1)
    assert "articles   9 (added 7 · failed 2)" in first.stdout
    assert len([line for line in first.stdout.splitlines() if line.startswith(("added ", "failed "))]) == 9
    assert f"{folder / 'b.jsonl'}" in first.stderr
    assert f"{folder / 'c.txt'}" in first.stderr
    size = statements(store)
    again = run(store, "ingest", str(folder), code=1)
    assert "articles   9 (unchanged 7 · failed 2)" in again.stdout
    assert statements(store) == size


@pytest.mark.usefixtures("refusing")
def test_what_the_gate_refuses_goes_to_quarantine(tmp_path: Path) -> None:
    store = tmp_path / "store"
    result = run(store, "ingest", str(ONE), code=1)
    assert "refused    interaction-002: No." in result.stdout
    assert f"error[ENTENTE-401]: {ONE}: No." in result.stderr
    listed = json.loads(run(store, "quarantine", "list", "-f", "json").stdout)
    assert listed == [{"name": "interaction-002", "origin": str(ONE), "violations": "1", "first": "No."}]
    assert "No." in run(store, "quarantine", "show", "interaction-002").stdout
    run(store, "quarantine", "retry", "interaction-002", code=1)
    run(store, "quarantine", "drop", "interaction-002")
    assert json.loads(run(store, "quarantine", "list", "-f", "json").stdout) == []
    assert run(store, "quarantine", "show", "interaction-002", code=2).stderr.startswith("error[ENTENTE-1")


def test_retry_takes_in_what_passes_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    with monkeypatch.context() as patched:
        patched.setattr("entente.cli.workbench.Workbench.gate", lambda *_: Refusing())
        run(store, "ingest", str(ONE), code=1)
    assert "(added 1)" in run(store, "quarantine", "retry", "interaction-002").stdout
    assert run(store, "quarantine", "list").stdout == "name,origin,violations,first\n"


def test_extract_as_json_and_table(tmp_path: Path) -> None:
    record = json.loads(run(tmp_path, "extract", str(ONE)).stdout)
    assert record["doc"]["id"] == "interaction-002"
    assert [event["type"] for event in record["events"]][:1] == ["exercise"]
    table = run(tmp_path, "extract", str(ONE), "-f", "table").stdout
    assert table.splitlines()[0].split()[:3] == ["id", "type", "mode"]
    assert "exercise" in table
    dated = run(tmp_path, "extract", str(ONE), "--published", "2024-01-02").stdout
    assert json.loads(dated)["doc"]["published"] == "2024-01-02"


def test_extract_explains_itself(tmp_path: Path) -> None:
    event = json.loads(run(tmp_path, "extract", str(ONE), "--explain").stdout)["events"][0]
    text = ONE.read_text("utf-8").split("---\n", 2)[2]
    keys = {"extractor", "rule", "confidence", "level", "modality", "speaker", "evidence", "facts", "matches"}
    assert event["evidence_span"] in [evidence["span"] for claim in event["claims"] for evidence in claim["evidence"]]
    for claim in event["claims"]:
        assert set(claim) == keys
        for match in claim["matches"]:
            for words in (*match["groups"], match["clause"]):
                start, end = words["span"]
                assert text[start:end] == words["text"]
    lines = run(tmp_path, "extract", str(ONE), "--explain", "-f", "table").stdout.splitlines()
    assert lines[0].startswith("e1 exercise, actual")
    assert lines[1].startswith("  claim of ")
    assert any(line.startswith("    by exercise.") for line in lines)
    assert any(line.split()[:1] == ["participants"] for line in lines)
    assert any(line.startswith("      said: ") for line in lines)


def test_extract_wants_a_readable_file_and_a_known_extractor(tmp_path: Path) -> None:
    assert run(tmp_path, "extract", str(tmp_path / "none.txt"), code=2).stderr.startswith("error[ENTENTE-207]")
    assert run(tmp_path, "extract", str(ONE), "--extractor", "x", code=2).stderr.startswith("error[ENTENTE-127]")


def test_extract_guesses_at_no_other_language(tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text(
        "Die Marinen beider Länder begannen am Donnerstag ein gemeinsames Manöver vor der Küste."
    )
    result = run(tmp_path, "extract", str(tmp_path / "de.txt"), code=2)
    assert result.stderr.startswith("error[ENTENTE-213]")
    assert not result.stdout


def test_validate_an_article_graph(demo: tuple[Path, Result], tmp_path: Path) -> None:
    store, _ = demo
    good, bad, empty = tmp_path / "good.ttl", tmp_path / "bad.ttl", tmp_path / "empty.ttl"
    run(store, "dump", "--graph", "graph:article/interaction-002", "-o", str(good))
    bad.write_text("<https://example.org/c> a <https://w3id.org/entente/ns#Claim> .", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    passed = run(store, "validate", str(good), "-f", "json")
    assert json.loads(passed.stdout)[0]["passed"] is True
    refused = run(store, "validate", str(good), str(bad), code=1)
    assert f"{bad},,Violation,https://example.org/c," in refused.stdout
    assert "violation: " in run(store, "validate", str(bad), "-f", "table", code=1).stdout
    assert "ValidationReport" in run(store, "validate", str(bad), "-f", "ttl", code=1).stdout
    assert run(store, "validate", str(bad), "--fail-on", "none").stdout
    assert "found nothing to check" in run(store, "validate", str(empty), code=1).stderr


def test_validate_with_other_shapes(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:s> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ;"
        ' sh:property <urn:q> . <urn:q> sh:path <urn:p> ; sh:maxCount 1 ; sh:message "Give one."@en .',
        encoding="utf-8",
    )
    data = tmp_path / "data.nt"
    data.write_text("<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:c> .\n", encoding="utf-8")
    result = run(tmp_path, "validate", str(data), "--shapes", str(shapes), code=1)
    assert "Give one." in result.stdout


def test_a_terminal_sees_a_bar_with_counts(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "entente.cli", "--store", str(tmp_path / "store"), "ingest", str(ONE)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    seen = b""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        while chunk := _read(ours):  # while it runs, for a terminal that nobody reads fills up and holds the writer
            seen += chunk
        os.close(ours)
        assert process.stdout
        told = process.stdout.read()
    assert process.returncode == 0
    assert b"added 1" in seen
    assert b"1 articles" in seen
    assert b"100%" in seen
    assert told.startswith(b"articles   1 (added 1)\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other end is closed.
        return b""


def test_serve_refuses_a_taken_port(demo: tuple[Path, Result]) -> None:
    import socket

    store, _ = demo
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(store, "serve", "--port", str(port), code=2).stderr.startswith("error[ENTENTE-126]")


def test_serve_answers_and_ends_on_interrupt(demo: tuple[Path, Result]) -> None:
    import signal
    import urllib.request

    store, _ = demo
    command = [sys.executable, "-m", "entente.cli", "--store", str(store), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = process.stderr.readline().split(" at ")[1].split()[0]
        with urllib.request.urlopen(f"{address}/exercises?state=RUS") as answer:
            assert json.load(answer)["items"]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert "Traceback" not in process.stderr.read()
