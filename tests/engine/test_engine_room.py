"""The engine over a folder: limits, kills, snapshots, and that nobody waits for anybody's runaway query."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from fcntl import ioctl
from pathlib import Path
from termios import TIOCOUTQ
from typing import Any

import pytest

from entente.engine import Answer, Engine, FolderEngine, Limits, LocalEngine, TooManyError
from entente.errors import Error, StoreError
from entente.model import Change, Iri, Literal, Quad
from entente.store import OxigraphStore, Question

DATA = "INSERT DATA { " + " ".join(f"<http://e/s{i}> <http://e/p> {i} ." for i in range(500)) + " }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ("text/csv",))
NUMBERS = Question("SELECT ?o { ?s <http://e/q> ?o } ORDER BY ?o", ("text/csv",))
LIMITS = Limits(seconds=60, readers=1, most_readers=6, parallel=None, budget=None)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderEngine]:
    made = FolderEngine(tmp_path_factory.mktemp("engine") / "store", LIMITS)
    made.update(DATA)
    yield made
    made.close()


@pytest.fixture
def limited(engine: FolderEngine) -> Iterator[Callable[..., FolderEngine]]:
    """The engine under other limits for one test."""

    def change(**limits: Any) -> FolderEngine:
        engine.limits = engine.pool._limits = replace(LIMITS, **limits)
        return engine

    yield change
    change()


async def whole(answer: Answer) -> bytes:
    return answer.first + b"".join([chunk async for chunk in answer.rest()])


async def ask(engine: Engine, question: Question | str, client: str = "me") -> bytes:
    return await whole(await engine.ask(Question(question) if isinstance(question, str) else question, client))


async def failure(work: Awaitable[Any]) -> Error:
    with pytest.raises(Error) as caught:
        await work
    return caught.value


@asynccontextmanager
async def running(engine: Engine, query: str, times: int = 1) -> AsyncIterator[list[asyncio.Task[Error]]]:
    """Queries that have begun; they are ended with the block."""
    tasks = [asyncio.create_task(failure(ask(engine, query, f"client {n}"))) for n in range(times)]
    while sum(active.stop is not None for active in engine.register.active()) < times:
        await asyncio.sleep(0)
    yield tasks
    for active in engine.register.active():
        engine.register.cancel(active.id)
    await asyncio.gather(*tasks)


def test_a_query_past_its_deadline_is_ended_and_its_process_gone(limited: Callable[..., FolderEngine]) -> None:
    engine = limited(seconds=2)

    async def check() -> None:
        async with running(engine, RUNAWAY) as [task]:
            [reader] = engine.pool._busy
            assert (await task).code == "ENTENTE-323"
            while Path(f"/proc/{reader.pid}").exists():
                await asyncio.sleep(0)
        assert await ask(engine, COUNT) == b"n\r\n500\r\n"
        assert engine.register.active() == ()

    asyncio.run(check())
    assert engine.register.outcomes["ENTENTE-323"] == 1


def test_a_query_past_its_memory_is_ended(limited: Callable[..., FolderEngine]) -> None:
    error = asyncio.run(failure(ask(limited(memory=64 << 20), GREEDY)))
    assert (error.code, error.status) == ("ENTENTE-324", 503)


def test_a_query_can_be_cancelled_by_its_id(engine: FolderEngine) -> None:
    async def check() -> None:
        async with running(engine, RUNAWAY) as [task]:
            [active] = engine.register.active()
            assert (active.text, active.client) == (RUNAWAY, "client 0")
            engine.register.cancel(active.id)
            assert (await task).code == "ENTENTE-325"

    asyncio.run(check())


def test_runaways_delay_nobody(engine: FolderEngine) -> None:
    async def check() -> None:
        async with running(engine, RUNAWAY, 4):
            for _ in range(20):
                assert await ask(engine, Question("ASK {}", ("text/csv",))) == b"true"
            assert len(engine.register.active()) == 4

    asyncio.run(check())


def test_who_finds_no_reader_waits_and_is_told(limited: Callable[..., FolderEngine]) -> None:
    engine = limited(most_readers=1, queue=0.05)

    async def check() -> None:
        while engine.pool.size > 1:
            engine.pool.give(await engine.pool.take(), ended=True)
        async with running(engine, RUNAWAY):
            assert (await failure(ask(engine, "ASK {}"))).code == "ENTENTE-523"
            limited(most_readers=1, queue=60)
            waiting = asyncio.create_task(ask(engine, COUNT))
            while not engine.pool.waiting:
                await asyncio.sleep(0)
            engine.register.cancel(engine.register.active()[0].id)
            assert await waiting == b"n\r\n500\r\n"

    asyncio.run(check())


def test_a_reader_that_dies_is_told_and_replaced(engine: FolderEngine) -> None:
    async def check() -> None:
        async with running(engine, RUNAWAY) as [task]:
            [reader] = engine.pool._busy
            os.kill(int(reader.pid or 0), signal.SIGKILL)
            assert (await task).code == "ENTENTE-522"
        assert await ask(engine, COUNT) == b"n\r\n500\r\n"

    asyncio.run(check())


def test_readers_that_die_while_idle_are_not_missed(engine: FolderEngine) -> None:
    async def check() -> None:
        pids = [*(int(reader.pid or 0) for reader in engine.pool._idle), engine._nursery.pid]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        while any(reader.alive() for reader in engine.pool._idle):
            await asyncio.sleep(0)
        for _ in range(3):
            assert await ask(engine, COUNT) == b"n\r\n500\r\n"

    asyncio.run(check())


def test_an_answer_that_breaks_off_raises(limited: Callable[..., FolderEngine]) -> None:
    engine = limited(size=3 << 20)

    async def check() -> None:
        answer = await engine.ask(Question(LONG), "me")
        assert not answer.whole
        assert len(answer.first) >= 1 << 20
        assert (await failure(whole(answer))).code == "ENTENTE-326"
        limited(size=1000)
        assert (await failure(ask(engine, LONG))).code == "ENTENTE-326"
        limited()
        answer = await engine.ask(Question(LONG), "me")
        engine.register.cancel(answer.id)
        assert (await failure(whole(answer))).code == "ENTENTE-325"
        answer = await engine.ask(Question(LONG), "me")
        await answer.drop()
        assert engine.register.active() == ()

    asyncio.run(check())


def test_every_answer_has_a_version_and_updates_are_seen_at_once(engine: FolderEngine) -> None:
    async def check() -> None:
        before = await engine.ask(COUNT, "me")
        quad = Quad(Iri("http://e/new"), Iri("http://e/p"), Literal("service <x> load <y>"))
        engine.store.apply(Change(insert=(quad,)))
        assert engine.version == (before.version or 0) + 1
        await engine.reach(engine.version)
        after = await engine.ask(COUNT, "me")
        assert (after.first, after.version) == (b"n\r\n501\r\n", engine.version)
        assert quad in list(engine.store.quads(Iri("http://e/new")))
        engine.store.apply(Change(remove=(quad,)))
        assert await ask(engine, COUNT) == b"n\r\n500\r\n"

    asyncio.run(check())


def test_old_snapshots_go(engine: FolderEngine) -> None:
    async def check() -> None:
        for number in range(5):
            engine.update(f"INSERT DATA {{ GRAPH <http://e/g{number}> {{ <a:a> <a:a> 1 }} }}")
            while engine.pool._idle and any(reader.snapshot != engine._snapshot()[0] for reader in engine.pool._idle):
                await ask(engine, "ASK {}")
        kept = [folder for folder in engine._snapshots.iterdir() if folder.is_dir()]
        assert len(kept) <= 3
        newest = engine._snapshots / f"snap-{engine.version}"
        assert newest in kept
        # A snapshot costs nothing but links.
        assert {file.stat().st_nlink > 1 for file in newest.glob("*.sst")} == {True}

    asyncio.run(check())


def test_readers_share_an_index_of_labels_that_follows_the_versions(engine: FolderEngine) -> None:
    search = Question('SELECT ?s { ?s <https://w3id.org/entente/search#matches> "admiral" } ORDER BY ?s', ("text/csv",))
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel> 'Admiral'"
    for number in range(5):
        engine.update(f"INSERT DATA {{ <http://e/a{number}> {label} }}")
        found = asyncio.run(ask(engine, search))
        assert found.split()[1:] == [f"http://e/a{each}".encode() for each in range(number + 1)]
        assert len(engine.store.select(search.text).rows) == number + 1
    names = sorted(each.name for each in engine._snapshots.iterdir() if ".labels" in each.name)
    assert f"snap-{engine.version}.labels" in names
    assert len(names) <= 3
    engine.update("DELETE WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }")
    assert asyncio.run(ask(engine, search)) == b"s\r\n"


def test_a_writer_that_dies_at_work_loses_no_committed_update(engine: FolderEngine) -> None:
    engine.update("INSERT DATA { <http://e/kept> <http://e/q> 1 }")
    os.kill(engine.writer_pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as threads:
        lost = threads.submit(engine.update, "INSERT DATA { <http://e/lost> <http://e/q> 2 }")
        # Bytes in the socket that the writer has not read.
        while not int.from_bytes(ioctl(engine._writer._connection, TIOCOUTQ, bytes(4)), sys.byteorder):
            os.sched_yield()
        os.kill(engine.writer_pid, signal.SIGKILL)
        error = lost.exception()
    assert isinstance(error, StoreError)
    assert error.code == "ENTENTE-526"
    engine.update("INSERT DATA { <http://e/next> <http://e/q> 3 }")
    assert asyncio.run(ask(engine, NUMBERS)) == b"o\r\n1\r\n3\r\n"


def test_a_writer_that_dies_at_rest_is_not_missed(engine: FolderEngine) -> None:
    process, connection = engine._writer._process, engine._writer._connection
    process.kill()
    process.wait()
    engine.update("DELETE WHERE { ?s <http://e/q> ?o }")
    assert connection.fileno() == -1, "the socket of the dead writer stays open"
    assert asyncio.run(ask(engine, NUMBERS)) == b"o\r\n"


def test_an_endless_update_is_ended(limited: Callable[..., FolderEngine]) -> None:
    engine = limited(update_seconds=0.3)
    with pytest.raises(StoreError) as ended:
        engine.update("DELETE { ?a ?b ?c } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert ended.value.code == "ENTENTE-524"
    limited()
    engine.update("INSERT DATA { <http://e/after> <http://e/r> 1 }")
    assert asyncio.run(ask(engine, Question("ASK { <http://e/after> ?p 1 . <http://e/s1> ?q 1 }", ("text/csv",)))) == b"true"


def test_readers_have_no_network_where_the_system_allows(engine: FolderEngine) -> None:
    if not engine.isolated:
        pytest.skip("this system lets nobody leave its network: neither root nor user namespaces")
    reader = engine._start()
    namespaces = [Path(f"/proc/{pid}/ns/net").readlink() for pid in (os.getpid(), reader.pid, engine.writer_pid)]
    reader.close()
    assert namespaces[0] not in namespaces[1:]


def test_clients_have_shares() -> None:
    store = OxigraphStore(None)
    store.update(DATA)
    engine = LocalEngine(store, Limits(parallel=1, budget=0.001))

    async def check() -> None:
        answer = await engine.ask(Question("SELECT * { ?a ?b ?c . ?d ?e ?f }"), "one")
        assert not answer.whole
        busy = await failure(engine.ask(COUNT, "one"))
        assert (busy.code, busy.status) == ("ENTENTE-327", 429)
        assert await ask(engine, COUNT, "two") == b"n\r\n500\r\n"
        await answer.drop()
        spent = await failure(engine.ask(COUNT, "one"))
        assert spent.code == "ENTENTE-328"
        assert isinstance(spent, TooManyError)
        assert spent.retry_after > 0

    asyncio.run(check())
    engine.close()
    store.close()


def test_a_thread_past_its_deadline_answers_in_time() -> None:
    store = OxigraphStore(None)
    store.update(DATA)
    engine = LocalEngine(store, Limits(seconds=0.1, queue=0.05))
    assert asyncio.run(failure(ask(engine, LONG.replace("*", "(COUNT(*) AS ?n)")))).code == "ENTENTE-323"
    assert asyncio.run(failure(engine.reach(99))).code == "ENTENTE-525"
    engine.close()


def test_one_folder_has_one_writer(engine: FolderEngine, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as held:
        FolderEngine(engine._snapshots.with_name("store"), LIMITS)
    assert held.value.code == "ENTENTE-502"
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    with pytest.raises(StoreError) as refused:
        FolderEngine(foreign, LIMITS)
    assert refused.value.code == "ENTENTE-501"


def test_versions_go_on_where_they_were_and_snapshots_do_not_stay(tmp_path: Path) -> None:
    versions = []
    for _ in range(2):
        engine = FolderEngine(tmp_path / "store", LIMITS)
        engine.update("INSERT DATA { <a:a> <a:b> 1 }")
        versions.append(engine.version)
        engine.close()
        assert sorted(each.name for each in (tmp_path / "store-snapshots").iterdir()) == ["files", "serving", "version"]
    assert versions == [2, 3]
    shutil.rmtree(tmp_path / "store")
    engine = FolderEngine(tmp_path / "store", LIMITS)
    assert (engine.version, len(engine.store)) == (4, 0)
    engine.close()
