"""Puts a caller's values in place of a card's sample values, so that no value can become syntax."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from entente.errors import QueryError
from entente.model.iri import VOCAB, entity
from entente.model.rdf import Iri
from entente.query.card import MARKED_LINE, TIED_LINE, Card, Param, ParamType
from entente.query.prefixes import expand

__all__ = ["bind", "plain_values"]

_IRI = re.compile(
    # Stricter than Iri: what RFC 3987 §2.2 allows, less brackets, so that every store's parser takes it.
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?](?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|[\u00a0-\ud7ff])*)?"
    r"(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|[\u00a0-\ud7ff])*)?"
)
_NOTATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STATE = re.compile(r"(?:state:)?(?P<code>[A-Za-z]{3})")
_ESCAPED = re.compile(r'\\[uU]|[\\"\x00-\x1f\x7f]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def bind(card: Card, values: Mapping[str, str | Sequence[str]]) -> str:
    """Give the card's query with the caller's values; several values for one parameter mean any of them.

    A required parameter must be given; an optional one that is not loses its line, and those that are tied to it, and so
    constrains nothing.
    Raises QueryError: 301 unknown parameter, 302 missing parameter, 303 value of the wrong form.
    """
    params = {param.name: param for param in card.params}
    for name in sorted(values):
        if name not in params:
            raise QueryError(301, f"query '{card.name}' has no parameter '{name}'", _hint_for(name, card))
    # A value that is given twice, even in two spellings, would give each row twice.
    terms = {
        name: " ".join(dict.fromkeys(_term(params[name], one) for one in ([value] if isinstance(value, str) else value)))
        for name, value in values.items()
    }
    for param in card.params:
        if param.required and param.name not in terms:
            raise QueryError(
                302,
                f"query '{card.name}' needs the parameter '{param.name}' ({param.help})",
                f"give it as -p {param.name}={_EXAMPLE[param.type]}",
            )

    def line(match: re.Match[str]) -> str:
        term = terms.get(match["name"])
        # The mark stays: without it a bound query could not be told from a card by eye.
        return f"{match['head']} {term} }}  #? {match['name']}" if term is not None else ""

    def tied(match: re.Match[str]) -> str:
        return match[0] if match["name"] in terms else ""

    # The values come last: no line of a caller's value can then be taken for one of the card's.
    return MARKED_LINE.sub(line, TIED_LINE.sub(tied, card.text))


def plain_values(card: Card, values: Mapping[str, str]) -> dict[str, str]:
    """Give a caller's values as answers in CSV have them: IRIs in full, all else as it is.

    Raises QueryError 303 for a value of the wrong form.
    """
    params = {param.name: param for param in card.params}
    terms = {name: _term(params[name], value) for name, value in values.items()}
    return {name: term[1:-1] if term.startswith("<") else values[name] for name, term in terms.items()}


def _hint_for(name: str, card: Card) -> str:
    known = [param.name for param in card.params]
    if close := difflib.get_close_matches(name, known, n=1):
        return f"did you mean '{close[0]}'?"
    return f"it takes {', '.join(known)}" if known else "it takes none"


def _term(param: Param, value: str) -> str:
    try:
        return _SPELL[param.type](value, param)
    except ValueError as error:
        shown = value if len(value) <= 60 else f"{value[:60]}..."
        form = _FORM[param.type]
        if param.scheme:
            form = f"a notation of the scheme {param.scheme}, or a concept's IRI"
        hint = str(error) or f"write it like {_EXAMPLE[param.type]}"
        raise QueryError(303, f"parameter '{param.name}' must be {form}, not {shown!r}", hint) from None


def _iri(value: str, _: Param) -> str:
    iri = expand(value) or value
    if not _IRI.fullmatch(iri):
        raise ValueError
    return Iri(iri).n3()


def _string(value: str, _: Param) -> str:
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise ValueError("it is not text in UTF-8")
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    """Escape for SPARQL 1.1 §19.7, for parsers that decode code points before anything else (as §19.2 says) as well.

    Those would read an escaped backslash before a 'u' as the start of a code point, and rdflib reads up to eight digits
    after '\\u': hence the 'u' is escaped too, and in the long form.
    """
    text = match.group()
    if len(text) == 2:
        return f"\\\\\\U{ord(text[1]):08X}"
    return _SHORT.get(text) or f"\\U{ord(text):08X}"


def _integer(value: str, _: Param) -> str:
    if not _INTEGER.fullmatch(value):
        raise ValueError
    return str(int(value))


def _date(value: str, _: Param) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError("there is no such day") from None
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#date>'


def _state(value: str, param: Param) -> str:
    if match := _STATE.fullmatch(value):
        return entity("state", match["code"].upper()).n3()
    if value.startswith(stem := entity("state", "X")[:-1]) and _STATE.fullmatch(value[len(stem) :]):
        return _iri(value, param)
    raise ValueError


def _concept(value: str, param: Param) -> str:
    if param.scheme and _NOTATION.fullmatch(value):
        return Iri(f"{VOCAB}{param.scheme}/{value}").n3()
    scheme, slash, notation = value.partition("/")
    if slash and _NOTATION.fullmatch(scheme) and _NOTATION.fullmatch(notation):
        return Iri(f"{VOCAB}{value}").n3()
    return _iri(value, param)


_SPELL: dict[ParamType, Callable[[str, Param], str]] = {
    ParamType.IRI: _iri,
    ParamType.STRING: _string,
    ParamType.INTEGER: _integer,
    ParamType.DATE: _date,
    ParamType.STATE: _state,
    ParamType.CONCEPT: _concept,
}
_FORM = {
    ParamType.IRI: "an http(s) IRI or a short form with a known prefix",
    ParamType.STRING: "text",
    ParamType.INTEGER: "a whole number",
    ParamType.DATE: "a calendar date",
    ParamType.STATE: "a state's ISO 3166-1 alpha-3 code",
    ParamType.CONCEPT: "a concept as scheme/notation, or its IRI",
}
_EXAMPLE = {
    ParamType.IRI: "place:sea-of-japan",
    ParamType.STRING: "'East Sea'",
    ParamType.INTEGER: "10",
    ParamType.DATE: "2023-07-20",
    ParamType.STATE: "RUS",
    ParamType.CONCEPT: "event-type/exercise",
}
