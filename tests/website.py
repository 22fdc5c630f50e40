"""A local web server with pages that a test gives it, which notes what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Website", "website"]


class Website:
    """Its address, its pages (path to status, header and body), and the requests that came."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, tuple[int, Mapping[str, str], bytes]] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []

    def put(self, path: str, body: str | bytes, status: int = 200, **header: str) -> str:
        """Put a page there and give its address; header names are written with underscores."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in header.items()}, data)
        return self.url + path


@contextmanager
def website() -> Iterator[Website]:
    """Listen on a free port of this machine while the block runs."""
    site: Website

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers.items())))
            status, header, body = site.pages.get(self.path, (404, {}, b"nothing here"))
            tag = header.get("ETag")
            if tag is not None and self.headers["If-None-Match"] == tag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", **header}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Website(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
