"""Heads of state and government by surname, each term resting on a public source that its row names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from entente.errors import InternalError
from entente.model import Iri

__all__ = ["Leader", "read_leaders"]

_ROW = re.compile(r"(?P<surname>[^:,]+): (?P<name>[^,]+), (?P<first>\d{4}), (?P<last>\d{4}), (?P<sources>\w+(?:\+\w+)?)")
_FORM = "write 'surname: full name, first year, last year, sources'"


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of a head of state or government, with its first and last year."""

    state: Iri
    name: str
    first: int
    last: int


def read_leaders(raw: Mapping[str, Any], state: Callable[[str], Iri | None]) -> dict[str, tuple[Leader, ...]]:
    """Give the leaders of the lexicon by surname.

    `raw` has the `sources` by key and the rows of `leaders` by the state's ISO 3166-1 alpha-3 code; `state` gives the state
    with a code, or None. Raises InternalError (910) for a row of another form, without a known source or with its years out
    of order, and for a code that is no state's.
    """
    found: dict[str, list[Leader]] = defaultdict(list)
    for code, rows in raw["leaders"].items():
        owner = state(code)
        if owner is None:
            raise InternalError(910, f"lexicon/leaders.yaml: {code} is no state's code", "use ISO 3166-1 alpha-3")
        for row in rows:
            parts = _ROW.fullmatch(row)
            if parts is None:
                raise InternalError(910, f"lexicon/leaders.yaml: {code}: {row!r} is malformed", _FORM)
            unknown = [key for key in parts["sources"].split("+") if key not in raw["sources"]]
            if unknown:
                raise InternalError(910, f"lexicon/leaders.yaml: {code}: {row!r} has no known source", "add it to `sources`")
            first, last = int(parts["first"]), int(parts["last"])
            if first > last:
                raise InternalError(910, f"lexicon/leaders.yaml: {code}: {row!r} ends before it begins", _FORM)
            found[parts["surname"]].append(Leader(owner, parts["name"], first, last))
    return {surname: tuple(leaders) for surname, leaders in found.items()}
