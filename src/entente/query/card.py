"""Query cards: runnable SPARQL files whose `#+` header says what they ask and which values may be exchanged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from entente.errors import QueryError

__all__ = [
    "MARKED_LINE",
    "TIED_LINE",
    "Ahead",
    "Card",
    "Codebook",
    "Column",
    "ColumnType",
    "Listing",
    "Loss",
    "Param",
    "ParamType",
    "parse",
    "read",
]

MARKED_LINE = re.compile(
    r"^(?P<head>[ \t]*VALUES[ \t]+\?(?P<variable>\w+)[ \t]*\{)(?P<sample>[^\n]*)\}[ \t]*#\?[ \t]*(?P<name>[\w-]+)[ \t]*$",
    re.MULTILINE,
)
"""A VALUES line whose sample value a parameter replaces."""

TIED_LINE = re.compile(r"^[^\n]*[ \t]#:[ \t]*(?P<name>[\w-]+)[ \t]*\n", re.MULTILINE)
"""A line that goes where its parameter is not given."""

_INNER = re.compile(r"^[ \t]*#<[ \t]*\n(?P<inner>.*?)^[ \t]*#>[ \t]*$", re.MULTILINE | re.DOTALL)
_PROLOGUE = re.compile(r"^PREFIX[^\n]*\n", re.MULTILINE)

_HEADER = re.compile(r"\A(?:#\+[^\n]*\n)+")
_CARD_KEYS = {"summary", "competency", "tags", "params", "columns", "export", "list", "ahead"}
_PARAM_KEYS = {"type", "required", "help", "scheme"}
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class ParamType(StrEnum):
    """What a parameter's value must be."""

    IRI = "iri"
    STRING = "string"
    INTEGER = "integer"
    DATE = "date"
    STATE = "state"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class Param:
    """A value of the query that the caller may give.

    An optional parameter that is not given is left unconstrained. `scheme` is the SKOS scheme of a concept.
    """

    name: str
    type: ParamType
    required: bool
    help: str
    scheme: str | None = None


