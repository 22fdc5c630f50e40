"""A full-text index of labels in SQLite: which literals hold given words, the best first."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from entente.errors import QueryError, StoreError
from entente.model.iri import NS
from entente.model.letters import plain_letters
from entente.model.prefixes import VOCABULARIES

__all__ = [
    "LABELS",
    "LABEL_PATH",
    "MOST",
    "LabelIndex",
    "beginnings",
    "items",
    "newest_labels",
    "open_former",
    "open_labels",
]

_SKOSXL = VOCABULARIES["skosxl"]
LABELS = (
    f"{VOCABULARIES['skos']}prefLabel",
    f"{VOCABULARIES['skos']}altLabel",
    f"{_SKOSXL}literalForm",
    f"{VOCABULARIES['rdfs']}label",
    f"{VOCABULARIES['dcterms']}title",
    f"{NS}name",
    f"{NS}alias",
)
"""The predicates whose literals are indexed."""

LABEL_PATH = "|".join(
    f"(<{_SKOSXL}prefLabel>|<{_SKOSXL}altLabel>)/<{iri}>" if iri.startswith(_SKOSXL) else f"<{iri}>" for iri in LABELS
)
"""The property path from a thing to its labels."""

_TRIES = 3
MOST = 1000
"""So many labels one search may find: the engine gets slow with more VALUES."""

_ALONE = "\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
# Chinese and Japanese put no spaces between words: each sign is a word, and what stands together is a phrase.
_WORD = re.compile(rf"(?=\w)[{_ALONE}]|[^\W_{_ALONE}]+")
_ITEM = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')
# The words are folded before: FTS5 only has to cut at the spaces.
_SCHEMA = """CREATE VIRTUAL TABLE labels USING fts5(
    words, term UNINDEXED, language UNINDEXED, tokenize = 'unicode61 remove_diacritics 0')"""
_FIND = """SELECT term, -bm25(labels) AS score FROM labels WHERE labels MATCH ? AND (?2 = '' OR language = ?2
    OR language LIKE ?2 || '-%') ORDER BY bm25(labels), term LIMIT ?3"""


def items(text: str) -> list[tuple[tuple[str, ...], bool]]:
    """Read what is searched for: words and phrases in double quotes, folded, each with whether it may go on (`fleet*`).

    Raises QueryError where there is no word in it.
    """
    found = _items(text)
    if not found:
        raise QueryError(800, f"there is no word in the text to search for: {text!r}", 'give words, such as "black sea"')
    return found


def beginnings(text: str) -> str:
    """Write a search for labels with words that begin as those of a text do; empty where it has no word."""
    return " ".join(f'"{" ".join(words)}"*' for words, _ in _items(text))


def _items(text: str) -> list[tuple[tuple[str, ...], bool]]:
    found = []
    for quoted, star, bare in _ITEM.findall(text):
        words = tuple(_WORD.findall(plain_letters(quoted or bare)))
        if words:
            found.append((words, bool(star) or bare.endswith("*")))
    return found


class LabelIndex:
    """The index over an open database, which threads may share."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._lock = threading.Lock()

    @classmethod
    def in_memory(cls) -> LabelIndex:
        """An empty index in memory."""
        with _failures():
            made = cls(sqlite3.connect(":memory:", check_same_thread=False))
            made._database.execute(_SCHEMA)
            return made

    def refresh(self, labels: bytes) -> None:
        """Make it the index of these labels, a column in SPARQL's TSV. Only what differs costs."""
        # What is no label of text may be spelled in TSV otherwise than here.
        head, *spelled = labels.decode().split("\n")
        with self._lock, _failures(), self._database:
            known: dict[str, int] = dict(self._database.execute("SELECT term, rowid FROM labels"))
            terms = _literals("\n".join([head, *(each for each in spelled if each and each not in known)]))
            gone = [(known[term],) for term in known.keys() - terms.keys() - set(spelled)]
            self._database.executemany("DELETE FROM labels WHERE rowid = ?", gone)
            fresh = (
                (" ".join(_WORD.findall(plain_letters(literal.value))), term, literal.language or "")
                for term, literal in terms.items()
                if term not in known
            )
            self._database.executemany("INSERT INTO labels VALUES (?, ?, ?)", fresh)

    def find(self, text: str, language: str, limit: int | None) -> list[tuple[str, float]]:
        """The terms of the labels that hold all words of a text, in a language if one is given, with scores, best first.

        Raises QueryError for a text without words, and where no limit is given and more than MOST labels are found.
        """
        wanted = " ".join(f'"{" ".join(words)}"{" *" if goes_on else ""}' for words, goes_on in items(text))
        with self._lock, _failures():
            rows = self._database.execute(_FIND, (wanted, language.lower(), limit or MOST + 1)).fetchall()
        if limit is None and len(rows) > MOST:
            raise QueryError(
                801,
                f"more than {MOST} labels hold the words of {text!r}",
                f"search for more words, or for the best: ({text!r} 100) in place of the text".replace("'", '"'),
            )
        return rows

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


