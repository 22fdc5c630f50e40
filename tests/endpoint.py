"""A local endpoint that speaks the chat-completions protocol and replies what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

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

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.requests.append({"path": self.path, "key": self.headers["Authorization"], **request})
            status, body = answer(request)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
