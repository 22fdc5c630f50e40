"""Carries SERVICE and LOAD to the servers that are allowed, since the engine would follow any redirect to anywhere."""

from __future__ import annotations

import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import SplitResult, quote, unquote, urlsplit

from entente.errors import Error, QueryError, StoreError
from entente.model.iri import DEFAULT_BASE
from entente.store.formats import check_rows, to_lines
from entente.store.sparql import check_update, load_iris, service_iris
from entente.version import __version__

__all__ = ["Relay"]

_SECONDS = 30.0
_BYTES = 16 << 20
_ROWS = 100_000
_TRIPLES = 200_000
_REQUEST = 1 << 20
_CHUNK = 1 << 16
_DOCUMENTS = "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8"
_AGENT = f"Entente/{__version__} (+{DEFAULT_BASE})"
_SCHEMES = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    return ipaddress.ip_address(address).is_global


class Relay:
    """An HTTP server on this machine, behind an address that cannot be guessed, that calls the servers that are allowed.

    `allowed` holds the beginnings of the addresses that SERVICE may query, `loadable` of those that LOAD may fetch, each
    with its path's first slash. A server whose name leads to an address that is not public is refused, as are redirects,
    answers that are too large and those that take too long. Raises StoreError for a beginning that names no server.
    """

    def __init__(
        self, allowed: Sequence[str], loadable: Sequence[str] = (), *, permit: Callable[[str], bool] = is_public
    ) -> None:
        for beginning in (*allowed, *loadable):
            parts = urlsplit(beginning)
            if parts.scheme not in _SCHEMES or not parts.hostname or not parts.path or "@" in parts.netloc:
                raise StoreError(531, f"{beginning!r} begins no server's address", "write it like https://host/")
        self._allowed = tuple(allowed)
        self._loadable = tuple(loadable)
        self._permit = permit
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/{secrets.token_urlsafe(24)}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def loads(self) -> bool:
        """Whether anything may be fetched by LOAD."""
        return bool(self._loadable)

    def redirect(self, query: str) -> str:
        """Let the SERVICE calls of a query go through here.

        Raises QueryError (403) for a call that is not of a fixed and allowed address.
        """
        for start, end, iri in reversed(service_iris(query)):
            _check("SERVICE calls to", iri, self._allowed)
            query = f"{query[:start]}<{self.address}{quote(iri, safe='')}>{query[end:]}"
        return query

    def redirect_loads(self, update: str) -> str:
        """Let the LOADs of an update go through here.

        Raises QueryError (403) for one that is not of a fixed and allowed address, and for SERVICE.
        """
        for start, end, iri in reversed(load_iris(update) if self._loadable else []):
            _check("LOAD from", iri, self._loadable)
            update = f"{update[:start]}<{self.address}{quote(iri, safe='')}>{update[end:]}"
        check_update(update, self.address)
        return update

    def forward(self, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Send a query on, or fetch a document where there is no `body`: the status, media type and body of the answer."""
        prefix = urlsplit(self.address).path
        if not path.startswith(prefix):
            return 404, "text/plain", b"not found"
        target = unquote(path.removeprefix(prefix))
        try:
            if body is None:
                _check("LOAD from", target, self._loadable)
                media_type, document = self._send(urlsplit(target), None, {"Accept": _DOCUMENTS})
                return 200, "application/n-triples", to_lines(document, media_type, target, _TRIPLES)
            _check("SERVICE calls to", target, self._allowed)
            media_type, answer = self._send(urlsplit(target), body, headers)
            check_rows(answer, media_type, _ROWS)
            return 200, media_type, answer
        except Error as error:
            return 502, "text/plain", error.message.encode()
        except (OSError, ValueError, http.client.HTTPException) as error:
            return 502, "text/plain", str(error).encode()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def _send(self, target: SplitResult, body: bytes | None, headers: dict[str, str]) -> tuple[str, bytes]:
        """The media type and the body of what a server answers."""
        host, port = str(target.hostname), target.port or _SCHEMES[target.scheme]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        if not addresses or not all(self._permit(address) for address in addresses):
            raise QueryError(342, f"{host} is not on the open internet", "ask whoever runs the service", status=403)
        ends = time.monotonic() + _SECONDS
        connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
        # The address that was looked at is the one that is called: the name could lead elsewhere a moment later.
        plain = socket.create_connection((addresses[0], port), timeout=_SECONDS)
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(plain, server_hostname=host) if target.scheme == "https" else plain
        try:
            where = target.path + (f"?{target.query}" if target.query else "")
            # Wikidata, for one, turns away who does not say who it is.
            connection.request("GET" if body is None else "POST", where, body, {**headers, "User-Agent": _AGENT})
            answer = connection.getresponse()
            if answer.status != 200:
                raise QueryError(342, f"{host} answered {answer.status}; redirects are not followed", "ask it yourself")
            received = bytearray()
            while chunk := answer.read1(_CHUNK):
                received += chunk
                if len(received) > _BYTES or time.monotonic() > ends:
                    raise QueryError(342, f"{host} answers with too much, or too slowly", "ask it for less")
            return answer.headers.get("Content-Type", ""), bytes(received)
        finally:
            connection.close()


def _check(what: str, target: str, allowed: tuple[str, ...]) -> None:
    if not target.startswith(allowed):
        raise QueryError(342, f"{what} {target} are refused", f"allowed are: {', '.join(allowed) or 'none'}", status=403)


def _handler(relay: Relay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SECONDS

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            self._answer(self.rfile.read(min(length, _REQUEST)))

        def _answer(self, body: bytes | None) -> None:
            kept = {name: self.headers[name] for name in ("Accept", "Content-Type") if name in self.headers}
            status, media_type, answer = relay.forward(self.path, body, kept)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """The query log tells what is asked."""

    return Handler
