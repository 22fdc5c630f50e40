"""The conventions of the command line: start-up, help, streams, exit codes, error messages."""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from entente.cli import cli
from entente.cli.root import COMMANDS
from entente.errors import InternalError, RefusedError, StoreError

HEAVY = ("rdflib", "pyshacl", "owlready2", "fastapi", "pyoxigraph", "SPARQLWrapper", "rich", "yaml", "rapidfuzz")


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "entente.cli", *args], capture_output=True, text=True, check=False)


def invoke(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, args)
    return result.exit_code, result.stdout, result.stderr


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, json; from entente.cli import cli\n"
        "try: cli.main(['--help'], prog_name='entente')\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(answer.stdout.splitlines()[-1])}
    assert loaded.isdisjoint(HEAVY)
    assert "click" in loaded


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_its_summary_is_its_docstring(name: str) -> None:
    _, overview, _ = invoke("--help")
    summary = re.search(rf"^  {name}  +(.+(?:\n {{14,}}.+)*)", overview, re.MULTILINE)
    assert summary is not None
    command = importlib.import_module(f"entente.cli.commands.{name}").command
    assert isinstance(command, click.Command)
    first_sentence = " ".join(str(command.help).split("\n\n")[0].split())
    listed = " ".join(summary.group(1).split()).removesuffix(".")
    assert first_sentence.startswith(listed)
    code, help_text, _ = invoke(name, "--help")
    assert code == 0
    assert help_text.startswith("Usage: cli")


def test_the_list_of_commands_is_complete() -> None:
    folder = Path(str(importlib.import_module("entente.cli.commands").__file__)).parent
    assert sorted(path.stem for path in folder.glob("[a-z]*.py")) == sorted(COMMANDS)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--no-such-option"], "--no-such-option"),
        (["nonsense"], "nonsense"),
        (["query", "x", "--format", "xml"], "xml"),
        (["ingest"], "PATHS"),
        (["serve", "--port", "99999"], "99999"),
    ],
)
def test_usage_errors_have_our_shape(args: list[str], said: str) -> None:
    code, out, err = invoke(*args)
    assert (code, out) == (2, "")
    assert err.startswith("error[ENTENTE-100]: ")
    assert said in err
    assert "\n  hint: see: " in err


def test_no_command_prints_the_help() -> None:
    code, out, err = invoke()
    assert (code, out) == (2, "")
    assert "Commands:" in err


def test_version_names_all_parts() -> None:
    code, out, _ = invoke("--version")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["entente", "ontology", "shapes", "queries", "rules", "data"]


def test_a_broken_installation_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> Path:
        raise InternalError(901, "nothing there", "reinstall entente")

    monkeypatch.setattr("entente.resources.folder", fail)
    assert invoke("--version") == (4, "", "error[ENTENTE-901]: nothing there\n  hint: reinstall entente\n")


@pytest.mark.parametrize(
    ("raised", "code"),
    [(RefusedError(401, "refused", "do this"), 1), (StoreError(501, "broken", "do this"), 3), (KeyboardInterrupt(), 130)],
)
def test_exit_codes(monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("entente.cli.commands.query.catalogue", fail)
    exit_code, out, err = invoke("query", "--list")
    assert (exit_code, out) == (code, "")
    assert "Traceback" not in err
    if code != 130:
        assert err == f"{raised}\n"


@pytest.mark.parametrize("verbose", [False, True])
def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, verbose: bool) -> None:
    def fail() -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("entente.cli.commands.query.catalogue", fail)
    code, _, err = invoke(*(["-v"] if verbose else []), "query", "--list")
    assert code == 4
    assert "error[ENTENTE-900]: ZeroDivisionError: a bug" in err
    assert ("Traceback" in err) is verbose
    [kept] = tmp_path.glob("entente-*.traceback.txt")
    assert str(kept) in err
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    # The reading end is closed before anything is written.
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [sys.executable, "-m", "entente.cli", "query", "--list"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (process.returncode, process.stderr) == (0, b"")


def test_an_interrupt_ends_with_130() -> None:
    code = (
        "import entente.cli.commands.query as q, signal\n"
        "def stop(): signal.raise_signal(signal.SIGINT)\n"
        "q.catalogue = stop\n"
        "from entente.cli import cli\n"
        "cli.main(['query', '--list'], prog_name='entente')"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert process.returncode == 128 + signal.SIGINT
    assert process.stderr.strip() == "interrupted"


def test_completion_knows_commands_queries_and_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    def complete(words: str, count: int) -> str:
        environment = {"_ENTENTE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
        return CliRunner().invoke(cli, prog_name="entente", env=environment).stdout

    assert "plain,ingest" in complete("entente in", 1)
    assert "plain,joint-exercises-of-dyad" in complete("entente query joint", 2)
    assert "plain,a=" in complete("entente query joint-exercises-of-dyad -p a", 4)


def test_the_module_can_be_run() -> None:
    assert run("--help").stdout.startswith("Usage: entente")
