"""The core of the ontology as one SVG: the class tree as boxes, each with the properties that lead to other classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from entente.model.rdf import Iri
from entente.ontology.handbook import Entry, Handbook

__all__ = ["draw"]

_INDENT, _WIDTH, _LINE, _PAD, _GAP = 40, 460, 16, 8, 10


@dataclass(frozen=True, slots=True)
class _Box:
    entry: Entry
    depth: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return 2 * _PAD + _LINE * (1 + len(self.lines))


def draw(handbook: Handbook, core: frozenset[Iri], href: Callable[[Iri], str | None]) -> str:
    """Draw the classes of `core`, each indented below the class above it, linked to the page that `href` gives."""
    entries = {entry.iri: entry for entry in handbook.entries}
    boxes: list[_Box] = []

    def visit(iri: Iri, depth: int, path: frozenset[Iri]) -> None:
        boxes.append(_Box(entries[iri], depth, _relations(entries, core, iri)))
        for below in _links(entries[iri], "narrower classes"):
            if below in core and below in entries and below not in path:
                visit(below, depth + 1, path | {below})

    classes = [iri for iri in sorted(core) if iri in entries and entries[iri].kind == "class"]
    for iri in classes:
        if not set(_links(entries[iri], "broader classes")) & set(classes):
            visit(iri, 0, frozenset({iri}))
    return _svg(boxes, href)


def _links(entry: Entry, relation: str) -> tuple[Iri, ...]:
    return next((terms for name, terms in entry.links if name == relation), ())


def _relations(entries: Mapping[Iri, Entry], core: frozenset[Iri], iri: Iri) -> tuple[str, ...]:
    """The object properties from this class to classes of ours, as text."""
    found = []
    for property_ in _links(entries[iri], "properties from it"):
        if property_ in entries and property_ in core:
            ranges = [entries[term].name for term in _links(entries[property_], "range") if term in entries]
            found += [f"{entries[property_].name} → {name}" for name in ranges]
    return tuple(sorted(found))


def _svg(boxes: list[_Box], href: Callable[[Iri], str | None]) -> str:
    y, parts = _GAP, []
    tops: dict[int, int] = {}
    width = _WIDTH + _INDENT * max((box.depth for box in boxes), default=0) + 2 * _GAP
    for box in boxes:
        x = _GAP + box.depth * _INDENT
        middle = y + _PAD + _LINE // 2
        if box.depth:
            trunk = x - _INDENT // 2
            parts.append(f'<path class="edge" d="M{trunk} {tops[box.depth - 1]} V{middle} H{x}"/>')
        tops[box.depth] = y + box.height
        title = f'<text class="name" x="{x + _PAD}" y="{y + _PAD + 12}">{escape(box.entry.name)}</text>'
        address = href(box.entry.iri)
        parts.append(f'<rect class="box" x="{x}" y="{y}" width="{_WIDTH}" height="{box.height}" rx="4"/>')
        parts.append(f'<a href="{escape(address)}">{title}</a>' if address else title)
        for number, line in enumerate(box.lines, start=1):
            parts.append(f'<text x="{x + 2 * _PAD}" y="{y + _PAD + 12 + number * _LINE}">{escape(line)}</text>')
        y += box.height + _GAP
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y}" width="{width}" height="{y}" role="img" '
        f'aria-label="Classes of the core and their relations">\n{body}\n</svg>'
    )
