"""Reads an answer in the SPARQL 1.1 JSON format back into rows."""

from __future__ import annotations

import json

from entente.model import BlankNode, Iri, Literal, Solutions, Term

__all__ = ["read_answer"]


def read_answer(data: bytes) -> Solutions:
    """Read a SELECT's rows; an ASK gives one row with the column `answer`."""
    document = json.loads(data)
    if "boolean" in document:
        return Solutions(("answer",), ((Literal.of(bool(document["boolean"])),),))
    variables = tuple(document["head"]["vars"])
    rows = (
        tuple(_term(binding[name]) if name in binding else None for name in variables) for binding in _bindings(document)
    )
    return Solutions(variables, tuple(rows))


def _bindings(document: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> list[dict[str, dict[str, str]]]:
    return document["results"]["bindings"]


def _term(value: dict[str, str]) -> Term:
    match value["type"]:
        case "uri":
            return Iri(value["value"])
        case "bnode":
            return BlankNode(value["value"])
        case _:
            lang = value.get("xml:lang")
            return Literal(value["value"], lang=lang) if lang else Literal(value["value"], *_datatype(value))


def _datatype(value: dict[str, str]) -> tuple[str, ...]:
    return (value["datatype"],) if "datatype" in value else ()
