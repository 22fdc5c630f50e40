"""A local web server with pages that a test gives it, which notes what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from servers import Handler, answering

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

    class Pages(Handler):
        def do_GET(self) -> None:  # noqa: N802 - what http.server calls
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

    with answering(Pages) as url:
        site = Website(url)
        yield site
