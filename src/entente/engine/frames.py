"""How the service and its workers talk over a socket: frames of a kind, a length and bytes."""

from __future__ import annotations

import io
import json
import socket
import struct
from typing import Any

from entente import errors
from entente.errors import Error, InternalError

__all__ = ["DATA", "END", "ERROR", "HEAD", "Decoder", "FrameSink", "error_payload", "pack", "read_frame", "to_error"]

HEAD, DATA, ERROR, END = b"H", b"D", b"E", b"Z"
_PREFIX = struct.Struct(">cI")
_CHUNK = 1 << 16


def pack(kind: bytes, payload: bytes = b"") -> bytes:
    """Write a frame."""
    return _PREFIX.pack(kind, len(payload)) + payload


def read_frame(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Read the next frame of a blocking socket; None where the other side has gone."""
    prefix = _read(connection, _PREFIX.size)
    if prefix is None:
        return None
    kind, length = _PREFIX.unpack(prefix)
    payload = _read(connection, length)
    return None if payload is None else (kind, payload)


def _read(connection: socket.socket, length: int) -> bytes | None:
    parts = []
    while length:
        part = connection.recv(min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


class Decoder:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """Take some bytes and give the frames that are whole now."""
        self._held += data
        frames = []
        start = 0
        while len(self._held) - start >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(self._held, start)
            end = start + _PREFIX.size + length
            if len(self._held) < end:
                break
            frames.append((kind, bytes(self._held[start + _PREFIX.size : end])))
            start = end
        del self._held[:start]
        return frames


class _Frames(io.RawIOBase):
    """Sends what is written to it as frames of data; a full socket holds the writer back."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.held = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        chunk = bytes(data)
        if len(self.held) >= _CHUNK:
            self._connection.sendall(self.held)
            self.held = b""
        self.held += pack(DATA, chunk)
        return len(chunk)


class FrameSink(io.BufferedWriter):
    """A file that sends what is written to it over a socket, the last part with the end: each sending wakes the service."""

    raw: _Frames

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(_Frames(connection), _CHUNK)

    def begin(self, media_type: str) -> None:
        """Tell the media type, before the first byte."""
        self.raw.held = pack(HEAD, media_type.encode())

    def finish(self) -> bytes:
        """What is still to be sent, the end included."""
        self.flush()
        return self.raw.held + pack(END)


def error_payload(error: Error) -> bytes:
    """Write an error of ours so that the other side can raise it."""
    said = [type(error).__name__, error.number, error.message, error.hint, error.status]
    return json.dumps(said).encode()


def to_error(payload: bytes) -> Error:
    """Read what error_payload wrote."""
    name, code, message, hint, status = json.loads(payload)
    kind = getattr(errors, name, InternalError)
    made: Error = kind(code, message, hint, status=status)
    return made
