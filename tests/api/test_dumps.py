"""Dumps over HTTP: made on demand once for each version, told of in VoID and DCAT, and never in the way of queries."""

from __future__ import annotations

import gzip
import hashlib
import io
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from entente.api import create_app
from entente.engine import DUMP_TYPES, FolderEngine, Limits, LocalEngine
from entente.model import Triple
from entente.query import Catalogue
from entente.store import OxigraphStore, parse

DATA = """
INSERT DATA { <http://e/s> <http://e/p> 1, "a\\"b"@en . GRAPH <http://e/g> { <http://e/t> <http://e/p> "2"^^<http://e/x> } }
"""
FILES = (*DUMP_TYPES, "SHA256SUMS")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FolderEngine]:
    made = FolderEngine(tmp_path / "store", Limits(readers=1, most_readers=2))
    made.update(DATA)
    yield made
    made.close()


@pytest.fixture
def client(engine: FolderEngine) -> Iterator[TestClient]:
    app = create_app(engine.store, None, Catalogue(()), engine=engine)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


def described(client: TestClient) -> list[Triple]:
    answer = client.get("/.well-known/void", headers={"accept": "application/n-triples"})
    return [quad.triple for quad in parse(answer.content, "application/n-triples")]


def values(triples: list[Triple], name: str) -> list[str]:
    return sorted(str(getattr(t.object, "lexical", t.object)) for t in triples if t.predicate.endswith(name))