class ColumnType(StrEnum):
    """What the values of an exported column are."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an exported table and what it means."""

    name: str
    type: ColumnType
    about: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the graph says and the exported table cannot.

    `count` is a graph pattern that binds each such thing to ?x, where they can be counted.
    """

    what: str
    count: str | None


@dataclass(frozen=True, slots=True)
class Codebook:
    """What makes a card an export: what a row stands for, its columns, and what is lost on the way."""

    unit: str
    columns: tuple[Column, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What makes a card a list that can be sorted and paged.

    Its inner SELECT, between the lines `#<` and `#>`, gives one row for each thing: `key` and what it can be sorted by. The
    rest tells more of those things. The first of `sorts` is the order where none is asked for. `indexed` are the parameters
    that an index of the list can filter by: what a row says must not depend on them. `counted` are those of them by whose
    values the index can count what others let through.
    """

    key: str
    sorts: Mapping[str, ColumnType]
    indexed: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()

    def inner(self, text: str) -> str:
        """Cut the inner SELECT out of the card's text, or out of what was bound of it, as a query of its own."""
        found = _INNER.search(text)
        assert found is not None
        return "".join(_PROLOGUE.findall(text)) + found["inner"]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What makes an index keep the answers of a card: for each value of the parameter `by`, and for these of the others."""

    by: str
    values: tuple[Mapping[str, str], ...] = ({},)


@dataclass(frozen=True, slots=True)
class Card:
    """A question as data: `text` is the whole file, `subject` its folder, `columns` the variables in order.

    `competency` is the number of the competency question that it answers, if it answers one; `codebook` describes the
    columns of a card that is an export, `listing` how a card that is a list is paged, `ahead` which answers are kept.
    """

    name: str
    subject: str
    summary: str
    tags: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    text: str
    competency: int | None = None
    codebook: Codebook | None = None
    listing: Listing | None = None
    ahead: Ahead | None = None


def read(path: Path) -> Card:
    """Read a card from `<subject>/<name>.rq`."""
    return parse(path.read_text(encoding="utf-8"), path.stem, path.parent.name)


def parse(text: str, name: str, subject: str) -> Card:
    """Parse a card.

    Raises QueryError 304 naming the card and what is wrong with it.
    """

    def wrong(what: str) -> QueryError:
        return QueryError(304, f"query card '{subject}/{name}.rq': {what}", "see queries/README.md")

    if not _NAME.fullmatch(name):
        raise wrong("a card's name is lower-case words joined by hyphens")
    header = _HEADER.match(text)
    if header is None:
        raise wrong("there is no header of '#+' lines at the top")
    try:
        fields = yaml.safe_load(re.sub(r"^#\+ ?", "", header.group(), flags=re.MULTILINE))
    except yaml.YAMLError as error:
        raise wrong(f"the header is no YAML: {error}") from error
    if not isinstance(fields, dict):
        raise wrong("the header is no mapping")
    if unknown := sorted(set(fields) - _CARD_KEYS):
        raise wrong(f"unknown header field '{unknown[0]}'")
    if not fields.get("summary") or not isinstance(fields["summary"], str):
        raise wrong("the header has no summary")
    competency = fields.get("competency")
    if competency is not None and (type(competency) is not int or competency < 1):
        raise wrong("competency is no number from 1")
    try:
        codebook = _codebook(fields["export"]) if "export" in fields else None
    except ValueError as error:
        raise wrong(str(error)) from error
    tags = fields.get("tags", [])
    columns = fields.get("columns", []) if codebook is None else [column.name for column in codebook.columns]
    if codebook is not None and "columns" in fields:
        raise wrong("an export names its columns in 'export' only")
    for key, value in (("tags", tags), ("columns", columns)):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise wrong(f"{key} is no list of words")
    if not columns:
        raise wrong("the header names no columns")
    params_field = fields.get("params") or {}
    if not isinstance(params_field, dict):
        raise wrong("params is no mapping")
    try:
        params = tuple(_param(str(key), value) for key, value in params_field.items())
    except ValueError as error:
        raise wrong(str(error)) from error
    try:
        _check_marks(text, params)
        optional = {param.name for param in params if not param.required}
        listing = _listing(fields["list"], text, optional) if "list" in fields else None
        ahead = _ahead(fields["ahead"], params) if "ahead" in fields else None
    except ValueError as error:
        raise wrong(str(error)) from error
    return Card(
        name, subject, fields["summary"], tuple(tags), params, tuple(columns), text, competency, codebook, listing, ahead
    )


def _check_marks(text: str, params: Collection[Param]) -> None:
    """Raise ValueError where the marks in the text are not those of the parameters."""
    marked = [match["name"] for match in MARKED_LINE.finditer(text)]
    declared = {param.name for param in params}
    if missing := sorted(declared - set(marked)):
        raise ValueError(f"parameter '{missing[0]}' has no line marked '#? {missing[0]}'")
    if undeclared := sorted(set(marked) - declared):
        raise ValueError(f"the line marked '#? {undeclared[0]}' has no parameter in the header")
    if text.count("#?") != len(marked):
        raise ValueError("a '#?' mark stands on something else than a VALUES line of one variable")
    optional = {param.name for param in params if not param.required}
    if untied := sorted({match["name"] for match in TIED_LINE.finditer(text)} - optional):
        raise ValueError(f"a line is tied to '{untied[0]}', which is no optional parameter")


def _param(name: str, fields: object) -> Param:
    if not isinstance(fields, Mapping):
        raise ValueError(f"parameter '{name}' is no mapping")
    if unknown := sorted(set(fields) - _PARAM_KEYS):
        raise ValueError(f"parameter '{name}' has the unknown field '{unknown[0]}'")
    if fields.get("type") not in list(ParamType):
        raise ValueError(f"parameter '{name}' needs a type out of {', '.join(ParamType)}")
    if not isinstance(fields.get("help"), str):
        raise ValueError(f"parameter '{name}' has no help")
    if not isinstance(fields.get("required", True), bool):
        raise ValueError(f"parameter '{name}': required is true or false")
    if fields.get("scheme") is not None and fields["type"] != ParamType.CONCEPT:
        raise ValueError(f"parameter '{name}': only a concept has a scheme")
    return Param(name, ParamType(fields["type"]), fields.get("required", True), fields["help"], fields.get("scheme"))


def _listing(fields: object, text: str, optional: Collection[str]) -> Listing:
    if not isinstance(fields, Mapping) or not {"key", "sort"} <= set(fields) <= {"key", "sort", "indexed", "counted"}:
        raise ValueError("list needs key and sort, may have indexed and counted, and nothing else")
    key, sorts, indexed, counted = fields["key"], fields["sort"], fields.get("indexed", []), fields.get("counted", [])
    if not isinstance(sorts, Mapping) or not sorts or not set(sorts.values()) <= set(ColumnType):
        raise ValueError(f"list: sort names columns, each of a type out of {', '.join(ColumnType)}")
    if key not in optional:
        raise ValueError("list: key names an optional parameter that chooses the things themselves")
    if not isinstance(indexed, list) or not set(indexed) <= set(optional) - {key}:
        raise ValueError("list: indexed names optional parameters, and not the key")
    if not isinstance(counted, list) or not set(counted) <= set(indexed):
        raise ValueError("list: counted names parameters that are indexed")
    if len(_INNER.findall(text)) != 1:
        raise ValueError("a list has one inner SELECT, between a line '#<' and a line '#>'")
    return Listing(key, {str(name): ColumnType(type) for name, type in sorts.items()}, tuple(indexed), tuple(counted))


def _ahead(fields: object, params: Collection[Param]) -> Ahead:
    if not isinstance(fields, Mapping) or not {"by"} <= set(fields) <= {"by", "values"}:
        raise ValueError("ahead needs by, may have values, and nothing else")
    by, values = fields["by"], fields.get("values", [{}])
    if by not in {param.name for param in params if param.type is ParamType.IRI}:
        raise ValueError("ahead: by names a parameter that is an IRI")
    needed = {param.name for param in params if param.required} - {by}
    others = {param.name for param in params} - {by}
    if not isinstance(values, list) or not all(isinstance(each, Mapping) for each in values):
        raise ValueError("ahead: values is a list of mappings")
    if not all(needed <= set(each) <= others for each in values):
        raise ValueError(
            "ahead: values gives all parameters that the card needs beside 'by', and none that it does not have"
        )
    return Ahead(by, tuple({str(name): str(value) for name, value in each.items()} for each in values))


def _codebook(fields: object) -> Codebook:
    if not isinstance(fields, Mapping) or set(fields) != {"unit", "columns", "losses"}:
        raise ValueError("export needs unit, columns and losses, and nothing else")
    columns, losses = fields["columns"], fields["losses"]
    if not isinstance(fields["unit"], str) or not isinstance(columns, Mapping) or not isinstance(losses, list):
        raise ValueError("export: unit is a text, columns a mapping and losses a list")
    for name, column in columns.items():
        if not isinstance(column, Mapping) or set(column) != {"type", "about"} or column["type"] not in list(ColumnType):
            raise ValueError(f"column '{name}' needs a type out of {', '.join(ColumnType)}, and about")
    for loss in losses:
        if not isinstance(loss, Mapping) or "what" not in loss or not set(loss) <= {"what", "count"}:
            raise ValueError("a loss has what, and count where it can be counted")
    return Codebook(
        fields["unit"],
        tuple(Column(str(name), ColumnType(column["type"]), str(column["about"])) for name, column in columns.items()),
        tuple(Loss(str(loss["what"]), loss.get("count")) for loss in losses),
    )
