"""A local endpoint that speaks the chat-completions protocol and replies what a test tells it to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from servers import Handler, answering

__all__ = ["Answer", "Endpoint", "completion", "endpoint"]

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


class Endpoint:
    """Where it listens, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[dict[str, Any]] = []


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> tuple[int, bytes]:
    """A whole answer of the protocol around what the model wrote."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    choice = {"index": 0, "finish_reason": finish, "message": message, "logprobs": None}
    body = {"id": "c1", "object": "chat.completion", "created": 0, "model": "test", "choices": [choice]}
    return 200, json.dumps(body).encode()


@contextmanager
def endpoint(answer: Answer) -> Iterator[Endpoint]:
    """Listen on a free port of this machine while the block runs."""
    heard: Endpoint

    class Model(Handler):
        def do_POST(self) -> None:  # noqa: N802 - what http.server calls
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.requests.append({"path": self.path, "key": self.headers["Authorization"], **request})
            status, body = answer(request)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with answering(Model) as url:
        heard = Endpoint(f"{url}/v1")
        yield heard
