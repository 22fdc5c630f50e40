"""Mapping files of the SPARQL source: which endpoint, which query, and what its columns say in our terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from entente.errors import InputError
from entente.model import Iri
from entente.model import terms as vocabularies
from entente.model.iri import slug
from entente_loaders.sources.yamls import parse_yaml

__all__ = ["STATE_KEYS", "DataMapping", "Property", "read_mapping"]

STATE_KEYS = frozenset({"wikidata", "alpha3", "alpha2", "numeric", "cow", "gw"})
"""By what a column can name a state: its Wikidata IRI, a code of ISO 3166-1, or the number of a current member of a list."""

_DATATYPES = frozenset({"string", "integer", "decimal", "date"})
_KEYS = frozenset({"name", "endpoint", "query", "subject", "properties", "outlet", "licence"})
_PREFIXES = frozenset({"ent", "skos", "rdfs", "dcterms", "owl"})
_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_SLICE = re.compile(r"\b(?:LIMIT|OFFSET)\s+\d+\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Property:
    """What a column says: by which property, as a literal of a datatype or language, an IRI, or a state named by a key."""

    column: str
    predicate: Iri
    state: str | None = None
    datatype: str = "string"
    lang: str = ""


@dataclass(frozen=True, slots=True)
class DataMapping:
    """A query and its meaning; `match` is the key by which the subject is one of our states, None for candidates."""

    name: str
    endpoint: str
    query: str
    subject: str
    cls: Iri | None
    match: str | None
    properties: tuple[Property, ...]
    outlet: str | None
    licence: str | None


def read_mapping(path: Path) -> DataMapping:
    """Read a mapping file (docs/sources/sparql.md).

    Raises InputError (195) for what is none, and names what is wrong in it.
    """
    try:
        data = parse_yaml(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _wrong(path, f"it cannot be read ({error})") from error
    if not isinstance(data, dict):
        raise _wrong(path, "it is no mapping of keys to values")
    if unknown := sorted(set(map(str, data)) - _KEYS):
        raise _wrong(path, f"the key {unknown[0]!r} is unknown")
    name, endpoint, query = (_text(data, key, path) for key in ("name", "endpoint", "query"))
    if name != slug(name):
        raise _wrong(path, f"the name {name!r} is no slug")
    if urlsplit(endpoint).scheme not in {"http", "https"}:
        raise _wrong(path, f"the endpoint {endpoint!r} is no http(s) address")
    query = query.strip()
    if not _ORDER.search(query) or _SLICE.search(query):
        raise _wrong(path, "the query must have ORDER BY its subject, and neither LIMIT nor OFFSET: pages are cut from it")
    subject = data.get("subject")
    if not isinstance(subject, dict):
        raise _wrong(path, "it has no subject")
    match = subject.get("match")
    if match is not None and match not in STATE_KEYS:
        raise _wrong(path, f"subject.match is {match!r}, not one of {', '.join(sorted(STATE_KEYS))}")
    cls = _term(f"ent:{subject['class']}", path) if match is None and "class" in subject else None
    if match is None and cls is None:
        raise _wrong(path, "the subject needs a class of the ontology, or a key to match states by")
    listed = data.get("properties")
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise _wrong(path, "it has no list of properties")
    return DataMapping(
        name=name,
        endpoint=endpoint,
        query=query,
        subject=_text(subject, "column", path),
        cls=cls,
        match=match,
        properties=tuple(_property(each, path) for each in listed),
        outlet=_text(data, "outlet", path) if "outlet" in data else None,
        licence=_text(data, "licence", path) if "licence" in data else None,
    )


def _wrong(path: Path, reason: str) -> InputError:
    return InputError(195, f"{path}: {reason}", "docs/sources/sparql.md tells how a mapping is written")


def _text(data: Mapping[str, Any], key: str, path: Path) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(path, f"it has no {key}")
    return value


def _term(name: str, path: Path) -> Iri:
    """Look a term up: a misspelt one is a mistake, never a new term."""
    prefix, _, local = name.partition(":")
    found = getattr(getattr(vocabularies, prefix), local, None) if prefix in _PREFIXES else None
    if not isinstance(found, Iri):
        raise _wrong(path, f"{name!r} is no term that Entente knows")
    return found


def _property(data: Mapping[str, Any], path: Path) -> Property:
    if unknown := sorted(set(map(str, data)) - {"column", "property", "state", "datatype", "lang"}):
        raise _wrong(path, f"a property has the unknown key {unknown[0]!r}")
    state, datatype = data.get("state"), data.get("datatype", "string")
    if state is not None and state not in STATE_KEYS:
        raise _wrong(path, f"a property's state is {state!r}, not one of {', '.join(sorted(STATE_KEYS))}")
    if datatype not in _DATATYPES:
        raise _wrong(path, f"a property's datatype is {datatype!r}, not one of {', '.join(sorted(_DATATYPES))}")
    column, name = _text(data, "column", path), _text(data, "property", path)
    return Property(column, _term(name, path), state, datatype, str(data.get("lang", "")))
