"""The shapes against fixtures: pass_* conform, fail_* give exactly the results that their `# expect:` lines list."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from entente.gate import Engine, load_shapes
from entente.model import Violation
from shapesets import (
    CORE,
    PROFILES,
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
    tree,
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
def test_both_engines_give_equal_reports(shape_set: ShapeSet) -> None:
    """One run over all fixtures, each with nodes of its own."""
    paths = [path for owner, path in FIXTURES if owner is shape_set]
    data = [triple for path in paths for triple in apart(path)]
    ours, reference = (compiled(shape_set, engine).validate(data) for engine in (Engine.COMPILED, Engine.PYSHACL))
    assert (ours.engine, reference.engine) == (Engine.COMPILED, Engine.PYSHACL)
    assert Counter(spoken(v) for v in ours.violations) == Counter(spoken(v) for v in reference.violations)
    assert ours.focus_nodes == reference.focus_nodes
    wanted = sorted(
        (focus.replace("ex:", f"ex:{name_of(path)}/", 1), *rest) for path in paths for focus, *rest in expected(path)
    )
    assert results(shape_set, reference.violations) == wanted


def spoken(violation: Violation) -> tuple[str | None, ...]:
    """All of a result but the path's and the message's spelling, which the standard leaves open."""
    return (violation.focus, violation.value, violation.shape, violation.component, violation.severity)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda s: s.name)
def test_a_profile_goes_with_the_core(profile: ShapeSet) -> None:
    shapes = load_shapes((*CORE.files, *profile.files), tree())
    assert shapes.engine is Engine.COMPILED
    for path in profile.passing():
        found = shapes.validate(read(path)).violations
        assert [v for v in found if v.severity != "Info"] == [], path


def test_reference_data_conforms_and_a_fault_in_it_is_found() -> None:
    triples = [triple for path in sorted((ROOT / "ontology/reference").glob("*.ttl")) for triple in read(path)]
    assert len(triples) > 20_000
    assert compiled(CORE).validate(triples).violations == ()
    faulty = [t for t in triples if not (t.subject.endswith("/state/RUS") and t.predicate.endswith("#iso3166alpha3"))]
    assert {violation.focus.rsplit("/", 1)[1] for violation in compiled(CORE).validate(faulty).violations} == {"RUS"}
