"""Files opened as streams of bytes: gzip is undone on the way, and neither a file nor a line can grow without bound."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from entente.errors import ArticleError
from entente_loaders.sources.meter import Meter
from entente_loaders.text import SIZE_LIMIT, too_large

__all__ = ["Weighed", "lines", "open_bytes", "open_raw", "read_whole", "stem"]

_RATIO, _GRACE = 200, 50_000_000
"""A gzip file may grow to so many times its size, and to so many bytes whatever its size; text grows 3 to 20 times."""
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20


def _limit(raw: BinaryIO) -> int:
    """How many bytes a gzip file may grow to."""
    return max(_GRACE, _RATIO * os.fstat(raw.fileno()).st_size)


def _bomb(origin: str, limit: int) -> ArticleError:
    message = f"{origin}: grows to more than {limit:,} bytes when it is uncompressed"
    return ArticleError(222, message, "uncompress it yourself if you trust it")


class _Capped(io.RawIOBase):
    """A stream that ends in an ArticleError once it has given more bytes than it may."""

    def __init__(self, inner: BinaryIO, limit: int, origin: str) -> None:
        self._inner = inner
        self._left = limit
        self._error = _bomb(origin, limit)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise self._error
        buffer[: len(data)] = data
        return len(data)


class Weighed:
    """A file of gzip members for a reader that uncompresses it by itself: what it reads is weighed on the way.

    At the limit the file ends for that reader, and `check` raises. It costs one more uncompressing of each byte, which is
    little beside the reading of what the members hold.
    """

    def __init__(self, raw: BinaryIO, origin: str) -> None:
        self._raw, self._origin = raw, origin
        self._limit = _limit(raw)
        self._weight = 0
        self._member: zlib._Decompress | None = None

    @property
    def broken_off(self) -> bool:
        """Whether the last member that was read has no end."""
        return self._member is not None and not self._member.eof

    def check(self) -> None:
        """Raise ArticleError (222) if the limit was reached."""
        if self._weight > self._limit:
            raise _bomb(self._origin, self._limit)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to the beginning of a member."""
        self._member = None
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        """The place in the file."""
        return self._raw.tell()

    def close(self) -> None:
        """Leave the file open: it is another's."""

    def read(self, size: int = -1) -> bytes:
        """Read on, and weigh."""
        block = self._raw.read(size) if self._weight <= self._limit else b""
        self._weigh(block)
        return block

    def _weigh(self, rest: bytes) -> None:
        try:
            while rest and self._weight <= self._limit:
                if self._member is None or self._member.eof:
                    rest = rest[max(rest.find(_GZIP), 0) :]
                    self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._weight += len(self._member.decompress(rest, _PIECE))
                rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        except zlib.error:  # plain text, junk, or damage, of which the reader will say more
            self._member = None


def stem(path: Path) -> str:
    """The name of a file without its suffixes: `news` for `news.jsonl.gz`."""
    return path.name.split(".", 1)[0] or path.name


@contextmanager
def open_raw(path: Path, meter: Meter | None = None) -> Iterator[io.BufferedReader]:
    """Open a file for reading as it lies there, under the eyes of a meter.

    Raises ArticleError for a file that is not there (207) or cannot be read (208).
    """
    try:
        with path.open("rb") as raw:
            if meter is not None:
                meter.watch(raw.tell)
            yield raw
    except FileNotFoundError as error:
        raise ArticleError(207, f"{path}: there is no such file", "check the path") from error
    except OSError as error:
        raise ArticleError(208, f"{path}: cannot be read ({error.strerror})", "check the file's permissions") from error


@contextmanager
def open_bytes(path: Path, meter: Meter | None = None) -> Iterator[BinaryIO]:
    """Open a file for reading as open_raw does, uncompressed if it is gzip (by content, not by name).

    Raises ArticleError as open_raw does, and for a file that breaks off or is damaged inside its gzip (221), or grows
    beyond all measure (222).
    """
    with open_raw(path, meter) as raw:
        try:
            if raw.peek(2)[:2] != _GZIP:
                yield raw
                return
            with gzip.open(raw) as inner:
                yield io.BufferedReader(_Capped(inner, _limit(raw), str(path)), 1 << 16)  # type: ignore[arg-type]
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ArticleError(221, f"{path}: its gzip is broken ({error})", "fetch the file again") from error


def read_whole(path: Path, limit: int = SIZE_LIMIT, remedy: str = "split the file into one article each") -> bytes:
    """Read a whole file.

    Raises ArticleError as open_bytes does, and for more than `limit` bytes (204).
    """
    with open_bytes(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large(str(path), remedy, limit)
    return data


def lines(path: Path, meter: Meter | None = None) -> Iterator[tuple[int, bytes | ArticleError]]:
    """Read a file line by line, numbered from 1; a line of more than SIZE_LIMIT bytes is given as its ArticleError (204).

    Raises ArticleError as open_bytes does.
    """
    with open_bytes(path, meter) as stream:
        count = 0
        while line := stream.readline(SIZE_LIMIT + 1):
            count += 1
            if len(line) <= SIZE_LIMIT:
                yield count, line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(SIZE_LIMIT)
            yield count, too_large(f"{path}:{count}", "give one article a line")
