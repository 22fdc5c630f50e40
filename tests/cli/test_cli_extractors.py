"""`--extractor`: other extractors than the rules, and several at once, from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from endpoint import completion, endpoint
from entente.cli import cli
from entente.model.terms import prov
from entente.store import open_store
from parses import save_pipeline

TEXT = "---\npublished: 2024-02-08\noutlet: The Fjord Post\n---\nNorway accused Russia of provocation.\n"
EVENT = {
    "type": "accusation",
    "mode": "actual",
    "status": None,
    "background": False,
    "evidence": "Norway accused Russia of provocation",
    "participants": [{"quote": "Norway", "role": "actor"}, {"quote": "Russia", "role": "recipient"}],
    "name": None,
    "places": ["Atlantis"],
    "dates": [],
    "forces": [],
    "speaker": None,
}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with a report in the folder, and settings for an endpoint on this machine."""
    (tmp_path / "report.txt").write_text(TEXT)
    monkeypatch.setenv("ENTENTE_LLM_MODEL", "m")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def command(name: str, *args: str, code: int = 0) -> Result:
        options = ["--store", str(tmp_path / "store"), name, str(tmp_path / "report.txt"), *args]
        result = CliRunner().invoke(cli, options)
        assert result.exit_code == code, result.output
        return result

    return command


def test_a_language_model_and_what_it_made_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(lambda _: completion(json.dumps({"events": [EVENT], "relations": []}))) as at:
        monkeypatch.setenv("ENTENTE_LLM_URL", at.url)
        result = run("extract", "--extractor", "llm", "--format", "json")
    [event] = json.loads(result.stdout)["events"]
    assert (event["type"], event["places"]) == ("accusation", [])
    assert "places: 'Atlantis' not in the text" in result.stderr


def test_an_ensemble_goes_into_the_graph(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_SPACY_PIPELINE", save_pipeline(tmp_path / "pipeline"))
    with endpoint(lambda _: completion(json.dumps({"events": [EVENT], "relations": []}))) as at:
        monkeypatch.setenv("ENTENTE_LLM_URL", at.url)
        result = run("ingest", "--extractor", "rules+llm+spacy")
    assert "rejected   1 slots" in result.stdout
    store = open_store(str(tmp_path / "store"))
    runs = {quad.object for quad in store.quads(predicate=prov.wasGeneratedBy)}
    store.close()
    assert len(runs) == 3


def test_an_endpoint_that_is_not_there_fails_the_article(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTENTE_LLM_URL", "http://127.0.0.1:9/v1")
    assert "error[ENTENTE-210]" in run("ingest", "--extractor", "llm", code=2).stderr


WRONG = {"rules+nothing": "ENTENTE-127", "rules+rules": "ENTENTE-137", "llm": "ENTENTE-135", "spacy": "ENTENTE-138"}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_used_is_named(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("ENTENTE_LLM_MODEL", "ENTENTE_SPACY_PIPELINE"):
        monkeypatch.delenv(variable, raising=False)
    assert run("extract", "--extractor", name, code=2).stderr.startswith(f"error[{WRONG[name]}]")


def test_a_missing_package_is_named_with_the_command_that_installs_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("entente_loaders.llm")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "openai", None)
    result = run("extract", "--extractor", "llm", code=2)
    assert result.stderr.startswith("error[ENTENTE-136]")
    assert "pip install 'entente[llm]'" in result.stderr
