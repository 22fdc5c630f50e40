"""What an export loses of the graph, counted where it can be counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from entente.model import Store
from entente.query import PREFIXES, Loss

__all__ = ["Lost", "report"]


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that an export cannot carry; `count` is None where the number says nothing."""

    what: str
    count: int | None

    def __str__(self) -> str:
        return self.what if self.count is None else f"{self.count} {self.what}"


def report(losses: Iterable[Loss], store: Store) -> tuple[Lost, ...]:
    """Count the losses in a store; what counts to nothing is left out."""
    found = [Lost(loss.what, None if loss.count is None else _counted(loss.count, store)) for loss in losses]
    return tuple(lost for lost in found if lost.count != 0)


def _counted(pattern: str, store: Store) -> int:
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return store.select(f"{prologue}SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}").number
