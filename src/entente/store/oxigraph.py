"""A store in a folder or in memory, kept by Oxigraph in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from entente.errors import InternalError, QueryError, StoreError
from entente.model.graph import Change, Solutions
from entente.model.rdf import Iri, Quad, Term, Triple
from entente.store.formats import GRAPH_TYPES, RESULT_TYPES, choose, serialise
from entente.store.sparql import check_names, is_update, not_acceptable, refuse_service, scope, update_text
from entente.store.terms import from_quads, from_term, from_triples, to_quads, to_term

__all__ = ["OxigraphStore"]

_Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_RESULT_FORMATS = {media_type: ox.QueryResultsFormat.from_media_type(media_type) for media_type in RESULT_TYPES}


class OxigraphStore:
    """A Store on disk, or in memory for the path None.

    The first to open a folder holds it until close(); a folder that does not exist is made.
    Raises StoreError for a folder that another process holds, and for one that is no store.
    """

    def __init__(self, path: Path | None) -> None:
        self._name = "the store in memory" if path is None else f"the store {path}"
        self._engine: ox.Store | None = ox.Store() if path is None else _open(path)

    def apply(self, change: Change) -> None:
        """Remove, then insert, as one transaction that a killed process leaves whole or undone.

        Raises InputError for blank nodes, StoreError when the disk fails.
        """
        if not change:
            return
        with self._failures() as engine:
            if change.remove:
                engine.update(update_text(change))
            else:
                check_names(change)
                engine.extend(to_quads(change.insert))

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
        name = ox.DefaultGraph() if default_graph else None if graph is None else ox.NamedNode(graph)
        with self._failures() as engine:
            yield from from_quads(
                engine.quads_for_pattern(
                    None if subject is None else ox.NamedNode(subject),
                    None if predicate is None else ox.NamedNode(predicate),
                    None if object is None else to_term(object),
                    name,
                )
            )

    def graphs(self) -> tuple[Iri, ...]:
        """The named graphs that hold something, sorted."""
        with self._failures() as engine:
            names = [name for name in engine.named_graphs() if isinstance(name, ox.NamedNode)]
            # the engine remembers the names of graphs that were emptied
            return tuple(sorted(Iri(n.value) for n in names if any(engine.quads_for_pattern(None, None, None, n))))

    def select(self, query: str) -> Solutions:
        """Run a SELECT of our own making."""
        with self._failures() as engine:
            answer = _run(engine, query)
            if not isinstance(answer, ox.QuerySolutions):
                raise InternalError(902, f"this query is no SELECT: {query}")
            rows = (tuple(None if term is None else from_term(term) for term in row) for row in answer)
            return Solutions(tuple(variable.value for variable in answer.variables), tuple(rows))

    def ask(self, query: str) -> bool:
        """Run an ASK of our own making."""
        with self._failures() as engine:
            answer = _run(engine, query)
            if not isinstance(answer, ox.QueryBoolean):
                raise InternalError(902, f"this query is no ASK: {query}")
            return bool(answer)

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Run a CONSTRUCT of our own making; sorted, without repeats."""
        with self._failures() as engine:
            answer = _run(engine, query)
            if not isinstance(answer, ox.QueryTriples):
                raise InternalError(902, f"this query is no CONSTRUCT: {query}")
            return from_triples(answer)

    def answer(self, query: str, accept: Sequence[str]) -> tuple[str, bytes]:
        """Run anybody's query and serialise the answer as the first media type of `accept` that fits its form.

        Raises QueryError for an update, a SERVICE call, a syntax error, and (status 406) for an `accept` that does not fit.
        """
        refuse_service(query)
        with self._failures() as engine:
            answer = _run(engine, query)
            graph = isinstance(answer, ox.QueryTriples)
            offered = GRAPH_TYPES if graph else RESULT_TYPES
            media_type = choose(accept, offered)
            if media_type is None:
                # The engine's iterator must not end up in the traceback: it can only be dropped in this thread.
                del answer
                raise not_acceptable(accept, offered)
            if isinstance(answer, ox.QueryTriples):
                return media_type, serialise(from_triples(answer), media_type)
            return media_type, answer.serialize(format=_RESULT_FORMATS[media_type]) or b""

    def dump(self, sink: BinaryIO, media_type: str, graph: Iri | None = None) -> None:
        """Write the dataset (or one named graph) out, in a fixed order of statements.

        A format of triples holds one graph: the default graph, if none is given.
        """
        sink.write(serialise(scope(self, media_type, graph), media_type))

    def __len__(self) -> int:
        with self._failures() as engine:
            return len(engine)

    def close(self) -> None:
        """Write everything out and let go of the folder; the store cannot be used afterwards."""
        if self._engine is not None:
            self._engine.flush()
            self._engine = None

    @contextmanager
    def _failures(self) -> Iterator[ox.Store]:
        """Give the engine, and turn what it raises into errors of ours."""
        if self._engine is None:
            raise StoreError(506, f"{self._name} is closed", "open it again")
        try:
            yield self._engine
        except (OSError, RuntimeError) as error:
            raise StoreError(
                505, f"{self._name} failed: {error}", "check the disk: df -h, and that the folder is writable"
            ) from error


def _open(path: Path) -> ox.Store:
    # the engine would write its own files into any folder that it is given
    foreign = path.exists() and (not path.is_dir() or (any(path.iterdir()) and not (path / "CURRENT").is_file()))
    if foreign:
        raise StoreError(501, f"{path} is no store: it holds other files", "name an empty folder or one that does not exist")
    try:
        path.mkdir(parents=True, exist_ok=True)
        return ox.Store(path)
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            hint = "stop the other program (perhaps `entente serve`), or send your queries to it"
            raise StoreError(502, f"another program holds the store {path}", hint) from error
        raise StoreError(
            501, f"{path} cannot be opened as a store: {error}", "check its rights, or restore a backup"
        ) from error


def _run(engine: ox.Store, query: str) -> _Answer:
    try:
        return engine.query(query)
    except SyntaxError as error:
        if is_update(query):
            raise QueryError(311, "updates are refused here", "only SELECT, ASK, CONSTRUCT and DESCRIBE are run") from error
        raise QueryError(310, f"the query cannot be read: {error.msg}", "the numbers are line:column") from error
