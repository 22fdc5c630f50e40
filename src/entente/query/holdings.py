"""What a dataset holds and in which files, in VoID and DCAT: classes, properties, links to where, sizes and sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from entente.model import Iri, Literal, Store, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import dcterms, rdf, xsd
from entente.query.linksets import Linkset, as_int, count_links

__all__ = ["DCAT", "SPDX", "VOID", "Holdings", "Summary", "count", "describe", "describe_sum", "summarise"]

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
SPDX = "http://spdx.org/rdf/terms#"
_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Summary:
    """How many things the default graph of a version has of each class, and links to other datasets."""

    version: int | None
    classes: Mapping[Iri, int]
    linksets: tuple[Linkset, ...]


@dataclass(frozen=True, slots=True)
class Holdings(Summary):
    """A summary with the number of subjects, and of statements of each property, for which all of them are read."""

    properties: Mapping[Iri, int]
    subjects: int

    @property
    def triples(self) -> int:
        """The number of all statements."""
        return sum(self.properties.values())


def summarise(store: Store, version: int | None = None) -> Summary:
    """Count things and links in the default graph of a store; `version` says of which version of the dataset."""
    return Summary(version, _counts(store, _CLASSES), tuple(count_links(store)))


def count(store: Store, version: int | None = None) -> Holdings:
    """Count all that the default graph of a store holds; `version` says of which version of the dataset."""
    few = summarise(store, version)
    subjects = sum(_counts(store, _SUBJECTS).values())
    return Holdings(version, few.classes, few.linksets, _counts(store, _PROPERTIES), subjects)


def describe(holdings: Holdings, here: str, *, dumps: str | None = None) -> Iterator[Triple]:
    """Describe what a dataset holds as `here#dataset`, its parts beside it (VoID, sections 4 and 5).

    `dumps` is the address below which each linkset can be downloaded.
    """
    dataset = Iri(f"{here}#dataset")
    yield Triple(dataset, rdf.type, _void("Dataset"))
    yield Triple(dataset, _void("triples"), _number(holdings.triples))
    yield Triple(dataset, _void("distinctSubjects"), _number(holdings.subjects))
    for namespace in sorted({_namespace(name) for name in holdings.properties} - {""}):
        yield Triple(dataset, _void("vocabulary"), Iri(namespace))
    for kind, found in (("class", holdings.classes), ("property", holdings.properties)):
        for number, (name, things) in enumerate(sorted(found.items())):
            part = Iri(f"{here}#{kind}-{number}")
            yield Triple(dataset, _void(f"{kind}Partition"), part)
            yield Triple(part, _void(kind), name)
            yield Triple(part, _void("entities" if kind == "class" else "triples"), _number(things))
    for number, linkset in enumerate(holdings.linksets):
        yield from _tell(linkset, dataset, dumps, f"{here}#links-{linkset.target.name or number}")


def _tell(linkset: Linkset, dataset: Iri, dumps: str | None, name: str) -> Iterator[Triple]:
    """Tell of a set of links; of codes as a part of the data, since their values are no nodes (VoID §5)."""
    it, target = Iri(name), linkset.target
    yield Triple(it, rdf.type, _void("Linkset" if linkset.is_rdf else "Dataset"))
    yield Triple(dataset, _void("subset"), it)
    yield Triple(it, _void("triples"), _number(linkset.triples))
    if target.name:
        yield Triple(it, dcterms.title, Literal(target.title, lang="en"))
        if dumps is not None:
            yield Triple(it, _void("dataDump"), Iri(f"{dumps}/{target.name}.nt"))
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


def describe_sum(file: Iri, checksum: Iri, size: int, sha256: str) -> Iterator[Triple]:
    """Tell the size in bytes and the SHA-256 (hex) of a file; `checksum` names the sum's node (DCAT 3, section 6.17)."""
    yield Triple(file, Iri(DCAT + "byteSize"), Literal(str(size), xsd.nonNegativeInteger))
    yield Triple(file, Iri(SPDX + "checksum"), checksum)
    yield Triple(checksum, rdf.type, Iri(SPDX + "Checksum"))
    yield Triple(checksum, Iri(SPDX + "algorithm"), Iri(SPDX + "checksumAlgorithm_sha256"))
    yield Triple(checksum, Iri(SPDX + "checksumValue"), Literal(sha256, Iri(VOCABULARIES["xsd"] + "hexBinary")))


def _counts(store: Store, query: str) -> dict[Iri, int]:
    """The numbers that a query counts for each name; for a query without names, for one of its own."""
    found = {}
    for *name, count in store.select(query).rows:
        key = name[0] if name else rdf.type
        if isinstance(key, Iri):
            found[key] = as_int(count)
    return found


def _namespace(name: Iri) -> str:
    """The part of a name that a prefix would stand for; empty where it has none."""
    return name[: max(name.rfind("#"), name.rfind("/")) + 1]


def _void(name: str) -> Iri:
    return Iri(VOID + name)


def _number(count: int) -> Literal:
    return Literal(str(count), xsd.integer)
