"""Questions as data: query cards, their parameters and their running."""

from __future__ import annotations

from entente.query.bind import bind, plain_values
from entente.query.card import Card, Codebook, Column, ColumnType, Listing, Loss, Param, ParamType, parse, read
from entente.query.catalogue import Catalogue, load
from entente.query.prefixes import PREFIXES, expand, iri_of, shorten
from entente.query.run import run

__all__ = [
    "PREFIXES",
    "Card",
    "Catalogue",
    "Codebook",
    "Column",
    "ColumnType",
    "Listing",
    "Loss",
    "Param",
    "ParamType",
    "bind",
    "expand",
    "iri_of",
    "load",
    "parse",
    "plain_values",
    "read",
    "run",
    "shorten",
]
