"""Networks of things as the pages' drawings take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from entente.api.describing import Value

__all__ = ["Network"]

_MOST = 150
"""How many things a drawing holds at most: more cannot be told apart."""


class Network:
    """Nodes and edges, each once; `link` gives the address of the page about an IRI."""

    def __init__(self, link: Callable[[str], str | None]) -> None:
        self._link = link
        self._nodes: dict[str, dict[str, str]] = {}
        self._edges: dict[tuple[str, str, str], dict[str, str]] = {}

    def join(self, source: Value, target: Value, label: str) -> None:
        """Join two things; a literal, a concept of a vocabulary and what is too much are left out."""
        ends = [value for value in (source, target) if value.iri is not None and "/vocab/" not in value.iri]
        if len(ends) < 2 or not all(self._add(value) for value in ends):
            return
        key = (str(source.iri), str(target.iri), label)
        self._edges.setdefault(key, dict(zip(("source", "target", "label"), key, strict=True)))

    def data(self) -> dict[str, Any]:
        """What the drawing takes."""
        return {"nodes": list(self._nodes.values()), "edges": list(self._edges.values())}

    def _add(self, value: Value) -> bool:
        name = str(value.iri)
        if name not in self._nodes and len(self._nodes) < _MOST:
            path = name.partition("/id/")[2]
            node = {"id": name, "label": value.text, "kind": path.partition("/")[0]}
            href = self._link(name)
            self._nodes[name] = {**node, "href": href} if href else node
        return name in self._nodes
