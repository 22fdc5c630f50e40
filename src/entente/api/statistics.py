"""What the dataset holds, in VoID: how many things of which class, by which properties, and links to where."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from entente.api.linksets import Linkset, count_links
from entente.api.signposts import LICENSE
from entente.engine import Engine
from entente.errors import Error
from entente.model import Iri, Literal, Store, Term, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import dcterms, rdf, xsd

__all__ = ["PREFIXES", "VOID", "Numbers", "Statistics", "Summary", "describe_numbers"]

VOID = "http://rdfs.org/ns/void#"
PREFIXES: Mapping[str, str] = MappingProxyType({**VOCABULARIES, "void": VOID})
_QUICK = 0.5
_log = logging.getLogger(__name__)
_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"


_Found = TypeVar("_Found", bound="Summary")


@dataclass(frozen=True, slots=True)
class Summary:
    """How many things the default graph of a version has of each class, and links to other datasets."""

    version: int | None
    classes: Mapping[Iri, int]
    linksets: tuple[Linkset, ...]


@dataclass(frozen=True, slots=True)
class Numbers(Summary):
    """A summary with the number of subjects, and of statements of each property, for which all of them are read."""

    properties: Mapping[Iri, int]
    subjects: int

    @property
    def triples(self) -> int:
        """The number of all statements."""
        return sum(self.properties.values())


class Statistics:
    """The numbers of an engine's dataset, counted once for each version that anybody asks about.

    Where counting takes long, they are those of an earlier version until they have been counted anew, so that nobody waits.
    """

    def __init__(self, engine: Engine) -> None:
        self._summary: _Counted[Summary] = _Counted(engine, _summarise)
        self._numbers: _Counted[Numbers] = _Counted(engine, _count_all)

    def summary(self) -> Summary:
        """Give the summary; blocks while it is counted for the first time."""
        return self._summary.get()

    def numbers(self) -> Numbers:
        """Give all numbers; blocks while they are counted for the first time."""
        return self._numbers.get()


class _Counted(Generic[_Found]):
    def __init__(self, engine: Engine, count: Callable[[Store, int | None], _Found]) -> None:
        self._engine = engine
        self._count = count
        self._lock = threading.Lock()
        self._known: _Found | None = None
        self._seconds = 0.0
        self._thread: threading.Thread | None = None

    def get(self) -> _Found:
        with self._lock:
            known, version = self._known, self._engine.version
            if known is not None and version is not None and known.version == version:
                return known
            if known is None or self._seconds < _QUICK:
                return self._renew()
            if self._thread is None:
                self._thread = threading.Thread(target=self._renew_behind, daemon=True)
                self._thread.start()
            return known

    def _renew_behind(self) -> None:
        try:
            self._renew()
        except Error as error:
            # The store may have been closed meanwhile; who asks next is told of what stays wrong.
            _log.warning("the dataset was not counted: %s", error)
        finally:
            with self._lock:
                self._thread = None

    def _renew(self) -> _Found:
        # Time of this thread only, so that a busy machine does not make a small dataset look large.
        began = time.thread_time()
        known = self._count(self._engine.store, self._engine.version)
        self._known, self._seconds = known, time.thread_time() - began
        return known


def _summarise(store: Store, version: int | None) -> Summary:
    return Summary(version, _counts(store, _CLASSES), tuple(count_links(store)))


def _count_all(store: Store, version: int | None) -> Numbers:
    few = _summarise(store, version)
    subjects = sum(_counts(store, _SUBJECTS).values())
    return Numbers(version, few.classes, few.linksets, _counts(store, _PROPERTIES), subjects)


def describe_numbers(numbers: Numbers, root: str, title: str) -> Iterator[Triple]:
    """Describe the dataset that is served at a root address."""
    here = f"{root}/.well-known/void"
    dataset = Iri(f"{here}#dataset")
    yield Triple(dataset, rdf.type, _void("Dataset"))
    yield Triple(dataset, dcterms.title, Literal(title))
    yield Triple(dataset, dcterms.license, Iri(LICENSE))
    yield Triple(dataset, _void("sparqlEndpoint"), Iri(f"{root}/sparql"))
    yield Triple(dataset, _void("triples"), _number(numbers.triples))
    yield Triple(dataset, _void("distinctSubjects"), _number(numbers.subjects))
    for namespace in sorted({_namespace(name) for name in numbers.properties} - {""}):
        yield Triple(dataset, _void("vocabulary"), Iri(namespace))
    for kind, found in (("class", numbers.classes), ("property", numbers.properties)):
        for number, (name, count) in enumerate(sorted(found.items())):
            part = Iri(f"{here}#{kind}-{number}")
            yield Triple(dataset, _void(f"{kind}Partition"), part)
            yield Triple(part, _void(kind), name)
            yield Triple(part, _void("entities" if kind == "class" else "triples"), _number(count))
    for number, linkset in enumerate(numbers.linksets):
        yield from _tell(linkset, dataset, root, f"{here}#links-{linkset.target.name or number}")


def _tell(linkset: Linkset, dataset: Iri, root: str, name: str) -> Iterator[Triple]:
    """Tell of a set of links; of codes as a part of the data, since their values are no nodes (VoID §5)."""
    it, target = Iri(name), linkset.target
    yield Triple(it, rdf.type, _void("Linkset" if linkset.is_rdf else "Dataset"))
    yield Triple(dataset, _void("subset"), it)
    yield Triple(it, _void("triples"), _number(linkset.triples))
    if target.name:
        yield Triple(it, dcterms.title, Literal(target.title, lang="en"))
        yield Triple(it, _void("dataDump"), Iri(f"{root}/linksets/{target.name}.nt"))
    if not linkset.is_rdf:
        for predicate in linkset.predicates:
            yield Triple(it, _void("property"), predicate)
        return
    other = Iri(f"{name}-target")
    yield Triple(other, rdf.type, _void("Dataset"))
    yield Triple(other, dcterms.title, Literal(target.title, lang="en"))
    if target.space:
        yield Triple(other, _void("uriSpace"), Literal(target.space))
    # The nodes of a code scheme lead to the states, and stand for the entries of the list.
    subjects, objects = (other, dataset) if target.scheme else (dataset, other)
    yield Triple(it, _void("subjectsTarget"), subjects)
    yield Triple(it, _void("objectsTarget"), objects)
    for predicate in linkset.predicates:
        yield Triple(it, _void("linkPredicate"), predicate)


def _counts(store: Store, query: str) -> dict[Iri, int]:
    """The numbers that a query counts for each name; for a query without names, for one of its own."""
    found = {}
    for *name, count in store.select(query).rows:
        key = name[0] if name else rdf.type
        if isinstance(key, Iri):
            found[key] = _int(count)
    return found


def _namespace(name: Iri) -> str:
    """The part of a name that a prefix would stand for; empty where it has none."""
    return name[: max(name.rfind("#"), name.rfind("/")) + 1]


def _void(name: str) -> Iri:
    return Iri(VOID + name)


def _number(count: int) -> Literal:
    return Literal(str(count), xsd.integer)


def _int(term: Term | None) -> int:
    return int(term.lexical) if isinstance(term, Literal) else 0
