"""Passes over whole files of which the journal knows every article, so that none is read again for nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from entente.errors import ArticleError
from entente.ingest.intake import Intake
from entente.ingest.journal import AT_ONCE, FileEntry, Member, input_digest, reason, recalled
from entente.ingest.versions import reader_versions
from entente_loaders.pipeline import Outcome
from entente_loaders.sources import InputFile, Item, Known, content_digest

__all__ = ["Inputs", "Settled"]


@dataclass(frozen=True, slots=True)
class Settled(Known):
    """An article that was not read again, and what became of it."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Inputs:
    """Stands around the reading of files: the journal keeps what a file held, and gives it instead of another reading.

    A file is passed over if its bytes, its path, its source with options, and all versions are what they were, and if
    no article in it needs to be examined. What could not be read is told again.
    """

    intake: Intake
    _readers: str = field(default_factory=reader_versions)

    def __call__(self, file: InputFile, items: Iterator[Item]) -> Iterator[Item | Known]:
        """Give what a file holds, read or known."""
        entry = None if self.intake.dry_run else self._entry(file)
        if entry is None:
            yield from items
            return
        kept = None if self.intake.again else self.intake.journal.file(entry.path)
        # another time of change alone makes no other file, and the same one vouches for nothing
        known = self._known(entry.path) if kept and replace(kept, changed=entry.changed) == entry else None
        yield from self._noted(entry, items) if known is None else known

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

    def _noted(self, entry: FileEntry, items: Iterator[Item]) -> Iterator[Item]:
        """Give on what is read, and keep it once all is read; what became of it is in the articles' own entries."""
        members: list[Member] = []
        start = 0
        for item in items:
            members.append(_member(item))
            if len(members) == AT_ONCE:
                self.intake.journal.keep_members(entry.path, start, members, None)
                start += len(members)
                members = []
            yield item
        self.intake.journal.keep_members(entry.path, start, members, entry if _untouched(entry) else None)


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
