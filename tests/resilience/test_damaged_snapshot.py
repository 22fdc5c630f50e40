"""A service whose newest snapshot is damaged under it: each answer is right or an error, and what helps is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from entente.engine import FolderEngine, Limits, back_up, restore
from entente.errors import Error
from entente.store import Question

QUERIES = (
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?p ?o { <http://e/s77> ?p ?o }",
    "SELECT ?s { ?s <http://e/p3> ?o } ORDER BY ?s",
    'SELECT ?s { ?s ?p "value 7919" }',
)


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    with file.open("r+b") as damaged:
        damaged.write(data)


def blank(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.write(bytes(size))


def cut(file: Path) -> None:
    with file.open("r+b") as damaged:
        damaged.truncate(file.stat().st_size // 2)


def answer(engine: FolderEngine, query: str) -> bytes | Error:
    async def ask() -> bytes:
        given = await engine.ask(Question(query, ("text/csv",)), "me")
        return given.first + b"".join([part async for part in given.rest()])

    try:
        return asyncio.run(ask())
    except Error as error:
        return error


async def renew_reader(engine: FolderEngine) -> None:
    engine.pool.give(await engine.pool.take(), ended=True)


@pytest.mark.parametrize("damage", [flip, blank, cut, Path.unlink])
def test_a_damaged_snapshot_gives_right_answers_or_errors_and_a_backup_helps(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    store, backup = tmp_path / "store", tmp_path / "backup"
    limits = Limits(seconds=60, readers=1)
    with closing(FolderEngine(store, limits)) as engine:
        for part in range(3):
            facts = (
                f'<http://e/s{n}> <http://e/p{n % 7}> "value {n * 7919}" .' for n in range(part * 900, part * 900 + 900)
            )
            engine.update(f"INSERT DATA {{ {' '.join(facts)} }}")
        right = [answer(engine, query) for query in QUERIES]
        assert not any(isinstance(each, Error) for each in right)
        back_up(store, backup)
        files = sorted((tmp_path / "store-snapshots" / f"snap-{engine.version}").glob("*.sst"))
        assert files
        for file in files:
            damage(file)
        # At first by the reader that holds parts of the files in memory, then by one that has to read them.
        given = [answer(engine, query) for query in QUERIES]
        asyncio.run(renew_reader(engine))
        given += [answer(engine, query) for query in QUERIES * 2]
    for got, expected in zip(given, right * 3, strict=True):
        if isinstance(got, Error):
            assert got.code in {"ENTENTE-501", "ENTENTE-505"}
            assert "restore a backup" in str(got.hint)
        else:
            assert got == expected
    assert any(isinstance(each, Error) for each in given)
    restore(backup, store, force=True)
    with closing(FolderEngine(store, limits)) as engine:
        assert [answer(engine, query) for query in QUERIES] == right
