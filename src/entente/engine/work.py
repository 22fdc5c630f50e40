"""What a worker does: it answers one request after another over its socket, in a process or a thread of its own."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO, Protocol

from entente.engine.frames import END, ERROR, HEAD, FrameSink, error_payload, pack, read_frame
from entente.errors import Error, InternalError
from entente.store.question import Begin, Question

__all__ = ["Evaluating", "encode", "read"]

_log = logging.getLogger(__name__)


class Evaluating(Protocol):
    """A store that writes its answers out as they come."""

    def evaluate(self, question: Question, begin: Begin, sink: BinaryIO) -> None:
        """Run anybody's query."""


def encode(snapshot: str, question: Question | None) -> bytes:
    """Write a request to a reader: to open a snapshot, and perhaps to answer a question from it."""
    return pack(HEAD, json.dumps({"snapshot": snapshot, "question": question and asdict(question)}).encode())


def read(connection: socket.socket, open_snapshot: Callable[[str], Evaluating]) -> None:
    """Answer questions until the other side goes; each may name another snapshot."""
    opened: tuple[str, Evaluating] | None = None
    with connection:
        while (frame := read_frame(connection)) is not None:
            request = json.loads(frame[1])
            try:
                if opened is None or opened[0] != request["snapshot"]:
                    opened = None
                    opened = (request["snapshot"], open_snapshot(request["snapshot"]))
                said = request["question"]
                reply = pack(END) if said is None else _answer(connection, opened[1], _question(said))
            except BrokenPipeError:
                return
            except Exception as error:
                reply = pack(ERROR, error_payload(_ours(error)))
            try:
                connection.sendall(reply)
            except OSError:
                return


def _question(said: dict[str, Any]) -> Question:
    for name in ("accept", "default_graphs", "named_graphs"):
        said[name] = said[name] and tuple(said[name])
    return Question(**said)


def _answer(connection: socket.socket, store: Evaluating, question: Question) -> bytes:
    """Send an answer but for its last part, which is given."""
    sink = FrameSink(connection)
    try:
        store.evaluate(question, sink.begin, sink)
        return sink.finish()
    finally:
        # What is left in its buffer must not follow an error.
        sink.raw.close()


def _ours(error: Exception) -> Error:
    if isinstance(error, Error):
        return error
    _log.error("a reader failed", exc_info=error)
    return InternalError(900, "the server met a bug of its own", "please report it, with the time")
