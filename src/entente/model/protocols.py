"""The interfaces between the steps: what a step may ask of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import BinaryIO, NamedTuple, Protocol, runtime_checkable

from entente.model.document import Article, Document
from entente.model.extraction import Extraction
from entente.model.graph import Change, Delta, GateReport, Solutions
from entente.model.kinds import Kind
from entente.model.rdf import Iri, Quad, Term, Triple

__all__ = ["Entity", "EntityIndex", "Extractor", "Gate", "Held", "Name", "Quarantine", "Sink", "Store"]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the reference data, as the extractor needs it.

    `code` is the state's ISO 3166-1 alpha-3 code (GUIDELINES.md, rule 1) for states and states' forces and organs;
    `state` the state that an organ, force, vessel or seat belongs to; `concept` the vessel or place type.
    """

    iri: Iri
    kind: Kind
    label: str
    code: str | None = None
    state: Iri | None = None
    concept: Iri | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Name(NamedTuple):
    """A way to name an entity: `use` is `name`, `alias`, `demonym`, `seat` (capital or metonym) or `people`."""

    surface: str
    entity: Iri
    use: str


class EntityIndex(Protocol):
    """The names and entities of the reference data."""

    @property
    def version(self) -> str:
        """Digest of the data the index was built from."""

    def names(self) -> Iterable[Name]:
        """All names, in a fixed order."""

    def entity(self, iri: Iri) -> Entity | None:
        """The entity with that IRI, or None."""

    def dyad(self, first: Iri, second: Iri) -> Iri:
        """The IRI of the undirected dyad of two states: COW numbers, the lower first, else alpha-3 codes in order."""

    def closure(self, iris: Iterable[Iri]) -> Iterable[Triple]:
        """The reference triples that describe these entities and what they belong to, for the gate."""

    def reference(self) -> Iterable[Triple]:
        """All triples of the reference data, in no order."""


class Extractor(Protocol):
    """Finds events and claims in a document (entry point group `entente.extractors`)."""

    name: str
    version: str

    def extract(self, document: Document) -> Extraction:
        """Extract; the same document always gives the same extraction."""


class Gate(Protocol):
    """Decides whether an article's graph may enter the store."""

    def check(self, triples: Iterable[Triple]) -> GateReport:
        """Validate the triples together with the reference data that they touch."""


class Held(StrEnum):
    """What a graph holds of an article."""

    NOTHING = "nothing"
    SAME = "same"
    OTHER = "other"


class Sink(Protocol):
    """Takes what passed the gate into the graph."""

    def held(self, delta: Delta) -> Held:
        """What the graph holds of the delta's article: nothing, exactly this, or another version."""

    def put(self, delta: Delta) -> None:
        """Put the delta in place of what its article contributed before, and bring the consensus up to date, atomically."""

    def put_all(self, deltas: Sequence[Delta]) -> None:
        """Put the deltas of several articles as put() would one by one in any order, but as one atomic change.

        Of two deltas of one article the later stands.
        """


class Quarantine(Protocol):
    """Keeps what was refused, with the reasons."""

    def hold(self, delta: Delta, report: GateReport, article: Article | None) -> None:
        """Keep a refused delta with its report and the article it came from; a later one of the same article replaces it.

        `article` is None for a delta that a source has assembled itself.
        """

    def release(self, slug: str) -> None:
        """Forget what is held for this article, if anything."""

    def __contains__(self, slug: str) -> bool:
        """Whether something is held for this article."""


@runtime_checkable
class Store(Protocol):
    """An RDF dataset behind SPARQL 1.1; the default graph is the consensus."""

    def apply(self, change: Change) -> None:
        """Remove, then insert, atomically."""

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

    def graphs(self) -> tuple[Iri, ...]:
        """The named graphs that hold something, sorted."""

    def select(self, query: str) -> Solutions:
        """Run a SELECT of our own making."""

    def ask(self, query: str) -> bool:
        """Run an ASK of our own making."""

    def construct(self, query: str) -> tuple[Triple, ...]:
        """Run a CONSTRUCT of our own making; sorted, without repeats."""

    def answer(self, query: str, accept: Sequence[str]) -> tuple[str, bytes]:
        """Run anybody's query and serialise the answer as the first media type of `accept` that fits its form."""

    def dump(self, sink: BinaryIO, media_type: str, graph: Iri | None = None) -> None:
        """Write the dataset (or one named graph) out, in a fixed order of statements."""

    def __len__(self) -> int:
        """How many quads there are."""

    def close(self) -> None:
        """Release the store; it cannot be used afterwards."""