def _literals(column: str) -> dict[str, ox.Literal]:
    """The literals in a column of SPARQL's TSV by their spelling in N-Triples."""
    rows = ox.parse_query_results(column, format=ox.QueryResultsFormat.TSV)
    assert isinstance(rows, ox.QuerySolutions)
    return {str(row[0]): row[0] for row in rows if isinstance(row[0], ox.Literal)}


def open_labels(file: Path, labels: Callable[[], bytes]) -> LabelIndex:
    """Open the index in a file, which never changes once it is there; where it is not, make it of the newest beside it.

    `labels` is called in the second case only, and gives what refresh() takes. Raises StoreError where the disk fails.
    """
    if not file.exists():
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            begun = _copy_newest(file, fresh)
            with _failures():
                made = LabelIndex(sqlite3.connect(fresh))
                # It is thrown away where it is not finished.
                made._database.execute("PRAGMA synchronous = OFF")
                if not begun:
                    made._database.execute(_SCHEMA)
            made.refresh(labels())
            made.close()
            fresh.replace(file)
        except OSError as error:
            raise _failed(error) from error
        finally:
            fresh.unlink(missing_ok=True)
    return _open(file)


def open_former(file: Path) -> LabelIndex:
    """Open the youngest index beside the place of a file that is not there yet. Raises StoreError where there is none."""
    for _ in range(_TRIES):
        former = newest_labels(file.parent, file.suffix)
        if former is not None:
            # It goes when a younger one is there, but what is open stays.
            with suppress(StoreError):
                return _open(former)
    raise StoreError(870, "the labels are being read into their first index", "search again in a while")


def newest_labels(folder: Path, suffix: str) -> Path | None:
    """The youngest index in a folder, whose name ends in a suffix."""
    made: list[tuple[float, Path]] = []
    for file in folder.glob(f"*{suffix}"):
        with suppress(FileNotFoundError):
            made.append((file.stat().st_mtime, file))
    return max(made)[1] if made else None


def _open(file: Path) -> LabelIndex:
    with _failures():
        database = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True, check_same_thread=False)
        # SQLite opens a file with the first statement.
        database.execute("SELECT 1 FROM labels LIMIT 1").fetchall()
        return LabelIndex(database)


def _copy_newest(file: Path, fresh: Path) -> bool:
    """Begin with the youngest index in the folder of a file, if there is one."""
    former = newest_labels(file.parent, file.suffix)
    if former is None:
        return False
    # It goes when a younger one is there.
    with suppress(FileNotFoundError):
        shutil.copyfile(former, fresh)
        return True
    return False


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _failed(error) from error


def _failed(error: Exception) -> StoreError:
    return StoreError(802, f"the index of labels failed: {error}", "check the disk: df -h; Python's sqlite3 must have FTS5")
