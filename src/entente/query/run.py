"""Runs a query card against a store."""

from __future__ import annotations

from collections.abc import Mapping

from entente.model import Solutions, Store
from entente.query.bind import bind
from entente.query.card import Card

__all__ = ["run"]


def run(card: Card, values: Mapping[str, str], store: Store) -> Solutions:
    """Bind the values and select.

    Raises QueryError for a wrong parameter, StoreError where the store fails.
    """
    return store.select(bind(card, values))
