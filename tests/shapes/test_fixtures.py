"""The shapes against fixtures: pass_* conform, fail_* give exactly the results that their `# expect:` lines list."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.gate import Engine
from shapesets import (
    CORE,
    ROOT,
    SETS,
    ShapeSet,
    apart,
    compiled,
    expected,
    name_of,
    read,
    results,
    targeted,
)

COUNTS = {"core": (82, 127, 302), "atop": (3, 4, 8), "dca": (2, 3, 9), "exercise-mme": (2, 3, 13), "plover": (2, 3, 12)}
FIXTURES = [(shape_set, path) for shape_set in SETS for path in (*shape_set.passing(), *shape_set.failing())]


@pytest.mark.parametrize("shape_set", SETS, ids=lambda s: s.name)
def test_every_targeted_shape_has_fixtures(shape_set: ShapeSet) -> None:
    names = {str(shape).removeprefix(shape_set.prefix) for shape in targeted(shape_set)}
    passing, failing = shape_set.passing(), shape_set.failing()
    assert names == {path.parent.name for path in passing} == {path.parent.name for path in failing}
    assert (len(names), len(passing), len(failing)) == COUNTS[shape_set.name]


@pytest.mark.parametrize(("shape_set", "path"), FIXTURES, ids=lambda x: x.name if isinstance(x, ShapeSet) else name_of(x))
def test_fixture_gives_exactly_its_results(shape_set: ShapeSet, path: Path) -> None:
    wanted = expected(path)
    assert bool(wanted) == path.stem.startswith("fail_")
    assert results(shape_set, compiled(shape_set).validate(read(path)).violations) == wanted


@pytest.mark.parametrize("shape_set", SETS, ids=lambda s: s.name)
def test_the_reference_engine_gives_the_same(shape_set: ShapeSet) -> None:
    """One run over all fixtures, each with nodes of its own."""
    paths = [path for owner, path in FIXTURES if owner is shape_set]
    report = compiled(shape_set, Engine.PYSHACL).validate([triple for path in paths for triple in apart(path)])
    assert report.engine is Engine.PYSHACL
    wanted = sorted(
        (focus.replace("ex:", f"ex:{name_of(path)}/", 1), *rest) for path in paths for focus, *rest in expected(path)
    )
    assert results(shape_set, report.violations) == wanted


def test_reference_data_conforms_and_a_fault_in_it_is_found() -> None:
    triples = [triple for path in sorted((ROOT / "ontology/reference").glob("*.ttl")) for triple in read(path)]
    assert len(triples) > 20_000
    assert compiled(CORE).validate(triples).violations == ()
    faulty = [t for t in triples if not (t.subject.endswith("/state/RUS") and t.predicate.endswith("#iso3166alpha3"))]
    assert {violation.focus.rsplit("/", 1)[1] for violation in compiled(CORE).validate(faulty).violations} == {"RUS"}
