"""Passes over whole files of which the journal knows every article, so that none is read again for nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import cast

from entente.errors import ArticleError
from entente.ingest.entries import FileEntry, Member, input_digest, reason, recalled
from entente.ingest.intake import Intake
from entente.ingest.journal import AT_ONCE, Journal
from entente.ingest.versions import reader_versions
from entente_loaders.pipeline import Outcome
from entente_loaders.sources import Afterwards, Given, InputFile, Item, Known, PassingError, Unread, content_digest

__all__ = ["Inputs", "Settled"]


@dataclass(frozen=True, slots=True)
class Settled(Known):
    """An article that was not read again, and what became of it."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Begins:
    """Marks where what a file holds begins."""

    path: str


@dataclass(frozen=True, slots=True)
class _Ends:
    """Marks where it ends; the entry is missing if the file changed while it was read."""

    entry: FileEntry | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """Stands around the reading of a run: what sources leave unread goes to the examiner; the journal keeps what a file
    held, and gives it instead of another reading.

    A file is passed over if its bytes, its path, its source with options, and all versions are what they were, and if
    no article in it needs to be examined. What could not be read is told again.
    """

    intake: Intake
    _readers: str = field(default_factory=reader_versions)

    def file(self, file: InputFile, given: Iterator[Given]) -> Iterator[object]:
        """Give what a file holds, as it is given or known."""
        entry = None if self.intake.dry_run else self._entry(file)
        if entry is None:
            yield from given
            return
        kept = None if self.intake.again else self.intake.journal.file(entry.path)
        # another time of change alone makes no other file, and the same one vouches for nothing
        known = self._known(entry.path) if kept and replace(kept, changed=entry.changed) == entry else None
        if known is not None:
            yield from known
            return
        yield _Begins(entry.path)
        yield from given
        yield _Ends(entry if _untouched(entry) else None)

    def read(self, stream: Iterable[object]) -> Iterator[Item | Known | Afterwards]:
        """Read what is unread, and keep of each file what it held."""
        return self._noted(self._read(iter(stream)))

    def _read(self, stream: Iterator[object]) -> Iterator[object]:
        """No examiner is made as long as there is nothing to read."""
        for each in stream:
            if isinstance(each, Unread):
                yield from self.intake.examiner().read(chain((each,), stream))
            else:
                yield each

    def _entry(self, file: InputFile) -> FileEntry | None:
        how = [file.source, file.version, sorted(file.options.items()), self._readers, self.intake.versions]
        try:
            with Path(file.path).open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
            state = Path(file.path).stat()
        except OSError:  # the source will say so, with its hint
            return None
        return FileEntry(
            file.path, hashlib.sha256(json.dumps(how).encode()).hexdigest(), state.st_size, state.st_mtime_ns, content
        )

    def _known(self, path: str) -> list[Known | ArticleError] | None:
        """All that a file held, or None if any of it must be examined."""
        found: list[Known | ArticleError] = []
        first: dict[str, str] = {}
        for members in self.intake.journal.members(path):
            told = [(m.slug, m.origin, m.input) for m in members if m.slug is not None and m.input is not None]
            outcomes = iter(self.intake.known(told))
            for member in members:
                if member.reason is not None:
                    found.append(recalled(member.reason, ArticleError))
                    continue
                assert member.slug is not None
                assert member.content is not None
                outcome = next(outcomes)
                known = member.slug, member.origin, bytes.fromhex(member.content)
                if first.setdefault(member.slug, member.content) != member.content:
                    found.append(Known(*known))  # a second thing of that name, which is refused as before
                elif outcome is None:
                    return None
                else:
                    found.append(Settled(*known, outcome))
        return found

    def _noted(self, stream: Iterator[object]) -> Iterator[Item | Known | Afterwards]:
        """Give on what is read, and keep it once all of a file is; what became of it is in the articles' own entries."""
        noting: _Noting | None = None
        for each in stream:
            if isinstance(each, _Begins):
                noting = _Noting(self.intake.journal, each.path)
            elif isinstance(each, _Ends):
                assert noting is not None
                noting.end(each.entry)
                noting = None
            else:
                item = cast("Item | Known | Afterwards", each)
                if noting is not None and not isinstance(item, Known | Afterwards):
                    noting.add(item)
                yield item


class _Noting:
    """Writes down what a file holds, some at once."""

    def __init__(self, journal: Journal, path: str) -> None:
        self._journal, self._path = journal, path
        self._members: list[Member] = []
        self._start = 0
        self._passing = False

    def add(self, item: Item) -> None:
        self._passing |= isinstance(item, PassingError)
        self._members.append(_member(item))
        if len(self._members) == AT_ONCE:
            self._write(None)

    def end(self, entry: FileEntry | None) -> None:
        """Without an entry nothing of the file counts; nor does it where another reading may find something else."""
        self._write(None if self._passing else entry)

    def _write(self, entry: FileEntry | None) -> None:
        self._journal.keep_members(self._path, self._start, self._members, entry)
        self._start += len(self._members)
        self._members = []


def _member(item: Item) -> Member:
    if isinstance(item, ArticleError):
        return Member("", None, None, None, reason(item))
    return Member(item.origin, item.slug, input_digest(item), content_digest(item).hex(), None)


def _untouched(entry: FileEntry) -> bool:
    """Whether the file did not change while it was read."""
    try:
        state = Path(entry.path).stat()
    except OSError:
        return False
    return (state.st_size, state.st_mtime_ns) == (entry.size, entry.changed)
