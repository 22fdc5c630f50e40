"""Pages and things of lists as JSON, JSON-LD and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from entente.api.negotiation import pick
from entente.api.rest.lists import Entry
from entente.api.rest.resource import Resource
from entente.errors import QueryError
from entente.model import Literal, Term
from entente.model.terms import xsd

__all__ = ["FORMATS", "choose_format", "jsonld_collection", "jsonld_context", "jsonld_thing", "table"]

FORMATS: Mapping[str, str] = {"json": "application/json", "jsonld": "application/ld+json", "csv": "text/csv"}
"""What lists are written in, by the word for ?format=, the preferred one first."""

_HYDRA = "http://www.w3.org/ns/hydra/core#"
_SEVERAL = "|"


def choose_format(accept: str | None, said: str | None, offered: Iterable[str] = tuple(FORMATS)) -> str:
    """Choose a format: what ?format= says, or else what the client likes best.

    Raises QueryError 821 where it is none of those offered.
    """
    words = {FORMATS[word]: word for word in offered}
    best = pick(accept, words) if said is None else tuple(name for name, word in words.items() if word == said)
    if not best:
        known = ", ".join(words)
        raise QueryError(821, f"this is not written as {said or accept}", f"ask for one of: {known}", status=406)
    return words[best[0]]


def jsonld_thing(resource: Resource, entry: Entry, fields: Sequence[str]) -> dict[str, Any]:
    """Say what RDF says of a thing by the fields that stand for one property each."""
    thing: dict[str, Any] = {"@id": entry.row.iri}
    for name, shape in resource.shapes().items():
        if shape.property is not None and name in fields and name in entry.terms:
            thing[name] = [_node(term) for term in entry.terms[name]]
    return thing


def jsonld_context(resource: Resource, fields: Sequence[str]) -> dict[str, Any]:
    """Say what property each field stands for."""
    shapes = resource.shapes()
    return {name: str(shapes[name].property) for name in fields if name in shapes and shapes[name].property is not None}


def jsonld_collection(
    resource: Resource, entries: Iterable[Entry], fields: Sequence[str], here: str, *, total: int, next: str | None
) -> dict[str, Any]:
    """Write a page as a collection in the Hydra core vocabulary."""
    view: dict[str, Any] = {"@id": here, "@type": "hydra:PartialCollectionView"}
    if next is not None:
        view["hydra:next"] = {"@id": next}
    return {
        "@context": {"hydra": _HYDRA, **jsonld_context(resource, fields)},
        "@id": here.partition("?")[0],
        "@type": "hydra:Collection",
        "hydra:totalItems": total,
        "hydra:view": view,
        "hydra:member": [jsonld_thing(resource, entry, fields) for entry in entries],
    }


def _node(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": term}
    if term.lang:
        return {"@value": term.lexical, "@language": term.lang}
    return {"@value": term.lexical} if term.datatype == xsd.string else {"@value": term.lexical, "@type": term.datatype}


def table(resource: Resource, entries: Iterable[Entry], fields: Sequence[str]) -> str:
    """Write a page as CSV (RFC 4180): things by their IRI and, in a column of its own, their name; '|' between several."""
    shapes = resource.shapes()
    head: list[str] = []
    for name in fields:
        head += [name, f"{name}_label"] if shapes[name].refers else [name]
    sink = io.StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow(head)
    for entry in entries:
        said = entry.row.model_dump(mode="json")
        cells: list[str] = []
        for name in fields:
            values = said[name] if isinstance(said[name], list) else [said[name]]
            if shapes[name].refers:
                known = [value for value in values if value is not None]
                cells += [_SEVERAL.join(value["iri"] for value in known)]
                cells += [_SEVERAL.join(value["label"] or "" for value in known)]
            else:
                cells.append(_SEVERAL.join(_cell(value) for value in values))
        writer.writerow(cells)
    return sink.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
