"""A store in a folder: who may open it, and what a killed process leaves behind."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from entente.errors import InputError, StoreError
from entente.model import Change, Iri, Literal, Quad
from entente.store import OxigraphStore, open_store

S, P = Iri("http://example.org/s"), Iri("http://example.org/p")
BLOCK = 40
KILLS = 12

WRITER = f"""
import sys
from pathlib import Path
from entente.model import Change, Iri, Literal, Quad
from entente.store import OxigraphStore

def block(n):
    predicate, graph = Iri("http://example.org/p"), Iri(f"http://example.org/graph/{{n % 7}}")
    return tuple(Quad(Iri(f"http://example.org/{{i}}"), predicate, Literal.of(n), graph) for i in range({BLOCK}))

store = OxigraphStore(Path(sys.argv[1]))
n = int(sys.argv[2])
while True:
    store.apply(Change(remove=block(n), insert=block(n + 1)))
    n += 1
    print(n, flush=True)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    first = open_store(str(tmp_path / "deep" / "folder"))
    first.apply(Change(insert=(Quad(S, P, Literal("x")),)))
    first.close()
    with pytest.raises(StoreError, match="closed"):
        len(first)
    first.close()
    again = open_store(str(tmp_path / "deep" / "folder"))
    assert list(again.quads()) == [Quad(S, P, Literal("x"))]
    again.close()


def test_a_second_process_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path / "kg")
    code = "import sys\nfrom pathlib import Path\nfrom entente.store import OxigraphStore\nOxigraphStore(Path(sys.argv[1]))"
    second = run(code, str(tmp_path / "kg"))
    store.close()
    assert second.returncode != 0
    assert "ENTENTE-502" in second.stderr
    assert "hint: stop the other program" in second.stderr
    OxigraphStore(tmp_path / "kg").close()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "letters" / "note.txt"
    note.parent.mkdir()
    note.write_text("mine")
    for path in (note.parent, note):
        with pytest.raises(StoreError, match="no store") as caught:
            OxigraphStore(path)
        assert caught.value.code == "ENTENTE-501"
    assert list(note.parent.iterdir()) == [note]


def test_a_broken_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match=str(tmp_path)):
        OxigraphStore(tmp_path)


def test_an_empty_location_is_refused() -> None:
    with pytest.raises(InputError):
        open_store("")


def test_a_killed_process_leaves_every_change_whole_or_undone(tmp_path: Path) -> None:
    chance = random.Random(20230720)
    begun = 0
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "kg"), str(begun)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            acknowledged = begun
            for _ in range(chance.randint(1, 60)):
                acknowledged = int(writer.stdout.readline())
            writer.kill()
            acknowledged = max([acknowledged, *(int(line) for line in writer.stdout.read().splitlines(keepends=True)
                                                if line.endswith("\n"))])  # fmt: skip
        store = OxigraphStore(tmp_path / "kg")
        values = {quad.object for quad in store.quads()}
        assert len(store) == BLOCK
        store.close()
        assert len(values) == 1
        (value,) = values
        assert isinstance(value, Literal)
        assert int(value.lexical) in (acknowledged, acknowledged + 1)
        begun = int(value.lexical)
    assert begun > KILLS
