"""The sets of shapes (the core and the profiles) with their fixtures, as the tests read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from entente.gate import Engine, Shapes, load_shapes
from entente.model import Iri, Triple, Violation
from entente.store import parse

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).parent / "shapes"
ENT = "https://w3id.org/entente/ns#"
SHAPES = "https://w3id.org/entente/shapes#"
EXAMPLE = "https://example.org/"
EXPECT = re.compile(r"^# expect: (\S+) (\S+) (\S+)$", re.MULTILINE)
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)

PARAMETERS = frozenset(
    {
        *(SH["class"], SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minExclusive, SH.minInclusive),
        *(SH.maxExclusive, SH.maxInclusive, SH.minLength, SH.maxLength, SH.pattern, SH.languageIn, SH.uniqueLang),
        *(SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals, SH["not"], SH["and"], SH["or"], SH.xone, SH.node),
        *(SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.closed, SH.hasValue, SH["in"], SH.sparql),
    }
)
"""The parameters that make a constraint (SHACL §4); others, such as sh:flags, only go with one."""

Result = tuple[str, str, str]
"""Focus node, path and component, as an `# expect:` line writes them."""


@dataclass(frozen=True, slots=True)
class ShapeSet:
    """Shapes that are run together, and the folder of their fixtures."""

    name: str
    files: tuple[Path, ...]
    fixtures: Path

    def passing(self) -> list[Path]:
        return sorted(self.fixtures.glob("*/pass_*.ttl"))

    def failing(self) -> list[Path]:
        return sorted(self.fixtures.glob("*/fail_*.ttl"))

    @property
    def prefix(self) -> str:
        """What the IRIs of its shapes begin with."""
        return SHAPES if self.name == "core" else f"{SHAPES.removesuffix('#')}/{self.name}#"


CORE = ShapeSet("core", tuple(sorted((ROOT / "shapes").glob("*.ttl"))), HERE / "fixtures")
PROFILES = tuple(
    ShapeSet(path.stem, (path,), HERE / "profiles" / path.stem)
    for path in sorted((ROOT / "shapes" / "profiles").glob("*.ttl"))
)
SETS = (CORE, *PROFILES)


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def ontology() -> Graph:
    graph = Graph()
    for path in [ROOT / "ontology/entente.ttl", *sorted((ROOT / "ontology/modules").glob("*.ttl"))]:
        graph.parse(path)
    return graph


@cache
def tree() -> tuple[Triple, ...]:
    """The ontology's triples, for the class tree."""
    files = [ROOT / "ontology/entente.ttl", *sorted((ROOT / "ontology/modules").glob("*.ttl"))]
    return tuple(triple for path in files for triple in read(path))


@cache
def read(path: Path) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(path.read_bytes(), "text/turtle"))


@cache
def graph_of(shape_set: ShapeSet) -> Graph:
    graph = Graph()
    for path in shape_set.files:
        graph.parse(path)
    return graph


@cache
def compiled(shape_set: ShapeSet, engine: Engine = Engine.COMPILED) -> Shapes:
    return load_shapes(shape_set.files, tree(), engine)


@cache
def targeted(shape_set: ShapeSet) -> list[URIRef]:
    """The node shapes with a target, sorted."""
    graph = graph_of(shape_set)
    return sorted({shape for kind in TARGETS for shape in graph.subjects(kind) if isinstance(shape, URIRef)})


def spell(graph: Graph, path: Node | None) -> str:
    """A path in SPARQL's notation, `-` where there is none."""
    if path is None:
        return "-"
    if not isinstance(path, BNode):
        return path.n3(graph.namespace_manager)
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return f"^{spell(graph, inverse)}"
    if (choices := graph.value(path, SH.alternativePath)) is not None:
        return "|".join(spell(graph, part) for part in Collection(graph, choices))
    if (optional := graph.value(path, SH.zeroOrOnePath)) is not None:
        return f"{spell(graph, optional)}?"
    return "/".join(spell(graph, part) for part in Collection(graph, path))


def path_terms(graph: Graph, path: Node) -> Iterator[Node]:
    """The properties in a path."""
    if not isinstance(path, BNode):
        yield path
    elif (step := graph.value(path, SH.inversePath) or graph.value(path, SH.zeroOrOnePath)) is not None:
        yield from path_terms(graph, step)
    else:
        choices = graph.value(path, SH.alternativePath)
        for part in Collection(graph, path if choices is None else choices):
            yield from path_terms(graph, part)


def results(shape_set: ShapeSet, violations: Iterable[Violation]) -> list[Result]:
    """What a report says, as the `# expect:` lines write it."""
    graph = graph_of(shape_set)
    return sorted(
        (
            re.sub(rf"^{EXAMPLE}", "ex:", violation.focus),
            spell(graph, graph.value(URIRef(violation.shape), SH.path)),
            violation.component.removesuffix("ConstraintComponent"),
        )
        for violation in violations
    )


def expected(path: Path) -> list[Result]:
    return sorted(EXPECT.findall(path.read_text(encoding="utf-8")))


def apart(path: Path) -> Iterator[Triple]:
    """The triples of a fixture with its nodes put below a name of its own."""
    home = f"{EXAMPLE}{path.parent.name}/{path.stem}/"
    for triple in read(path):
        yield Triple(*(Iri(term.replace(EXAMPLE, home)) if isinstance(term, Iri) else term for term in triple))
