"""Entente: a sourced, validated knowledge graph of relations between states."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from entente.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from entente.export import Value

__all__ = ["__version__", "load"]


def load(table: str, store: str | Path | None = None, **values: str) -> list[dict[str, Value]]:
    """Read a table of the graph, as `pandas.DataFrame(entente.load("dyad-year"))` takes it.

    `table` is a name out of `entente export --list`; `store` a folder or the address of an endpoint, else ENTENTE_STORE or
    `entente-data`; `values` are the table's parameters. Dates are texts written YYYY-MM-DD, None is not reported.
    Raises QueryError for an unknown table or parameter, InputError or StoreError where the store cannot be read.
    """
    # Imported here: whoever only asks for the version should not wait for a store's engine.
    from entente import resources  # noqa: PLC0415
    from entente.export import tabulate  # noqa: PLC0415
    from entente.query import load as read_cards  # noqa: PLC0415
    from entente.store import open_store, require_folder  # noqa: PLC0415

    place = str(store or os.environ.get("ENTENTE_STORE") or "entente-data")
    require_folder(place)
    opened = open_store(place)
    try:
        return tabulate(table, read_cards(resources.folder("queries")), opened, values).records()
    finally:
        opened.close()
