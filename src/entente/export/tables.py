"""Tables that a query card with a codebook gives, as plain values of their columns' types."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from entente.errors import QueryError
from entente.model import Literal, Store, Term
from entente.query import Card, Catalogue, Codebook, ColumnType, run

__all__ = ["Table", "Value", "card_of", "names", "tabulate"]

Value = str | int | float | bool | None
"""A cell: text, a whole number, a decimal, a date as YYYY-MM-DD, a truth value, or None for what is not reported."""

_PREFIX = "export-"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the columns of a codebook, in the order of the query."""

    name: str
    codebook: Codebook
    rows: tuple[tuple[Value, ...], ...]

    def records(self) -> list[dict[str, Value]]:
        """Give the rows as dictionaries, as pandas.DataFrame takes them."""
        columns = [column.name for column in self.codebook.columns]
        return [dict(zip(columns, row, strict=True)) for row in self.rows]


def names(catalogue: Catalogue) -> tuple[str, ...]:
    """Name the tables, sorted."""
    return tuple(card.name.removeprefix(_PREFIX) for card in catalogue.cards if card.codebook is not None)


def card_of(name: str, catalogue: Catalogue) -> tuple[Card, Codebook]:
    """Give the card of a table, and its codebook.

    Raises QueryError 314 with the closest names.
    """
    for card in catalogue.cards:
        if card.name == _PREFIX + name and card.codebook is not None:
            return card, card.codebook
    close = difflib.get_close_matches(name, names(catalogue), n=2)
    hint = f"did you mean {' or '.join(close)}?" if close else "see: entente export --list"
    raise QueryError(314, f"there is no export named '{name}'", hint, status=404)


def tabulate(name: str, catalogue: Catalogue, store: Store, values: Mapping[str, str] | None = None) -> Table:
    """Ask a table of a store; `values` are the card's parameters, each optional.

    Raises QueryError for an unknown table (314) or a wrong parameter, StoreError where the store fails.
    """
    card, codebook = card_of(name, catalogue)
    answer = run(card, values or {}, store)
    types = [column.type for column in codebook.columns]
    rows = tuple(tuple(_value(term, type) for term, type in zip(row, types, strict=True)) for row in answer.rows)
    return Table(name, codebook, rows)


def _value(term: Term | None, type: ColumnType) -> Value:
    text = term.lexical if isinstance(term, Literal) else term
    # STRAFTER gives an empty text where there is nothing to cut.
    if text is None or text == "":
        return None
    match type:
        case ColumnType.INTEGER:
            return int(text)
        case ColumnType.DECIMAL:
            return float(text)
        case ColumnType.BOOLEAN:
            return text in {"true", "1"}
        case _:
            return str(text)
