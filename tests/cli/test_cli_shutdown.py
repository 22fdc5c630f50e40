"""`entente serve` told to end while queries and an update run: soon, in order, and nobody is lied to."""

from __future__ import annotations

import hashlib
import http.client
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from entente.store import OxigraphStore

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = "DELETE { ?a ?b ?c } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TOKEN = "a-token-of-this-test"


@contextmanager
def service(store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A service that by itself would let everything run for ten minutes."""
    options = [
        "--port",
        "0",
        "--timeout",
        "600",
        "--most-readers",
        "2",
        "--token-hash",
        hashlib.sha256(TOKEN.encode()).hexdigest(),
    ]
    command = [sys.executable, "-m", "entente.cli", "--store", str(store), "serve", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            yield process, urlsplit(process.stderr.readline().split(" at ")[1].split()[0]).netloc
        finally:
            process.kill()


class Asking(threading.Thread):
    """A client that reads its answer to the end."""

    def __init__(self, host: str, method: str, path: str, body: str | None = None, kind: str = "") -> None:
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection(host)
        headers = {"Content-Type": kind, "Authorization": f"Bearer {TOKEN}"} if body else {}
        self.connection.request(method, path, body, headers)
        self.start()

    def run(self) -> None:
        answer = self.connection.getresponse()
        self.status = answer.status
        self.broken = False
        try:
            self.body = answer.read()
        except (http.client.IncompleteRead, ConnectionError):
            self.broken = True
        self.connection.close()


def running(host: str) -> int:
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/sparql/queries")
    found = len(json.load(connection.getresponse()))
    connection.close()
    return found


def test_sigterm_ends_everything_and_every_client_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = OxigraphStore(folder)
    store.update("INSERT DATA { " + " ".join(f"<http://e/s{i}> <http://e/p> {i} ." for i in range(500)) + " }")
    store.close()
    with service(folder) as (process, host):
        runaway, stream, waiting = (Asking(host, "GET", f"/sparql?query={quote(text)}") for text in (RUNAWAY, LONG, RUNAWAY))
        update = Asking(host, "POST", "/update", ENDLESS, "application/sparql-update")
        while running(host) < 3:
            assert not hasattr(runaway, "status")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
        for client in (runaway, stream, waiting, update):
            client.join(timeout=60)
        assert [json.loads(client.body)["code"] for client in (runaway, waiting)] == ["ENTENTE-544"] * 2
        assert [client.status for client in (runaway, waiting, update)] == [503] * 3
        assert (stream.status, stream.broken) == (200, True)
        assert json.loads(update.body)["code"] == "ENTENTE-526"
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    # The folder is free, and the update that was ended has left nothing.
    store = OxigraphStore(folder)
    assert len(store) == 500
    store.close()


def test_a_quiet_service_ends_at_once(tmp_path: Path) -> None:
    OxigraphStore(tmp_path / "store").close()
    with service(tmp_path / "store") as (process, host):
        assert running(host) == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
