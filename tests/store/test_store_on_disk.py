"""A store in a folder: who may open it, and what a killed process leaves behind."""

from __future__ import annotations

import random
import re
import select
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from entente.errors import InputError, StoreError
from entente.model import BlankNode, Change, Iri, Literal, Quad
from entente.store import OxigraphStore, loading, open_store

S, P = Iri("http://example.org/s"), Iri("http://example.org/p")
BLOCK = 40
GROWTH = 1200
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


LARGE_WRITER = f"""
import os, sys
from pathlib import Path
from entente.model import Change, Iri, Literal, Quad
from entente.store import OxigraphStore, loading

def quads(n, name, number):
    graphs = (None, Iri("http://example.org/graph"))
    return tuple(
        Quad(Iri(f"http://example.org/{{name}}/{{i}}"), Iri("http://example.org/p"), Literal.of(n), graphs[i % 2])
        for i in range(number)
    )

loading.LARGE = {GROWTH}
store = OxigraphStore(Path(sys.argv[1]))
if sys.argv[3] == "between":
    loading._remove = lambda *_: os._exit(9)
n = int(sys.argv[2])
while True:
    insert = quads(n + 1, "changing", {BLOCK}) + quads(n + 1, "growing", {GROWTH})
    store.apply(Change(remove=quads(n, "changing", {BLOCK}), insert=insert))
    n += 1
    print(n, flush=True)
"""


HUGE, FILES = 1_050_000, 4
"""More quads than the engine sorts at once, which is 1,000,000, and the files of default graph that it sorts them into."""
HUGE_WRITER = f"""
import sys
import pyoxigraph as ox

text = b"".join(b"<urn:s:%d> <urn:p> <urn:o> .\\n" % number for number in range({HUGE}))
ox.Store(sys.argv[1]).bulk_load(text, ox.RdfFormat.N_QUADS, lenient=True)
"""


def written(store: OxigraphStore) -> set[int]:
    """The numbers of the blocks that the store holds: the last of what changes, and all of what grows, each whole."""
    changing = Counter(q.object for q in store.quads() if "/changing/" in q.subject)
    growing = Counter(q.object for q in store.quads() if "/growing/" in q.subject)
    assert set(changing.values()) == {BLOCK}
    assert set(growing.values()) == {GROWTH}
    assert len(store) == changing.total() + growing.total()
    [last] = changing
    assert max(growing, key=lambda value: int(value.lexical)) == last
    assert store.graphs() == (Iri("http://example.org/graph"),)
    return {int(value.lexical) for value in growing}


def test_a_killed_process_leaves_large_changes_whole_or_undone_too(tmp_path: Path) -> None:
    chance = random.Random(20231101)
    begun = 0
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", LARGE_WRITER, str(tmp_path / "kg"), str(begun), "-"], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            for _ in range(chance.randint(1, 9)):
                begun = int(writer.stdout.readline())
            select.select([], [], [], chance.random() / 50)
            writer.kill()
            begun = max([begun, *map(int, re.findall(r"(\d+)\n", writer.stdout.read()))])
        store = OxigraphStore(tmp_path / "kg")
        held = written(store)
        store.close()
        assert max(held) in (begun, begun + 1)
        begun = max(held)
        assert held == set(range(1, begun + 1))
    assert begun > KILLS


def test_files_of_more_quads_than_the_engine_sorts_at_once_are_added_in_one_step(tmp_path: Path) -> None:
    kept = tmp_path / "kg"
    with subprocess.Popen([sys.executable, "-c", HUGE_WRITER, str(kept)]) as writer:
        # the files of one part and the first of another, of all that are made before any is added
        while len(list(kept.glob("bulk-*"))) <= FILES and writer.poll() is None:
            select.select([], [], [], 0.002)
        writer.kill()
    assert len(OxigraphStore.read_only(kept)) in (0, HUGE)


def test_a_change_that_was_killed_half_way_is_finished_when_the_store_is_opened(tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path / "kg")
    block = [Quad(Iri(f"http://example.org/changing/{i}"), P, Literal.of(1)) for i in range(BLOCK)]
    graph = Iri("http://example.org/graph")
    store.apply(Change(insert=tuple(quad if i % 2 == 0 else Quad(*quad.triple, graph) for i, quad in enumerate(block))))
    store.close()
    killed = run(LARGE_WRITER, str(tmp_path / "kg"), "1", "between")
    assert killed.returncode == 9
    assert len(OxigraphStore.read_only(tmp_path / "kg")) > GROWTH + 2 * BLOCK  # both blocks, and the notes
    store = OxigraphStore(tmp_path / "kg")
    assert written(store) == {2}
    store.close()


def test_a_large_change_is_the_same_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LARGE", 1000)
    disk, memory = OxigraphStore(tmp_path / "kg"), open_store("memory:")
    quads = [
        Quad(Iri(f"http://example.org/{n}"), P, value, graph)
        for n in range(400)
        for value, graph in ((Literal(f'é\n\\ "{n}', lang="en"), None), (Literal.of(n), Iri(f"{S}/{n % 3}")), (S, None))
    ]
    first = Change(insert=tuple(quads))
    again = Change(remove=tuple(quads[:90]), insert=(*quads[60:], *(Quad(S, P, Literal.of(-n)) for n in range(1, 200))))
    for change in (first, again, again):
        for store in (disk, memory):
            store.apply(change)
        assert set(disk.quads()) == set(memory.quads())
        assert len(disk) == len(memory)
        assert disk.graphs() == memory.graphs()
    with pytest.raises(InputError, match="blank node"):
        disk.apply(Change(insert=(*quads, Quad(BlankNode("b"), P, S))))
    disk.close()
