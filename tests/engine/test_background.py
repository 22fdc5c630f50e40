"""What is done behind everybody's back: in order, each thing once, and nothing after the end."""

from __future__ import annotations

import threading

from entente.engine.background import Background


def test_tasks_are_done_in_order_and_those_that_wait_once() -> None:
    background = Background()
    began, go_on, done = threading.Event(), threading.Event(), threading.Event()
    seen: list[str] = []

    def first() -> None:
        began.set()
        assert go_on.wait(10)
        seen.append("first")

    background.submit("first", first)
    assert began.wait(10)
    background.submit("second", lambda: seen.append("older"))
    background.submit("second", lambda: seen.append("second"))
    background.submit("last", done.set)
    go_on.set()
    assert done.wait(10)
    assert seen == ["first", "second"]
    background.close()
    background.submit("late", lambda: seen.append("late"))
    assert seen == ["first", "second"]
