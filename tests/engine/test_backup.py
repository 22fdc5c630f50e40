"""Backups and what is made of them: online and closed, verified, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from entente.cli import cli
from entente.engine import FolderEngine, Limits, back_up, restore
from entente.errors import Error
from entente.store import OxigraphStore

LIMITS = Limits(readers=1, most_readers=1)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    insert(folder, 1)
    return folder


def insert(folder: Path, value: int) -> None:
    opened = OxigraphStore(folder)
    opened.update(
        f"INSERT DATA {{ <http://e/s> <http://e/p> {value} GRAPH <http://e/g> {{ <http://e/s> <http://e/p> 0 }} }}"
    )
    opened.close()


def content(folder: Path) -> bytes:
    opened = OxigraphStore(folder)
    sink = io.BytesIO()
    opened.dump(sink, "application/n-quads")
    opened.close()
    return sink.getvalue()


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Error) as caught:
        work()
    return caught.value.code


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_the_commands_take_a_copy_and_put_it_back(store: Path, tmp_path: Path) -> None:
    before, backup = content(store), tmp_path / "backup"

    def run(*args: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["--store", str(store), *args])
        return result.exit_code, result.stderr

    assert run("backup", str(backup))[0] == 0
    manifest = json.loads((backup / "manifest.json").read_text())
    assert (manifest["version"], manifest["quads"]) == (1, 2)
    assert manifest["files"] == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (backup / "store").iterdir()
    }
    insert(store, 2)
    code, told = run("restore", str(backup))
    assert (code, "error[ENTENTE-542]" in told) == (3, True)
    assert content(store) != before
    assert run("restore", str(backup), "--force")[0] == 0
    assert content(store) == before
    shutil.rmtree(store)
    assert run("restore", str(backup))[0] == 0
    assert content(store) == before
    assert names(tmp_path) == {"store", "store-snapshots", "backup"}
    remote = CliRunner().invoke(cli, ["--store", "http://localhost:1/sparql", "backup", str(tmp_path / "other")])
    assert (remote.exit_code, "error[ENTENTE-155]" in remote.stderr) == (2, True)
    shutil.rmtree(store)
    assert run("backup", str(tmp_path / "other"))[0] == 2


def test_a_running_service_is_backed_up_with_every_answered_update(store: Path, tmp_path: Path) -> None:
    engine = FolderEngine(store, LIMITS)
    try:
        for number in range(5):
            engine.update(f"INSERT DATA {{ <http://e/online> <http://e/p> {number} }}")
            manifest = back_up(store, tmp_path / f"backup-{number}")
            assert (manifest.version, manifest.quads) == (engine.version, 3 + number)
        assert refused(lambda: restore(tmp_path / "backup-0", store, force=True)) == "ENTENTE-502"
        version = engine.version or 0
    finally:
        engine.close()
    restore(tmp_path / "backup-3", store, force=True)
    assert b'/online> <http://e/p> "3"' in content(store)
    assert b'/online> <http://e/p> "4"' not in content(store)
    # The number goes on: no client may take what was restored for what it has seen.
    again = FolderEngine(store, LIMITS)
    assert again.version == version + 1
    again.close()
    restore(tmp_path / "backup-3", tmp_path / "elsewhere")
    other = FolderEngine(tmp_path / "elsewhere", LIMITS)
    assert other.version == version
    other.close()


def test_backups_stay_whole_while_updates_come(store: Path, tmp_path: Path) -> None:
    engine = FolderEngine(store, LIMITS)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            engine.update(f"INSERT DATA {{ <http://e/{number}> <http://e/p> 1 }}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(store, tmp_path / f"backup-{number}") for number in range(5)]
    finally:
        stop.set()
        writer.join()
        engine.close()
    first = made[0].version - made[0].quads
    assert [manifest.version - manifest.quads for manifest in made] == [first] * 5
    assert not [name for name in names(tmp_path / "store-snapshots") if name.startswith("pin-")]


def test_a_store_that_another_program_holds_is_not_taken_from_an_old_snapshot(store: Path, tmp_path: Path) -> None:
    back_up(store, tmp_path / "first")
    held = OxigraphStore(store)
    assert refused(lambda: back_up(store, tmp_path / "second")) == "ENTENTE-502"
    held.close()
    assert not (tmp_path / "second").exists()


def damage_byte(content: Path) -> None:
    file = max(content.iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def remove_file(content: Path) -> None:
    (content / "CURRENT").unlink()


def add_file(content: Path) -> None:
    (content / "more.sst").write_bytes(b"x")


def forget_manifest(content: Path) -> None:
    (content.parent / "manifest.json").unlink()


def escape(content: Path) -> None:
    path = content.parent / "manifest.json"
    said = json.loads(path.read_text())
    said["files"]["../../evil"] = "0"
    path.write_text(json.dumps(said))


def miscount(content: Path) -> None:
    path = content.parent / "manifest.json"
    path.write_text(path.read_text().replace('"quads": 2', '"quads": 3'))


DAMAGES = [
    (damage_byte, "ENTENTE-541"),
    (remove_file, "ENTENTE-541"),
    (add_file, "ENTENTE-541"),
    (miscount, "ENTENTE-541"),
    (forget_manifest, "ENTENTE-157"),
    (escape, "ENTENTE-157"),
]


@pytest.mark.parametrize(("damage", "code"), DAMAGES)
def test_a_damaged_backup_changes_nothing(store: Path, tmp_path: Path, damage: Callable[[Path], None], code: str) -> None:
    back_up(store, tmp_path / "backup")
    damage(tmp_path / "backup" / "store")
    before = names(tmp_path)
    assert refused(lambda: restore(tmp_path / "backup", tmp_path / "new")) == code
    assert refused(lambda: restore(tmp_path / "backup", store, force=True)) == code
    assert names(tmp_path) == before
    assert content(store).count(b"\n") == 2


def test_a_failing_disk_leaves_nothing_half_written(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(store, tmp_path / "backup")
    before, copied = names(tmp_path), []
    original = shutil.copyfile

    def copy(source: Path, target: Path) -> None:
        copied.append(target)
        if len(copied) > 3:
            raise OSError(28, "No space left on device")
        original(source, target)

    monkeypatch.setattr(shutil, "copyfile", copy)
    assert refused(lambda: back_up(store, tmp_path / "second")) == "ENTENTE-540"
    copied.clear()
    assert refused(lambda: restore(tmp_path / "backup", store, force=True)) == "ENTENTE-540"
    assert names(tmp_path) == before
    assert content(store).count(b"\n") == 2


def test_what_is_no_store_is_never_written_over(store: Path, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backup")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear")
    assert refused(lambda: restore(tmp_path / "backup", tmp_path / "letters", force=True)) == "ENTENTE-542"
    assert refused(lambda: back_up(store, tmp_path / "letters")) == "ENTENTE-156"
    assert names(tmp_path / "letters") == {"letter.txt"}