@pytest.mark.parametrize(("name", "media_type"), DUMP_TYPES.items())
def test_each_file_is_the_dataset(client: TestClient, engine: FolderEngine, name: str, media_type: str) -> None:
    answer = client.get(f"/dumps/latest/{name}", headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/gzip")
    assert answer.headers["entente-dataset-version"] == str(engine.version)
    assert answer.url.path == f"/dumps/{engine.version}/{name}"
    assert "content-encoding" not in answer.headers
    assert set(parse(gzip.decompress(answer.content), media_type)) == set(engine.store.quads())
    part = client.get(f"/dumps/{engine.version}/{name}", headers={"range": "bytes=0-9", "accept-encoding": "gzip"})
    assert (part.status_code, part.content) == (206, answer.content[:10])
    head = client.head(f"/dumps/{engine.version}/{name}")
    assert (head.headers["content-length"], head.content) == (str(len(answer.content)), b"")
    known = client.get(answer.url.path, headers={"if-none-match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    longer = client.get(answer.url.path, headers={"if-none-match": f'"{name}{answer.headers["etag"]}"'})
    assert longer.status_code == 200


def test_the_sums_are_those_of_the_files_and_of_void(client: TestClient, engine: FolderEngine, tmp_path: Path) -> None:
    before = described(client)
    assert values(before, "byteSize") == []
    for name in FILES:
        (tmp_path / name).write_bytes(client.get(f"/dumps/{engine.version}/{name}").content)
    subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)
    triples = described(client)
    addresses = [f"http://testserver/dumps/{engine.version}/{name}" for name in sorted(DUMP_TYPES)]
    assert values(before, "void#dataDump") == values(triples, "void#dataDump") == addresses
    assert values(triples, "dcat#distribution") == values(triples, "downloadURL") == addresses
    assert values(triples, "checksumValue") == sorted(
        hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in DUMP_TYPES
    )
    assert values(triples, "byteSize") == sorted(str((tmp_path / name).stat().st_size) for name in DUMP_TYPES)


def test_equal_datasets_have_equal_bytes(client: TestClient, engine: FolderEngine, tmp_path: Path) -> None:
    def sums() -> str:
        return client.get("/dumps/latest/SHA256SUMS").text

    first = sums()
    engine.update("INSERT DATA { <http://e/new> <http://e/p> 3 }")
    assert sums() != first
    engine.update("DELETE DATA { <http://e/new> <http://e/p> 3 }")
    assert sums() == first
    other = FolderEngine(tmp_path / "other", Limits(readers=1))
    sink = io.BytesIO()
    engine.store.dump(sink, "application/n-quads")
    for line in reversed(sink.getvalue().decode().splitlines()):
        s, p, rest = line.split(" ", 2)
        o, g = rest.rsplit(" <", 1) if "http://e/g" in rest else (rest.removesuffix(" ."), "")
        block = f"{s} {p} {o}"
        other.update(f"INSERT DATA {{ GRAPH <{g.removesuffix(' .')} {{ {block} }} }}" if g else f"INSERT DATA {{ {block} }}")
    assert other.dumps is not None
    other.dumps.make()
    found = other.dumps.find(other.version or 0)
    other.close()
    assert sorted(dump.sha256 for dump in found.values()) == sorted(line[:64] for line in first.splitlines())


def test_a_version_is_dumped_once_however_many_ask(client: TestClient, engine: FolderEngine, monkeypatch: Any) -> None:
    assert engine.dumps is not None
    ran, go = [], threading.Event()
    original = engine.dumps._run

    def run(*arguments: Any) -> None:
        ran.append(arguments)
        go.wait()
        original(*arguments)

    monkeypatch.setattr(engine.dumps, "_run", run)
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(client.get, f"/dumps/{engine.version}/{name}") for name in FILES]
        # The dump waits for us: queries and updates do not wait for it.
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        engine.update("INSERT DATA { <http://e/meanwhile> <http://e/p> 1 }")
        go.set()
        assert {answer.result().status_code for answer in asked} <= {200, 404}
    assert client.get("/dumps/latest/entente.nq.gz").status_code == 200
    assert len(ran) <= 2
    ran.clear()
    assert client.get("/dumps/latest/entente.nq.gz").status_code == 200
    assert ran == []


def test_old_dumps_go_and_what_was_begun_is_tidied(client: TestClient, engine: FolderEngine, tmp_path: Path) -> None:
    first = engine.version
    (tmp_path / "store-dumps" / ".9-begun").mkdir(parents=True)
    for number in range(4):
        assert client.get("/dumps/latest/entente.nq.gz").status_code == 200
        engine.update(f"INSERT DATA {{ <http://e/{number}> <http://e/p> 1 }}")
    assert sorted(folder.name for folder in (tmp_path / "store-dumps").iterdir()) == ["3", "4", "5"]
    gone = client.get(f"/dumps/{first}/entente.nq.gz")
    assert (gone.status_code, gone.json()["code"]) == (404, "ENTENTE-352")
    assert [name for name in (tmp_path / "store-snapshots").iterdir() if name.name.startswith("pin-")] == []


def test_what_is_not_there_is_told(client: TestClient, engine: FolderEngine) -> None:
    assert client.get(f"/dumps/{engine.version}/passwd").json()["code"] == "ENTENTE-351"
    assert client.get(f"/dumps/{engine.version}/..%2fversion").status_code == 404
    assert client.get("/dumps/99/entente.nq.gz").json()["code"] == "ENTENTE-352"
    store = OxigraphStore(None)
    with TestClient(create_app(store, None, Catalogue(()), engine=LocalEngine(store))) as local:  # type: ignore[arg-type]
        assert local.get("/dumps/1/entente.nq.gz").json()["code"] == "ENTENTE-350"
        assert "dataDump" not in local.get("/.well-known/void").text
    store.close()


def test_a_dump_that_fails_is_told_and_leaves_nothing(
    client: TestClient, engine: FolderEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.engine.dumps._PROGRAM", "import sys; sys.exit('no space')")
    failed = client.get("/dumps/latest/entente.nq.gz")
    assert (failed.status_code, failed.json()["code"]) == (503, "ENTENTE-545")
    assert "no space" in failed.json()["detail"]
    assert list((tmp_path / "store-dumps").iterdir()) == []
    monkeypatch.undo()
    assert client.get("/dumps/latest/entente.nq.gz").status_code == 200
