"""What a dataset holds and in which files, in VoID and DCAT: classes, properties, links to where, sizes and sums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from entente.model import Iri, Literal, Store, Term, Triple
from entente.model.prefixes import VOCABULARIES
from entente.model.terms import owl, rdf, skos, xsd

__all__ = ["DCAT", "SPDX", "VOID", "describe", "describe_sum"]

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
SPDX = "http://spdx.org/rdf/terms#"
_LINKS = (owl.sameAs, skos.exactMatch, skos.closeMatch)
_HOST = re.compile(r"https?://[^/]+/")
_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"


def describe(store: Store, here: str) -> Iterator[Triple]:
    """Describe the default graph of a store as the dataset `here#dataset`, its parts beside it (VoID, sections 4 and 5)."""
    dataset = Iri(f"{here}#dataset")
    properties = _counts(store, _PROPERTIES)
    yield Triple(dataset, rdf.type, _void("Dataset"))
    yield Triple(dataset, _void("triples"), _number(sum(properties.values())))
    yield Triple(dataset, _void("distinctSubjects"), _number(sum(_counts(store, _SUBJECTS).values())))
    for namespace in sorted({_namespace(name) for name in properties} - {""}):
        yield Triple(dataset, _void("vocabulary"), Iri(namespace))
    for kind, found in (("class", _counts(store, _CLASSES)), ("property", properties)):
        for number, (name, count) in enumerate(sorted(found.items())):
            part = Iri(f"{here}#{kind}-{number}")
            yield Triple(dataset, _void(f"{kind}Partition"), part)
            yield Triple(part, _void(kind), name)
            yield Triple(part, _void("entities" if kind == "class" else "triples"), _number(count))
    for number, ((property, target), count) in enumerate(sorted(_links(store).items())):
        linkset = Iri(f"{here}#links-{number}")
        yield Triple(linkset, rdf.type, _void("Linkset"))
        yield Triple(linkset, _void("subjectsTarget"), dataset)
        yield Triple(linkset, _void("objectsTarget"), Iri(target))
        yield Triple(linkset, _void("linkPredicate"), property)
        yield Triple(linkset, _void("triples"), _number(count))


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
            found[key] = _int(count)
    return found


def _links(store: Store) -> dict[tuple[Iri, str], int]:
    """How many links there are, by property and by the server that they lead to."""
    found: dict[tuple[Iri, str], int] = {}
    for property in _LINKS:
        for (target,) in store.select(f"SELECT ?o WHERE {{ ?s {property.n3()} ?o FILTER(isIRI(?o)) }}").rows:
            host = _HOST.match(str(target))
            if host:
                key = (property, host[0])
                found[key] = found.get(key, 0) + 1
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
