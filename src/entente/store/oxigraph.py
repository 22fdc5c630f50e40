"""A store in a folder or in memory, kept by Oxigraph in this process."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Self

import pyoxigraph as ox

from entente.errors import InternalError, QueryError, StoreError
from entente.model.graph import Change, Solutions
from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import Iri, Quad, Term, Triple
from entente.store.formats import GRAPH_TYPES, RESULT_TYPES, choose, rdf_format, serialise
from entente.store.loading import finish, is_large, load
from entente.store.planner import plan
from entente.store.queries import Answer, run, to_solutions, write_graph
from entente.store.question import Begin, Question
from entente.store.searching import Searching
from entente.store.sparql import check_names, not_acceptable, refuse_service, scope, update_text
from entente.store.terms import from_quads, from_triples, to_name, to_quads, to_term

__all__ = ["OxigraphStore"]

_RESULT_FORMATS = {media_type: ox.QueryResultsFormat.from_media_type(media_type) for media_type in RESULT_TYPES}


class OxigraphStore:
    """A Store on disk, or in memory for the path None.

    The first to open a folder holds it until close(); a folder that does not exist is made.
    Raises StoreError for a folder that another process holds, and for one that is no store.
    """

    def __init__(self, path: Path | None) -> None:
        self._name = "the store in memory" if path is None else f"the store {path}"
        self._on_disk = path is not None
        self._engine: ox.Store | None = ox.Store() if path is None else _open(path)
        self._searching = Searching(None)

    @classmethod
    def read_only(cls, path: Path, labels: Path | None = None, *, prompt: bool = False) -> Self:
        """Open a folder that nobody writes to, such as a snapshot; any number of processes may do so at once.

        `labels` is the file for the index of its labels, which is made with the first search; without one it is in memory.
        With `prompt` it is made elsewhere, and until it is there an earlier one beside it serves.
        """
        store = cls.__new__(cls)
        store._name, store._on_disk = f"the store {path}", True
        store._searching = Searching(labels, prompt=prompt)
        try:
            store._engine = ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            raise StoreError(
                501, f"{path} cannot be opened as a store: {error}", "check its rights, or restore a backup"
            ) from error
        return store

    def apply(self, change: Change) -> None:
        """Remove, then insert, as one transaction that a killed process leaves whole or undone.

        Raises InputError for blank nodes, StoreError when the disk fails.
        """
        if not change:
            return
        with self._failures() as engine, self._searching.outdating():
            if self._on_disk and is_large(change):
                load(engine, change)
            elif change.remove:
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
        name = ox.DefaultGraph() if default_graph else None if graph is None else to_name(graph)
        engine = self._opened()
        try:
            found = engine.quads_for_pattern(
                None if subject is None else to_name(subject),
                None if predicate is None else to_name(predicate),
                None if object is None else to_term(object),
                name,
            )
            # the writer looks up many keys that nobody has
            for first in found:
                yield from from_quads(chain((first,), found))
        except (OSError, RuntimeError) as error:
            raise self._failure(error) from error

    def graphs(self) -> tuple[Iri, ...]:
        """The named graphs that hold something, sorted."""
        with self._failures() as engine:
            names = [name for name in engine.named_graphs() if isinstance(name, ox.NamedNode)]
            # the engine remembers the names of graphs that were emptied
            return tuple(sorted(Iri(n.value) for n in names if any(engine.quads_for_pattern(None, None, None, n))))

    def select(self, query: str) -> Solutions:
        """Run a SELECT of our own making."""
        with self._failures() as engine:
            answer = run(engine, self._searching.write_out(engine, query))
            if not isinstance(answer, ox.QuerySolutions):
                raise InternalError(902, f"this query is no SELECT: {query}")
            return to_solutions(answer)

    def ask(self, query: str) -> bool:
        """Run an ASK of our own making."""
        with self._failures() as engine:
            answer = run(engine, self._searching.write_out(engine, query))
            if not isinstance(answer, ox.QueryBoolean):
                raise InternalError(902, f"this query is no ASK: {query}")
            return bool(answer)

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Run a CONSTRUCT of our own making; sorted, without repeats."""
        with self._failures() as engine:
            answer = run(engine, self._searching.write_out(engine, query))
            if not isinstance(answer, ox.QueryTriples):
                raise InternalError(902, f"this query is no CONSTRUCT: {query}")
            return from_triples(answer)

    def answer(self, query: str, accept: Sequence[str]) -> tuple[str, bytes]:
        """Run anybody's query and serialise the answer as the first media type of `accept` that fits its form.

        Raises QueryError for an update, a SERVICE call, a syntax error, and (status 406) for an `accept` that does not fit.
        """
        refuse_service(query)
        with self._failures() as engine:
            answer = run(engine, self._searching.write_out(engine, query))
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

    def evaluate(self, question: Question, begin: Begin, sink: BinaryIO) -> None:
        """Run anybody's query; `begin` is told the media type, then `sink` gets the answer as it comes.

        Raises QueryError as answer() does, and for a dataset of names that are no IRIs.
        """
        refuse_service(question.text, question.relay)
        with self._failures(question.relay) as engine:
            found = self._run_planned(engine, question)
            offered = GRAPH_TYPES if isinstance(found, ox.QueryTriples) else RESULT_TYPES
            media_type = choose(question.accept, offered)
            if media_type is None:
                del found
                raise not_acceptable(question.accept, offered)
            begin(media_type)
            if isinstance(found, ox.QueryTriples):
                write_graph(found, media_type, sink)
            else:
                found.serialize(sink, _RESULT_FORMATS[media_type])
            sink.flush()

    def update(self, text: str, base: str | None = None, relay: str | None = None) -> None:
        """Run an update that check_update let through or that is of our own making, whole or not at all.

        `relay` is how the addresses begin that LOAD may fetch.

        Raises QueryError for a text that cannot be read, and for what SPARQL 1.1 Update wants refused, such as dropping a
        graph that is not there.
        """
        with self._failures(relay) as engine, self._searching.outdating():
            try:
                engine.update(text, base_iri=base)
            except SyntaxError as error:
                raise QueryError(310, f"the update cannot be read: {error.msg}", "the numbers are line:column") from error
            except RuntimeError as error:
                if "exist" not in str(error):
                    raise
                raise QueryError(320, f"the update was undone: {error}", "say SILENT to go on all the same") from error

    def backup(self, folder: Path) -> None:
        """Copy the store into a new folder; on the same file system by hard links, which takes milliseconds.

        Raises StoreError for a folder that exists, and when the disk fails.
        """
        with self._failures() as engine:
            engine.backup(str(folder))

    def dump(self, sink: BinaryIO, media_type: str, graph: Iri | None = None) -> None:
        """Write the dataset (or one named graph) out, in a fixed order of statements.

        A format of triples holds one graph: the default graph, if none is given.
        """
        sink.write(serialise(scope(self, media_type, graph), media_type))

    def stream(self, sink: BinaryIO, media_type: str) -> None:
        """Write the dataset out in the engine's own order, as it is read: for data of any size.

        Equal datasets give equal bytes with one version of the engine, however they came to be.
        """
        with self._failures() as engine:
            engine.dump(sink, rdf_format(media_type), prefixes=dict(VOCABULARIES))

    def __len__(self) -> int:
        with self._failures() as engine:
            return len(engine)

    def close(self) -> None:
        """Write everything out and let go of the folder; the store cannot be used afterwards."""
        if self._engine is not None:
            self._engine.flush()
            self._engine = None

    def _run_planned(self, engine: ox.Store, question: Question) -> Answer:
        """Run a query as the planner would have it, or as it stands where the engine does not read that."""
        planned = plan(question.text)
        if planned.rules:
            try:
                refuse_service(planned.text, question.relay)
                return run(engine, self._searching.write_out(engine, planned.text), question)
            except QueryError:
                # The text as it stands tells what is wrong with it.
                pass
        return run(engine, self._searching.write_out(engine, question.text), question)

    @contextmanager
    def _failures(self, relay: str | None = None) -> Iterator[ox.Store]:
        """Give the engine, and turn what it raises into errors of ours."""
        engine = self._opened()
        try:
            yield engine
        except (OSError, RuntimeError) as error:
            raise self._failure(error, relay) from error

    def _opened(self) -> ox.Store:
        if self._engine is None:
            raise StoreError(506, f"{self._name} is closed", "open it again")
        return self._engine

    def _failure(self, error: OSError | RuntimeError, relay: str | None = None) -> QueryError | StoreError:
        """Say in our terms what the engine raised."""
        if relay is not None and relay in str(error):
            why = " ".join(str(error).partition("payload:")[2].split()) or "no answer"
            return QueryError(342, f"a call of another server failed: {why}", "ask that server yourself", status=502)
        if "is not supported" in str(error):
            return QueryError(341, f"the query cannot be run: {error}", "leave it out")
        hint = "check the disk: df -h, and that the folder is writable"
        if "Corruption" in str(error):
            hint = "its files are damaged: stop what uses it, check the disk, and restore a backup"
        return StoreError(505, f"{self._name} failed: {error}", hint)


_BEGUN = re.compile(r"LOCK|LOG|IDENTITY|MANIFEST-\d+|\d+\.dbtmp")
"""Files that RocksDB writes before CURRENT, which makes a folder a database."""


def _open(path: Path) -> ox.Store:
    # the engine would write its own files into any folder that it is given
    known = not path.exists() or (path / "CURRENT").is_file()
    # a disk that was full when the store was to be made leaves what the engine begins with, and no data
    if not known and not (path.is_dir() and all(_BEGUN.fullmatch(each.name) for each in path.iterdir())):
        raise StoreError(501, f"{path} is no store: it holds other files", "name an empty folder or one that does not exist")
    try:
        path.mkdir(parents=True, exist_ok=True)
        engine = ox.Store(path)
        finish(engine)
        return engine
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            hint = "stop the other program (perhaps `entente serve`), or send your queries to it"
            raise StoreError(502, f"another program holds the store {path}", hint) from error
        raise StoreError(
            501, f"{path} cannot be opened as a store: {error}", "check its rights, or restore a backup"
        ) from error
