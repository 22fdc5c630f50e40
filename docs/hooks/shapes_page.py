"""The shapes in words: what each one demands, of what, how gravely, and where the demand comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wording import table

from entente import resources
from entente.cli.turtle import read_files
from entente.model import Iri, Literal, Term
from entente.model.iri import NS
from entente.model.terms import dcterms, sh
from entente.query import shorten

__all__ = ["shapes_page"]

_SHAPES = "https://w3id.org/entente/shapes#"
_TARGETS = (
    (sh.targetClass, ""),
    (sh.targetSubjectsOf, "what has "),
    (sh.targetObjectsOf, "values of "),
    (sh.targetNode, ""),
)

_Node = Mapping[Iri, Sequence[Term]]


def shapes_page() -> str:
    """A section for each file of shapes, a row for each constraint that has a message."""
    folder = resources.folder("shapes")
    parts = [
        "# Shapes in words\n\nMade from `shapes/`. What severities mean, and why our own rules are as they are, stands in"
        " [Shapes](../shapes.md).\n\n"
    ]
    for path in (*sorted(folder.glob("*.ttl")), *sorted(folder.glob("profiles/*.ttl"))):
        rows = [*_rows(path)]
        if rows:
            name = path.relative_to(folder).with_suffix("").as_posix()
            parts += [f"## {name}\n\n", *table(("shape", "of", "path", "severity", "demand", "source"), rows)]
    return "".join(parts)


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    nodes: dict[Term, dict[Iri, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in sorted(read_files([path])):
        nodes[triple.subject][triple.predicate].append(triple.object)
    owners = {each: subject for subject, node in nodes.items() for each in node.get(sh.property, ())}
    for subject, node in nodes.items():
        for message in node.get(sh.message, ()):
            holder = nodes[owners.get(subject, subject)]
            assert isinstance(message, Literal)
            yield (
                f"`{_local(subject)}`",
                ", ".join(f"{says}`{_local(value)}`" for key, says in _TARGETS for value in holder.get(key, ())),
                ", ".join(f"`{_local(value)}`" for value in node.get(sh.path, ()) if isinstance(value, Iri)),
                ", ".join(_local(value).removeprefix("sh:").lower() for value in node.get(sh.severity, ())),
                message.lexical.replace("{", "\\{").replace("<", "&lt;"),
                ", ".join(_source(value) for value in node.get(dcterms.source, ())),
            )


def _local(term: Term) -> str:
    if not isinstance(term, Iri):
        return "a node"
    return term.removeprefix(_SHAPES).removeprefix(NS) if term.startswith((_SHAPES, NS)) else shorten(term)


def _source(term: Term) -> str:
    if isinstance(term, Literal):
        return term.lexical
    ours = str(term).removeprefix("https://w3id.org/entente/docs/shapes#")
    return f"[our rule](../shapes.md#{ours})" if ours != str(term) else f"<{term}>"
