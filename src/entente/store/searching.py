"""Searches the labels of a store that Oxigraph keeps."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from entente.model.prefixes import VOCABULARIES
from entente.store.labels import LABELS, MOST, LabelIndex, open_former, open_labels
from entente.store.search import Holder, Search, searched, write_out

__all__ = ["Searching"]

_SKOSXL = VOCABULARIES["skosxl"]
_FORM = ox.NamedNode(f"{_SKOSXL}literalForm")
_FORMS = tuple(ox.NamedNode(f"{_SKOSXL}{kind}Label") for kind in ("pref", "alt"))
_PREDICATES = tuple(ox.NamedNode(predicate) for predicate in LABELS)
_ALL = f"SELECT DISTINCT ?label {{ VALUES ?predicate {{ {' '.join(map(str, _PREDICATES))} }} ?thing ?predicate ?label }}"


class Searching:
    """The labels of a store, read into an index when they are first searched after a change.

    With `prompt`, somebody else makes the file of the index: until it is there, that of an earlier snapshot is searched.
    """

    def __init__(self, file: Path | None, *, prompt: bool = False) -> None:
        self._outdated = True
        self._prompt = prompt
        self._file = file
        self._index: LabelIndex | None = None
        self._lock = threading.Lock()

    @contextmanager
    def outdating(self) -> Iterator[None]:
        """Note that what is done in the block may have changed labels."""
        try:
            yield
        finally:
            # Only now: a search in another thread may have read the labels before the change.
            self._outdated = True

    def write_out(self, engine: ox.Store, query: str) -> str:
        """Write the searches of a query out over the labels as they are now."""

        def pattern(search: Search, free: str) -> str:
            found = self._current(engine).find(search.text, search.language, search.limit)
            return searched(search, free, found, _holders(engine, [term for term, _ in found], search.limit))

        return write_out(query, pattern)

    def _current(self, engine: ox.Store) -> LabelIndex:
        with self._lock:
            if self._file is not None and self._prompt and not self._file.exists():
                if self._index is None:
                    self._index = open_former(self._file)
                return self._index
            if self._index is None or self._prompt:
                # A file is of one snapshot, which does not change.
                made = open_labels(self._file, partial(_labels, engine)) if self._file else LabelIndex.in_memory()
                self._index, self._outdated, self._prompt = made, self._file is None, False
            if self._outdated:
                # What is changed from here on may be in it or not, and is looked for again.
                self._outdated = False
                self._index.refresh(_labels(engine))
            return self._index


def _labels(engine: ox.Store) -> bytes:
    """The labels of all graphs, as a column in SPARQL's TSV."""
    # The engine spells terms many times faster than it hands quads over.
    answer = engine.query(_ALL, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    return answer.serialize(format=ox.QueryResultsFormat.TSV) or b""


def _holders(engine: ox.Store, labels: Sequence[str], limit: int | None) -> list[Holder] | None:
    """What has these labels in any graph, with the label: the first so many, where there is a limit.

    None where that is more than one can look for, or cannot be named in a query.
    """
    found: dict[Holder, None] = {}
    for label, thing in _having(engine, labels):
        if not isinstance(thing, ox.NamedNode):
            return None
        found[str(thing), label] = None
        if len(found) == limit:
            break
        if len(found) > MOST:
            return None
    return list(found)


def _having(engine: ox.Store, labels: Sequence[str]) -> Iterator[tuple[str, object]]:
    """Each label with each thing that has it, in the order of the labels."""
    lines = "".join(f"<a:a> <a:a> {label} .\n" for label in labels)
    for label, line in zip(labels, ox.parse(lines, format=ox.RdfFormat.N_TRIPLES), strict=True):
        # By predicate: what is no label may hold the same text in many places.
        for predicate in _PREDICATES:
            for quad in engine.quads_for_pattern(None, predicate, line.object):
                if predicate != _FORM:
                    yield label, quad.subject
                    continue
                for form in _FORMS:
                    yield from ((label, held.subject) for held in engine.quads_for_pattern(None, form, quad.subject))
