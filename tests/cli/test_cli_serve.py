"""`entente serve` over a folder: what it refuses to start with, and that it serves, writes, logs and ends in order."""

from __future__ import annotations

import hashlib
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from entente.cli import cli
from entente.store import OxigraphStore

TOKEN = "served"
HASH = hashlib.sha256(TOKEN.encode()).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    made = OxigraphStore(tmp_path / "store")
    made.update("INSERT DATA { <http://e/s> <http://e/p> 1 }")
    made.close()
    return tmp_path / "store"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--writable"], "ENTENTE-529"),
        (["--token-hash", "secret"], "ENTENTE-520"),
        (["--allow-service", "host"], "ENTENTE-531"),
        (["--query-log", "/nowhere/log"], "ENTENTE-530"),
    ],
)
def test_what_it_refuses_to_start_with(store: Path, options: list[str], code: str) -> None:
    result = CliRunner().invoke(cli, ["--store", str(store), "serve", "--port", "0", *options])
    assert (result.exit_code, code in result.stderr) == (3, True), result.stderr


def test_it_serves_writes_logs_and_ends(store: Path, tmp_path: Path) -> None:
    log = tmp_path / "queries.jsonl"
    options = ["--port", "0", "--writable", "--token-hash", HASH, "--query-log", str(log), "--max-rows", "10"]
    command = [sys.executable, "-m", "entente.cli", "--store", str(store), "serve", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
        assert found is not None
        update = b"INSERT DATA { <http://e/s> <http://e/p> 2 }"
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
        with urlopen(Request(f"{found[0]}/update", update, headers), timeout=60) as answer:
            version = int(answer.headers["entente-dataset-version"])
        query = "SELECT%20%3Fo%20%7B%3Fs%20%3Fp%20%3Fo%7D%20ORDER%20BY%20%3Fo"
        with urlopen(f"{found[0]}/sparql?query={query}&format=csv&min-version={version}", timeout=60) as answer:
            assert answer.read() == b"o\r\n1\r\n2\r\n"
            assert "rows=10" in answer.headers["entente-limits"]
        server.send_signal(signal.SIGINT)
        assert server.wait() == 130
        assert server.stderr.read() == "\ninterrupted\n"
    [line] = log.read_text(encoding="utf-8").splitlines()
    logged = json.loads(line)
    assert (logged["outcome"], logged["version"], logged["client"]) == ("done", version, "127.0.0.1")
    assert logged["query"].startswith("SELECT ?o")
    reopened = OxigraphStore(store)
    assert len(reopened) == 2
    reopened.close()
