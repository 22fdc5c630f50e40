"""A Store that reads from wherever the dataset is now, and tells of every change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from entente.model import Change, Iri, Quad, Solutions, Store, Term, Triple

__all__ = ["WatchedStore"]


class WatchedStore:
    """Reads through `current`, writes through `change`; to close it closes nothing."""

    def __init__(self, current: Callable[[], Store], change: Callable[[Change], None]) -> None:
        self._current = current
        self._change = change

    def apply(self, change: Change) -> None:
        """Remove, then insert, atomically."""
        if change:
            self._change(change)

    def quads(
        self,
        subject: Iri | None = None,
        predicate: Iri | None = None,
        object: Term | None = None,
        graph: Iri | None = None,
        *,
        default_graph: bool = False,
    ) -> Iterator[Quad]:
        """The quads that match; None matches all. `default_graph` restricts to the default graph."""
        return self._current().quads(subject, predicate, object, graph, default_graph=default_graph)

    def graphs(self) -> tuple[Iri, ...]:
        """The named graphs that hold something, sorted."""
        return self._current().graphs()

    def select(self, query: str) -> Solutions:
        """Run a SELECT of our own making."""
        return self._current().select(query)

    def ask(self, query: str) -> bool:
        """Run an ASK of our own making."""
        return self._current().ask(query)

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Run a CONSTRUCT of our own making; sorted, without repeats."""
        return self._current().construct(query)

    def answer(self, query: str, accept: Sequence[str]) -> tuple[str, bytes]:
        """Run anybody's query and serialise the answer as the first media type of `accept` that fits its form."""
        return self._current().answer(query, accept)

    def dump(self, sink: BinaryIO, media_type: str, graph: Iri | None = None) -> None:
        """Write the dataset (or one named graph) out, in a fixed order of statements."""
        self._current().dump(sink, media_type, graph)

    def __len__(self) -> int:
        return len(self._current())

    def close(self) -> None:
        """Whoever opened the store closes it."""
