"""Retraction, correction and quarantine on the command line: exactly what rested on an article goes."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import run
from entente import resources
from entente.cli import cli

SAMPLES = resources.folder("samples")
NAMES = ("interaction-002", "interaction-003", "interaction-004")
EARLY = (
    "---\nid: early\noutlet: Test Post\npublished: 2023-03-01\n---\nRussia and China\n"
    "Russia signed an agreement on trade with China on March 9, 2023, the Foreign Ministry of China said on March 9, 2023.\n"
)


def dump(store: Path) -> str:
    text = run(store, "dump", "-f", "nq").stdout
    assert text.count("\n") > 10_000
    return text


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the first two articles, with its journal, in a folder to copy."""
    folder = tmp_path_factory.mktemp("base")
    run(folder / "store", "ingest", *(SAMPLES / f"{name}.txt" for name in NAMES[:2]))
    return folder


@pytest.fixture
def store(base: Path, tmp_path: Path) -> Path:
    shutil.copytree(base, tmp_path / "copy")
    return tmp_path / "copy" / "store"


@pytest.mark.parametrize("name", ["{}", "article:{}", "https://w3id.org/entente/id/article/{}", "graph:article/{}"])
def test_after_a_retraction_the_graph_is_as_without_the_article(store: Path, name: str) -> None:
    before = dump(store)
    run(store, "ingest", SAMPLES / f"{NAMES[2]}.txt")
    assert dump(store) != before
    run(store, "retract", name.format(NAMES[2]))
    assert dump(store) == before
    again = run(store, "ingest", SAMPLES / f"{NAMES[2]}.txt")
    assert "(added 1)" in again.stdout


def test_a_dry_run_shows_what_would_go(store: Path) -> None:
    before = dump(store)
    shown = run(store, "retract", "--dry-run", NAMES[1]).stdout.splitlines()
    assert dump(store) == before
    run(store, "retract", NAMES[1])
    after, lines = set(dump(store).splitlines()), set(before.splitlines())
    assert {line[2:] for line in shown if line.startswith("- ")} == lines - after
    assert {line[2:] for line in shown if line.startswith("+ ")} == after - lines
    assert len(shown) > 100


def test_an_unknown_article_is_no_retraction(store: Path) -> None:
    before = dump(store)
    result = run(store, "retract", NAMES[0], "nobody", code=2)
    assert result.stderr.startswith("error[ENTENTE-147]")
    assert dump(store) == before
    hinted = shlex.split(result.stderr.partition("see: entente ")[2])
    assert {f"/id/article/{name}" for name in NAMES[:2]} <= {
        row.removeprefix("https://w3id.org/entente") for row in run(store, *hinted, "-f", "csv").stdout.split()
    }


def test_a_correction_leaves_nothing_of_what_it_corrects(store: Path, tmp_path: Path) -> None:
    before = dump(store)
    text = (SAMPLES / f"{NAMES[1]}.txt").read_text("utf-8")
    wrong = tmp_path / "article.txt"
    wrong.write_text(text.replace("Russia", "India"), encoding="utf-8")
    assert "(replaced 1)" in run(store, "ingest", wrong).stdout
    assert dump(store) != before
    wrong.write_text(text, encoding="utf-8")
    assert "(replaced 1)" in run(store, "ingest", wrong).stdout
    assert dump(store) == before


def test_a_refusal_is_explained_by_the_words_it_rests_on(store: Path, tmp_path: Path) -> None:
    early = tmp_path / "early.txt"
    early.write_text(EARLY, encoding="utf-8")
    assert "error[ENTENTE-401]" in run(store, "ingest", early, code=1).stderr
    lines = run(store, "quarantine", "explain", "early").stdout.splitlines()
    assert lines[0] == f"early, from {early}"
    assert any(line.startswith("  words  “") and "March 9" in line for line in lines)
    assert any(line.startswith("  at     ") for line in lines)
    assert lines[-1].endswith("entente quarantine retry early")
    again = run(store, "ingest", early, code=1)
    assert "(refused 1)" in again.stdout
    assert "(refused 1)" in run(store, "quarantine", "retry", "--all", code=1).stdout
    early.write_text(EARLY.replace("2023-03-01", "2023-03-10"), encoding="utf-8")
    assert "(added 1)" in run(store, "ingest", early).stdout
    assert run(store, "quarantine", "list").stdout == "name,origin,violations,first\n"


def test_a_change_of_shapes_lets_the_held_in_by_itself(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    early = tmp_path / "early.txt"
    early.write_text(EARLY, encoding="utf-8")
    run(store, "ingest", early, code=1)
    shutil.copytree(resources.folder("shapes"), tmp_path / "shapes")
    article = tmp_path / "shapes" / "article.ttl"
    begin = "shapes:Article-assertion-time a sh:PropertyShape ;"
    assert begin in article.read_text("utf-8")
    article.write_text(article.read_text("utf-8").replace(begin, f"{begin} sh:deactivated true ;"), "utf-8")
    folder = resources.folder
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name if name == "shapes" else folder(name))
    other = run(store, "ingest", SAMPLES / f"{NAMES[0]}.txt")
    assert "(added 1 · unchanged 1)" in other.stdout


def test_retry_wants_names_or_all(store: Path) -> None:
    assert run(store, "quarantine", "retry", code=2).stderr.startswith("error[ENTENTE-100]")
    assert run(store, "quarantine", "retry", "--all", "x", code=2).stderr.startswith("error[ENTENTE-100]")
    assert "articles   0 (nothing)" in run(store, "quarantine", "retry", "--all").stdout


def test_resume_goes_on_with_the_interrupted_run_only(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(store, "ingest", "--resume", code=2).stderr.startswith("error[ENTENTE-146]")
    assert run(store, "ingest", "--resume", ".", code=2).stderr.startswith("error[ENTENTE-100]")
    for number in range(3):
        (tmp_path / "in" / f"{number}").mkdir(parents=True)
        shutil.copy(SAMPLES / f"{NAMES[number]}.txt", tmp_path / "in" / f"{number}")
    from entente.ingest.journal import Journal

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "end", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert CliRunner().invoke(cli, ["--store", str(store), "ingest", str(tmp_path / "in")]).exit_code != 0
    monkeypatch.chdir(tmp_path)
    assert "(added 1 · unchanged 2)" in run(store, "ingest", "--resume", "--list").stdout
    assert run(store, "ingest", "--resume", code=2).stderr.startswith("error[ENTENTE-146]")
