"""Polite and wary HTTP GET: robots.txt, a delay per host, conditional requests, and no way into private networks."""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from entente.errors import ArticleError, InputError
from entente.version import __version__
from entente_loaders.sources.describing import address
from entente_loaders.sources.kit import number, switch

__all__ = ["AGENT", "OPTIONS", "Fetched", "Fetcher", "Remembered"]

AGENT = f"entente/{__version__} (news to knowledge graph; obeys robots.txt)"
OPTIONS = frozenset({"agent", "delay", "private", "robots", "state", "timeout", "max-bytes"})
"""The options that say how to fetch."""

_ROBOTS_LIMIT = 500_000
_CONNECT_ERRORS = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its final address, its body, and what its header says."""

    url: str
    body: bytes
    media_type: str
    charset: str | None
    etag: str | None
    modified: str | None


class _PrivateError(OSError):
    """The other side stands in a private network."""


def _vetted(connection: http.client.HTTPConnection) -> None:
    """Close a connection to an address that is not public: asked of the open connection, whose address cannot change."""
    peer = connection.sock.getpeername()[0]
    if not ipaddress.ip_address(peer.split("%")[0]).is_global:
        connection.close()
        raise _PrivateError(peer)


class _Plain(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _vetted(self)


class _Secure(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _vetted(self)


class _PlainHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Plain, req)


class _SecureHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Secure, req, context=ssl.create_default_context())


class _WebOnly(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0917 - the form that urllib calls
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if address(newurl) is None:
            raise urllib.error.URLError(f"it leads to {newurl[:100]!r}, which is no web address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Remembered:
    """What servers said of the addresses fetched last, in a small JSON file, so that nothing is fetched twice unchanged."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, dict[str, str]] = {}
        if path is not None and path.is_file():
            try:
                data = json.loads(path.read_text(encoding="utf-8"))
                self._known = {url: dict(said) for url, said in data.items()}
            except (OSError, ValueError, AttributeError, TypeError) as error:
                raise InputError(192, f"{path}: the state of feeds cannot be read ({error})", f"rm {path}") from error

    def headers(self, url: str) -> dict[str, str]:
        """The conditions to fetch an address on (RFC 9110, 13.1)."""
        said = self._known.get(url, {})
        names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
        return {names[key]: value for key, value in said.items() if key in names}

    def keep(self, url: str, fetched: Fetched) -> None:
        """Write down what the server said; call it when what was fetched has been taken over."""
        said = {"etag": fetched.etag, "modified": fetched.modified}
        self._known[url] = {key: value for key, value in said.items() if value}
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        draft.write_text(json.dumps(self._known, indent=1, sort_keys=True), encoding="utf-8")
        draft.replace(self._path)


class Fetcher:
    """Fetches addresses for one run; `options` are those of OPTIONS."""

    def __init__(self, options: Mapping[str, str], sleep: Callable[[float], None] = time.sleep) -> None:
        self._delay = number(options, "delay", 2.0)
        self._timeout = number(options, "timeout", 30.0, least=0.1)
        self._limit = int(number(options, "max-bytes", 20_000_000, least=1))
        self._obey = not ("robots" in options and not switch(options, "robots"))
        self._agent = options.get("agent", AGENT)
        self._sleep = sleep
        self._rules: dict[str, RobotFileParser | None] = {}
        self._last: dict[str, float] = {}
        handlers: list[urllib.request.BaseHandler] = [
            _WebOnly(),
            urllib.request.ProxyHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ]
        if switch(options, "private"):
            handlers += [urllib.request.HTTPHandler(), urllib.request.HTTPSHandler()]
        else:
            handlers += [_PlainHandler(), _SecureHandler()]
        # Not build_opener(), which would also open file: and ftp: addresses.
        self._opener = urllib.request.OpenerDirector()
        for handler in handlers:
            self._opener.add_handler(handler)

    def get(self, url: str, conditions: Mapping[str, str] | None = None) -> Fetched | None:
        """Fetch an address; None where it has not changed since the conditions were noted.

        Raises ArticleError for what is no web address or stands in a private network (230), what robots.txt does not allow
        (231), and what cannot be fetched or is too large (232).
        """
        clean = address(url)
        if clean is None:
            raise ArticleError(230, f"{url[:200]}: is no web address", "give an http or https address")
        self._wait(clean)
        return self._get(clean, conditions or {}, self._limit)

    def _get(self, url: str, headers: Mapping[str, str], limit: int) -> Fetched | None:
        request = urllib.request.Request(url, headers={"User-Agent": self._agent, "Accept-Encoding": "identity", **headers})
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                body = response.read(limit + 1)
                if len(body) > limit:
                    raise ArticleError(232, f"{url}: the answer has more than {limit:,} bytes", "raise max-bytes")
                said = response.headers
                return Fetched(
                    response.geturl(),
                    body,
                    said.get_content_type(),
                    said.get_content_charset(),
                    said.get("ETag"),
                    said.get("Last-Modified"),
                )
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == HTTPStatus.NOT_MODIFIED:
                return None
            raise ArticleError(
                232, f"{url}: the server answered {error.code} {error.reason}", "check the address"
            ) from error
        except _CONNECT_ERRORS as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, _PrivateError):
                message = f"{url}: stands at {reason}, in a private network"
                raise ArticleError(230, message, "give private=yes if you mean to read from your own network") from error
            raise ArticleError(232, f"{url}: cannot be fetched ({reason})", "check the address and the network") from error

    def _wait(self, url: str) -> None:
        """Ask the host's robots.txt, and keep the delay since the last request to the host.

        Raises ArticleError (231) for an address that is not to be fetched.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        delay = self._delay
        if self._obey:
            if host not in self._rules:
                self._rules[host] = self._robots(host)
            rules = self._rules[host]
            if rules is not None and not rules.can_fetch(self._agent, url):
                raise ArticleError(231, f"{url}: the site's robots.txt does not allow it", "ask the publisher")
            if rules is not None:
                delay = max(delay, float(rules.crawl_delay(self._agent) or 0))
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if since < delay:
            self._sleep(delay - since)
        self._last[host] = time.monotonic()

    def _robots(self, host: str) -> RobotFileParser | None:
        """The rules of a host; none where it has none (RFC 9309, 2.3.1.3)."""
        with suppress(ArticleError):
            found = self._get(f"{host}/robots.txt", {}, _ROBOTS_LIMIT)
            if found is not None:
                rules = RobotFileParser()
                rules.parse(found.body.decode("utf-8", "replace").splitlines())
                return rules
        return None
