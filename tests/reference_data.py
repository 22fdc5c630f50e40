"""The reference data as its files and tables say it, for tests that do not read it through the index."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from conftest import ROOT

__all__ = ["ENT", "Node", "nodes", "table"]

ENT = "https://w3id.org/entente/ns#"


class Node(dict[str, list[str]]):
    """The values of one thing by property; those of our ontology by their local names.

    All tests share it, so asking for a property that it lacks must not add one.
    """

    def __missing__(self, name: str) -> list[str]:
        """No values."""
        return []


@cache
def nodes(*names: str, english: bool = False) -> dict[str, Node]:
    """What files of ontology/, named without suffix, say of each thing; with `english` no texts in other languages."""
    found: dict[str, Node] = defaultdict(Node)
    for name in names:
        for quad in ox.parse((ROOT / f"ontology/{name}.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
            if not english or getattr(quad.object, "language", None) in {None, "en"}:
                found[quad.subject.value].setdefault(quad.predicate.value.removeprefix(ENT), []).append(quad.object.value)
    return dict(found)


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file under its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
