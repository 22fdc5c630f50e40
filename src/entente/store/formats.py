"""The formats of RDF and of query answers: media types, file suffixes, reading and writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import PurePath
from types import MappingProxyType

import pyoxigraph as ox

from entente.errors import InputError
from entente.model.prefixes import VOCABULARIES
from entente.model.rdf import Iri, Literal, Quad, Triple, canonical_nquads
from entente.store.terms import from_quads, to_quad

__all__ = [
    "GRAPH_SUFFIXES",
    "GRAPH_TYPES",
    "RESULT_TYPES",
    "check_rows",
    "choose",
    "media_type_of",
    "parse",
    "rdf_format",
    "serialise",
    "to_lines",
]

GRAPH_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "ttl",
        "application/n-triples": "nt",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdf",
        "application/trig": "trig",
        "application/n-quads": "nq",
    }
)
"""Media types of RDF with their file suffixes, the preferred one first."""

GRAPH_SUFFIXES: Mapping[str, str] = MappingProxyType({suffix: media_type for media_type, suffix in GRAPH_TYPES.items()})
"""The same the other way round."""

RESULT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
    }
)
"""Media types of SELECT and ASK answers with their file suffixes, the preferred one first."""

_ALIASES = {"application/json": "application/sparql-results+json", "application/xml": "application/sparql-results+xml"}
_LINES = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)
_RDF_TYPE = Iri(VOCABULARIES["rdf"] + "type")
_XML_NAME_AT_END = re.compile(r"[^\W\d][\w.\-]*\Z")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def media_type_of(name: str) -> str:
    """Tell the media type of a file from its suffix.

    Raises InputError for a suffix that stands for no format.
    """
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    for media_type, own in (*GRAPH_TYPES.items(), *RESULT_TYPES.items()):
        if suffix == own:
            return media_type
    known = ", ".join((*GRAPH_TYPES.values(), *RESULT_TYPES.values()))
    raise InputError(110, f"{name}: the suffix {suffix!r} stands for no format", f"end the name with one of: {known}")


def choose(accept: Sequence[str], offered: Iterable[str]) -> str | None:
    """Pick the first offered media type that the caller accepts, in the caller's order of preference.

    `accept` holds media types or ranges such as `text/*`, whose parameters are ignored; an empty one accepts anything.
    """
    offers = tuple(offered)
    for wanted in accept or ("*/*",):
        plain = wanted.partition(";")[0].strip().lower()
        stem = plain.removesuffix("*") if plain.endswith("/*") else None
        for offer in offers:
            if plain in ("*/*", offer) or _ALIASES.get(plain) == offer or (stem and offer.startswith(stem)):
                return offer
    return None


def rdf_format(media_type: str) -> ox.RdfFormat:
    """Give the engine's name of an RDF format.

    Raises InputError for a media type that is not in GRAPH_TYPES.
    """
    plain = media_type.partition(";")[0].strip().lower()
    found = ox.RdfFormat.from_media_type(plain) if plain in GRAPH_TYPES else None
    if found is None:
        known = ", ".join(GRAPH_TYPES)
        raise InputError(111, f"{media_type!r} is no format of RDF here", f"use one of: {known}", status=415)
    return found


def parse(data: bytes, media_type: str, *, base_iri: str | None = None, origin: str = "the data") -> tuple[Quad, ...]:
    """Read RDF, in the order of the document; blank nodes are named `b0`, `b1` ... in order of appearance.

    Nothing is ever fetched: a remote JSON-LD context is refused. `origin` names the data in messages.
    Raises InputError for a broken document and for what RDF 1.1 cannot say (triple terms, base directions).
    """
    form = rdf_format(media_type)
    try:
        found = list(ox.parse(data, form, base_iri=base_iri))
    except (SyntaxError, ValueError) as error:
        detail = error.msg if isinstance(error, SyntaxError) else str(error)
        remote = "remote contexts" in detail
        hint = (
            "write the @context into the document" if remote else f"correct it, or name its format if it is not {media_type}"
        )
        raise InputError(112, f"{origin} cannot be read: {detail}", hint) from error
    try:
        return tuple(from_quads(found, rename_blank=True))
    except ValueError as error:
        raise InputError(
            113, f"{origin} is not RDF 1.1: {error}", "write triple terms and directions as n-ary nodes"
        ) from error


def to_lines(data: bytes, media_type: str, base_iri: str, most: int) -> bytes:
    """Write a document of triples as N-Triples.

    Raises InputError for a broken document, for one with named graphs, and for one of more than `most` triples.
    """
    form = rdf_format(media_type)
    try:
        found = list(islice(ox.parse(data, form, base_iri=base_iri), most + 1))
    except (SyntaxError, ValueError) as error:
        raise InputError(112, f"{base_iri} cannot be read: {error}", "ask whoever keeps it") from error
    if len(found) > most:
        raise InputError(803, f"{base_iri} holds more than {most} triples", "fetch it yourself and send it in parts")
    if any(quad.graph_name != ox.DefaultGraph() for quad in found):
        raise InputError(114, f"{base_iri} holds named graphs", "fetch it yourself, and send each to /store")
    return ox.serialize((quad.triple for quad in found), format=ox.RdfFormat.N_TRIPLES) or b""


def check_rows(answer: bytes, media_type: str, most: int) -> None:
    """Raise InputError for the answer of another server that has more than `most` rows, or is no SPARQL results."""
    plain = media_type.partition(";")[0].strip().lower()
    form = ox.QueryResultsFormat.from_media_type(plain)
    if form is None:
        raise InputError(804, f"another server answered with {plain or 'no media type'}", "ask it yourself to see why")
    try:
        found = ox.parse_query_results(answer, form)
        rows = 1 if isinstance(found, ox.QueryBoolean) else sum(1 for _ in islice(found, most + 1))
    except (SyntaxError, ValueError) as error:
        raise InputError(804, f"another server's answer cannot be read: {error}", "ask it yourself to see why") from error
    if rows > most:
        raise InputError(804, f"another server answered with more than {most} rows", "ask it for less")


def serialise(quads: Iterable[Quad | Triple], media_type: str, prefixes: Mapping[str, str] = VOCABULARIES) -> bytes:
    """Write statements, sorted and without repeats, so that equal sets give equal bytes.

    Only the prefixes that the statements use are declared.
    Raises InputError for an unknown media type, for named graphs in a format of triples, and for what XML cannot hold.
    """
    form = rdf_format(media_type)
    statements = {Quad(*quad) for quad in quads}
    if not form.supports_datasets and any(quad.graph is not None for quad in statements):
        raise InputError(114, f"{media_type} holds no named graphs", "use application/trig or application/n-quads")
    if form in _LINES:
        return canonical_nquads(statements).encode()
    ordered = sorted(statements, key=lambda quad: (quad.graph or "", quad.triple.n3()))
    if form == ox.RdfFormat.RDF_XML:
        _check_xml(ordered)
    own = [to_quad(quad) for quad in ordered]
    engine_statements = own if form.supports_datasets else [quad.triple for quad in own]
    written = ox.serialize(engine_statements, format=form, prefixes=_used(prefixes, ordered)) or b""
    # an XML reader would turn a bare carriage return into a line feed
    return written.replace(b"\r", b"&#13;") if form == ox.RdfFormat.RDF_XML else written


def _used(prefixes: Mapping[str, str], quads: Iterable[Quad]) -> dict[str, str]:
    """Narrow a table of prefixes down to those that the statements use."""
    iris: set[str] = set()
    for quad in quads:
        iris.update(term.datatype if isinstance(term, Literal) else term for term in quad if term is not None)
    stems = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris}
    return {name: prefixes[name] for name in sorted(prefixes) if prefixes[name] in stems}


def _check_xml(quads: Iterable[Quad]) -> None:
    """Refuse what RDF/XML cannot write: the engine would write it as XML that nobody can read."""
    for quad in quads:
        for name in (quad.predicate, quad.object if quad.predicate == _RDF_TYPE else quad.predicate):
            if not isinstance(name, Literal) and not _XML_NAME_AT_END.search(name):
                raise InputError(115, f"RDF/XML cannot write {name} as an element", "use text/turtle")
        if isinstance(quad.object, Literal) and _NOT_XML.search(quad.object.lexical):
            raise InputError(115, f"RDF/XML cannot write the control characters in {quad.object.n3()}", "use text/turtle")
