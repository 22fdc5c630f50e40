"""Workers that can be killed: what they give, what ends them, and that the next job finds a fresh one."""

from __future__ import annotations

import operator
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from entente.errors import Error, InternalError, RefusedError
from entente.gate.workers import Limits, Workers

# Evaluates expressions; made of what a child can import by name.
EVALUATE = partial(operator.attrgetter("__call__"), eval)
ENDLESS = "sum(iter(int, 1))"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(EVALUATE, Limits(seconds=0.5, memory_bytes=1 << 30, queue_seconds=0.0))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("job", "code", "status"),
    [
        (ENDLESS, "ENTENTE-421", 503),
        ("bytearray(1 << 40)", "ENTENTE-422", 413),
        ("__import__('os')._exit(3)", "ENTENTE-422", 413),
    ],
)
def test_what_ends_a_worker_ends_only_its_job(workers: Workers, job: str, code: str, status: int) -> None:
    with pytest.raises(RefusedError) as caught:
        workers.run(job)
    assert (caught.value.code, caught.value.status) == (code, status)
    assert workers.run("6 * 7") == 42


def test_a_worker_is_kept(workers: Workers) -> None:
    assert workers.run("__import__('os').getpid()") == workers.run("__import__('os').getpid()")


def test_errors_of_ours_come_through_and_others_are_bugs(workers: Workers) -> None:
    raising = (
        "(_ for _ in ()).throw(__import__('entente.errors', fromlist=['x']).InputError(112, 'broken', 'mend', status=415))"
    )
    with pytest.raises(Error) as caught:
        workers.run(raising)
    error = caught.value
    assert (type(error).__name__, error.code, error.message, error.hint, error.status) == (
        *("InputError", "ENTENTE-112", "broken", "mend"),
        415,
    )
    with pytest.raises(InternalError) as bug:
        workers.run("1 / 0")
    assert "ZeroDivisionError" in bug.value.message


def test_a_job_that_finds_all_busy_is_refused(workers: Workers) -> None:
    begun = threading.Event()

    class Job(str):
        """Tells when it is on its way to the worker."""

        __slots__ = ()

        def __reduce__(self) -> tuple[type, tuple[str]]:
            begun.set()
            return str, (str(self),)

    outcome: list[Exception] = []

    def occupy() -> None:
        try:
            workers.run(Job(ENDLESS))
        except RefusedError as error:
            outcome.append(error)

    thread = threading.Thread(target=occupy)
    thread.start()
    assert begun.wait(30)
    with pytest.raises(RefusedError) as caught:
        workers.run("1")
    thread.join()
    assert caught.value.code == "ENTENTE-420"
    assert [str(error)[:18] for error in outcome] == ["error[ENTENTE-421]"]
